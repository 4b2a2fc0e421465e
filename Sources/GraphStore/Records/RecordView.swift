import GraphValues
import KeyValueStore

/// The properties in a record: keys ascending, then where each value ends, then the values.
struct PropertyView: ~Escapable {
  private let bytes: RawSpan
  let count: Int

  /// Looks at the properties in bytes; `nil` when they are too short for the count.
  @_lifetime(copy bytes)
  init?(_ bytes: RawSpan, count: Int) {
    guard bytes.byteCount >= count * 8 else { return nil }
    self.bytes = bytes
    self.count = count
  }

  /// The key of the `index`-th property.
  @inline(__always)
  func key(_ index: Int) -> UInt32 { bytes.uint32(at: index &* 4) }

  /// The place of a key.
  @inline(__always)
  func index(of key: UInt32) -> Int? {
    var index = 0
    while index < count {
      let here = bytes.uint32(at: index &* 4)
      if here >= key { return here == key ? index : nil }
      index &+= 1
    }
    return nil
  }

  /// The encoded value of the `index`-th property; `nil` when the ends make no sense.
  @inline(__always)
  @_lifetime(copy self)
  func value(_ index: Int) -> RawSpan? {
    let base = count &* 8
    let start = index == 0 ? 0 : Int(bytes.uint32(at: count &* 4 &+ (index &- 1) &* 4))
    let end = Int(bytes.uint32(at: count &* 4 &+ index &* 4))
    guard start < end, end <= bytes.byteCount &- base else { return nil }
    return bytes.part(base &+ start, end &- start)
  }
}

/// A node's record: its labels ascending, then its properties.
struct NodeView: ~Escapable {
  private let bytes: RawSpan
  let labelCount: Int
  let propertyCount: Int

  @_lifetime(copy bytes)
  init(_ bytes: RawSpan, _ node: UInt64) throws(StoreError) {
    guard bytes.byteCount >= 4 else { throw .corrupt(record: node, expected: "node record") }
    labelCount = Int(bytes.uint16(at: 0))
    propertyCount = Int(bytes.uint16(at: 2))
    guard bytes.byteCount >= 4 + labelCount * 4 + propertyCount * 8 else {
      throw .corrupt(record: node, expected: "node record")
    }
    self.bytes = bytes
  }

  @inline(__always)
  func label(_ index: Int) -> UInt32 { bytes.uint32(at: 4 &+ index &* 4) }

  @inline(__always)
  func hasLabel(_ label: UInt32) -> Bool {
    var index = 0
    while index < labelCount {
      if bytes.uint32(at: 4 &+ index &* 4) == label { return true }
      index &+= 1
    }
    return false
  }

  var labels: [UInt32] {
    var labels: [UInt32] = []
    labels.reserveCapacity(labelCount)
    for index in 0..<labelCount { labels.append(label(index)) }
    return labels
  }

  @inline(__always)
  var properties: PropertyView? {
    @_lifetime(copy self) get {
      let start = 4 &+ labelCount &* 4
      return PropertyView(bytes.part(start, bytes.byteCount &- start), count: propertyCount)
    }
  }
}

/// A relationship's record: type and ends, then its properties.
struct RelationshipView: ~Escapable {
  static let headerSize = 24
  private let bytes: RawSpan
  let propertyCount: Int

  @_lifetime(copy bytes)
  init(_ bytes: RawSpan, _ relationship: UInt64) throws(StoreError) {
    guard bytes.byteCount >= Self.headerSize else {
      throw .corrupt(record: relationship, expected: "relationship record")
    }
    propertyCount = Int(bytes.uint32(at: 20))
    guard propertyCount <= (bytes.byteCount - Self.headerSize) / 8 else {
      throw .corrupt(record: relationship, expected: "relationship record")
    }
    self.bytes = bytes
  }

  var start: UInt64 { bytes.uint64(at: 0) }
  var end: UInt64 { bytes.uint64(at: 8) }
  var type: UInt32 { bytes.uint32(at: 16) }
  var header: RelationshipHeader {
    RelationshipHeader(type: TypeToken(type), start: NodeID(start), end: NodeID(end))
  }

  @inline(__always)
  var properties: PropertyView? {
    @_lifetime(copy self) get {
      PropertyView(
        bytes.part(Self.headerSize, bytes.byteCount &- Self.headerSize), count: propertyCount)
    }
  }
}
