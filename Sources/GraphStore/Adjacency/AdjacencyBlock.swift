import GraphValues
import KeyValueStore

/// A block of a node's adjacency: all its neighbours' ids ascending, then the relationships' ids.
///
/// Neighbours lie together so that a search reads few cache lines and a scan copies in bulk.
struct AdjacencyBlock: ~Escapable {
  /// The most entries of a block: 3,840 bytes fill one page.
  static let capacity = 240
  private let bytes: RawSpan
  let count: Int

  @_lifetime(copy bytes)
  init(_ bytes: RawSpan, node: UInt64) throws(StoreError) {
    guard bytes.byteCount % 16 == 0, bytes.byteCount > 0 else {
      throw .corrupt(record: node, expected: "adjacency block")
    }
    self.bytes = bytes
    count = bytes.byteCount / 16
  }

  @inline(__always)
  func neighbour(_ index: Int) -> UInt64 { bytes.uint64(at: index &* 8) }
  @inline(__always)
  func relationship(_ index: Int) -> UInt64 { bytes.uint64(at: (count &+ index) &* 8) }

  /// The neighbours of some entries, eight bytes each.
  @_lifetime(copy self)
  func neighbours(_ range: Range<Int>) -> RawSpan {
    bytes.part(range.lowerBound &* 8, range.count &* 8)
  }

  /// The relationships of some entries, eight bytes each.
  @_lifetime(copy self)
  func relationships(_ range: Range<Int>) -> RawSpan {
    bytes.part((count &+ range.lowerBound) &* 8, range.count &* 8)
  }

  /// The first entry that is not below a neighbour and relationship.
  func lowerBound(_ neighbour: UInt64, _ relationship: UInt64) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low &+ high) / 2
      let here = self.neighbour(middle)
      if here < neighbour || here == neighbour && self.relationship(middle) < relationship {
        low = middle &+ 1
      } else {
        high = middle
      }
    }
    return low
  }

  /// The entries of one neighbour.
  func range(of neighbour: UInt64) -> Range<Int> {
    let start = lowerBound(neighbour, 0)
    return start..<(neighbour == .max ? count : max(start, lowerBound(neighbour + 1, 0)))
  }
}

/// The keys of adjacency blocks.
///
/// Kind, node, direction and type, then either 255 for the block that holds the highest entries, or 0
/// and the highest entry that the block may hold. A seek to an entry thus finds its block at once.
enum AdjacencyKey {
  static let prefixSize = 13
  static let lastSize = 14
  static let size = 30
  static let incomingBit: UInt32 = 1 << 31

  static func word(_ type: UInt32, incoming: Bool) -> UInt32 {
    incoming ? type | incomingBit : type
  }

  static func setPrefix(_ key: inout ByteBuffer, node: UInt64, word: UInt32) {
    key.removeAll()
    key.append(LinkKey.adjacency.rawValue)
    key.append(big: node)
    key.append(big: word)
  }

  static func set(
    _ key: inout ByteBuffer, node: UInt64, word: UInt32, _ neighbour: UInt64, _ relationship: UInt64
  ) {
    setPrefix(&key, node: node, word: word)
    key.append(0)
    key.append(big: neighbour)
    key.append(big: relationship)
  }

  static func setLast(_ key: inout ByteBuffer, node: UInt64, word: UInt32) {
    setPrefix(&key, node: node, word: word)
    key.append(255)
  }

  /// The highest entry that a block may hold, `nil` for any.
  static func bound(_ key: RawSpan) -> (UInt64, UInt64)? {
    guard key.byteCount == size else { return nil }
    return (
      key.bigEndianUInt64(at: lastSize), key.bigEndianUInt64(at: lastSize + 8)
    )
  }

  /// The node of a key, `nil` for keys of other kinds.
  @inline(__always)
  static func node(_ key: RawSpan) -> UInt64? {
    guard key.byteCount >= lastSize, key.uint8(at: 0) == LinkKey.adjacency.rawValue else {
      return nil
    }
    return key.bigEndianUInt64(at: 1)
  }

  /// Direction and type of a key that has a node.
  @inline(__always)
  static func word(_ key: RawSpan) -> UInt32 { key.bigEndianUInt32(at: 9) }
}
