import CypherSyntax
import Diagnostics
import QueryPlan

extension Binder {
  /// Binds a clause that is neither a projection nor a call.
  mutating func bindClause(_ clause: AST.Clause) throws(Failure) -> Bound.Clause {
    switch clause {
    case .match(let match): try bindMatch(match)
    case .unwind(let unwind): try bindUnwind(unwind)
    case .create(let create): try bindCreate(create)
    case .merge(let merge): try bindMerge(merge)
    case .set(let set): .set(try bindSetItems(set.items))
    case .remove(let remove): try bindRemove(remove)
    case .delete(let delete): try bindDelete(delete)
    case .foreach(let loop): try bindForeach(loop)
    case .loadCSV(let load): try bindLoadCSV(load)
    case .letting(let letting): try bindLet(letting)
    case .filter(let filter): try bindFilter(filter)
    case .orderAndPage(let order): try bindOrderAndPage(order)
    case .finish, .use, .with, .returning, .callProcedure, .callSubquery, .show, .terminate: .finish
    }
  }

  private mutating func bindUnwind(_ unwind: UnwindClause) throws(Failure) -> Bound.Clause {
    let list = try bind(unwind.list)
    let element: StaticType = list.type.kinds == .list ? list.type.element : .any
    let slot = try declare(unwind.variable, element)
    return .unwind(list: list.expression, slot)
  }

  private mutating func bindLoadCSV(_ load: AST.LoadCSVClause) throws(Failure) -> Bound.Clause {
    let url = try bind(load.url)
    try expect(.string, url.type, load.url)
    if let terminator = load.fieldTerminator, terminator.text.utf16.count != 1 {
      throw syntaxError(
        "CSV field terminator can only be one character wide", at: terminator.span.start,
        CauseText(
          code: "42I05", name: "invalid FIELDTERMINATOR",
          text: "The FIELDTERMINATOR specified for LOAD CSV can only be one character wide."))
    }
    let row: StaticType = load.hasHeaders ? .map : .list(of: .string)
    // The row's variable may take the place of another one.
    let slot = newSlot(load.variable.text, row)
    scope[load.variable.text] = Variable(slot: slot, type: row, origin: .clause)
    return .loadCSV(
      Bound.LoadCSVClause(
        url: url.expression, slot: slot, hasHeaders: load.hasHeaders,
        fieldTerminator: load.fieldTerminator?.text))
  }

  /// `LET` keeps everything and adds its items, which do not see each other.
  private mutating func bindLet(_ letting: LetClause) throws(Failure) -> Bound.Clause {
    var items = keptItems()
    var values: [Typed] = []
    for item in letting.items { values.append(try bind(item.value)) }
    for (item, value) in zip(letting.items, values) {
      let slot = try declare(item.variable, value.type)
      items.append(Bound.Projection.Item(slot: slot, expression: value.expression))
    }
    return .project(Bound.Projection(items: items))
  }

  private mutating func bindFilter(_ filter: FilterClause) throws(Failure) -> Bound.Clause {
    labelStyles = LabelStyles()
    var projection = Bound.Projection(items: keptItems())
    projection.predicate = try bindCondition(filter.predicate).expression
    return .project(projection)
  }

  private mutating func bindOrderAndPage(
    _ clause: OrderAndPageClause
  ) throws(Failure) -> Bound.Clause {
    var projection = Bound.Projection(items: keptItems())
    let place = ProjectionPlace(clause: "WITH", offset: clause.span.start)
    try bindOrder(clause.order, &projection, ProjectionDraft(), place)
    projection.skip = try bindPage("SKIP", clause.skip)
    projection.limit = try bindPage("LIMIT", clause.limit)
    return .project(projection)
  }

  /// All variables, each as itself.
  func keptItems() -> [Bound.Projection.Item] {
    scope.variables.values.map(\.slot).sorted().map {
      Bound.Projection.Item(slot: $0, expression: .variable($0))
    }
  }
}
