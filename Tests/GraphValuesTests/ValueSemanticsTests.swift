import GraphValues
import Testing

private func list(_ values: Value...) -> Value { .list(values) }
private func map(_ entries: (key: String, value: Value)...) -> Value { .map(MapValue(entries)) }

@Suite struct ValueSemanticsTests {
  @Test(
    arguments: [
      (.integer(1), .float(1), true),
      (.integer(9_007_199_254_740_993), .float(9_007_199_254_740_992), true),
      (.float(.nan), .float(.nan), false), (.string("1"), .integer(1), false),
      (.null, .integer(1), nil), (list(.integer(1), .null), list(.integer(2), .null), false),
      (list(.integer(1), .null), list(.integer(1), .null), nil),
      (list(.integer(1), .null), list(.integer(1)), false),
      (map(("a", .null)), map(("a", .null)), nil), (map(("a", .null)), map(("b", .null)), false),
      (
        map(("a", .integer(1)), ("b", .integer(2))), map(("b", .integer(2)), ("a", .integer(1))),
        true
      ),
      (.string("é"), .string("e\u{301}"), false),
      (
        .node(NodeID(1)),
        .nodeRecord(NodeRecord(id: NodeID(1), elementID: "", labels: [], properties: MapValue())),
        true
      ),
      (.node(NodeID(1)), .relationship(RelationshipID(1)), false),
    ] as [(Value, Value, Bool?)])
  func equality(left: Value, right: Value, expected: Bool?) {
    #expect(left.equals(right) == expected)
    #expect(right.equals(left) == expected)
  }

  @Test(
    arguments: [
      (.integer(1), .string("a"), nil), (.float(.nan), .integer(1), false),
      (list(.integer(1)), list(.integer(1), .integer(2)), true),
      (list(.integer(1), .null), list(.integer(2), .integer(1)), true),
      (list(.integer(1), .null), list(.integer(1), .integer(2)), nil),
      (list(.float(.nan)), list(.integer(1)), nil),
      (map(("a", .integer(1))), map(("a", .integer(2))), true),
      (map(("b", .integer(1))), map(("a", .null)), false),
      (.string("\u{1F600}"), .string("\u{E000}"), false),
      (.boolean(false), .boolean(true), true),
      (
        .duration(DurationValue(months: 0, days: 1, seconds: 0, nanoseconds: 0)),
        .duration(DurationValue(months: 0, days: 2, seconds: 0, nanoseconds: 0)), nil
      ),
    ] as [(Value, Value, Bool?)])
  func lessThan(left: Value, right: Value, expected: Bool?) {
    #expect(left.isLess(than: right) == expected)
  }

  /// Ascending, each strictly before the next.
  private static let ascending: [Value] = [
    map(), map(("A", .integer(5))), map(("a", .string("x"))), map(("a", .integer(1))),
    map(("a", .null)), map(("b", .integer(0))), map(("a", .integer(1)), ("b", .integer(1))),
    .node(NodeID(1)), .node(NodeID(2)), .relationship(RelationshipID(0)), list(),
    list(list(.integer(1))), list(.string("a")), list(.boolean(true)), list(.integer(1)),
    list(.integer(1), .integer(2)), list(.integer(1), .null), list(.integer(2)), list(.null),
    .path(PathReference(nodes: [NodeID(1)], relationships: [])),
    .point(PointValue(system: .wgs84, x: 0, y: 0)),
    .point(PointValue(system: .cartesian, x: 1, y: 1)),
    .localDateTime(LocalDateTime(epochSecond: 0, nanosecond: 0)), .date(CalendarDate(epochDay: 0)),
    .zonedTime(ZonedTime(nanosecondOfDay: 0, offsetSeconds: 0)),
    .localTime(LocalTime(nanosecondOfDay: 0)),
    .duration(DurationValue(months: 0, days: 0, seconds: 86_400, nanoseconds: 0)),
    .duration(DurationValue(months: 0, days: 1, seconds: 0, nanoseconds: 0)),
    .duration(DurationValue(months: 0, days: 30, seconds: 0, nanoseconds: 0)),
    .duration(DurationValue(months: 1, days: 0, seconds: 0, nanoseconds: 0)),
    .duration(DurationValue(months: 0, days: 31, seconds: 0, nanoseconds: 0)),
    .string(""), .string("B"), .string("a"), .string("é"), .string("\u{FFFD}"), .string("😀"),
    .boolean(false), .boolean(true), .float(-.infinity), .integer(9_007_199_254_740_991),
    .float(9_007_199_254_740_992), .integer(9_007_199_254_740_993), .integer(.max),
    .float(0x1p63), .float(.infinity), .float(.nan), .null,
  ]

  @Test func orderIsTotalAndAgreesWithEquivalence() {
    let values = Self.ascending
    for left in values.indices {
      for right in values.indices {
        let expected = ValueOrder(left, right)
        #expect(
          values[left].order(to: values[right]) == expected,
          "\(values[left].literal) to \(values[right].literal)")
        if left != right { #expect(!values[left].isEquivalent(to: values[right])) }
      }
    }
  }

  @Test func groupingKeysFollowEquivalence() {
    func key(_ value: Value) -> GroupingKey { GroupingKey(value) }
    #expect(Set([key(.integer(1)), key(.float(1)), key(.string("1"))]).count == 2)
    #expect(Set([key(.float(0)), key(.float(-0.0)), key(.integer(0))]).count == 1)
    #expect(key(.float(.nan)) != key(.float(.nan)))
    #expect(key(list(.null, .integer(1))) == key(list(.null, .float(1))))
    #expect(
      Set([key(map(("a", .null), ("b", .integer(1)))), key(map(("b", .float(1)), ("a", .null)))])
        .count == 1)
    #expect(key(.integer(9_007_199_254_740_993)) != key(.float(9_007_199_254_740_992)))
  }

  @Test(
    arguments: [
      (0.0, "0.0"), (-0.0, "-0.0"), (100, "100.0"), (0.001, "0.001"), (0.0009, "9.0E-4"),
      (1e7, "1.0E7"),
      (9_999_999, "9999999.0"), (12_345_678.9, "1.23456789E7"), (1e23, "1.0E23"),
      (1.7976931348623157e308, "1.7976931348623157E308"), (Double(bitPattern: 1), "4.9E-324"),
      (2.2250738585072014e-308, "2.2250738585072014E-308"), (1.0 / 3, "0.3333333333333333"),
      (.nan, "NaN"), (-.infinity, "-Infinity"), (123_456_789_012_345_680, "1.2345678901234568E17"),
      (Double(bitPattern: 3), "1.5E-323"), (Double(bitPattern: 2), "9.9E-324"),
      (33.333333333333336, "33.333333333333336"),
    ] as [(Double, String)])
  func floatText(number: Double, expected: String) { #expect(number.cypherText == expected) }

  @Test func arithmetic() throws {
    #expect(try Value.integer(-7).divided(by: .integer(2)).literal == "-3")
    #expect(try Value.integer(.min).divided(by: .integer(-1)).literal == "-9223372036854775808")
    #expect(try Value.integer(-7).modulo(.integer(3)).literal == "-1")
    #expect(try Value.integer(5).modulo(.float(0)).literal == "NaN")
    #expect(try Value.integer(2).raised(to: .integer(2)).literal == "4.0")
    #expect(try Value.string("a").adding(.integer(1)).literal == "'a1'")
    #expect(try list(.integer(1)).adding(.integer(2)).literal == "[1, 2]")
    #expect(try Value.integer(0).adding(list(.integer(1))).literal == "[0, 1]")
    #expect(throws: ValueError.self) { try Value.integer(.max).adding(.integer(1)) }
    #expect(try Value.null.divided(by: .integer(0)).isNull)
    #expect(throws: ValueError.self) { try Value.integer(.min).negated() }
    #expect(throws: ValueError.self) { try Value.boolean(true).adding(.integer(1)) }
  }

  @Test func access() throws {
    let numbers = list(.integer(1), .integer(2), .integer(3))
    #expect(try numbers.element(at: .integer(-1)).literal == "3")
    #expect(try numbers.element(at: .integer(3)).isNull)
    #expect(try numbers.slice(from: .integer(-2), to: nil).literal == "[2, 3]")
    #expect(try numbers.slice(from: .integer(2), to: .integer(1)).literal == "[]")
    #expect(try numbers.slice(from: nil, to: .null).isNull)
    #expect(Value.integer(2).isMember(of: list(.integer(1), .null)).isNull)
    #expect(Value.null.isMember(of: list()).literal == "false")
    #expect(Value.string("abc").contains(text: .string("bc")).literal == "true")
    #expect(Value.string("abab").contains(text: .string("abc")).literal == "false")
  }
}
