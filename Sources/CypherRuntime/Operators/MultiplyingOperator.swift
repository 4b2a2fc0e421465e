import Diagnostics
import GraphValues
import QueryPlan

/// An operator that makes any number of rows, each carrying on the live columns, of each row that it
/// gets: scans and seeks from their argument, expansions from their input.
///
/// Subclasses say where rows come from (`nextSource`), begin a row (`open`) and append to their own
/// columns (`fill`); gathering the columns that pass through is done here.
class MultiplyingOperator: Operator {
  /// What is returned.
  final let output: Batch
  /// Columns that this operator fills, by slot.
  final private(set) var filled: [(slot: Slot, column: Column)] = []
  /// Whether `fill` has nothing more for the row that is open.
  final var isRowDone = false
  private var passed: [(slot: Int, copy: Column)] = []
  private var sources: [Int32] = []
  private var source: Batch?
  private var sourceRows = RowSet(all: 0)
  private var position = 0
  private var isOpen = false
  private var capacity = MultiplyingOperator.firstCapacity
  private static let firstCapacity = 16

  override init(
    _ node: PlanNode, _ compiler: PlanCompiler, inputs: [Operator] = [], isRowWise: Bool
  ) {
    output = Batch(slotCount: compiler.slotCount)
    super.init(node, compiler, inputs: inputs, isRowWise: isRowWise)
    passed = (node.live.map(\.index) + compiler.markers).map { ($0, Column(.values)) }
  }

  /// Makes a column for a slot that this operator fills.
  final func makeColumn(_ slot: Slot, _ kind: Column.Kind) -> Column {
    let column = Column(kind)
    adopt(column, slot)
    return column
  }

  /// Takes a column for a slot that this operator fills.
  final func adopt(_ column: Column, _ slot: Slot) {
    filled.append((slot, column))
    passed.removeAll { $0.slot == slot.index }
    output.columns[slot.index] = column
  }

  /// Whether operators above read a slot.
  final func isLive(_ slot: Slot) -> Bool { node.live.contains(slot) }

  /// The next rows to begin with; `nil` at the end.
  func nextSource() throws(Failure) -> Batch? { nil }

  /// Looks at new rows as a whole, before the first of them is opened.
  func begin(_ source: Batch) throws(Failure) {}

  /// Begins a row; false when nothing comes of it.
  func open(_ source: Batch, _ row: Int) throws(Failure) -> Bool { false }

  /// Appends up to `limit` rows to the columns of this operator; 0 when the open row is done.
  func fill(_ limit: Int) throws(Failure) -> Int { 0 }

  /// Fills rows of many source rows at once, from the `position`-th on, where an operator can.
  ///
  /// Advances `position` past the rows that are done, and appends to `sources` the row that each made
  /// row comes from. Gives how many rows were made, or `nil` when rows are to be opened one by one.
  func fillRows(
    _ source: Batch, _ rows: RowSet, _ position: inout Int, _ limit: Int,
    _ sources: inout [Int32]
  ) throws(Failure) -> Int? { nil }

  /// The most rows of a batch.
  var mostRowsAtOnce: Int { Batch.rowsPerBatch }

  /// Whether anything but the columns of this operator leaves it.
  final var passesColumns: Bool { !passed.isEmpty }

  /// Empties the columns of this operator.
  func clearColumns() {
    for (_, column) in filled { column.reset(column.kind) }
  }

  override func reset() {
    super.reset()
    source = nil
    isOpen = false
    position = 0
    capacity = Self.firstCapacity
  }

  final override func produce() throws(Failure) -> Batch? {
    let limit = min(capacity, context.rowsPerBatch, mostRowsAtOnce)
    while true {
      guard let current = try currentSource() else { return nil }
      clearColumns()
      sources.removeAll(keepingCapacity: true)
      var produced = 0
      var firstRow = -1
      var isMixed = false
      if !isOpen, let count = try fillRows(current, sourceRows, &position, limit, &sources) {
        produced = count
        isMixed = true
      }
      let isFilled = isMixed
      while !isFilled && produced < limit {
        if !isOpen {
          guard position < sourceRows.count else { break }
          isRowDone = false
          guard try open(current, sourceRows[position]) else {
            position += 1
            continue
          }
          isOpen = true
        }
        let row = sourceRows[position]
        let count = try fill(limit - produced)
        if count > 0 {
          if firstRow < 0 {
            firstRow = row
          } else if !isMixed && firstRow != row {
            isMixed = true
            sources.append(contentsOf: repeatElement(Int32(firstRow), count: produced))
          }
          if isMixed { sources.append(contentsOf: repeatElement(Int32(row), count: count)) }
          produced += count
        }
        if count == 0 || isRowDone {
          isOpen = false
          position += 1
        }
      }
      if position >= sourceRows.count { source = nil }
      if produced == 0 { continue }
      capacity = min(capacity * 4, Batch.rowsPerBatch)
      pass(current, firstRow, isMixed: isMixed)
      output.restart(rowCount: produced)
      return output
    }
  }

  private func currentSource() throws(Failure) -> Batch? {
    if let source { return source }
    guard let next = try nextSource() else { return nil }
    source = next
    sourceRows = next.rows
    position = 0
    isOpen = false
    try begin(next)
    return next
  }

  private func pass(_ source: Batch, _ firstRow: Int, isMixed: Bool) {
    for (slot, copy) in passed {
      guard let column = source.columns[slot] else {
        output.columns[slot] = nil
        continue
      }
      if column.isConstant {
        output.columns[slot] = column
        continue
      }
      if isMixed {
        copy.gather(sources, from: column)
      } else {
        copy.reset(column.kind)
        copy.append(from: column, row: firstRow)
        copy.isConstant = true
      }
      output.columns[slot] = copy
    }
    for (slot, column) in filled { output.columns[slot.index] = column }
  }
}

/// An operator without input: it begins with the rows of its argument.
class LeafOperator: MultiplyingOperator {
  /// Where the argument is.
  final let frame: ArgumentFrame
  private var isStarted = false

  init(_ node: PlanNode, _ compiler: PlanCompiler) {
    frame = compiler.frame
    super.init(node, compiler, inputs: [], isRowWise: true)
  }

  final override func nextSource() throws(Failure) -> Batch? {
    if isStarted { return nil }
    isStarted = true
    return frame.batch
  }

  override func reset() {
    super.reset()
    isStarted = false
  }
}

/// An operator that begins with the rows of its input.
class ExpandingOperator: MultiplyingOperator {
  init(_ node: PlanNode, _ compiler: PlanCompiler, _ input: Operator) {
    super.init(node, compiler, inputs: [input], isRowWise: input.isRowWise)
  }

  final override func nextSource() throws(Failure) -> Batch? { try input.next() }
}
