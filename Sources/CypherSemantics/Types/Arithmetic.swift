import CypherSyntax
import Diagnostics
import QueryPlan

/// Which operands the arithmetic operators take, and what they give.
enum Arithmetic {
  typealias Operand = (type: StaticType, expression: AST.Expression)

  static func check(
    _ sign: BinaryOperator, _ left: Operand, _ right: Operand, _ binder: Binder
  ) throws(Failure) -> StaticType {
    switch sign {
    case .add: return try addition(left, right, binder)
    case .subtract: return try subtraction(left, right, binder)
    case .multiply: return try multiplication(left, right, binder)
    case .divide: return try division(left, right, binder)
    case .modulo:
      try binder.expectOperand(StaticType(.number), left.type, left.expression)
      try binder.expectOperand(StaticType(.number), right.type, right.expression)
      return numeric(left.type, right.type)
    case .power:
      try binder.expectOperand(.float, left.type, left.expression)
      try binder.expectOperand(.float, right.type, right.expression)
      return .float
    case .concatenate: return try concatenation(left, right, binder)
    default: return .any
    }
  }

  private static let list: TypeKinds = .list

  private static func addition(
    _ left: Operand, _ right: Operand, _ binder: Binder
  ) throws(Failure) -> StaticType {
    if !left.type.mayBe(list) {
      try binder.expectOperand(
        StaticType(addends(to: left.type)), right.type, right.expression)
    }
    return sum(left.type, right.type)
  }

  /// What may be added to a value that is no list.
  private static func addends(to left: StaticType) -> TypeKinds {
    var kinds: TypeKinds = list
    if left.mayBe(.string) { kinds.formUnion(.storableScalar) }
    if left.mayBe(.number) { kinds.formUnion([.float, .integer, .string]) }
    if left.mayBe(.duration) { kinds.formUnion(TypeKinds.instant.union([.duration, .string])) }
    if left.mayBe(.instant) { kinds.formUnion([.duration, .string]) }
    if left.mayBe([.boolean, .point, .vector]) { kinds.insert(.string) }
    return kinds
  }

  private static func sum(_ left: StaticType, _ right: StaticType) -> StaticType {
    if left.kinds == .list || right.kinds == .list { return listSum(left, right) }
    if TypeKinds.number.isSuperset(of: left.kinds), TypeKinds.number.isSuperset(of: right.kinds) {
      return numeric(left, right)
    }
    if right.isAny, TypeKinds.number.isSuperset(of: left.kinds) {
      // A number may be joined to text and to lists as well.
      var kinds: TypeKinds = [.float, .string, .list]
      if left.kinds != .float { kinds.insert(.integer) }
      return StaticType(kinds)
    }
    if left.isAny || right.isAny { return .any }
    if left.kinds == .string || right.kinds == .string {
      return left.mayBe(list) || right.mayBe(list) ? .any : .string
    }
    if left.kinds == .duration { return right }
    if right.kinds == .duration { return left }
    return .any
  }

  private static func listSum(_ left: StaticType, _ right: StaticType) -> StaticType {
    let first = left.kinds == .list ? left.element : left
    let second = right.kinds == .list ? right.element : right
    if first.isAny || second.isAny { return StaticType(.list) }
    return .list(of: first.union(second))
  }

  private static func subtraction(
    _ left: Operand, _ right: Operand, _ binder: Binder
  ) throws(Failure) -> StaticType {
    let minuends: TypeKinds = TypeKinds.number.union(.instant).union(.duration)
    try binder.expectOperand(StaticType(minuends), left.type, left.expression)
    var subtrahends: TypeKinds = []
    if left.type.mayBe(.number) { subtrahends.formUnion(.number) }
    if left.type.mayBe(TypeKinds.instant.union(.duration)) { subtrahends.insert(.duration) }
    try binder.expectOperand(StaticType(subtrahends), right.type, right.expression)
    if TypeKinds.number.isSuperset(of: left.type.kinds) { return numeric(left.type, right.type) }
    return left.type.isAny ? .any : left.type
  }

  private static func multiplication(
    _ left: Operand, _ right: Operand, _ binder: Binder
  ) throws(Failure) -> StaticType {
    let factors: TypeKinds = TypeKinds.number.union(.duration)
    try binder.expectOperand(StaticType(factors), left.type, left.expression)
    let others = left.type.mayBe(.number) ? factors : .number
    try binder.expectOperand(StaticType(others), right.type, right.expression)
    if left.type.kinds == .duration || right.type.kinds == .duration {
      return StaticType(.duration)
    }
    return numeric(left.type, right.type)
  }

  private static func division(
    _ left: Operand, _ right: Operand, _ binder: Binder
  ) throws(Failure) -> StaticType {
    let dividends: TypeKinds = TypeKinds.number.union(.duration)
    try binder.expectOperand(StaticType(dividends), left.type, left.expression)
    try binder.expectOperand(StaticType(.number), right.type, right.expression)
    if left.type.kinds == .duration { return left.type }
    return numeric(left.type, right.type)
  }

  private static func concatenation(
    _ left: Operand, _ right: Operand, _ binder: Binder
  ) throws(Failure) -> StaticType {
    let both: TypeKinds = [.string, .list]
    try binder.expectOperand(StaticType(both), left.type, left.expression)
    let others = left.type.kinds.intersection(both)
    try binder.expectOperand(StaticType(others), right.type, right.expression)
    if left.type.kinds == .list { return listSum(left.type, right.type) }
    return others == .string ? .string : .any
  }

  /// INTEGER of two INTEGERs, FLOAT where one is surely FLOAT; a duration or either where unknown.
  private static func numeric(_ left: StaticType, _ right: StaticType) -> StaticType {
    if left.kinds == .integer && right.kinds == .integer { return .integer }
    let areNumbers =
      TypeKinds.number.isSuperset(of: left.kinds) && TypeKinds.number.isSuperset(of: right.kinds)
    guard areNumbers else { return StaticType(TypeKinds.number.union(.duration)) }
    return left.kinds == .float || right.kinds == .float ? .float : StaticType(.number)
  }
}
