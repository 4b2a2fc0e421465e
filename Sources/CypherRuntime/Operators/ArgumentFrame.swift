import GraphValues
import QueryPlan

/// The rows that an enclosing apply, or an expression's subquery, hands to the leaves of a plan.
///
/// Leaves treat all rows of `batch`; an apply over a right side that is not row-wise hands in one row at
/// a time.
final class ArgumentFrame {
  /// The rows handed in.
  private(set) var batch: Batch
  /// The batch that holds the row, when one row is handed in at a time.
  let single: Batch
  /// What is handed in.
  let slots: [Slot]
  private let parent: ArgumentFrame?
  private var own: [Column] = []
  private var bound: [Int: Column] = [:]

  /// One row without columns, for the root of a plan.
  init(slotCount: Int) {
    single = Batch(slotCount: slotCount)
    single.rowCount = 1
    batch = single
    slots = []
    parent = nil
  }

  /// Rows with the slots that leaves and operators above them may read.
  ///
  /// Slots that the row handed in does not carry come from `parent`.
  init(slotCount: Int, slots: [Slot], parent: ArgumentFrame?) {
    single = Batch(slotCount: slotCount)
    single.rowCount = 1
    batch = single
    self.slots = slots
    self.parent = parent
    own = slots.map { _ in Column(.values, capacity: 1) }
  }

  /// Hands in all surviving rows of a batch.
  func set(_ batch: Batch) { self.batch = batch }

  /// Adds columns of the row handed in to a batch that came of it.
  func pass(_ slots: [Int], to batch: Batch) {
    for slot in slots { batch.columns[slot] = single.columns[slot] }
  }

  /// Gives a slot of the row handed in another value.
  func bind(_ slot: Slot, to value: Value) {
    let column = bound[slot.index] ?? Column(.values, capacity: 1)
    bound[slot.index] = column
    column.setConstant(value)
    single.columns[slot.index] = column
  }

  /// Hands in one row of a batch.
  func set(_ outer: Batch, row: Int) {
    batch = single
    for (index, slot) in slots.enumerated() {
      guard let column = outer.columns[slot.index] ?? parent?.batch.columns[slot.index] else {
        single.columns[slot.index] = nil
        continue
      }
      if column.isConstant {
        single.columns[slot.index] = column
        continue
      }
      let place = outer.columns[slot.index] == nil ? 0 : row
      let copy = own[index]
      copy.reset(column.kind)
      copy.append(from: column, row: place)
      copy.isConstant = true
      single.columns[slot.index] = copy
    }
  }
}
