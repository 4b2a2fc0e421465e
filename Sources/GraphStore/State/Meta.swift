import KeyValueStore

/// The numbers that a whole store has, in one record.
struct Meta: Equatable {
  static let supportedFormat: UInt64 = 1
  static let size = 56

  var nextNode: UInt64 = 0
  var nextRelationship: UInt64 = 0
  var nextLongValue: UInt64 = 0
  var nextRule: UInt64 = 1
  /// Random numbers, drawn at each change: a version that was rolled back never comes again.
  var tokenVersion: UInt64 = 0
  var schemaVersion: UInt64 = 0

  init() {}

  init(_ bytes: RawSpan) throws(StoreError) {
    guard bytes.byteCount >= 8 else { throw .corrupt(record: 0, expected: "meta record") }
    let format = bytes.uint64(at: 0)
    guard format == Self.supportedFormat else {
      throw .unsupportedFormat(found: format, supported: Self.supportedFormat)
    }
    guard bytes.byteCount == Self.size else { throw .corrupt(record: 0, expected: "meta record") }
    nextNode = bytes.uint64(at: 8)
    nextRelationship = bytes.uint64(at: 16)
    nextLongValue = bytes.uint64(at: 24)
    nextRule = bytes.uint64(at: 32)
    tokenVersion = bytes.uint64(at: 40)
    schemaVersion = bytes.uint64(at: 48)
  }

  func write(to buffer: inout ByteBuffer) {
    buffer.append(little: Self.supportedFormat)
    buffer.append(little: nextNode)
    buffer.append(little: nextRelationship)
    buffer.append(little: nextLongValue)
    buffer.append(little: nextRule)
    buffer.append(little: tokenVersion)
    buffer.append(little: schemaVersion)
  }
}

/// First bytes of keys in the main tree; below those of tree names, which are letters.
enum MainKey: UInt8 {
  case meta = 1
  case token = 2
  case rule = 3
  case counter = 4
  case setting = 5
}

/// First bytes of keys in the tree of links.
enum LinkKey: UInt8 {
  case labelMembers = 1
  case typeMembers = 2
  case adjacency = 3
}
