import CypherSyntax
import Diagnostics
import QueryPlan

/// The items of a projection while it is being bound.
struct ProjectionDraft {
  struct Item {
    /// The column's name.
    var name: String
    /// What was written.
    var expression: AST.Expression
    /// Where the name stands, or the expression.
    var offset: Int
    /// The range of the text that the name was taken from.
    var source: SourceSpan?
    /// Whether an aggregate stands in it.
    var containsAggregate: Bool
    /// Where the value goes.
    var slot = Slot(0)
    /// The bound expression.
    var bound = Bound.Expression.literal(Bound.Literal(.null))
    /// What is known of it.
    var type = StaticType.any

    var column: ResultColumn {
      ResultColumn(
        name: name, slot: slot, sourceStart: source?.start, sourceEnd: source?.end)
    }
  }

  /// The items in order.
  var items: [Item] = []
  /// Grouping keys.
  var grouping: [Bound.Projection.Item] = []
  /// Whether it aggregates.
  var isAggregating = false

  /// What stands for the expressions of items behind the projection.
  ///
  /// Where an alias hides a variable of before, equal text means something else there, so that only
  /// projections that closed the scope before keep their expressions.
  func computed(before: Scope, isClosed: Bool) -> [AST.Expression: Binder.Computed] {
    if !isClosed, items.contains(where: { hides($0, before) }) { return [:] }
    var computed: [AST.Expression: Binder.Computed] = [:]
    for item in items {
      if case .variable(let name) = item.expression.kind, name.text != item.name, !isClosed {
        continue
      }
      if case .literal = item.expression.kind { continue }
      computed[item.expression] = Binder.Computed(slot: item.slot, type: item.type)
    }
    return computed
  }

  private func hides(_ item: Item, _ before: Scope) -> Bool {
    guard before[item.name] != nil else { return false }
    if case .variable(let name) = item.expression.kind { return name.text != item.name }
    return true
  }
}

extension Binder {
  /// Lists the items with `*` spelt out, and refuses names that do not go together.
  func draftItems(
    _ ast: AST.Projection, _ place: ProjectionPlace
  ) throws(Failure) -> ProjectionDraft {
    var draft = ProjectionDraft()
    if ast.includesAll { try addAll(ast, place, &draft) }
    let starred = draft.items.count
    for item in ast.items {
      let drafted = try draftItem(item, place)
      if let known = draft.items.firstIndex(where: { $0.name == drafted.name }) {
        guard known < starred else { throw duplicateColumn(at: drafted.offset) }
        draft.items[known] = drafted
        continue
      }
      draft.items.append(drafted)
    }
    return draft
  }

  private func addAll(
    _ ast: AST.Projection, _ place: ProjectionPlace, _ draft: inout ProjectionDraft
  ) throws(Failure) {
    let names = (starOrder ?? scope.sortedNames).filter { scope[$0]?.isConstant == false }
    if names.isEmpty, ast.items.isEmpty, place.isReturn {
      throw syntaxError(
        "RETURN * is not allowed when there are no variables in scope", at: place.offset,
        CauseText(
          code: "42I37", name: "invalid use of RETURN *",
          text: "'RETURN *' is not allowed when there are no variables in scope."))
    }
    let span = ast.starSpan ?? ast.span
    for name in names {
      if place.forbiddenNames.contains(name) { throw declaredInOuterScope(name, at: span.start) }
      draft.items.append(
        ProjectionDraft.Item(
          name: name, expression: Name(name, span: span).expression, offset: span.start,
          containsAggregate: false))
    }
  }

  private func draftItem(
    _ item: AST.ProjectionItem, _ place: ProjectionPlace
  ) throws(Failure) -> ProjectionDraft.Item {
    let offset = item.alias?.span.start ?? position(of: item.expression)
    let implied = impliedName(item)
    let name = item.alias?.text ?? implied.name
    if place.forbiddenNames.contains(name) { throw declaredInOuterScope(name, at: offset) }
    if let known = scope[name], known.isConstant, place.clause == "WITH" {
      let isSame =
        if case .variable(let variable) = item.expression.kind { variable.text == name } else {
          false
        }
      if !isSame { throw shadowsOuterVariable(name, at: offset) }
    }
    return ProjectionDraft.Item(
      name: name, expression: item.expression, offset: offset,
      source: item.alias == nil && implied.isExpression ? item.sourceSpan : nil,
      containsAggregate: item.expression.containsAggregate)
  }

  /// Refuses expressions without a name where they need one, after all else about them is known.
  func checkAliases(_ ast: AST.Projection, _ place: ProjectionPlace) throws(Failure) {
    guard let aliasPlace = place.aliasPlace else { return }
    for item in ast.items where item.alias == nil && impliedName(item).isExpression {
      throw syntaxError(
        "Expression in \(aliasPlace) must be aliased (use AS)", at: item.expression.span.start,
        CauseText(
          code: "42N21", name: "unaliased return item",
          text: "Expression in \(aliasPlace) must be aliased (use AS)."))
    }
  }

  /// The name of an item without an alias.
  private func impliedName(_ item: AST.ProjectionItem) -> (name: String, isExpression: Bool) {
    switch item.expression.kind {
    case .variable(let name) where item.sourceSpan == item.expression.span:
      (name.text, false)
    case .mapProjection(let projection) where item.sourceSpan == item.expression.span:
      (projection.variable.text, false)
    default: (source(item.sourceSpan), true)
    }
  }

  private func duplicateColumn(at offset: Int) -> Failure {
    syntaxError(
      "Multiple result columns with the same name are not supported", at: offset,
      CauseText(
        code: "42N38", name: "duplicate return item name",
        text: "Return items must have unique names."))
  }

  /// Makes the items' names visible, with those of before where they are not lost.
  mutating func enterItems(
    _ draft: ProjectionDraft, _ before: Scope, loses: Bool, _ place: ProjectionPlace
  ) throws(Failure) {
    computed = draft.computed(before: before, isClosed: loses)
    if loses {
      scope.variables = before.variables.filter { $0.value.isConstant }
      lostNames = LostNames(names: before.names, clause: place.clause)
    }
    for item in draft.items {
      if let known = before[item.name], known.isConstant, known.slot == item.slot { continue }
      scope[item.name] = Variable(slot: item.slot, type: item.type, origin: .clause)
    }
  }

  /// Ends the clause: only the items and the constants of the query around stay.
  mutating func leaveItems(_ draft: ProjectionDraft, _ before: Scope) {
    computed = [:]
    lostNames = nil
    scope.variables = before.variables.filter { $0.value.isConstant }
    for item in draft.items {
      if let known = before[item.name], known.isConstant { continue }
      scope[item.name] = Variable(slot: item.slot, type: item.type, origin: .clause)
    }
  }
}
