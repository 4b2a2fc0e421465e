import CypherSyntax
import Diagnostics
import QueryPlan

extension Binder {
  /// Binds the items of SET; neighbours that set properties of one variable are gathered.
  mutating func bindSetItems(_ items: [AST.SetItem]) throws(Failure) -> [Bound.SetItem] {
    var bound: [Bound.SetItem] = []
    var run: PropertyRun?
    for item in items {
      let next = try bindSetItem(item)
      if run?.take(next) == true { continue }
      if let run { bound.append(run.item) }
      run = PropertyRun(next)
      if run == nil { bound.append(next) }
    }
    if let run { bound.append(run.item) }
    return bound
  }

  private static let owners = StaticType(
    TypeKinds.mapLike.union(.instant).union([.point, .duration]))

  private mutating func bindSetItem(_ item: AST.SetItem) throws(Failure) -> Bound.SetItem {
    switch item.kind {
    case .property(let entity, let key, let value):
      let owner = try bindOwner(entity)
      return .property(owner, key: key.text, value: try bindExpression(value))
    case .dynamicProperty(let entity, let key, let value):
      let owner = try bindOwner(entity)
      return .dynamicProperty(
        owner, key: try bindPropertyKey(key), value: try bindExpression(value))
    case .allProperties(let variable, let value):
      let owner = try bindEntity(variable)
      return .replaceProperties(owner, map: try bindPropertyMap(value, item, "="))
    case .addProperties(let variable, let value):
      let owner = try bindEntity(variable)
      return .mergeProperties(owner, map: try bindPropertyMap(value, item, "+="))
    case .labels(let variable, let labels):
      return .labels(try bindLabelled(variable), try bindLabelList(labels))
    }
  }

  /// Binds what a property is set on or removed from.
  private mutating func bindOwner(_ entity: AST.Expression) throws(Failure) -> Bound.Expression {
    let owner = try bind(entity)
    try expect(Self.owners, owner.type, entity)
    try expect(StaticType(.entity), owner.type, entity)
    return owner.expression
  }

  private mutating func bindEntity(_ variable: Name) throws(Failure) -> Bound.Expression {
    let owner = try bindVariable(variable)
    try expect(StaticType(.entity), owner.type, variable.expression)
    return owner.expression
  }

  private mutating func bindPropertyMap(
    _ value: AST.Expression, _ item: AST.SetItem, _ sign: String
  ) throws(Failure) -> Bound.Expression {
    let typed = try bind(value)
    if isCypher25, !typed.type.fits(.map) { throw propertiesWanted(typed.type, value) }
    try expect(StaticType(.mapLike), typed.type, value)
    if typed.type.kinds.isSubset(of: .entity) { remark(onCopying: value, item, sign) }
    return typed.expression
  }

  private func propertiesWanted(_ actual: StaticType, _ value: AST.Expression) -> Failure {
    valueTypeError(
      "Type mismatch: expected Map but was \(actual.messageActual)", at: position(of: value),
      "Invalid input '\(actual.causeActual)' for \(source(value.span)). Expected to be MAP. Hint: use properties(...) on the right-hand side."
    )
  }

  private mutating func bindPropertyKey(
    _ key: AST.Expression
  ) throws(Failure) -> Bound.Expression {
    let typed = try bind(key)
    if !typed.type.mayBe(.string) {
      throw wrongKey("node or relationship property key", .string, typed.type, key)
    }
    return typed.expression
  }

  private mutating func bindLabelled(_ variable: Name) throws(Failure) -> Slot {
    let owner = try lookUp(variable)
    try expect(.node, owner.type, variable.expression)
    return owner.slot
  }

  private mutating func bindLabelList(
    _ labels: LabelList
  ) throws(Failure) -> [NameExpression] {
    var names: [NameExpression] = []
    for item in labels.items {
      switch item {
      case .name(let name):
        try checkToken(name, isLabel: true)
        names.append(.name(name.text))
      case .dynamic(let label): names.append(.dynamic(try bindDynamicName(label)))
      }
    }
    return names
  }

  mutating func bindRemove(_ remove: RemoveClause) throws(Failure) -> Bound.Clause {
    var items: [Bound.RemoveItem] = []
    for item in remove.items {
      switch item.kind {
      case .property(let entity, let key):
        let owner = try bind(entity)
        try expect(Self.owners, owner.type, entity)
        items.append(.property(owner.expression, key: key.text))
      case .dynamicProperty(let entity, let key):
        let owner = try bindOwner(entity)
        items.append(.dynamicProperty(owner, key: try bindPropertyKey(key)))
      case .labels(let variable, let labels):
        items.append(.labels(try bindLabelled(variable), try bindLabelList(labels)))
      }
    }
    return .remove(items)
  }

  mutating func bindDelete(_ delete: DeleteClause) throws(Failure) -> Bound.Clause {
    var expressions: [Bound.Expression] = []
    let deletable = StaticType([.node, .path, .relationship])
    for expression in delete.expressions {
      if case .labelTest(_, let test) = expression.kind {
        throw syntaxError(
          "DELETE doesn't support removing labels from a node. Try REMOVE.", at: test.span.start,
          CauseText(
            code: "42I26", name: "invalid DELETE",
            text:
              "'DELETE ...' does not support removing labels from a node. Use 'REMOVE ...' instead."
          ))
      }
      let typed = try bind(expression)
      try expect(deletable, typed.type, expression)
      expressions.append(typed.expression)
    }
    return .delete(expressions, isDetaching: delete.mode == .detach)
  }

  mutating func bindForeach(_ loop: ForeachClause) throws(Failure) -> Bound.Clause {
    let list = try bind(loop.list)
    let outside = scope
    let element = list.type.kinds == .list ? list.type.element : .any
    let slot = newSlot(loop.variable.text, element)
    scope[loop.variable.text] = Variable(slot: slot, type: element, origin: .local)
    var body: [Bound.Clause] = []
    for clause in loop.clauses {
      guard clause.mayStandInForeach else {
        throw syntaxError(
          "Invalid use of \(clause.word) inside FOREACH", at: clause.span.start,
          CauseText(
            code: "42I01", name: "invalid FOREACH",
            text: "Invalid use of \(clause.word) inside 'FOREACH'."))
      }
      body.append(try bindClause(clause))
    }
    scope = outside
    return .forEach(slot, list: list.expression, body: body)
  }
}

extension Name {
  /// The variable as an expression.
  var expression: AST.Expression { AST.Expression(.variable(self), span: span) }
}

/// Neighbouring items of SET that set properties of one variable, while they are gathered.
private struct PropertyRun {
  private let entity: Bound.Expression
  /// Of a key that is set again only the last value is written: the earlier one leaves a gap.
  private var items: [MapItem?]
  private var places: [String: Int]

  /// Begins with an item; `nil` for one that is not gathered with others.
  init?(_ first: Bound.SetItem) {
    guard case .property(let entity, let key, let value) = first, case .variable = entity else {
      return nil
    }
    self.entity = entity
    items = [MapItem(key: key, value: value)]
    places = [key: 0]
  }

  /// Takes one more item; tells whether it belongs here.
  mutating func take(_ next: Bound.SetItem) -> Bool {
    guard case .property(entity, let key, let value) = next else { return false }
    if let earlier = places.updateValue(items.count, forKey: key) { items[earlier] = nil }
    items.append(MapItem(key: key, value: value))
    return true
  }

  /// All of them as one.
  var item: Bound.SetItem {
    if items.count == 1, let only = items[0] {
      return .property(entity, key: only.key, value: only.value)
    }
    return .properties(entity, items.compactMap { $0 })
  }
}
