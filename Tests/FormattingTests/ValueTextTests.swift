import Formatting
import GraphValues
import Testing

@Suite struct ValueTextTests {
  @Test(
    arguments: [
      (.null, "NULL"), (.boolean(true), "TRUE"), (.boolean(false), "FALSE"),
      (.integer(0), "0"), (.integer(-7), "-7"), (.integer(.min), "-9223372036854775808"),
      (.integer(.max), "9223372036854775807"),
      (.string("a\"b\\c\nd"), "\"a\\\"b\\c\nd\""), (.string(""), "\"\""),
      (.bytes([1, 255, 128, 16]), "#01ff8010"),
      (.list([.integer(1), .string("x"), .null, .list([])]), "[1, \"x\", NULL, []]"),
      (.map(MapValue([("a b", .integer(1)), ("ä", .null)])), "{`a b`: 1, ä: NULL}"),
      (.map(MapValue()), "{}"),
      (
        .point(PointValue(system: .wgs84ThreeDimensional, x: 12.5, y: 56.7, z: 100)),
        "point({srid:4979, x:12.5, y:56.7, z:100.0})"
      ),
    ] as [(Value, String)])
  func writes(value: Value, text: String) { check(value, text) }

  @Test(
    arguments: [
      (1.0, "1.0"), (0.1, "0.1"), (100.0, "100.0"), (9_999_999.0, "9999999.0"), (1e7, "1.0E7"),
      (1.23456789e7, "1.23456789E7"), (0.001, "0.001"), (9.99e-4, "9.99E-4"), (1e-4, "1.0E-4"),
      (1.0 / 3, "0.3333333333333333"), (-0.0, "-0.0"), (.nan, "NaN"), (.infinity, "Infinity"),
      (-.infinity, "-Infinity"), (123_456.5, "123456.5"), (.leastNonzeroMagnitude, "4.9E-324"),
      (.leastNonzeroMagnitude * 2, "9.9E-324"),
      (1e22, "1.0E22"), (9_999_999.999999998, "9999999.999999998"), (-1.5, "-1.5"),
      (9_007_199_254_740_992, "9.007199254740992E15"), (0.1 + 0.2, "0.30000000000000004"),
    ] as [(Double, String)])
  func writesFloatsAsJavaDoes(number: Double, text: String) {
    check(.float(number), text)
  }

  @Test(
    arguments: [
      (.date(CalendarDate(epochDay: 19_724)), "2024-01-02"),
      (.date(CalendarDate(epochDay: -719_162)), "0001-01-01"),
      (.date(CalendarDate(epochDay: 365_241_780_471)), "+999999999-12-31"),
      (.localTime(LocalTime(nanosecondOfDay: 7_200_000_000_000)), "02:00"),
      (.localTime(LocalTime(nanosecondOfDay: 7_205_100_000_000)), "02:00:05.100"),
      (.localTime(LocalTime(nanosecondOfDay: 7_205_000_001_000)), "02:00:05.000001"),
      (
        .zonedTime(ZonedTime(nanosecondOfDay: 43_200_000_000_000, offsetSeconds: 19_800)),
        "12:00+05:30"
      ),
      (.zonedTime(ZonedTime(nanosecondOfDay: 0, offsetSeconds: 0)), "00:00Z"),
      (.localDateTime(LocalDateTime(epochSecond: -1, nanosecond: 0)), "1969-12-31T23:59:59"),
      (
        .zonedDateTime(
          ZonedDateTime(
            epochSecond: 1_704_150_000, nanosecond: 0, offsetSeconds: 3600,
            zoneName: "Europe/Stockholm")),
        "2024-01-02T00:00+01:00[Europe/Stockholm]"
      ),
    ] as [(Value, String)])
  func writesInstants(value: Value, text: String) { check(value, text) }

  @Test(
    arguments: [
      ((2, 3, 4, 5), "P2M3DT4.000000005S"), ((14, 0, 0, 0), "P1Y2M"), ((0, 14, 0, 0), "P14D"),
      ((0, 0, 90_061, 0), "PT25H1M1S"), ((0, 15, 18_873, 250_000_000), "P15DT5H14M33.25S"),
      ((0, 0, -1, 500_000_000), "PT-0.5S"), ((0, 0, 0, 0), "PT0S"), ((-1, 0, 0, 0), "P-1M"),
      ((0, 0, -5400, 0), "PT-1H-30M"), ((0, 0, -1, 0), "PT-1S"),
    ] as [((Int64, Int64, Int64, Int32), String)])
  func writesDurations(parts: (Int64, Int64, Int64, Int32), text: String) {
    check(
      .duration(
        DurationValue(
          months: parts.0, days: parts.1, seconds: parts.2, nanoseconds: parts.3)), text)
  }

  @Test func writesEntities() {
    let ada = node(1, ["A", "odd `name"], [("k", .integer(1))])
    let bare = node(2, [], [])
    let forward = relationship(3, "R", from: 1, to: 2)
    let backward = relationship(4, "S T", from: 1, to: 2)
    check(.nodeRecord(ada), "(:A:`odd ``name` {k: 1})")
    check(.nodeRecord(bare), "()")
    check(.nodeRecord(node(3, [], [("s", .string("x"))])), "({s: \"x\"})")
    check(.relationshipRecord(forward), "[:R]")
    check(
      .pathRecord(PathRecord(nodes: [ada, bare, ada], relationships: [forward, backward])),
      "(:A:`odd ``name` {k: 1})-[:R]->()<-[:`S T`]-(:A:`odd ``name` {k: 1})")
  }

  @Test func endsDeepValues() {
    var value = Value.integer(1)
    for _ in 0..<5000 { value = .list([value]) }
    #expect(ValueText.text(of: value).contains("…"))
  }

  private func check(_ value: Value, _ text: String) {
    #expect(ValueText.text(of: value) == text)
  }
}

func node(_ id: UInt64, _ labels: [String], _ properties: [(String, Value)]) -> NodeRecord {
  NodeRecord(
    id: NodeID(id), elementID: "\(id)", labels: labels,
    properties: MapValue(properties.map { (key: $0.0, value: $0.1) }))
}

func relationship(
  _ id: UInt64, _ type: String, from start: UInt64, to end: UInt64
) -> RelationshipRecord {
  RelationshipRecord(
    id: RelationshipID(id), elementID: "\(id)", start: NodeID(start), end: NodeID(end),
    startElementID: "\(start)", endElementID: "\(end)", type: type, properties: MapValue())
}
