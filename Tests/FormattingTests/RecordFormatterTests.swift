import Diagnostics
import Formatting
import GraphValues
import QuerySession
import Testing

@Suite struct RecordFormatterTests {
  private let footer =
    "ready to start consuming query after 3 ms, results consumed after another 4 ms\n"

  @Test func plainShowsNothingWithoutRecords() {
    check(.plain, ["x"], [], "")
    check(.plain, [], [], "")
  }

  @Test func plainJoinsValuesWithCommas() {
    check(
      .plain, ["s", "a,b"], [[.string("a"), .integer(1)], [.string("b \"q\""), .null]],
      "s, a,b\n\"a\", 1\n\"b \\\"q\\\"\", NULL\n")
  }

  @Test func tableHasOneRuleWithoutColumnMarks() {
    check(
      .verbose, ["name", "born"],
      [
        [.string("Ada"), .integer(1815)], [.string("Grace Hopper"), .integer(1906)],
        [.string("Edsger"), .null],
      ],
      """
      +-----------------------+
      | name           | born |
      +-----------------------+
      | "Ada"          | 1815 |
      | "Grace Hopper" | 1906 |
      | "Edsger"       | NULL |
      +-----------------------+

      3 rows
      \(footer)
      """)
  }

  @Test func tableShowsItsHeaderWithoutRecords() {
    check(
      .verbose, ["n"], [],
      """
      +---+
      | n |
      +---+
      +---+

      0 rows
      \(footer)
      """)
    check(.verbose, [], [], "0 rows\n\(footer)")
  }

  @Test func tableWrapsWhatComesAfterTheSample() {
    check(
      .verbose, ["id", "note"],
      [
        [.integer(1), .string("ok")], [.integer(2), .string("fine")],
        [.integer(123_456), .string("a much longer note")], [.integer(3), .string("x")],
      ],
      """
      +------------------------------+
      | id                  | note   |
      +------------------------------+
      | 1                   | "ok"   |
      | 2                   | "fine" |
      | 123456              | "a muc |
      |                     \\ h long |
      |                     \\ er not |
      |                     \\ e"     |
      | 3                   | "x"    |
      +------------------------------+

      4 rows
      \(footer)
      """, sampleRows: 2)
  }

  @Test func tableContinuesSeveralColumns() {
    check(
      .verbose, ["c1", "c2"],
      [[.string("a"), .string("b")], [.string("aaaa"), .string("bbbbbbb")]],
      """
      +-----------+
      | c1  | c2  |
      +-----------+
      | "a" | "b" |
      | "aa | "bb |
      \\ aa" \\ bbb |
      \\     \\ bb" |
      +-----------+

      2 rows
      \(footer)
      """, sampleRows: 1)
  }

  @Test func tableCutsWithoutWrapping() {
    check(
      .verbose, ["v"],
      [[.string("x")], [.string("yy")], [.string("zzzzz")], [.string("w\nw")], [.string("東京東")]],
      """
      +------+
      | v    |
      +------+
      | "x"  |
      | "yy" |
      | "zz… |
      | "w…  |
      | "東… |
      +------+

      5 rows
      \(footer)
      """, sampleRows: 2, wraps: false)
  }

  @Test func tableBreaksLinesWithinValues() {
    check(
      .verbose, ["s", "k"],
      [[.string("a\nbcd\r\ne"), .integer(1)], [.string("z"), .integer(22)]],
      """
      +-----------------+
      | s          | k  |
      +-----------------+
      | "a         | 1  |
      \\ bcd        |    |
      \\ e"         |    |
      | "z"        | 22 |
      +-----------------+

      2 rows
      \(footer)
      """)
  }

  @Test func tableCountsTerminalColumns() {
    check(
      .verbose, ["city"], [[.string("東京")], [.string("Oslo")], [.string("e\u{301}😀")]],
      """
      +--------+
      | city   |
      +--------+
      | "東京" |
      | "Oslo" |
      | "e\u{301}😀"  |
      +--------+

      3 rows
      \(footer)
      """)
  }

  @Test func tableWithANarrowColumnEnds() {
    check(
      .verbose, ["s"], [[.integer(1)], [.string("東")]],
      """
      +---------------------+
      | s                   |
      +---------------------+
      | 1                   |
      | "東"                |
      +---------------------+

      2 rows
      \(footer)
      """, sampleRows: 1)
    check(
      .verbose, ["x"], [[.boolean(true)], [.string("")], [.list([])]],
      """
      +------+
      | x    |
      +------+
      | TRUE |
      | ""   |
      | []   |
      +------+

      3 rows
      \(footer)
      """, sampleRows: 1)
  }

  @Test func tableThatFailsHasNoLastRule() {
    var formatter = TableFormatter()
    var output: [UInt8] = []
    formatter.begin(columns: ["x"], to: &output)
    formatter.append(RecordBatch(count: 1, columns: [[.integer(1)]]), to: &output)
    formatter.fail(to: &output)
    #expect(String(decoding: output, as: UTF8.self) == "+---+\n| x |\n+---+\n| 1 |\n")
  }

  @Test func csvFollowsTheStandard() {
    check(.csv, ["a", "b c"], [], "a,b c\r\n")
    check(
      .csv, ["s", "q,t"],
      [
        [.string("plain"), .string("a,\"b\"\r\nc")], [.null, .string("")],
        [.boolean(true), .list([.integer(1), .string("x")])],
        [.float(1e7), .date(CalendarDate(epochDay: 0))],
      ],
      "s,\"q,t\"\r\nplain,\"a,\"\"b\"\"\r\nc\"\r\n,\"\"\r\ntrue,\"[1,\"\"x\"\"]\"\r\n1.0E7,1970-01-01\r\n"
    )
  }

  @Test func jsonIsAnArrayOrLines() {
    let rows: [[Value]] = [
      [.string("a\"\n\u{1}"), .float(.nan)],
      [.nodeRecord(node(7, ["A"], [("k", .null)])), .boolean(false)],
    ]
    let first = #"{"x":"a\"\n\u0001","y":"NaN"}"#
    let second = #"{"x":{"elementId":"7","labels":["A"],"properties":{"k":null}},"y":false}"#
    check(.json, ["x", "y"], rows, "[\n\(first),\n\(second)\n]\n")
    check(.jsonl, ["x", "y"], rows, "\(first)\n\(second)\n")
    check(.json, ["x"], [], "[]\n")
    check(.json, [], [], "")
  }

  @Test func statisticsAreAlwaysPlural() {
    var counters = UpdateCounters()
    counters.nodesCreated = 1
    counters.relationshipsCreated = 1
    counters.labelsAdded = 2
    var output: [UInt8] = []
    SummaryText.appendStatistics(counters, to: &output)
    #expect(
      String(decoding: output, as: UTF8.self)
        == "Added 1 nodes, Created 1 relationships, Added 2 labels\n")
  }

  @Test func titledTablesAreAsWideAsTheirTitle() {
    var output: [UInt8] = []
    TitledTable.append(
      title: "ID Allocation", columns: ["Name", "Value"], rows: [], to: &output)
    #expect(
      String(decoding: output, as: UTF8.self) == """
        +------------------+
        | ID Allocation    |
        +------------------+
        | Name     | Value |
        +------------------+
        +------------------+

        """)
  }

  private func check(
    _ format: ResultFormat, _ columns: [String], _ rows: [[Value]], _ expected: String,
    sampleRows: Int = 1000, wraps: Bool = true
  ) {
    var formatter = format.formatter(sampleRows: sampleRows, wraps: wraps)
    var output: [UInt8] = []
    formatter.begin(columns: columns, to: &output)
    for row in rows {
      formatter.append(RecordBatch(count: 1, columns: row.map { [$0] }), to: &output)
    }
    formatter.finish(
      ResultSummary(
        queryType: .readOnly, availableAfterMilliseconds: 3, consumedAfterMilliseconds: 4),
      to: &output)
    #expect(String(decoding: output, as: UTF8.self) == expected)
  }
}
