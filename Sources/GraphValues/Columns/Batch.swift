/// Up to `rowsPerBatch` rows of an operator's output, column by column.
///
/// A column's index is the slot of a variable; slots without a column are not live here. A batch
/// belongs to the operator that returned it and is valid until that operator's next call.
public final class Batch {
  /// The most rows that a batch holds.
  public static let rowsPerBatch = 1_024

  /// Columns by slot; `nil` where a slot is not live.
  public var columns: [Column?]
  /// How many rows the columns have, before selection.
  public var rowCount: Int
  /// The rows that survive, ascending; `nil` when all do.
  public var selection: [UInt16]?

  /// Makes an empty batch for a statement with `slotCount` slots.
  public init(slotCount: Int) {
    columns = Array(repeating: nil, count: slotCount)
    rowCount = 0
    selection = nil
  }

  /// How many rows survive.
  public var count: Int { selection?.count ?? rowCount }

  /// The row number, in the columns, of the `index`-th surviving row.
  public func row(_ index: Int) -> Int {
    guard let selection else { return index }
    return Int(selection[index])
  }
}
