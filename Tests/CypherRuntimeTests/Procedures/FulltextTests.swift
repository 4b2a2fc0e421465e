import Diagnostics
import GraphValues
import QueryPlan
import Testing

@testable import CypherRuntime

private let texts = [
  "cordless drill", "hammer drill set", "bolt cutter", "steel bolt set of 12", "paint",
]

private func search(_ text: String) throws -> [String] {
  let analyzer = TextAnalyzer.standardWithoutStopWords
  var documents = FulltextDocuments(fieldCount: 1)
  for text in texts { documents.add(.string(text), [analyzer.words(in: text)]) }
  let query = try FulltextQuery.parse(text, fields: ["name"], analyzer: analyzer)
  return documents.search(query).map { $0.entity.plainText ?? "" }
}

@Suite struct FulltextTests {
  @Test(
    arguments: [
      ("drill", ["cordless drill", "hammer drill set"]),
      ("bolt AND set", ["steel bolt set of 12"]),
      ("drill OR paint", ["paint", "cordless drill", "hammer drill set"]),
      ("drill -hammer", ["cordless drill"]),
      ("dril*", ["cordless drill", "hammer drill set"]),
      ("?olt", ["bolt cutter", "steel bolt set of 12"]),
      ("\"bolt set\"", ["steel bolt set of 12"]), ("\"set bolt\"", []),
      ("drull~1", ["cordless drill", "hammer drill set"]),
      ("name:paint", ["paint"]), ("other:paint", []),
      ("(drill hammer)^2", ["hammer drill set", "cordless drill"]),
      ("NOT drill", []),
    ] as [(String, [String])])
  func finds(query: String, expected: [String]) throws {
    #expect(try search(query) == expected)
  }

  @Test(arguments: ["(", "[", "AND", "a:", "\"open"])
  func refuses(query: String) {
    #expect(throws: FulltextQueryError.self) { try search(query) }
  }

  @Test func registryKnowsStandardProceduresAndTakesMore() {
    var registry = ProcedureRegistry.standard
    #expect(registry.signature(named: "db.labels")?.outputs.map(\.name) == ["label"])
    #expect(registry.signature(named: "DB.LABELS") == nil)
    let signature = ProcedureSignature(
      name: "test.my.proc", inputs: [], outputs: [.init(name: "out", type: .string)])
    registry.register(signature) { (_, _) throws(Failure) in [[.string("a")]] }
    #expect(registry.signature(named: "test.my.proc") == signature)
  }
}
