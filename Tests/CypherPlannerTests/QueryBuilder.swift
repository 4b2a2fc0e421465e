import CypherPlanner
import Diagnostics
import GraphValues
import QueryPlan

/// Makes bound queries in few words.
struct QueryBuilder {
  var slots = SlotTable()
  private var lifted = 0

  mutating func node(_ name: String) -> Slot { slots.add(name, .node) }
  mutating func relationship(_ name: String) -> Slot { slots.add(name, .relationship) }
  mutating func list(_ name: String) -> Slot { slots.add(name, .relationshipList) }
  mutating func value(_ name: String) -> Slot { slots.add(name, .value) }

  mutating func number(_ value: Int64) -> Expression {
    defer { lifted += 1 }
    return .literal(Literal(.integer(value), liftedIndex: lifted))
  }

  mutating func string(_ value: String) -> Expression {
    defer { lifted += 1 }
    return .literal(Literal(.string(value), liftedIndex: lifted))
  }

  /// `RETURN` of variables.
  func returning(_ columns: [Slot]) -> Clause {
    .project(
      Projection(
        items: columns.map { Projection.Item(slot: $0, expression: .variable($0)) },
        isReturn: true))
  }

  /// `RETURN count(*) AS slot`.
  func counting(into slot: Slot) -> Clause {
    .project(
      Projection(
        items: [Projection.Item(slot: slot, expression: .variable(slot))], isAggregating: true,
        aggregates: [
          Projection.Aggregate(slot: slot, call: AggregateCall(.countAll, arguments: []))
        ], isReturn: true))
  }

  /// A query that ends without columns, or with those of `columns`.
  func query(_ clauses: [Clause], columns: [Slot] = []) -> BoundQuery {
    BoundQuery(
      arms: [SingleQuery(clauses: clauses)],
      columns: columns.map { ResultColumn(name: slots[$0].name, slot: $0) })
  }

  /// The plan as lines, each indented by its depth.
  func plan(_ clauses: [Clause], columns: [Slot] = []) throws(Failure) -> String {
    let planner = QueryPlanner(statistics: FakeStatistics())
    let plan = try planner.plan(query(clauses, columns: columns), slots: slots)
    return PlanOutline(plan).text(indent: 0)
  }
}

extension PlanOutline {
  func text(indent: Int) -> String {
    let line = String(repeating: "  ", count: indent) + name + (details.map { " " + $0 } ?? "")
    let trimmed = line.last == " " ? String(line.dropLast()) : line
    return ([trimmed] + children.map { $0.text(indent: indent + 1) }).joined(separator: "\n")
  }
}

/// A pattern of a chain of nodes.
func pattern(
  _ nodes: [Slot], _ relationships: [PatternRelationship] = [], where predicates: [Expression] = [],
  arguments: Set<Slot> = []
) -> PatternGraph {
  var graph = PatternGraph()
  graph.nodes = nodes
  graph.relationships = relationships
  graph.predicates = predicates
  graph.arguments = arguments
  return graph
}

/// `(left)-[slot:type]->(right)`.
func edge(
  _ left: Slot, _ slot: Slot, _ right: Slot, _ type: String? = nil,
  _ direction: Direction = .outgoing, length: HopRange? = nil
) -> PatternRelationship {
  PatternRelationship(
    slot: slot, left: left, right: right, direction: direction,
    types: type.map { [$0] } ?? [], length: length)
}

/// `slot:label`.
func has(_ slot: Slot, _ label: String) -> Expression {
  .hasLabels(.variable(slot), .name(label))
}

/// `slot.key`.
func read(_ slot: Slot, _ key: String) -> Expression { .property(.variable(slot), key: key) }

/// `left = right`.
func equal(_ left: Expression, _ right: Expression) -> Expression {
  .comparison(.equal, left, right)
}
