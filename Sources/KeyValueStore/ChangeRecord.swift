/// What a write transaction has changed, as a record of the commit log.
///
/// A head of 40 bytes (length of the changes, zero, token, sequence, transaction, checksum) and the
/// changes in their order: kind, tree, length of the key, length of the value, key, value. Numbers are
/// little-endian; a record ends at a multiple of eight bytes.
struct ChangeRecord: ~Copyable {
  static let headSize = 40
  /// A larger transaction is not worth writing twice.
  static let largestSize = 128 << 10

  fileprivate enum Kind: UInt8 {
    case put = 1
    case remove = 2
    case putNumber = 3
    case removeNumber = 4
  }

  /// Whether changes are kept at all.
  private let isKept: Bool
  /// Whether all changes are in the record.
  private(set) var isComplete: Bool
  /// How many bytes the changes have had so far, those of nested transactions that were undone too.
  private(set) var changedBytes = 0
  private(set) var bytes = ByteBuffer()

  init(isKept: Bool) {
    self.isKept = isKept
    isComplete = isKept
    guard isKept else { return }
    bytes.reserve(2_048)
    bytes.appendZeros(Self.headSize)
  }

  /// Where the record ends, to which it can be taken back.
  var end: Int { bytes.count }

  /// Whether it holds no change.
  var isEmpty: Bool { bytes.count <= Self.headSize }

  mutating func truncate(to end: Int) { if isComplete { bytes.truncate(to: end) } }

  mutating func put(_ tree: Tree, _ key: RawSpan, _ value: RawSpan) {
    append(.put, tree, key.byteCount, value.byteCount)
    guard isComplete else { return }
    bytes.append(key)
    bytes.append(value)
  }

  mutating func put(_ tree: Tree, number: UInt64, _ value: RawSpan) {
    append(.putNumber, tree, 8, value.byteCount)
    guard isComplete else { return }
    bytes.append(little: number)
    bytes.append(value)
  }

  mutating func remove(_ tree: Tree, _ key: RawSpan) {
    append(.remove, tree, key.byteCount, 0)
    if isComplete { bytes.append(key) }
  }

  mutating func remove(_ tree: Tree, number: UInt64) {
    append(.removeNumber, tree, 8, 0)
    if isComplete { bytes.append(little: number) }
  }

  private mutating func append(_ kind: Kind, _ tree: Tree, _ keyCount: Int, _ valueCount: Int) {
    let size = 8 + keyCount + valueCount
    changedBytes &+= size
    guard isComplete else { return }
    guard bytes.count + size <= Self.largestSize - 8 else {
      isComplete = false
      bytes = ByteBuffer()
      return
    }
    bytes.append(kind.rawValue)
    bytes.append(tree.position)
    bytes.append(little: UInt16(keyCount))
    bytes.append(little: UInt32(valueCount))
  }

  /// Fills the head in.
  mutating func seal(token: UInt64, sequence: UInt64, transactionID: UInt64) {
    bytes.appendZeros(-bytes.count & 7)
    bytes.replace(at: 0, little: UInt32(bytes.count - Self.headSize))
    bytes.replace(at: 4, little: UInt32(0))
    for (offset, value) in [(8, token), (16, sequence), (24, transactionID)] {
      bytes.replace(at: offset, little: value)
    }
    let sum = SealedRecord.sum(bytes.bytes)
    bytes.replace(at: 32, little: sum)
  }
}

/// A record as it lies in the log.
struct SealedRecord: ~Escapable {
  let bytes: RawSpan

  /// The record at an offset of the log's records, or `nil` where no whole one of that token lies.
  @_lifetime(copy records)
  init?(_ records: RawSpan, at offset: Int, token: UInt64) {
    let head = ChangeRecord.headSize
    guard offset + head <= records.byteCount else { return nil }
    let length = Int(records.uint32(at: offset))
    guard length > 0, length & 7 == 0, length <= ChangeRecord.largestSize,
      offset + head + length <= records.byteCount, records.uint64(at: offset + 8) == token
    else { return nil }
    let found = records.part(offset, head + length)
    guard found.uint64(at: 32) == Self.sum(found) else { return nil }
    bytes = found
  }

  static func sum(_ record: RawSpan) -> UInt64 {
    let changes = record.part(
      ChangeRecord.headSize, record.byteCount - ChangeRecord.headSize)
    return Checksum.of(changes, after: Checksum.of(record.part(0, 32)))
  }

  var sequence: UInt64 { bytes.uint64(at: 16) }
  var transactionID: UInt64 { bytes.uint64(at: 24) }

  /// Makes the changes again.
  ///
  /// - Throws: `unusableLog` where they are none, and what LMDB throws.
  func replay(in transaction: inout Transaction, _ trees: [Tree]) throws(KeyValueError) {
    var offset = ChangeRecord.headSize
    // What is left over fills up to eight bytes.
    while offset + 8 <= bytes.byteCount {
      guard let kind = ChangeRecord.Kind(rawValue: bytes.uint8(at: offset)) else {
        throw .unusableLog(.damaged)
      }
      let counts = (
        Int(bytes.uint16(at: offset + 2)), Int(bytes.uint32(at: offset + 4))
      )
      let position = Int(bytes.uint8(at: offset + 1))
      offset += 8
      guard position < trees.count, counts.0 <= 511, offset + counts.0 + counts.1 <= bytes.byteCount
      else { throw .unusableLog(.damaged) }
      let tree = trees[position]
      let key = bytes.part(offset, counts.0)
      let value = bytes.part(offset + counts.0, counts.1)
      offset += counts.0 + counts.1
      switch kind {
      case .put: try transaction.put(in: tree, key, value)
      case .remove: try transaction.remove(in: tree, key)
      case .putNumber, .removeNumber:
        guard counts.0 == 8, tree.hasNumberKeys else { throw .unusableLog(.damaged) }
        let number = key.uint64(at: 0)
        if kind == .putNumber {
          try transaction.put(in: tree, number: number, value)
        } else {
          try transaction.remove(in: tree, number: number)
        }
      }
    }
  }
}
