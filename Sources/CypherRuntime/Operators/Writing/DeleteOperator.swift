import Diagnostics
import GraphStore
import GraphValues
import QueryPlan

/// Deletes nodes, relationships and paths.
///
/// Deleting twice is nothing. A node that still has relationships fails at the commit, not here, so
/// that the order of deletions does not matter.
final class DeleteOperator: Operator {
  private let targets: [Kernel]
  private let isDetaching: Bool
  private let writer: EntityWriter

  init(
    _ node: PlanNode, _ expressions: [Expression], isDetaching: Bool, _ compiler: PlanCompiler,
    input: Operator
  ) throws(Failure) {
    var targets: [Kernel] = []
    for expression in expressions { targets.append(try compiler.kernel(expression)) }
    self.targets = targets
    self.isDetaching = isDetaching
    writer = EntityWriter(context: compiler.context)
    super.init(node, compiler, inputs: [input])
  }

  override func produce() throws(Failure) -> Batch? {
    guard let batch = try input.next() else { return nil }
    let rows = batch.rows
    for target in targets {
      let column = try target.evaluate(batch, rows)
      for index in 0..<rows.count { try delete(column.value(at: rows[index])) }
    }
    return batch
  }

  private func delete(_ value: Value) throws(Failure) {
    switch value {
    case .null: break
    case .node(let id): try writer.delete(id, isDetaching: isDetaching)
    case .relationship(let id): try writer.delete(id)
    case .nodeRecord(let record): try writer.delete(record.id, isDetaching: isDetaching)
    case .relationshipRecord(let record): try writer.delete(record.id)
    case .path(let path):
      for relationship in path.relationships { try writer.delete(relationship) }
      for node in path.nodes { try writer.delete(node, isDetaching: isDetaching) }
    default:
      throw .invalidType(
        "Expected to delete a Node, Relationship or Path but found a \(value.debugText)",
        value: value, expected: ["NODE", "RELATIONSHIP", "PATH"])
    }
  }
}
