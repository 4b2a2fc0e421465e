import KeyValueStore

extension GraphState {
  mutating func count(_ counter: CounterKey) throws(StoreError) -> Int {
    Int(clamping: max(0, try stored(counter) &+ counters.change(of: counter)))
  }

  private mutating func setKey(of counter: CounterKey) {
    key.removeAll()
    key.append(MainKey.counter.rawValue)
    key.append(big: counter.raw)
  }

  private mutating func stored(_ counter: CounterKey) throws(StoreError) -> Int64 {
    setKey(of: counter)
    guard let bytes = try space.value(in: trees.main, key.bytes) else { return 0 }
    guard bytes.byteCount == 8 else { throw .corrupt(record: counter.raw, expected: "counter") }
    return bytes.int64(at: 0)
  }

  /// Adds the transaction's changes to the stored counters.
  mutating func writeCounters() throws(StoreError) {
    for (counter, change) in counters.all where change != 0 {
      let count = try stored(counter) &+ change
      block.removeAll()
      block.append(signed: count)
      setKey(of: counter)
      if count == 0 {
        try space.remove(in: trees.main, key)
      } else {
        try space.put(in: trees.main, key, block)
      }
    }
    counters.removeAll()
  }
}
