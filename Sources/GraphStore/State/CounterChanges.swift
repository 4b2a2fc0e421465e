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

  @inline(__always)
  init(_ kind: Kind, _ first: UInt32 = 0, _ second: UInt32 = 0) {
    raw = UInt64(kind.rawValue) << 60 | UInt64(first) << 30 | UInt64(second)
  }
}

/// What a transaction has added to the counters; written when it commits.
///
/// Statements have a level each, so that one is undone by dropping its level.
struct CounterChanges {
  /// Changes of few counters in a list that is searched, which beats hashing; the rest by hash.
  struct Level {
    private(set) var few: [(key: CounterKey, change: Int64)] = []
    private(set) var many: [CounterKey: Int64] = [:]

    mutating func add(_ change: Int64, to key: CounterKey) {
      for index in few.indices where few[index].key == key {
        few[index].change &+= change
        return
      }
      if few.count < 16 { few.append((key, change)) } else { many[key, default: 0] &+= change }
    }

    func change(of key: CounterKey) -> Int64 {
      for entry in few where entry.key == key { return entry.change }
      return many.isEmpty ? 0 : many[key] ?? 0
    }
  }

  /// The changes of the innermost statement.
  private(set) var top = Level()
  /// Those around it, outermost first.
  private(set) var outer: [Level] = []

  mutating func add(_ change: Int64, to key: CounterKey) { top.add(change, to: key) }

  func change(of key: CounterKey) -> Int64 {
    var sum = top.change(of: key)
    for level in outer { sum &+= level.change(of: key) }
    return sum
  }

  mutating func beginLevel() {
    outer.append(top)
    top = Level()
  }

  mutating func commitLevel() {
    guard var below = outer.popLast() else { return }
    for entry in top.few { below.add(entry.change, to: entry.key) }
    for entry in top.many { below.add(entry.value, to: entry.key) }
    top = below
  }

  mutating func rollbackLevel() { if let below = outer.popLast() { top = below } }

  mutating func removeAll() { self = CounterChanges() }

  /// All changes together, ascending by counter.
  var all: [(key: CounterKey, change: Int64)] {
    var merged: [CounterKey: Int64] = [:]
    for level in outer + [top] {
      for entry in level.few { merged[entry.key, default: 0] &+= entry.change }
      merged.merge(level.many) { $0 &+ $1 }
    }
    return merged.map { (key: $0.key, change: $0.value) }.sorted { $0.key.raw < $1.key.raw }
  }
}
