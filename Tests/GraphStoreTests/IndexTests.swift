import GraphStore
import GraphValues
import TestKit
import Testing

private func drain(_ cursor: IndexCursor, limit: Int = 17) throws -> [UInt64] {
  let column = Column(.nodes)
  while try cursor.fill(column, limit: limit) > 0 {}
  return (0..<column.count).map { column.word(at: $0) }
}

@Suite struct IndexTests {
  /// Values of the kinds that `<` compares, with neighbours where encodings might go wrong.
  private static let ordered: [Value] = [
    .date(CalendarDate(epochDay: -1)), .date(CalendarDate(epochDay: 0)),
    .localTime(LocalTime(nanosecondOfDay: 5)), .localTime(LocalTime(nanosecondOfDay: 6)),
    .string(""), .string("\u{0}"), .string("\u{0}\u{0}"), .string("\u{0}a"), .string("a"),
    .string("a\u{0}"), .string("a\u{0}b"), .string("ab"), .string("b"), .string("é"),
    .string("\u{FFFF}"), .string("𝄞"),
    .string(String(repeating: "x", count: 600)), .string(String(repeating: "x", count: 601)),
    .string(String(repeating: "x", count: 600) + "y"), .boolean(false), .boolean(true),
    .float(-.infinity), .float(-1e300), .integer(.min), .integer(.min + 1), .integer(-1),
    .float(-0.5), .float(-0.0), .integer(0), .float(0.5), .integer(1), .float(1),
    .integer(9_007_199_254_740_992), .integer(9_007_199_254_740_993),
    .float(9_007_199_254_740_992), .integer(.max - 1), .integer(.max),
    .float(9_223_372_036_854_775_808), .float(.infinity), .float(.nan),
  ]

  private func makeIndex() throws -> (GraphTransaction, IndexDescriptor, [Value]) {
    let transaction = try Store.memory().beginWrite()
    let label = try transaction.createLabel(named: "L")
    let key = try transaction.createKey(named: "k")
    let index = try transaction.createIndex(named: "i", .range, on: .nodes([label]), [key])
    var generator = SeededGenerator(seed: 5)
    let values = Self.ordered.shuffled(using: &generator)
    for value in values {
      _ = try transaction.createNode(labels: [label], properties: [(key, value)])
    }
    return (transaction, index, values)
  }

  @Test func orderAgreesWithTheOrderOfValues() throws {
    let (transaction, index, values) = try makeIndex()
    let found = try drain(try transaction.scanIndex(index.id, .equal([])))
    #expect(found.count == values.count)
    for (left, right) in zip(found, found.dropFirst()) {
      let (left, right) = (values[Int(left)], values[Int(right)])
      if case .string(let text) = left, text.utf8.count > 480 { continue }
      #expect(left.order(to: right) != .greater, "\(left) \(right)")
    }
  }

  @Test func rangesAgreeWithComparison() throws {
    let (transaction, index, values) = try makeIndex()
    for bound in values {
      for isInclusive in [true, false] {
        let edge: IndexBound = isInclusive ? .inclusive(bound) : .exclusive(bound)
        let above = values.indices.filter { row in
          values[row].isGreater(than: bound) || isInclusive && values[row].isEqual(bound)
        }
        let below = values.indices.filter { row in
          bound.isGreater(than: values[row]) || isInclusive && values[row].isEqual(bound)
        }
        let from = try transaction.scanIndex(
          index.id, .range(prefix: [], lower: edge, upper: nil))
        #expect(try drain(from).sorted() == above.map { UInt64($0) }, "\(bound) \(isInclusive)")
        let to = try transaction.scanIndex(
          index.id, .range(prefix: [], lower: nil, upper: edge), descending: true)
        #expect(try drain(to).sorted() == below.map { UInt64($0) }, "\(bound) \(isInclusive)")
      }
      let equal = values.indices.filter { values[$0].isEqual(bound) }
      let seek = try transaction.scanIndex(index.id, .equal([bound]))
      #expect(try drain(seek).sorted() == equal.map { UInt64($0) }, "\(bound)")
    }
  }

  @Test func prefixesAgreeWithStrings() throws {
    let (transaction, index, values) = try makeIndex()
    let long = String(repeating: "x", count: 600)
    for prefix in ["", "a", "a\u{0}", "\u{0}", "é", "x", long, long + "y", "zz"] {
      let expected = values.indices.filter { row in
        guard case .string(let text) = values[row] else { return false }
        return text.utf8.starts(with: prefix.utf8)
      }
      let cursor = try transaction.scanIndex(index.id, .startsWith(prefix: [], prefix))
      #expect(try drain(cursor, limit: 3).sorted() == expected.map { UInt64($0) }, "\(prefix)")
    }
    let strings = try transaction.scanIndex(index.id, .strings(prefix: []))
    #expect(try drain(strings).count == 15)
  }

  @Test func mixedBoundsSelectNothing() throws {
    let (transaction, index, _) = try makeIndex()
    let cursor = try transaction.scanIndex(
      index.id,
      .range(prefix: [], lower: .inclusive(.integer(0)), upper: .inclusive(.string("z"))))
    #expect(try drain(cursor).isEmpty)
    let null = try transaction.scanIndex(
      index.id, .range(prefix: [], lower: .inclusive(.null), upper: .inclusive(.integer(3))))
    #expect(try drain(null).isEmpty)
  }

  @Test func compositeSeeksByPrefixAndRange() throws {
    let transaction = try Store.memory().beginWrite()
    let label = try transaction.createLabel(named: "L")
    let (a, b) = (try transaction.createKey(named: "a"), try transaction.createKey(named: "b"))
    var expected: [UInt64] = []
    for left in 0..<5 {
      for right in 0..<5 {
        let id = try transaction.createNode(
          labels: [label],
          properties: [(a, .integer(Int64(left))), (b, .string("b\(right)"))])
        if left == 3 && right >= 2 { expected.append(id.raw) }
      }
    }
    _ = try transaction.createNode(labels: [label], properties: [(a, .integer(3))])
    let index = try transaction.createIndex(named: "i", .range, on: .nodes([label]), [a, b])
    #expect(try transaction.statistics(of: index.id).entryCount == 25)
    #expect(try transaction.statistics(of: index.id).distinctCount == 25)
    let range = try transaction.scanIndex(
      index.id,
      .range(prefix: [.float(3)], lower: .inclusive(.string("b2")), upper: nil))
    #expect(try drain(range, limit: 2) == expected)
    let prefix = try transaction.scanIndex(index.id, .equal([.integer(3)]))
    #expect(try drain(prefix).count == 5)
  }

  @Test func countsDistinctValues() throws {
    let transaction = try Store.memory().beginWrite()
    let label = try transaction.createLabel(named: "L")
    let key = try transaction.createKey(named: "k")
    let index = try transaction.createIndex(named: "i", .range, on: .nodes([label]), [key])
    var generator = SeededGenerator(seed: 1)
    var values: [NodeID: Int64] = [:]
    for _ in 0..<2_000 {
      if values.count > 300, let node = values.keys.randomElement(using: &generator) {
        try transaction.deleteNode(node)
        values[node] = nil
      } else {
        let value = Int64.random(in: 0..<60, using: &generator)
        let node = try transaction.createNode(
          labels: [label], properties: [(key, .integer(value))])
        values[node] = value
      }
    }
    let statistics = try transaction.statistics(of: index.id)
    #expect(statistics.entryCount == values.count)
    #expect(statistics.distinctCount == Set(values.values).count)
    try transaction.dropIndex(index.id)
    #expect(try transaction.statistics(of: index.id).entryCount == 0)
  }
}

extension Value {
  fileprivate var isNaN: Bool { if case .float(let number) = self { number.isNaN } else { false } }

  fileprivate func isEqual(_ other: Value) -> Bool { order(to: other) == .equal && !isNaN }

  /// Whether `>` is true, as far as an index can tell.
  fileprivate func isGreater(than other: Value) -> Bool {
    switch (self, other) {
    case (.integer, .integer), (.integer, .float), (.float, .integer), (.float, .float):
      return !isNaN && !other.isNaN && order(to: other) == .greater
    case (.string, .string), (.boolean, .boolean), (.date, .date), (.localTime, .localTime):
      return order(to: other) == .greater
    default: return false
    }
  }
}
