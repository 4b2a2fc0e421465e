import Diagnostics
import GraphStore
import GraphValues
import QueryPlan

@testable import CypherRuntime

/// A small graph in memory and plans made by hand over it.
///
/// Nodes `a` to `f` are `:P {k: 1}` to `:P {k: 6}`, `d` to `f` are `:Q` as well; `a`→`b`→`c`→`d`→`a` and
/// `a`→`c` by `:T`, `e`→`e` and `e`→`f` by `:U`.
struct PlanRunner {
  let store: Store
  let transaction: GraphTransaction
  var slots = SlotTable()
  var parameters: [String: Value] = [:]
  var memoryLimitBytes = 0

  init() throws {
    store = try Store.memory()
    transaction = try store.beginWrite()
    let (p, q) = (try transaction.createLabel(named: "P"), try transaction.createLabel(named: "Q"))
    let k = try transaction.createKey(named: "k")
    var nodes: [NodeID] = []
    for index in 1...6 {
      nodes.append(
        try transaction.createNode(
          labels: index > 3 ? [p, q] : [p], properties: [(k, .integer(Int64(index)))]))
    }
    let (t, u) = (try transaction.createType(named: "T"), try transaction.createType(named: "U"))
    for (start, end) in [(0, 1), (1, 2), (2, 3), (3, 0), (0, 2)] {
      _ = try transaction.createRelationship(type: t, from: nodes[start], to: nodes[end])
    }
    _ = try transaction.createRelationship(type: u, from: nodes[4], to: nodes[4])
    _ = try transaction.createRelationship(type: u, from: nodes[4], to: nodes[5])
  }

  mutating func slot(_ name: String, _ kind: SlotKind = .value) -> Slot { slots.add(name, kind) }

  /// The rows of a plan, each as text with its columns parted by commas.
  func run(_ root: PlanNode, _ columns: [Slot]) throws -> [String] {
    let plan = compile(root, columns)
    let compiled = try CompiledPlan(plan, inputs)
    let first = try rows(of: compiled, columns)
    // A second run over the same operators must give the same.
    compiled.begin(inputs)
    let second = try rows(of: compiled, columns)
    return first == second ? first : first + ["second run:"] + second
  }

  var inputs: RunInputs {
    RunInputs(
      transaction: transaction, parameters: parameters,
      functions: FunctionContext(statementClock: ClockInstant(epochSecond: 0, nanosecond: 0)),
      memoryLimitBytes: memoryLimitBytes)
  }

  private func compile(_ root: PlanNode, _ columns: [Slot]) -> StatementPlan {
    StatementPlan(
      root: root, slots: slots,
      columns: columns.map { ResultColumn(name: slots[$0].name, slot: $0) }, writes: false)
  }

  private func rows(of plan: CompiledPlan, _ columns: [Slot]) throws -> [String] {
    var rows: [String] = []
    while let batch = try plan.next() {
      for index in 0..<batch.count {
        let row = batch.row(index)
        let cells = columns.map { slot in
          Self.text(batch.columns[slot.index]?.value(at: row) ?? .string("missing"))
        }
        rows.append(cells.joined(separator: ","))
      }
    }
    return rows
  }

  private static func text(_ value: Value) -> String {
    switch value {
    case .node(let id): ["a", "b", "c", "d", "e", "f"][Int(id.raw)]
    case .relationship(let id): "r\(id.raw)"
    case .list(let elements): "[" + elements.map(text).joined(separator: " ") + "]"
    case .path(let path): path.nodes.map { text(.node($0)) }.joined(separator: "-")
    default: value.literal
    }
  }
}

/// A node of a plan with no more than what the runtime reads.
func plan(_ operation: PlanOperation, _ children: PlanNode..., live: [Slot]) -> PlanNode {
  PlanNode(operation, children: children, cardinality: 1, live: live.sorted())
}

extension Expression {
  static func number(_ value: Int64) -> Expression { .literal(Literal(.integer(value))) }
  static func text(_ value: String) -> Expression { .literal(Literal(.string(value))) }
  static var null: Expression { .literal(Literal(.null)) }
  static var yes: Expression { .literal(Literal(.boolean(true))) }
  static var no: Expression { .literal(Literal(.boolean(false))) }
  static func numbers(_ values: Int64...) -> Expression { .list(values.map { .number($0) }) }
}
