import CypherSyntax
import Diagnostics
import QueryPlan

extension Binder {
  mutating func bindUnary(
    _ sign: UnaryOperator, _ operand: AST.Expression
  ) throws(Failure) -> Typed {
    let typed = try bind(operand)
    try expectOperand(StaticType(.number), typed.type, operand)
    let kinds = typed.type.kinds.intersection(.number)
    let type = StaticType(kinds.isEmpty ? .number : kinds)
    return Typed(
      sign == .minus ? .negate(typed.expression) : .unaryPlus(typed.expression), type)
  }

  mutating func bindBinary(
    _ sign: BinaryOperator, _ operand: Operand, _ right: AST.Expression
  ) throws(Failure) -> Typed {
    let first = operand.typed
    let left = operand.source
    let second = try bind(right)
    switch sign {
    case .add, .subtract, .multiply, .divide, .modulo, .power, .concatenate:
      let type = try Arithmetic.check(sign, (first.type, left), (second.type, right), self)
      return Typed(
        .arithmetic(sign.arithmetic, first.expression, second.expression), type)
    case .in:
      try expectMember(second.type, right)
      return Typed(.membership(first.expression, list: second.expression), .boolean)
    case .regularExpression:
      try expectOperand(.string, first.type, left)
      try expectOperand(.string, second.type, right)
      return Typed(.stringMatch(.matches, first.expression, second.expression), .boolean)
    case .startsWith:
      return Typed(.stringMatch(.startsWith, first.expression, second.expression), .boolean)
    case .endsWith:
      return Typed(.stringMatch(.endsWith, first.expression, second.expression), .boolean)
    case .contains:
      return Typed(.stringMatch(.contains, first.expression, second.expression), .boolean)
    }
  }

  private func expectMember(
    _ type: StaticType, _ expression: AST.Expression
  ) throws(Failure) {
    try expectOperand(StaticType(.list), type, expression)
  }

  /// A chain `a < b < c` is a conjunction; inner operands that are no names or constants are kept in
  /// a local, to be evaluated once.
  mutating func bindComparison(
    _ first: AST.Expression, _ links: [ComparisonLink]
  ) throws(Failure) -> Typed {
    var left = try bindExpression(first)
    var conditions: [Bound.Expression] = []
    var locals: [(slot: Slot, value: Bound.Expression)] = []
    for (index, link) in links.enumerated() {
      var right = try bindExpression(link.operand)
      if index < links.count - 1, !right.isTrivial {
        guard locals.count < CypherParser.maximumDepth else {
          throw syntaxError(
            at: link.operatorSpan.start, "42I06", "invalid input",
            "A chain of comparisons has more than \(CypherParser.maximumDepth) computed operands.")
        }
        let slot = slots.addAnonymous(.value)
        locals.append((slot, right))
        right = .variable(slot)
      }
      conditions.append(.comparison(link.operator.bound, left, right))
      left = right
    }
    var result = conditions.count == 1 ? conditions[0] : .and(conditions)
    for local in locals.reversed() { result = .letting(local.slot, local.value, in: result) }
    return Typed(result, .boolean)
  }

  mutating func bindExclusive(_ operands: [AST.Expression]) throws(Failure) -> Typed {
    let bound = try bindConditions(operands)
    guard let first = bound.first else { return Typed(.literal(Bound.Literal(.null)), .boolean) }
    guard bound.count > Self.longestExclusiveRun else {
      return Typed(bound.dropFirst().reduce(first) { .xor($0, $1) }, .boolean)
    }
    return Typed(Self.balancedExclusive(bound[...]), .boolean)
  }

  /// The longest run of XOR that stays a chain; what walks a longer one could exhaust the stack.
  private static let longestExclusiveRun = 100

  /// XOR is associative, with `null` as well: halves of halves give what the chain gives.
  private static func balancedExclusive(_ operands: ArraySlice<Bound.Expression>)
    -> Bound.Expression
  {
    if operands.count == 1 { return operands[operands.startIndex] }
    let middle = operands.startIndex + operands.count / 2
    return .xor(
      balancedExclusive(operands[..<middle]), balancedExclusive(operands[middle...]))
  }

  mutating func bindTypeTest(
    _ operand: AST.Expression, _ type: TypeExpression, isNegated: Bool
  ) throws(Failure) -> Typed {
    let value = try bindExpression(operand)
    return negated(.isType(value, try bindType(type)), isNegated)
  }

  /// Binds a type of `IS ::` or of a constraint.
  func bindType(_ type: TypeExpression) throws(Failure) -> CypherType {
    let bound: CypherType
    switch type.kind {
    case .simple(let simple): bound = simple.bound
    case .list(let element): bound = .list(try bindType(element))
    case .union(let members):
      if Set(members.map(\.isNotNull)).count > 1 {
        throw syntaxError(
          "All types in a Closed Dynamic Union must be nullable, or be appended with `NOT NULL`",
          at: type.span.start,
          CauseText(
            code: "42N63", name: "inner type with different nullability",
            text:
              "All inner types in a Closed Dynamic Union must be nullable, or be appended with 'NOT NULL'."
          ))
      }
      var bounds: [CypherType] = []
      for member in members { bounds.append(try bindType(member)) }
      bound = .union(bounds)
    case .vector: bound = .nothing
    }
    return type.isNotNull ? .notNull(bound) : bound
  }

  mutating func bindLabelTest(
    _ operand: AST.Expression, _ test: LabelTest
  ) throws(Failure) -> Typed {
    let owner = try bind(operand)
    let expected = StaticType(.entity)
    if !owner.type.fits(expected) {
      if case .variable = operand.kind { throw mismatch(expected, owner.type, operand) }
      throw operandMismatch(expected, owner.type, operand)
    }
    let entity: LabelContext =
      owner.type.kinds == .relationship ? .relationshipTest : .nodeTest
    let labels = try bindLabels(test, entity)
    return negated(.hasLabels(owner.expression, labels), test.isNegated)
  }
}

extension Bound.Expression {
  /// Whether evaluating it twice costs nothing and gives the same.
  var isTrivial: Bool {
    switch self {
    case .literal, .parameter, .variable: true
    default: false
    }
  }
}

extension BinaryOperator {
  fileprivate var arithmetic: ArithmeticOperator {
    switch self {
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .modulo: .modulo
    case .power: .power
    case .concatenate: .concatenate
    default: .add
    }
  }
}

extension AST.ComparisonOperator {
  var bound: Bound.ComparisonOperator {
    switch self {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    }
  }
}

extension AST.NormalForm {
  var bound: Bound.NormalForm {
    switch self {
    case .nfc: .nfc
    case .nfd: .nfd
    case .nfkc: .nfkc
    case .nfkd: .nfkd
    }
  }
}

extension SimpleType {
  fileprivate var bound: CypherType {
    switch self {
    case .boolean: .boolean
    case .string: .string
    case .integer: .integer
    case .float: .float
    case .date: .date
    case .localTime: .localTime
    case .zonedTime: .zonedTime
    case .localDateTime: .localDateTime
    case .zonedDateTime: .zonedDateTime
    case .duration: .duration
    case .point: .point
    case .uuid: .nothing
    case .node: .node
    case .relationship: .relationship
    case .map: .map
    case .path: .path
    case .null: .null
    case .nothing: .nothing
    case .propertyValue: .propertyValue
    case .any: .any
    }
  }
}
