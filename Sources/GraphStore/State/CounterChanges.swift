/// Which counter.
struct CounterKey: Hashable {
  enum Kind: UInt8 {
    case nodes, nodesOfLabel
    case relationships, relationshipsOfType
    /// Relationships of a type (or all, type `anyType`) that start at a label, or end at it.
    case starts, ends
    case indexEntries, indexValues
  }

  static let anyType: UInt32 = 0x3FFF_FFFF

  let raw: UInt64

  init(_ kind: Kind, _ first: UInt32 = 0, _ second: UInt32 = 0) {
    raw = UInt64(kind.rawValue) << 60 | UInt64(first) << 30 | UInt64(second)
  }
}

/// What a transaction has added to the counters; written when it commits.
///
/// Statements have a level each, so that one is undone by dropping its level.
struct CounterChanges {
  private(set) var levels: [[CounterKey: Int64]] = [[:]]

  mutating func add(_ change: Int64, to key: CounterKey) {
    levels[levels.count - 1][key, default: 0] &+= change
  }

  func change(of key: CounterKey) -> Int64 {
    var sum: Int64 = 0
    for level in levels { sum &+= level[key] ?? 0 }
    return sum
  }

  mutating func beginLevel() { levels.append([:]) }

  mutating func commitLevel() {
    guard levels.count > 1, let top = levels.popLast() else { return }
    for (key, change) in top { add(change, to: key) }
  }

  mutating func rollbackLevel() { if levels.count > 1 { levels.removeLast() } }

  mutating func removeAll() { levels = [[:]] }
}
