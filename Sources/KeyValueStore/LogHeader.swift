/// What stands at the head of a commit log: whether its records count, and from which state on.
struct LogHeader: Equatable {
  /// Which of the headers is the last.
  var generation: UInt64
  /// Whether the records belong to the state; else all of it is in the data's own file.
  var isActive: Bool
  /// Marks the records that belong to this header.
  var token: UInt64
  /// When it was written, as far as restarts of the system go.
  var bootID: [UInt8]
  /// The state that the data's file holds durably, which the records go on from.
  var checkpoint: [UInt8]
  /// What that state's roots look like.
  var rootSum: UInt64
  /// Where the first record behind that state begins, from the first of all on.
  var recordOffset = 0
  /// That record's sequence number.
  var firstSequence: UInt64 = 0
  /// How many bytes of records the file has room for, at least.
  var room = 0

  /// Two places, written in turn, so that one is whole at any time.
  static let places = [0, 4_096]
  /// Where the records begin.
  static let recordsStart = 8_192
  private static let size = 512
  private static let mark: UInt64 = 0x474F_4C45_5243_414E  // "NACRELOG"
  /// In version 1 all records were behind the state.
  private static let version: UInt32 = 2

  /// Reads the last header; `nil` where the log was never used.
  static func last(in file: borrowing LogFile) throws(KeyValueError) -> LogHeader? {
    let head = try file.read(places[1] + size, at: 0)
    var last: LogHeader?
    for place in places where place + size <= head.count {
      guard let header = LogHeader(head.bytes.part(place, size)) else { continue }
      if header.generation > last?.generation ?? 0 { last = header }
    }
    return last
  }

  /// Writes this header in the place of the one before the last, and waits for the disk.
  func write(to file: borrowing LogFile) throws(KeyValueError) {
    try file.write(encoded().bytes, at: Self.places[Int(generation & 1)])
    try file.flush()
  }

  /// The header that says: all is in the data's own file.
  func deactivated() -> LogHeader {
    var next = self
    next.generation += 1
    next.isActive = false
    return next
  }

  func encoded() -> ByteBuffer {
    var bytes = ByteBuffer()
    bytes.append(little: Self.mark)
    bytes.append(little: Self.version)
    bytes.append(little: UInt32(isActive ? 1 : 0))
    bytes.append(little: generation)
    bytes.append(little: token)
    bytes.append(little: rootSum)
    bytes.append(little: UInt32(bootID.count))
    bytes.append(little: UInt32(checkpoint.count))
    bytes.append(bootID)
    bytes.append(checkpoint)
    bytes.appendZeros(Self.size - 32 - bytes.count)
    bytes.append(little: UInt64(room))
    bytes.append(little: UInt64(recordOffset))
    bytes.append(little: firstSequence)
    let sum = Checksum.of(bytes.bytes)
    bytes.append(little: sum)
    return bytes
  }

  init(
    generation: UInt64, isActive: Bool, token: UInt64, bootID: [UInt8], checkpoint: [UInt8],
    rootSum: UInt64
  ) {
    self.generation = generation
    self.isActive = isActive
    self.token = token
    self.bootID = bootID
    self.checkpoint = checkpoint
    self.rootSum = rootSum
  }

  init?(_ bytes: RawSpan) {
    guard bytes.byteCount == Self.size, bytes.uint64(at: 0) == Self.mark,
      1...Self.version ~= bytes.uint32(at: 8),
      bytes.uint64(at: Self.size - 8) == Checksum.of(bytes.part(0, Self.size - 8))
    else { return nil }
    let counts = (Int(bytes.uint32(at: 40)), Int(bytes.uint32(at: 44)))
    guard counts.0 <= 64, counts.1 <= 256 else { return nil }
    isActive = bytes.uint32(at: 12) == 1
    generation = bytes.uint64(at: 16)
    token = bytes.uint64(at: 24)
    rootSum = bytes.uint64(at: 32)
    let offset = bytes.uint64(at: Self.size - 24)
    guard offset & 7 == 0, offset <= CommitLog.largestSize else { return nil }
    recordOffset = Int(offset)
    let room = bytes.uint64(at: Self.size - 32)
    guard room <= CommitLog.largestSize else { return nil }
    self.room = Int(room)
    firstSequence = bytes.uint64(at: Self.size - 16)
    bootID = bytes.part(48, counts.0).bytes()
    checkpoint = bytes.part(48 + counts.0, counts.1).bytes()
  }
}
