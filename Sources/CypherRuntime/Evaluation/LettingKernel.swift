import Diagnostics
import GraphValues

/// A value computed once for each row and read by name: the operand of a simple CASE.
final class LettingKernel: Kernel {
  private let slot: Int
  private let value: Kernel
  private let body: Kernel

  init(_ slot: Int, value: Kernel, body: Kernel) {
    self.slot = slot
    self.value = value
    self.body = body
  }

  override func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column {
    // The body reads the value's column through its slot; it never evaluates the value again.
    batch.columns[slot] = try value.evaluate(batch, rows)
    defer { batch.columns[slot] = nil }
    return try body.evaluate(batch, rows)
  }
}
