import CypherSyntax
import Diagnostics
import QueryPlan

extension Binder {
  /// Binds a literal of one token; the value stays exchangeable unless someone inspects it.
  func bindLiteral(_ literal: AST.Literal) -> Typed {
    let lifted = literal.ordinal.flatMap { ordinal in
      literalIndices.indices.contains(ordinal) && !structuralLiterals.contains(ordinal)
        ? literalIndices[ordinal] : nil
    }
    func constant(_ content: Bound.Literal.Content) -> Bound.Expression {
      .literal(Bound.Literal(content, liftedIndex: lifted, ordinal: literal.ordinal))
    }
    return switch literal.value {
    case .null: Typed(.literal(Bound.Literal(.null)), .any)
    case .boolean(let value): Typed(.literal(Bound.Literal(.boolean(value))), .boolean)
    case .integer(let value): Typed(constant(.integer(value)), .integer)
    case .float(let value): Typed(constant(.float(value.bitPattern)), .float)
    case .string(let value): Typed(constant(.string(value)), .string)
    }
  }

  /// Notes that the bound form depends on the value of a literal.
  mutating func fix(_ literal: AST.Literal) {
    if let ordinal = literal.ordinal { structuralLiterals.insert(ordinal) }
  }

  /// Notes that the bound form depends on the values of all literals in an expression.
  mutating func fixLiterals(of expression: AST.Expression) {
    if case .literal(let literal) = expression.kind { fix(literal) }
    for child in expression.children { fixLiterals(of: child) }
  }

  mutating func bindParameter(_ parameter: Parameter) -> Typed {
    parameterNames.insert(parameter.name)
    let type = parameters[parameter.name].map { StaticType(of: $0) } ?? .any
    return Typed(.parameter(parameter.name), type)
  }

  mutating func bindInterpolated(_ parts: [InterpolatedPart]) throws(Failure) -> Typed {
    var run: BoundRun?
    for part in parts {
      let piece: Bound.Expression
      switch part {
      case .text(let text): piece = .literal(Bound.Literal(.string(text)))
      case .expression(let expression):
        piece = .function("toString", [try bindExpression(expression)])
      }
      if let soFar = run?.expression {
        run?.extend(to: .arithmetic(.concatenate, soFar, piece), &slots)
      } else {
        run = BoundRun(piece, steps: parts.count)
      }
    }
    return Typed(run?.whole ?? .literal(Bound.Literal(.string(""))), .string)
  }

  mutating func bindList(_ items: [AST.Expression]) throws(Failure) -> Typed {
    var bound: [Bound.Expression] = []
    var element: StaticType?
    bound.reserveCapacity(items.count)
    for item in items {
      let typed = try bind(item)
      bound.append(typed.expression)
      if case .literal(Bound.Literal(.null)) = typed.expression { continue }
      element = element.map { $0.joined(with: typed.type) } ?? typed.type
    }
    return Typed(.list(bound), .list(of: element ?? .any))
  }

  mutating func bindMap(_ entries: [MapEntry]) throws(Failure) -> Typed {
    var items: [MapItem] = []
    var fields: [String: StaticType] = [:]
    var places: [String: Int] = [:]
    for entry in entries {
      let value = try bind(entry.value)
      fields[entry.key.text] = value.type
      let item = MapItem(key: entry.key.text, value: value.expression)
      if let place = places[entry.key.text] {
        items[place] = item
      } else {
        places[entry.key.text] = items.count
        items.append(item)
      }
    }
    return Typed(.map(items), .map(of: fields))
  }

  private static let propertyOwner = StaticType(
    TypeKinds.mapLike.union(.instant).union([.point, .duration]))

  mutating func bindProperty(_ base: Operand, _ key: Name) throws(Failure) -> Typed {
    let owner = base.typed
    try expect(Self.propertyOwner, owner.type, base.source)
    if owner.type.kinds.isSubset(of: .entity) || owner.type.isAny { notes.use(property: key) }
    return Typed(
      .property(owner.expression, key: key.text), Self.propertyType(of: owner.type, key.text))
  }

  /// What is known of a property's value.
  private static func propertyType(of owner: StaticType, _ key: String) -> StaticType {
    if owner.kinds.isSubset(of: .entity) { return .storable }
    if let fields = owner.fields { return fields[key] ?? .any }
    return .any
  }

  mutating func bindIndex(_ base: Operand, _ index: AST.Expression) throws(Failure) -> Typed {
    let owner = base.typed
    let place = try bind(index)
    if owner.type.kinds.isSubset(of: .entity), case .literal(let literal) = index.kind,
      case .string(let key) = literal.value
    {
      notes.use(property: Name(key, span: index.span))
    }
    try checkIndex(owner.type, base.source, place.type, index)
    return Typed(
      .element(owner.expression, place.expression),
      owner.type.kinds == .list ? owner.type.element : .any)
  }

  private func checkIndex(
    _ owner: StaticType, _ base: AST.Expression, _ place: StaticType, _ index: AST.Expression
  ) throws(Failure) {
    if owner.isAny && place.isAny { return }
    if owner.kinds == .list {
      guard !place.mayBe(.integer) else { return }
      throw wrongKey("list index", .integer, place, index)
    }
    if owner.kinds == .map {
      guard !place.mayBe(.string) else { return }
      throw wrongKey("map key", .string, place, index)
    }
    if owner.kinds.isSubset(of: .entity) {
      guard !place.mayBe(.string) else { return }
      throw wrongKey("node or relationship property key", .string, place, index)
    }
    if place.kinds == .string {
      try expect(StaticType(.mapLike), owner, base)
    } else if place.kinds == .integer {
      try expect(StaticType(.list), owner, base)
    } else {
      try expect(StaticType(TypeKinds.mapLike.union(.list)), owner, base)
    }
  }

  /// A key or index of the wrong type.
  func wrongKey(
    _ role: String, _ expected: StaticType, _ actual: StaticType, _ key: AST.Expression
  ) -> Failure {
    if case .parameter(let parameter) = key.kind {
      return valueTypeError(
        "Type mismatch for parameter '\(parameter.name)': \(role) must be given as \(expected.messageNames), but was \(actual.messageActual)",
        at: position(of: key),
        "Invalid input '\(actual.causeActual)' for \(role) parameter: \(parameter.name). Expected to be \(expected.causeNames)."
      )
    }
    return valueTypeError(
      "Type mismatch: \(role) must be given as \(expected.messageNames), but was \(actual.messageActual)",
      at: position(of: key),
      "Invalid input '\(actual.causeActual)' for \(role). Expected to be \(expected.causeNames).")
  }

  mutating func bindSlice(
    _ base: Operand, _ lower: AST.Expression?, _ upper: AST.Expression?
  ) throws(Failure) -> Typed {
    let owner = base.typed
    try expect(StaticType(.list), owner.type, base.source)
    if lower == nil && upper == nil {
      throw syntaxError(
        "The start or end (or both) is required for a collection slice",
        at: positionAfter(base.source.span.end),
        CauseText(
          code: "42N20", name: "empty list range operator",
          text: "The list range operator `[ ]` cannot be empty."))
    }
    let from = try bindBound(lower)
    let to = try bindBound(upper)
    return Typed(
      .slice(owner.expression, from: from, to: to),
      owner.type.kinds == .list ? owner.type : StaticType(.list))
  }

  private mutating func bindBound(_ bound: AST.Expression?) throws(Failure) -> Bound.Expression? {
    guard let bound else { return nil }
    let typed = try bind(bound)
    try expect(.integer, typed.type, bound)
    return typed.expression
  }

  mutating func bindMapProjection(_ projection: MapProjection) throws(Failure) -> Typed {
    let owner = try bindVariable(projection.variable)
    try expect(
      StaticType(.mapLike), owner.type,
      AST.Expression(.variable(projection.variable), span: projection.variable.span))
    var items: [MapProjectionItem] = []
    for item in projection.items {
      switch item {
      case .property(let key):
        notes.use(property: key)
        items.append(.property(key.text))
      case .allProperties: items.append(.allProperties)
      case .entry(let entry):
        items.append(
          .entry(MapItem(key: entry.key.text, value: try bindExpression(entry.value))))
      case .variable(let name):
        items.append(.entry(MapItem(key: name.text, value: try bindVariable(name).expression)))
      }
    }
    return Typed(.mapProjection(owner.expression, items), .map)
  }
}
