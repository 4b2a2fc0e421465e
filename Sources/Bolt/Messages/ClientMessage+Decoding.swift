import Diagnostics
import GraphValues

extension ClientMessage {
  /// Whether a message in a buffer is RESET, which counts from its arrival on.
  public static func isReset(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    isBare(MessageTag.reset, bytes, range)
  }

  /// Whether a message in a buffer is GOODBYE, which ends what is carried out.
  public static func isGoodbye(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    isBare(MessageTag.goodbye, bytes, range)
  }

  private static func isBare(_ tag: UInt8, _ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    range.count == 2 && bytes[range.lowerBound] == 0xB0 && bytes[range.lowerBound + 1] == tag
  }

  /// Reads a message.
  ///
  /// - Parameters:
  ///   - bytes: A buffer.
  ///   - range: The message within it.
  ///   - rules: How to read.
  /// - Throws: What to answer to a message that is none.
  public init(_ bytes: [UInt8], _ range: Range<Int>, _ rules: PackStreamReading)
    throws(ProtocolFailure)
  {
    var reader = PackStreamReader(bytes, range, rules)
    let head = try Self.head(&reader)
    let version = rules.dialect.version
    func expect(_ count: Int) throws(ProtocolFailure) {
      guard head.count != count else { return }
      // What is wrong with the fields themselves is worse than how many there are.
      for _ in 0..<head.count {
        _ = try Self.reading(nil) { () throws(PackStreamError) in try reader.readPackValue() }
      }
      throw .structureSize(expected: count, found: head.count)
    }
    switch head.tag {
    case MessageTag.hello:
      try expect(1)
      self = .hello(try Self.map(&reader, "extra"))
    case MessageTag.logon where version.hasLogon:
      try expect(1)
      self = .logon(try Self.map(&reader, "auth"))
    case MessageTag.logoff where version.hasLogon:
      try expect(0)
      self = .logoff
    case MessageTag.goodbye:
      try expect(0)
      self = .goodbye
    case MessageTag.reset:
      try expect(0)
      self = .reset
    case MessageTag.run:
      try expect(3)
      let text = try Self.reading("statement") { () throws(PackStreamError) in
        try reader.readString()
      }
      let parameters = try Self.map(&reader, "params")
      self = .run(text: text, parameters: parameters, extra: try Self.map(&reader, "metadata"))
    case MessageTag.pull:
      try expect(1)
      self = .pull(try StreamDemand(try Self.map(&reader, "meta")))
    case MessageTag.discard:
      try expect(1)
      self = .discard(try StreamDemand(try Self.map(&reader, "meta")))
    case MessageTag.begin:
      try expect(1)
      self = .begin(try Self.map(&reader, "metadata"))
    case MessageTag.commit:
      try expect(0)
      self = .commit
    case MessageTag.rollback:
      try expect(0)
      self = .rollback
    case MessageTag.route where version.hasRoute:
      try expect(3)
      self = try Self.route(&reader)
    case MessageTag.telemetry where version.hasTelemetry:
      try expect(1)
      self = try Self.telemetry(&reader)
    default: throw .unreadable
    }
    guard reader.isAtEnd else { throw ProtocolFailure(.leftOver, field: nil) }
  }

  private static func head(_ reader: inout PackStreamReader) throws(ProtocolFailure) -> (
    tag: UInt8, count: Int
  ) {
    do throws(PackStreamError) {
      return try reader.readStructureHead()
    } catch {
      if case .unexpected = error {
        throw .illegalElement("root element", "Expected struct", "Expected struct")
      }
      if case .reservedMarker = error {
        throw .illegalElement("root element", "Expected struct", "Expected struct")
      }
      throw ProtocolFailure(error, field: nil)
    }
  }

  private static func reading<Result>(
    _ field: String?, _ read: () throws(PackStreamError) -> Result
  ) throws(ProtocolFailure) -> Result {
    do throws(PackStreamError) {
      return try read()
    } catch {
      // A marker that stands for nothing is told without its field.
      if case .reservedMarker = error { throw ProtocolFailure(error, field: nil) }
      throw ProtocolFailure(error, field: field)
    }
  }

  private static func map(_ reader: inout PackStreamReader, _ field: String)
    throws(ProtocolFailure) -> MapValue
  {
    try reading(field) { () throws(PackStreamError) in try reader.readMap() }
  }

  private static func route(_ reader: inout PackStreamReader) throws(ProtocolFailure)
    -> ClientMessage
  {
    let context = try map(&reader, "routing")
    let listed = try reading("bookmarks") { () throws(PackStreamError) in
      try reader.readValue()
    }
    let extra = try reading("extra") { () throws(PackStreamError) in try reader.readValue() }
    let bookmarks = try Bookmarks.texts(listed) { ProtocolFailure.illegal("bookmarks", $0, $1) }
    switch extra {
    case .map(let map): return .route(context: context, bookmarks: bookmarks, extra: map)
    case .null: return .route(context: context, bookmarks: bookmarks, extra: MapValue())
    case .string:
      return .route(
        context: context, bookmarks: bookmarks, extra: MapValue([("db", extra)]))
    default:
      throw .illegal(
        "extra", "Expected map", ProtocolFailure.wrongType("\(extra)", "map", extra.boltTypeName))
    }
  }

  private static func telemetry(_ reader: inout PackStreamReader) throws(ProtocolFailure)
    -> ClientMessage
  {
    let call = try reading(nil) { () throws(PackStreamError) in try reader.readInteger() }
    guard (0...3).contains(call) else {
      throw .internalError(
        "org.neo4j.packstream.error.reader.PackstreamReaderException: "
          + "Unknown driver interface type \(call)", "DecoderException", [])
    }
    return .telemetry(call)
  }
}

extension StreamDemand {
  /// Reads the metadata of PULL and DISCARD.
  ///
  /// - Throws: When `n` is missing, no integer, 0 or below -1.
  init(_ metadata: MapValue) throws(ProtocolFailure) {
    switch metadata["n"] {
    case .integer(-1): count = nil
    case .integer(let number) where number >= 1: count = Int(number)
    case .integer(let number):
      let text =
        "Expected 'n' to be of type INTEGER and in the range 1 to 2147483647 but found \(number)."
      throw Self.illegal(
        "n", "Expecting size to be at least 1, but got: \(number)",
        [
          GQLCauses.cause("22N03", "data exception - numeric value out of range", text)
        ])
    case nil, .null:
      throw Self.illegal("n", "Expected value to be non-null", GQLCauses.missing("n"))
    case .some(let other):
      throw Self.illegal(
        "n", "Expected long",
        ProtocolFailure.wrongType(other.boltText, "LONG", other.boltTypeName))
    }
    switch metadata["qid"] {
    case nil, .null, .integer(-1): statement = nil
    case .integer(let number): statement = number
    case .some(let other):
      throw Self.illegal(
        "qid", "Expected long",
        ProtocolFailure.wrongType(other.boltText, "LONG", other.boltTypeName))
    }
  }

  private static func illegal(_ field: String, _ text: String, _ causes: [GQLCause])
    -> ProtocolFailure
  {
    .illegalWithin("meta", field, text, causes)
  }
}
