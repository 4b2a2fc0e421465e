import Diagnostics
import GraphValues
import QueryPlan

/// The planning of one statement: what all its parts share.
final class Planning {
  let statistics: any Statistics
  /// The variables, those that planning adds included.
  var slots: SlotTable
  /// Nodes and relationships that cannot be null where they are available.
  var neverNull: Set<Slot> = []
  /// Labels that nodes are known to have, for estimates only.
  var knownLabels: [Slot: Set<String>] = [:]

  /// Subqueries inside expressions that are planned already.
  var nestedPlans: [Subquery: NestedPlan] = [:]
  /// Which way relationships are written, seen from the left.
  var directions: [Slot: Direction] = [:]
  /// What path variables stand for.
  var pathElements: [Slot: [PathElement]] = [:]
  /// Whether constants print as they are instead of as numbers.
  var printsLiterals = false
  /// Properties that print as kept from an earlier read.
  var cachedProperties: Set<PropertyRead> = []
  /// Where the items of wide projections stand in plans.
  var itemRanks: [Slot: Int] = [:]
  /// Whether the seek at hand is one step with a MERGE.
  var seeksForMerge = false
  /// Entities that the result holds whole.
  var returnedEntities: Set<Slot> = []
  /// How many variables without a name have got a number.
  var anonymousNumber = 0
  /// What number a constant has in plans, by its place among the statement's literals.
  var literalNumbers: [Int: Int] = [:]

  /// Fails when the statement is to stop.
  let checkCancelled: () throws(Failure) -> Void

  init(
    statistics: any Statistics, slots: SlotTable,
    checkCancelled: @escaping () throws(Failure) -> Void = {}
  ) {
    self.checkCancelled = checkCancelled
    self.statistics = statistics
    self.slots = slots
  }

  /// Plans a whole statement, up to its root.
  func planStatement(_ query: BoundQuery, given: Set<Slot>) throws(Failure) -> Draft {
    numberLiterals(of: query)
    numberAnonymous(in: query)
    var draft = try plan(query, arguments: given)
    if query.columns.isEmpty {
      draft = Draft(.emptyResult, children: [draft], rows: draft.rows)
    }
    return Draft(.produceResults(query.columns), children: [draft], rows: draft.rows)
  }

  /// Plans a query that starts at a row which holds `arguments`.
  func plan(_ query: BoundQuery, arguments: Set<Slot>) throws(Failure) -> Draft {
    // What the query finds out about its arguments holds for its own rows only.
    let nullable = arguments.subtracting(neverNull)
    defer { neverNull.subtract(nullable) }
    guard query.arms.count > 1 else {
      return try plan(query.arms.first?.clauses ?? [], from: argument(arguments))
    }
    let columns = query.columns.map(\.slot)
    var arms: [Draft] = []
    for (arm, armColumns) in zip(query.arms, query.armColumns) {
      arms.append(
        renamed(try plan(arm.clauses, from: argument(arguments)), armColumns, to: columns))
    }
    let united = unite(arms[...], columns, arguments)
    if !query.isDistinctUnion || columns.isEmpty { return united }
    let items = columns.map { Projection.Item(slot: $0, expression: .variable($0)) }
    return Draft(
      .distinct(items), children: [united], rows: united.rows * 0.95, arguments: arguments)
  }

  /// The longest run of UNION that becomes a chain; operators are walked by recursion.
  private static let longestUnion = 100

  /// The rows of all arms one after the other: a chain, or of very many arms halves of halves.
  private func unite(_ arms: ArraySlice<Draft>, _ columns: [Slot], _ arguments: Set<Slot>) -> Draft
  {
    guard let last = arms.last, arms.count > 1 else { return arms.first ?? argument(arguments) }
    let middle = arms.startIndex + arms.count / 2
    let isLong = arms.count > Self.longestUnion
    let left = unite(isLong ? arms[..<middle] : arms.dropLast(), columns, arguments)
    let right = isLong ? unite(arms[middle...], columns, arguments) : last
    return Draft(
      .union(left: columns, right: columns, into: columns), children: [left, right],
      rows: left.rows + right.rows, arguments: arguments)
  }

  /// The rows of a UNION's arm, under the result's variables.
  private func renamed(_ draft: Draft, _ from: [Slot], to columns: [Slot]) -> Draft {
    let items = zip(columns, from).filter { $0 != $1 }.map {
      Projection.Item(slot: $0, expression: .variable($1))
    }
    return items.isEmpty ? draft : Draft(.projection(items), children: [draft], rows: draft.rows)
  }

  /// The leaf that hands in an outer row.
  func argument(_ slots: Set<Slot>) -> Draft {
    Draft(.argument(slots.sorted()), rows: 1, cost: 0, arguments: slots)
  }

  /// A new variable without a name.
  func anonymous(_ kind: SlotKind = .value) -> Slot {
    let slot = slots.addAnonymous(kind)
    numberAnonymous(slot)
    return slot
  }

  /// Names a variable by the next number.
  func numberAnonymous(_ slot: Slot) {
    slots[slot].name = "anon_\(anonymousNumber)"
    anonymousNumber += 1
  }

  // MARK: Joining a part to what comes before

  /// Runs `part`, which was planned from an argument with `input`'s slots, for each row of `input`.
  ///
  /// Where the part is nothing but steps over the argument's row, these go right on top of the
  /// input instead.
  func attach(_ part: Draft, to input: Draft) -> Draft {
    // The part's own leaves take what they need from the row handed in.
    if case .argument = input.operation { return part }
    if let inlined = unnest(part, onto: input) { return inlined }
    part.scale(by: input.rows)
    return Draft(
      .apply, children: [input, part], rows: part.rows, cost: input.cost + part.cost)
  }

  private func unnest(_ part: Draft, onto input: Draft) -> Draft? {
    if case .argument = part.operation { return input }
    guard part.operation.isRowByRow, let first = part.children.first,
      let below = unnest(first, onto: input)
    else { return nil }
    let rest = Array(part.children.dropFirst())
    for child in rest { child.scale(by: input.rows) }
    return part.over([below] + rest, scaledBy: input.rows)
  }
}

extension PlanOperation {
  /// Whether what it does with a row does not depend on other rows, so that it may run over any
  /// input.
  var isRowByRow: Bool {
    switch self {
    case .filter, .projection, .expandAll, .expandInto, .optionalExpandAll, .optionalExpandInto,
      .varLengthExpand, .shortestPath, .projectEndpoints, .unwind, .repeatTrail, .semiApply,
      .letSemiApply, .selectOrSemiApply, .rollUpApply, .apply:
      true
    default: false
    }
  }
}
