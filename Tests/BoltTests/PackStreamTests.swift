import GraphValues
import Testing

@testable import Bolt

@Suite struct PackStreamTests {
  static func reading(
    _ version: BoltVersion = BoltVersion(5, 8), isRequest: Bool = false, patchedUTC: Bool = false
  ) -> PackStreamReading {
    PackStreamReading(
      PackStreamDialect(version, patchedUTC: patchedUTC), isRequest: isRequest, zones: TwoZones())
  }

  static func check(
    _ value: Value, _ text: String, _ rules: PackStreamReading = reading(),
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let expected = bytes(text)
    var writer = PackStreamWriter(rules.dialect)
    writer.write(value)
    #expect(hexadecimal(writer.bytes) == hexadecimal(expected), sourceLocation: sourceLocation)
    var reader = PackStreamReader(expected, 0..<expected.count, rules)
    let read = try reader.readValue()
    #expect(reader.isAtEnd, sourceLocation: sourceLocation)
    writer = PackStreamWriter(rules.dialect)
    writer.write(read)
    #expect(hexadecimal(writer.bytes) == hexadecimal(expected), sourceLocation: sourceLocation)
  }

  @Test(
    arguments: [
      (.null, "C0"), (.boolean(false), "C2"), (.boolean(true), "C3"),
      (.integer(0), "00"), (.integer(127), "7F"), (.integer(128), "C9 00 80"),
      (.integer(255), "C9 00 FF"), (.integer(32767), "C9 7F FF"),
      (.integer(32768), "CA 00 00 80 00"), (.integer(65536), "CA 00 01 00 00"),
      (.integer(2_147_483_647), "CA 7F FF FF FF"),
      (.integer(2_147_483_648), "CB 00 00 00 00 80 00 00 00"),
      (.integer(.max), "CB 7F FF FF FF FF FF FF FF"), (.integer(-1), "FF"), (.integer(-16), "F0"),
      (.integer(-17), "C8 EF"), (.integer(-128), "C8 80"), (.integer(-129), "C9 FF 7F"),
      (.integer(-32768), "C9 80 00"), (.integer(-32769), "CA FF FF 7F FF"),
      (.integer(-2_147_483_648), "CA 80 00 00 00"),
      (.integer(-2_147_483_649), "CB FF FF FF FF 7F FF FF FF"),
      (.integer(.min), "CB 80 00 00 00 00 00 00 00"),
      (.float(0), "C1 00 00 00 00 00 00 00 00"), (.float(-0.0), "C1 80 00 00 00 00 00 00 00"),
      (.float(1.1), "C1 3F F1 99 99 99 99 99 9A"),
      (.float(.infinity), "C1 7F F0 00 00 00 00 00 00"),
      (.float(.nan), "C1 7F F8 00 00 00 00 00 00"),
      (.float(.leastNonzeroMagnitude), "C1 00 00 00 00 00 00 00 01"),
      (.bytes([]), "CC 00"), (.bytes([1, 2, 3]), "CC 03 01 02 03"),
      (.string(""), "80"), (.string("A"), "81 41"), (.string("\0"), "81 00"),
      (.string("Größenmaßstäbe"), "D0 12 47 72 C3 B6 C3 9F 65 6E 6D 61 C3 9F 73 74 C3 A4 62 65"),
      (.string("😀"), "84 F0 9F 98 80"), (.list([]), "90"),
      (.list([.integer(1), .integer(2), .integer(3)]), "93 01 02 03"),
      (.list([.list([.list([])])]), "91 91 90"), (.map(MapValue()), "A0"),
      (.map(MapValue([("one", .string("eins"))])), "A1 83 6F 6E 65 84 65 69 6E 73"),
    ] as [(Value, String)])
  func writesAndReadsBack(value: Value, expected: String) throws {
    try Self.check(value, expected)
  }

  @Test(arguments: [(255, "D0 FF"), (256, "D1 01 00"), (65536, "D2 00 01 00 00")])
  func lengthsOfTextsTakeTheFewestBytes(count: Int, head: String) throws {
    let text = String(repeating: "a", count: count)
    try Self.check(.string(text), head + String(repeating: "61", count: count))
  }

  @Test(arguments: [(16, "D4 10"), (256, "D5 01 00"), (65536, "D6 00 01 00 00")])
  func countsOfListsTakeTheFewestBytes(count: Int, head: String) throws {
    let list = Value.list(Array(repeating: .null, count: count))
    try Self.check(list, head + String(repeating: "C0", count: count))
  }

  @Test(
    arguments: [
      (.date(CalendarDate(epochDay: -1)), "B1 44 FF"),
      (.date(CalendarDate(epochDay: 13850)), "B1 44 C9 36 1A"),
      (.localTime(LocalTime(nanosecondOfDay: 0)), "B1 74 00"),
      (
        .zonedTime(ZonedTime(nanosecondOfDay: 45_296_000_000_000, offsetSeconds: -19800)),
        "B2 54 CB 00 00 29 32 4B FD 60 00 C9 B2 A8"
      ),
      (
        .localDateTime(LocalDateTime(epochSecond: -1, nanosecond: 500_000_000)),
        "B2 64 FF CA 1D CD 65 00"
      ),
      (
        .zonedDateTime(
          ZonedDateTime(epochSecond: 4500, nanosecond: 42, offsetSeconds: 3600, zoneName: nil)),
        "B3 49 C9 11 94 2A C9 0E 10"
      ),
      (
        .zonedDateTime(
          ZonedDateTime(
            epochSecond: 4500, nanosecond: 42, offsetSeconds: 3600, zoneName: "Europe/Paris")),
        "B3 69 C9 11 94 2A 8C 45 75 72 6F 70 65 2F 50 61 72 69 73"
      ),
      (
        .duration(DurationValue(months: 14, days: 3, seconds: 14706, nanoseconds: 7)),
        "B4 45 0E 03 C9 39 72 07"
      ),
      (
        .point(PointValue(system: .cartesian, x: 1, y: 2)),
        "B3 58 C9 1C 23 C1 3F F0 00 00 00 00 00 00 C1 40 00 00 00 00 00 00 00"
      ),
      (
        .point(PointValue(system: .wgs84ThreeDimensional, x: 12.78, y: 56.7, z: 100)),
        "B4 59 C9 13 73 C1 40 29 8F 5C 28 F5 C2 8F C1 40 4C 59 99 99 99 99 9A "
          + "C1 40 59 00 00 00 00 00 00"
      ),
    ] as [(Value, String)])
  func structuresHaveTheirOwnTags(value: Value, expected: String) throws {
    try Self.check(value, expected)
  }

  @Test(
    arguments: [
      (nil, 4500, "B3 46 C9 1F A4 2A C9 0E 10"),
      ("Europe/Paris", 4500, "B3 66 C9 1F A4 2A 8C 45 75 72 6F 70 65 2F 50 61 72 69 73"),
    ] as [(String?, Int64, String)])
  func olderVersionsWriteLocalSeconds(zone: String?, second: Int64, expected: String) throws {
    let value = Value.zonedDateTime(
      ZonedDateTime(epochSecond: second, nanosecond: 42, offsetSeconds: 3600, zoneName: zone))
    try Self.check(value, expected, Self.reading(BoltVersion(4, 4)))
    try Self.check(
      value,
      expected.replacing("B3 46 C9 1F A4", with: "B3 49 C9 11 94")
        .replacing("B3 66 C9 1F A4", with: "B3 69 C9 11 94"),
      Self.reading(BoltVersion(4, 4), patchedUTC: true))
  }

  static let nodes = (1...3).map { number in
    NodeRecord(
      id: NodeID(UInt64(number)), elementID: "n\(number)", labels: [["A", "B", "C"][number - 1]],
      properties: MapValue())
  }

  static func relationship(_ id: UInt64, _ start: Int, _ end: Int, _ type: String)
    -> RelationshipRecord
  {
    RelationshipRecord(
      id: RelationshipID(id), elementID: "r\(id)", start: nodes[start - 1].id,
      end: nodes[end - 1].id, startElementID: "n\(start)", endElementID: "n\(end)", type: type,
      properties: MapValue())
  }

  @Test func pathsWriteEachEntityOnce() throws {
    let path = PathRecord(
      nodes: Self.nodes,
      relationships: [Self.relationship(10, 1, 2, "R"), Self.relationship(11, 3, 2, "S")])
    try Self.check(
      .pathRecord(path),
      "B3 50 93 B4 4E 01 91 81 41 A0 82 6E 31 B4 4E 02 91 81 42 A0 82 6E 32 "
        + "B4 4E 03 91 81 43 A0 82 6E 33 92 B4 72 0A 81 52 A0 83 72 31 30 "
        + "B4 72 0B 81 53 A0 83 72 31 31 94 01 01 FE 02")
    let back = PathRecord(
      nodes: [Self.nodes[0], Self.nodes[1], Self.nodes[0]],
      relationships: [Self.relationship(10, 1, 2, "R"), Self.relationship(10, 1, 2, "R")])
    try Self.check(
      .pathRecord(back),
      "B3 50 92 B4 4E 01 91 81 41 A0 82 6E 31 B4 4E 02 91 81 42 A0 82 6E 32 "
        + "91 B4 72 0A 81 52 A0 83 72 31 30 94 01 01 FF 00")
  }

  @Test(
    arguments: [
      ("C8 2A", 42), ("C9 00 2A", 42), ("CA 00 00 00 2A", 42), ("CB 00 00 00 00 00 00 00 2A", 42),
    ] as [(String, Int64)])
  func readsLongerFormsThanNeeded(text: String, expected: Int64) throws {
    let data = bytes(text)
    var reader = PackStreamReader(data, 0..<data.count, Self.reading())
    #expect(try reader.readInteger() == expected)
  }

  @Test(
    arguments: [
      ("C4", .reservedMarker(0xC4)), ("DB", .reservedMarker(0xDB)), ("EF", .reservedMarker(0xEF)),
      ("D0 05 61", .truncated), ("93 01 02", .truncated), ("A1 01 02", .keyNotText),
      ("81 FF", .invalidUTF8), ("D6 7F FF FF FF", .truncated), ("D2 FF FF FF FF", .truncated),
      ("DA 7F FF FF FF 81", .truncated), ("CE 7F FF FF FF", .truncated), ("CB 00", .truncated),
      ("A2 81 61 01 81 61 02", .duplicateKey("a")), ("B0 4E", .entity(tag: 0x4E)),
      ("B1 5A 01", .unknownStructure(tag: 0x5A)),
      ("B2 44 00 00", .structureSize(expected: 1, found: 2)),
    ] as [(String, PackStreamError)])
  func refusesWhatIsNoValueOfARequest(text: String, expected: PackStreamError) {
    let data = bytes(text)
    #expect(throws: expected) {
      var reader = PackStreamReader(data, 0..<data.count, Self.reading(isRequest: true))
      _ = try reader.readValue()
    }
  }

  @Test func boundsHowDeepListsLie() {
    let data = [UInt8](repeating: 0x91, count: 1 << 20)
    #expect(throws: PackStreamError.tooDeep(limit: 256)) {
      var reader = PackStreamReader(data, 0..<data.count, Self.reading(isRequest: true))
      _ = try reader.readValue()
    }
  }

  @Test(arguments: [
    ("B1 5A 2A", "<unsupported 5A>"),
    ("B4 3F 84 55 55 49 44 06 01 A0", "<unsupported UUID>"),
    (
      "B3 58 01 C1 3F F0 00 00 00 00 00 00 C1 40 00 00 00 00 00 00 00",
      "<point srid: 1, x: 1.0, y: 2.0>"
    ),
    ("B3 50 90 90 90", "<path with steps that lead nowhere>"),
  ])
  func cellsThatCannotBeHeldBecomePlaceholders(text: String, expected: String) throws {
    let data = bytes(text)
    var reader = PackStreamReader(data, 0..<data.count, Self.reading())
    guard case .string(let shown) = try reader.readValue() else {
      Issue.record("no placeholder")
      return
    }
    #expect(shown == expected)
  }

  @Test func negativeNanosecondsOfDurationsAreCarried() throws {
    let data = bytes("B4 45 00 00 00 CA E2 32 9B 00")
    var reader = PackStreamReader(data, 0..<data.count, Self.reading())
    guard case .duration(let duration) = try reader.readValue() else {
      Issue.record("no duration")
      return
    }
    #expect(
      duration == DurationValue(months: 0, days: 0, seconds: -1, nanoseconds: 500_000_000))
  }
}
