import KeyValueStore

/// Long values that a change of a record brings and leaves behind.
struct LongValueChanges {
  /// The number that the next one gets.
  var next: UInt64 = 0
  var added: [(number: UInt64, bytes: [UInt8])] = []
  var stale: [UInt64] = []

  var isEmpty: Bool { added.isEmpty && stale.isEmpty }
}

extension GraphState {
  /// Writes and removes the long values of the record that was just written.
  mutating func applyLongValues() throws(StoreError) {
    meta.nextLongValue = longValues.next
    if longValues.isEmpty { return }
    let changes = longValues
    longValues.added.removeAll()
    longValues.stale.removeAll()
    for (number, bytes) in changes.added {
      block.removeAll()
      block.append(bytes)
      try space.put(in: trees.longValues, number: number, block, appending: true)
    }
    for number in changes.stale { try space.remove(in: trees.longValues, number: number) }
  }
}
