import TestKit
import Testing

@testable import GraphValues

/// A column whose values are given by number is like one where they are written out.
@Suite struct ColumnDictionaryTests {
  private static let dictionary = ColumnDictionary([
    .null, .string("a"), .string("b"), .integer(3), .float(.nan), .list([.integer(1), .null]),
  ])

  private static func literals(_ column: Column) -> [String] {
    (0..<column.count).map { column.value(at: $0).literal }
  }

  @Test(arguments: UInt64(0)..<200)
  func doesWhatAGeneralOneDoes(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let (coded, plain) = (Column(.integers), Column(.integers))
    let rows = Int(generator.next() % 40) + 1
    coded.prepareCodes(Self.dictionary, rows: rows)
    plain.prepare(.values, rows: rows)
    for row in 0..<rows where generator.next() % 4 > 0 {
      let code = Int(generator.next() % UInt64(Self.dictionary.values.count))
      coded.set(code: UInt32(code), at: row)
      plain.set(Self.dictionary.values[code], at: row)
    }
    for _ in 0..<6 {
      change(coded, plain, &generator)
      #expect(coded.kind == plain.kind)
      #expect(coded.count == plain.count)
      #expect(coded.isConstant == plain.isConstant)
      #expect(Self.literals(coded) == Self.literals(plain))
      for row in 0..<plain.count { #expect(coded.isNull(at: row) == plain.isNull(at: row)) }
    }
    #expect(coded.values.map(\.literal) == plain.values.map(\.literal))
  }

  private func change(_ coded: Column, _ plain: Column, _ generator: inout SeededGenerator) {
    let draw = Int(generator.next() % 1_000)
    let some = (0..<draw % 20).map { Int32(($0 * 7 + draw) % max(1, plain.count)) }
    let rows = plain.count > 0 ? some : []
    for column in [coded, plain] {
      switch draw % 9 {
      case 0: column.append(.string("new"))
      case 1: column.appendNull()
      case 2: column.reserve(column.count + draw)
      case 3: if column.count > 0 { column.set(.integer(9), at: draw % column.count) }
      case 4: if column.count > 0 { column.setNull(at: draw % column.count) }
      case 5: column.truncate(to: column.count - min(column.count, 1))
      case 6:
        let source = Column(.values)
        source.copy(0, column.count, from: column)
        column.gather(rows, from: source)
      case 7:
        let source = Column(.values)
        source.gather(rows, from: column)
        column.appendRows(rows.indices.map { Int32($0) }, of: source)
      default:
        let target = Column(.values)
        target.gather(rows, from: column)
        column.copy(0, target.count, from: target)
      }
    }
  }

  @Test func gatheringKeepsTheNumbers() {
    let column = Column(.values)
    column.prepareCodes(Self.dictionary, rows: 3)
    column.set(code: 2, at: 1)
    let other = Column(.integers)
    other.gather([1, 0, 1], from: column)
    #expect(other.dictionary === Self.dictionary)
    #expect(Self.literals(other) == [Value.string("b").literal, "null", Value.string("b").literal])
  }
}
