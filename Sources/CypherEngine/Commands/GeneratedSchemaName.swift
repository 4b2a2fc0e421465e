import GraphStore

/// The name of an index or constraint that was given none.
///
/// The same schema has the same name in every database, and the one that the original gives it, so that
/// a script that drops a rule by such a name works in both. The digits are a 64-bit xxHash over numbers
/// that describe the rule; names count as Java's hash of their UTF-16 code units.
struct GeneratedSchemaName {
  let isNodes: Bool
  let labels: [String]
  let properties: [String]

  /// The name of an index of this kind.
  func index(_ kind: IndexKind) -> String {
    var hash = schema(anyToken: kind == .lookup, manyTokens: kind == .fulltext || kind == .vector)
    hash.add(Self.number(false))
    hash.add(Self.number(false))
    hash.add(Self.number(of: kind))
    return "index_" + String(hash.folded, radix: 16)
  }

  /// The name of a constraint of this kind.
  func constraint(_ kind: ConstraintKind) -> String {
    var hash = schema(anyToken: false, manyTokens: false)
    hash.add(Self.number(true))
    switch kind {
    case .unique: hash.add(0)
    case .existence: hash.add(1)
    case .key: hash.add(2)
    case .propertyType(let type):
      hash.add(3)
      hash.add(Self.number(type.name))
    }
    if kind.hasIndex { hash.add(Self.number(of: .range)) }
    return "constraint_" + String(hash.folded, radix: 16)
  }

  private func schema(anyToken: Bool, manyTokens: Bool) -> IncrementalHash {
    var hash = IncrementalHash(seed: 0x9e37_79b9_7f4a_7c15)
    hash.add(isNodes ? 0 : 1)
    hash.add(anyToken ? 4 : manyTokens ? 2 : properties.count == 1 ? 3 : 1)
    for names in [labels, properties] {
      hash.add(Int64(names.count))
      for name in names { hash.add(Self.number(name)) }
    }
    return hash
  }

  private static func number(_ flag: Bool) -> Int64 { flag ? 1231 : 1237 }

  private static func number(_ name: String) -> Int64 {
    Int64(name.utf16.reduce(0 as Int32) { 31 &* $0 &+ Int32($1) })
  }

  private static func number(of kind: IndexKind) -> Int64 {
    switch kind {
    case .fulltext: 1
    case .lookup: 2
    case .text: 3
    case .range: 4
    case .point: 5
    case .vector: 6
    }
  }
}

/// xxHash of 64 bits, fed in blocks of eight bytes.
struct IncrementalHash {
  private static let primes: (UInt64, UInt64, UInt64, UInt64, UInt64) = (
    0x9e37_79b1_85eb_ca87, 0xc2b2_ae3d_27d4_eb4f, 0x1656_67b1_9e37_79f9, 0x85eb_ca77_c2b2_ae63,
    0x27d4_eb2f_1656_67c5
  )
  private var state: UInt64

  init(seed: UInt64) { state = seed &+ Self.primes.4 }

  mutating func add(_ block: Int64) {
    let mixed = Self.rotated(UInt64(bitPattern: block) &* Self.primes.1, 31) &* Self.primes.0
    state = Self.rotated((state &+ 8) ^ mixed, 27) &* Self.primes.0 &+ Self.primes.3
  }

  /// The hash with its halves laid over each other.
  var folded: UInt32 {
    var hash = state
    hash = (hash ^ (hash >> 33)) &* Self.primes.1
    hash = (hash ^ (hash >> 29)) &* Self.primes.2
    hash ^= hash >> 32
    return UInt32(truncatingIfNeeded: hash ^ (hash >> 32))
  }

  private static func rotated(_ word: UInt64, _ count: UInt64) -> UInt64 {
    word << count | word >> (64 - count)
  }
}
