public import GraphValues

/// What a server says.
public enum ServerMessage: Sendable {
  /// A request has been carried out.
  case success(MapValue)
  /// A record of the result that is being pulled.
  case record([Value])
  /// A request has not been carried out, because of an earlier failure.
  case ignored
  /// A request has failed.
  case failure(MapValue)

  /// Reads a message.
  ///
  /// - Parameters:
  ///   - bytes: A buffer.
  ///   - range: The message within it; bytes behind the message are tolerated, as some servers send
  ///     them.
  ///   - rules: How to read.
  /// - Throws: When it is no message of a server.
  public init(_ bytes: [UInt8], _ range: Range<Int>, _ rules: PackStreamReading)
    throws(PackStreamError)
  {
    var reader = PackStreamReader(bytes, range, rules)
    let head = try reader.readStructureHead()
    switch head.tag {
    case MessageTag.success: self = .success(try Self.metadata(&reader, head.count))
    case MessageTag.failure: self = .failure(try Self.metadata(&reader, head.count))
    case MessageTag.ignored: self = .ignored
    case MessageTag.record:
      try reader.check(head.count, 1)
      self = .record(try reader.readList())
    default: throw .unknownStructure(tag: head.tag)
    }
  }

  private static func metadata(_ reader: inout PackStreamReader, _ count: Int)
    throws(PackStreamError) -> MapValue
  {
    try reader.check(count, 1)
    if try reader.nextType() == .none { return MapValue() }
    return try reader.readMap()
  }

  /// Whether a message in a buffer is a record, which `PackStreamReader.appendRecord` reads.
  public static func isRecord(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    range.count >= 2 && bytes[range.lowerBound] == 0xB1
      && bytes[range.lowerBound + 1] == MessageTag.record
  }
}

extension PackStreamReader {
  /// Reads a RECORD's values, one behind each column.
  ///
  /// - Parameter columns: Keeps what it holds; as many columns as a record has values.
  /// - Throws: `structureSize` when there are more or fewer values than columns; then some columns
  ///   may have grown.
  public mutating func appendRecord(to columns: inout [[Value]]) throws(PackStreamError) {
    let head = try readStructureHead()
    guard head.tag == MessageTag.record else { throw .unknownStructure(tag: head.tag) }
    let count = try readListHead()
    try check(count, columns.count)
    for place in 0..<count { columns[place].append(try readValue()) }
  }
}

extension PackStreamWriter {
  /// Writes a server's message, framed.
  public mutating func write(_ message: ServerMessage) {
    let start = beginMessage()
    switch message {
    case .success(let metadata):
      writeStructure(MessageTag.success, count: 1)
      write(metadata)
    case .failure(let metadata):
      writeStructure(MessageTag.failure, count: 1)
      write(metadata)
    case .ignored: writeStructure(MessageTag.ignored, count: 0)
    case .record(let values):
      writeStructure(MessageTag.record, count: 1)
      writeList(count: values.count)
      for value in values { write(value) }
    }
    endMessage(start)
  }

  /// Writes one row of columns as a RECORD, framed.
  ///
  /// - Parameters:
  ///   - columns: Each at least as long as the row's number.
  ///   - row: Counted from 0.
  public mutating func writeRecord(of columns: [[Value]], row: Int) {
    let start = beginMessage()
    writeStructure(MessageTag.record, count: 1)
    writeList(count: columns.count)
    for column in columns { write(column[row]) }
    endMessage(start)
  }
}
