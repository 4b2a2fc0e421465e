/// Up to `rowsPerBatch` rows of an operator's output, column by column.
///
/// A column's index is the slot of a variable; slots without a column are not live here. A batch
/// belongs to the operator that returned it and is valid until that operator's next call; whoever
/// received it may narrow its selection and add columns.
@safe public final class Batch {
  /// The most rows that a batch holds.
  public static let rowsPerBatch = 1_024

  /// Columns by slot; `nil` where a slot is not live.
  public var columns: BatchColumns {
    _read { yield unsafe state.pointee.columns }
    _modify { yield unsafe &state.pointee.columns }
  }
  /// How many rows the columns have, before selection.
  public var rowCount: Int {
    get { unsafe state.pointee.rowCount }
    set { unsafe state.pointee.rowCount = newValue }
  }
  /// The rows that survive, ascending; `nil` when all do.
  public var selection: [UInt16]? {
    get { isSelective ? selectedRows : nil }
    set {
      isSelective = newValue != nil
      selectedRows = newValue ?? []
    }
  }
  private var isSelective: Bool {
    get { unsafe state.pointee.isSelective }
    set { unsafe state.pointee.isSelective = newValue }
  }
  private var selectedRows: [UInt16] {
    _read { yield unsafe state.pointee.selectedRows }
    _modify { yield unsafe &state.pointee.selectedRows }
  }

  /// What changes, behind a pointer for the reason that `Column` gives.
  private struct State {
    var columns: BatchColumns
    var rowCount = 0
    var isSelective = false
    var selectedRows: [UInt16] = []
  }
  private let state: UnsafeMutablePointer<State>

  /// Makes an empty batch for a statement with `slotCount` slots.
  public init(slotCount: Int) {
    unsafe state = .allocate(capacity: 1)
    unsafe state.initialize(to: State(columns: BatchColumns(slotCount: slotCount)))
  }

  deinit {
    unsafe state.deinitialize(count: 1)
    unsafe state.deallocate()
  }

  /// How many rows survive.
  public var count: Int { isSelective ? selectedRows.count : rowCount }

  /// The rows that survive.
  public var rows: RowSet { isSelective ? RowSet(selectedRows) : RowSet(all: rowCount) }

  /// The row number, in the columns, of the `index`-th surviving row.
  public func row(_ index: Int) -> Int { isSelective ? Int(selectedRows[index]) : index }

  /// Starts over with rows 0 to `rowCount - 1`, all of them surviving; keeps the columns.
  public func restart(rowCount: Int) {
    self.rowCount = rowCount
    isSelective = false
  }

  /// Keeps of the surviving rows those in which a column of booleans is true.
  public func keepRows(whereTrue column: Column) {
    if column.isConstant {
      if !column.isTrue(at: 0) { keepNoRows() }
      return
    }
    if isSelective {
      var kept = 0
      for index in selectedRows.indices {
        let row = selectedRows[index]
        selectedRows[kept] = row
        if column.isTrue(at: Int(row)) { kept += 1 }
      }
      selectedRows.removeLast(selectedRows.count - kept)
    } else {
      selectedRows.removeAll(keepingCapacity: true)
      column.appendTrueRows(rowCount, to: &selectedRows)
      isSelective = selectedRows.count < rowCount
    }
  }

  /// Drops all rows.
  public func keepNoRows() {
    isSelective = true
    selectedRows.removeAll(keepingCapacity: true)
  }

  /// Keeps the surviving rows from the `lower`-th on, at most up to the `upper`-th, which goes.
  public func keepRange(_ lower: Int, _ upper: Int) {
    let upper = min(upper, count)
    if lower >= upper {
      keepNoRows()
    } else if isSelective {
      selectedRows.removeLast(selectedRows.count - upper)
      selectedRows.removeFirst(lower)
    } else if lower == 0 {
      rowCount = upper
    } else {
      selection = (lower..<upper).map { UInt16($0) }
    }
  }
}
