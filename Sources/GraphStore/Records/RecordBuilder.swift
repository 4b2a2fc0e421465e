import GraphValues
import KeyValueStore

/// Puts a record together: a head, keys, ends, values.
struct RecordBuilder: ~Copyable {
  private var head = ByteBuffer()
  private var keys: [UInt32] = []
  private var ends: [UInt32] = []
  private var values = ByteBuffer()
  /// The finished record.
  private(set) var record = ByteBuffer()

  mutating func begin() {
    head.removeAll()
    keys.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    values.removeAll()
  }

  var propertyCount: Int { keys.count }

  mutating func setHead(labels: [UInt32]) {
    head.append(little: UInt16(truncatingIfNeeded: labels.count))
    head.append(little: UInt16(0))
    for label in labels { head.append(little: label) }
  }

  mutating func setHead(_ header: RelationshipHeader) {
    head.append(little: header.start.raw)
    head.append(little: header.end.raw)
    head.append(little: header.type.raw)
    head.append(little: UInt32(0))
  }

  /// Adds a property behind those with lower keys.
  ///
  /// - Returns: Where its encoding starts among the values, to be cut when it is too long.
  mutating func add(_ key: UInt32, _ value: Value) throws(StoreError) -> Int {
    let start = values.count
    try ValueCodec.append(value, to: &values)
    keys.append(key)
    ends.append(UInt32(truncatingIfNeeded: values.count))
    return start
  }

  /// Adds a property that is encoded already.
  mutating func add(_ key: UInt32, encoded: RawSpan) {
    keys.append(key)
    values.append(encoded)
    ends.append(UInt32(truncatingIfNeeded: values.count))
  }

  /// How many bytes the last value has.
  func lastSize(from start: Int) -> Int { values.count - start }

  /// The last value's encoding.
  @_lifetime(borrow self)
  func lastValue(from start: Int) -> RawSpan {
    let bytes = values.bytes
    return bytes.part(start, bytes.byteCount - start)
  }

  /// Puts a reference in place of the last value.
  mutating func replaceLast(from start: Int, longValue number: UInt64, byteCount: Int) {
    values.truncate(to: start)
    values.append(ValueCodec.Tag.long.rawValue)
    values.append(little: number)
    values.append(little: UInt64(byteCount))
    ends[ends.count - 1] = UInt32(truncatingIfNeeded: values.count)
  }

  /// Finishes the record of a node, to be read from `record`.
  mutating func finishNode() {
    head.replace(at: 2, little: UInt16(truncatingIfNeeded: keys.count))
    finish()
  }

  /// Finishes the record of a relationship, to be read from `record`.
  mutating func finishRelationship() {
    head.replace(at: 20, little: UInt32(truncatingIfNeeded: keys.count))
    finish()
  }

  private mutating func finish() {
    record.removeAll()
    record.append(contentsOf: head)
    for key in keys { record.append(little: key) }
    for end in ends { record.append(little: end) }
    record.append(contentsOf: values)
  }
}
