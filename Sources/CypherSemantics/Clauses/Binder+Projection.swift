import CypherSyntax
import Diagnostics
import QueryPlan

/// What is special about a projection by its place.
struct ProjectionPlace {
  /// `WITH` or `RETURN`.
  var clause: String
  /// Where the clause begins.
  var offset: Int
  /// Whether it is the RETURN that ends a query.
  var isReturn = false
  /// What messages call the place where every expression needs an alias; `nil` where none is needed.
  var aliasPlace: String?
  /// Outer names that a subquery may not return.
  var forbiddenNames: Set<String> = []
}

/// A projection, bound, with its columns.
struct ProjectionResult {
  var projection: Bound.Projection
  var columns: [ResultColumn]
  var types: [StaticType]
}

extension Binder {
  /// Binds the items, order and page of WITH or RETURN, and makes their names the scope.
  mutating func bindProjection(
    _ ast: AST.Projection, predicate: AST.Expression?, _ place: ProjectionPlace
  ) throws(Failure) -> ProjectionResult {
    var draft = try draftItems(ast, place)
    let before = scope
    draft.isAggregating = draft.items.contains { $0.containsAggregate } || ast.grouping != nil
    if draft.isAggregating {
      try bindAggregatingItems(&draft, ast, place)
    } else {
      try bindPlainItems(&draft)
    }
    var projection = Bound.Projection(
      items: draft.items.map {
        Bound.Projection.Item(slot: $0.slot, expression: $0.bound)
      }, isAggregating: draft.isAggregating, grouping: draft.grouping,
      aggregates: aggregation?.aggregates ?? [], isDistinct: ast.isDistinct,
      isReturn: place.isReturn)
    try enterItems(draft, before, loses: draft.isAggregating || ast.isDistinct, place)
    try bindOrder(ast.order, &projection, draft, place)
    try checkAliases(ast, place)
    aggregation = nil
    computed = draft.computed(before: before, isClosed: draft.isAggregating || ast.isDistinct)
    if let predicate {
      labelStyles = LabelStyles()
      projection.predicate = try bindCondition(predicate).expression
    }
    projection.skip = try bindPage("SKIP", ast.skip)
    projection.limit = try bindPage("LIMIT", ast.limit)
    leaveItems(draft, before)
    return ProjectionResult(
      projection: projection, columns: draft.items.map(\.column), types: draft.items.map(\.type))
  }

  private mutating func bindPlainItems(_ draft: inout ProjectionDraft) throws(Failure) {
    aggregation = nil
    for index in draft.items.indices {
      let typed = try bind(draft.items[index].expression)
      give(typed, to: &draft.items[index])
    }
  }

  /// Gives an item its value and slot: a variable that keeps its name keeps its slot.
  func keepsSlot(_ item: ProjectionDraft.Item) -> Bool {
    if case .variable(let name) = item.expression.kind { name.text == item.name } else { false }
  }

  mutating func give(_ typed: Typed, to item: inout ProjectionDraft.Item) {
    // What a parameter holds is checked where it is named, not where it went.
    let isParameter = if case .parameter = item.expression.kind { true } else { false }
    let typed = isParameter ? Typed(typed.expression, .any) : typed
    item.type = typed.type
    item.bound = typed.expression
    if keepsSlot(item), case .variable(let slot) = typed.expression {
      item.slot = slot
    } else {
      item.slot = newSlot(item.name, typed.type)
    }
  }

  private mutating func bindAggregatingItems(
    _ draft: inout ProjectionDraft, _ ast: AST.Projection, _ place: ProjectionPlace
  ) throws(Failure) {
    aggregation = nil
    var gathered = Aggregation()
    for index in draft.items.indices where !draft.items[index].containsAggregate {
      let item = draft.items[index]
      let typed = try bind(item.expression)
      let isVariable = if case .variable = item.expression.kind { true } else { false }
      give(typed, to: &draft.items[index])
      if isVariable, case .variable(let slot) = typed.expression {
        // A grouped variable stays in its slot, where subqueries of other items look for it.
        if !draft.grouping.contains(where: { $0.slot == slot }) {
          draft.grouping.append(
            Bound.Projection.Item(slot: slot, expression: typed.expression))
        }
        gathered.keys[item.expression] = Computed(slot: slot, type: typed.type)
      } else {
        let slot = draft.items[index].slot
        draft.grouping.append(Bound.Projection.Item(slot: slot, expression: typed.expression))
        draft.items[index].bound = .variable(slot)
        if item.expression.isAccessChain {
          gathered.keys[item.expression] = Computed(slot: slot, type: typed.type)
        }
      }
    }
    try bindExplicitGrouping(ast.grouping, &draft, &gathered)
    aggregation = gathered
    for index in draft.items.indices where draft.items[index].containsAggregate {
      try bindMixedItem(&draft.items[index])
    }
  }

  /// `GROUP BY` names keys that need not be items.
  private mutating func bindExplicitGrouping(
    _ grouping: GroupBy?, _ draft: inout ProjectionDraft, _ gathered: inout Aggregation
  ) throws(Failure) {
    guard let grouping, case .expressions(let keys) = grouping.keys else { return }
    for key in keys where gathered.keys[key] == nil && !draft.names(key) {
      let typed = try bind(key)
      if draft.items.contains(where: { $0.expression == key && !$0.containsAggregate }) { continue }
      let slot: Slot
      if case .variable(let known) = typed.expression {
        slot = known
      } else {
        slot = slots.addAnonymous(Self.kind(of: typed.type))
      }
      draft.grouping.append(Bound.Projection.Item(slot: slot, expression: typed.expression))
      gathered.keys[key] = Computed(slot: slot, type: typed.type)
    }
    try checkGrouped(keys, draft)
  }

  /// Items without an aggregate must be among the keys, under their text or their name.
  private func checkGrouped(
    _ keys: [AST.Expression], _ draft: ProjectionDraft
  ) throws(Failure) {
    for item in draft.items where !item.containsAggregate {
      let isKey = keys.contains { key in
        if key == item.expression { return true }
        if case .variable(let name) = key.kind { return name.text == item.name }
        return false
      }
      if isKey { continue }
      let names = item.expression.variableNames.filter { name in
        !keys.contains { $0 == name.expression } && scope[name.text]?.origin == .clause
      }
      if let first = names.first { throw implicitGrouping(names, at: first.span.start) }
    }
  }

  private mutating func bindMixedItem(_ item: inout ProjectionDraft.Item) throws(Failure) {
    aggregation?.isInMixedItem = true
    aggregation?.illegal = []
    let typed = try bind(item.expression)
    aggregation?.isInMixedItem = false
    if let illegal = aggregation?.illegal, let first = illegal.first {
      throw implicitGrouping(illegal, at: first.span.end > 0 ? first.span.start : item.offset)
    }
    item.type = typed.type
    item.bound = typed.expression
    guard item.expression.isAggregateCall, case .variable(let slot) = typed.expression,
      slots[slot].isAnonymous
    else {
      item.slot = newSlot(item.name, typed.type)
      return
    }
    // An aggregate goes straight to the first column that is nothing else.
    slots.name(slot, item.name)
    item.slot = slot
  }

  private func implicitGrouping(_ names: [Name], at offset: Int) -> Failure {
    var unique: [String] = []
    for name in names where !unique.contains(name.text) { unique.append(name.text) }
    return syntaxError(
      "Aggregation column contains implicit grouping expressions. For example, in 'RETURN n.a, n.a + n.b + count(*)' the aggregation expression 'n.a + n.b + count(*)' includes the implicit grouping key 'n.b'. It may be possible to rewrite the query by extracting these grouping/aggregation expressions into a preceding WITH clause. Illegal expression(s): \(unique.joined(separator: ", "))",
      at: offset,
      CauseText(
        code: "42I18", name: "reference to non-grouping sub-expression",
        text:
          "The expression contains a non-grouping sub-expression `\(unique.joined(separator: "`, `"))`. In an aggregating context only grouping sub-expressions and constants are allowed."
      ))
  }
}

extension ProjectionDraft {
  /// Whether an expression is the name of an item without an aggregate.
  fileprivate func names(_ key: AST.Expression) -> Bool {
    guard case .variable(let name) = key.kind else { return false }
    return items.contains { $0.name == name.text && !$0.containsAggregate }
  }
}

extension AST.Expression {
  /// The variables named in it.
  fileprivate var variableNames: [Name] {
    if case .variable(let name) = kind { return [name] }
    return children.flatMap(\.variableNames)
  }

  /// Whether it is a variable or a property of one.
  var isAccessChain: Bool {
    switch kind {
    case .property(let base, _): base.isVariable
    default: isVariable
    }
  }

  private var isVariable: Bool {
    if case .variable = kind { true } else { false }
  }

  /// Whether it is one aggregate and nothing else.
  var isAggregateCall: Bool {
    switch kind {
    case .countAll: true
    case .function(let call): AggregateFunction.named(call.name.text) != nil
    default: false
    }
  }
}
