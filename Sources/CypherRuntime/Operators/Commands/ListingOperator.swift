public import Diagnostics
public import GraphValues
public import QueryPlan

/// Answers commands that list things; the engine knows them, the runtime only hands rows on.
public protocol ListingSource: AnyObject {
  /// The rows of a listing, each a value by column name; absent columns are null.
  func rows(_ command: Command, parameters: [String: Value]) throws(Failure) -> [[String: Value]]
}

/// Yields the rows of a SHOW command.
final class ListingOperator: Operator {
  private let command: Command
  private let columns: [ListingColumn]
  private let batch: Batch
  private var rows: [[String: Value]]?
  private var place = 0

  init(_ node: PlanNode, _ command: Command, _ compiler: PlanCompiler) {
    self.command = command
    batch = Batch(slotCount: compiler.slotCount)
    switch command {
    case .show(_, let columns), .terminateTransactions(_, let columns),
      .administer(_, let columns):
      self.columns = columns
    default: columns = []
    }
    for column in columns { batch.columns[column.slot.index] = Column(.values) }
    super.init(node, compiler)
  }

  override func reset() {
    super.reset()
    rows = nil
    place = 0
  }

  override func produce() throws(Failure) -> Batch? {
    if rows == nil {
      guard let source = context.surroundings.listings else {
        throw .execution("a listing without an engine to ask")
      }
      rows = try source.rows(command, parameters: context.parameters)
    }
    guard let rows, place < rows.count else { return nil }
    let taken = rows[place..<min(rows.count, place + Batch.rowsPerBatch)]
    place += taken.count
    batch.restart(rowCount: taken.count)
    for column in columns {
      let values = batch.columns[column.slot.index]
      values?.reset(.values)
      for row in taken { values?.append(row[column.name] ?? .null) }
    }
    return batch
  }
}
