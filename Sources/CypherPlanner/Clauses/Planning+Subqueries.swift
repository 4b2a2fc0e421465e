import Diagnostics
import QueryPlan

extension Planning {
  /// Expressions ready to be computed over `input`, which may get operators that answer subqueries.
  func prepare(
    _ expressions: [Expression], on input: Draft
  ) throws(Failure) -> (Draft, [Expression]) {
    (input, try expressions.mapping { e throws(Failure) in try nested(e) })
  }

  /// The same for the condition of a hop.
  func nested(_ hop: HopPredicate?) throws(Failure) -> HopPredicate? {
    guard let hop else { return nil }
    return HopPredicate(slot: hop.slot, expression: try nested(hop.expression))
  }

  /// An expression whose subqueries are planned, to be run for each row that asks.
  func nested(_ expression: Expression) throws(Failure) -> Expression {
    guard case .subquery(let subquery) = expression else {
      return try expression.mapChildren { child throws(Failure) in try nested(child) }
    }
    let draft = try plan(subquery.query, arguments: subquery.arguments)
    let column = subquery.query.columns.first?.slot
    let needsColumn = subquery.kind == .collect || subquery.kind == .first
    let needed: Set<Slot> = needsColumn ? Set([column].compactMap { $0 }) : []
    return .nestedPlan(
      NestedPlan(
        kind: subquery.kind, plan: finish(draft, needed: needed),
        column: needsColumn ? column : nil, arguments: subquery.arguments.sorted(),
        text: text(expression)))
  }
}
