import Diagnostics
import GraphStore
import GraphValues

/// How many relationships a node has, without reading them.
final class DegreeKernel: Kernel {
  private let node: Kernel
  private let direction: Direction
  private let types: TypeFilter
  private let adjacency: AdjacencySource
  private let context: ExecutionContext
  private let result = Column(.integers)

  init(_ node: Kernel, _ direction: Direction, _ types: [String], _ context: ExecutionContext) {
    self.node = node
    self.direction = direction
    self.types = TypeFilter(types, context.tokens)
    adjacency = AdjacencySource(direction, context)
    self.context = context
  }

  override func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column {
    let column = try node.evaluate(batch, rows)
    let tokens = types.resolve(context.transaction)
    if column.isConstant {
      if !rows.isEmpty { result.setConstant(try degree(column.value(at: 0), tokens)) }
      return result
    }
    result.prepare(.integers, rows: batch.rowCount)
    if tokens?.isEmpty != true { try adjacency.expect(rows.count, tokens) }
    if let arrays = adjacency.index, column.kind == .nodes {
      context.storeHits &+= rows.count
      for index in 0..<rows.count {
        let row = rows[index]
        let degree = column.isNull(at: row) ? 0 : arrays.degree(of: column.word(at: row))
        result.set(word: UInt64(degree), at: row)
      }
      return result
    }
    for index in 0..<rows.count {
      let row = rows[index]
      result.set(try degree(column.value(at: row), tokens), at: row)
    }
    return result
  }

  private func degree(_ value: Value, _ tokens: [TypeToken]?) throws(Failure) -> Value {
    guard case .node(let node) = value else { return .integer(0) }
    context.storeHits &+= 1
    do throws(StoreError) {
      return .integer(
        Int64(try context.transaction.degree(of: node, direction, types: tokens)))
    } catch {
      throw Failure(error)
    }
  }
}
