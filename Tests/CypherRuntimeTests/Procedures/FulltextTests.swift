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
      ("[cordless TO drill]", ["cordless drill", "hammer drill set", "bolt cutter"]),
      ("{cordless TO drill}", ["bolt cutter"]),
      (
        "name:[s TO *]",
        [
          "hammer drill set", "steel bolt set of 12",
        ]
      ),
      ("/dr.ll|pa[hi]nt/", ["cordless drill", "hammer drill set", "paint"]),
      ("*:*", texts), ("*:paint", []), ("name:*", texts),
      ("dirll~1", ["cordless drill", "hammer drill set"]),
      (
        "drill~0",
        [
          "cordless drill", "hammer drill set",
        ]
      ), ("pint~0.7", ["paint"]),
      ("bolt && set", ["steel bolt set of 12"]),
    ] as [(String, [String])])
  func finds(query: String, expected: [String]) throws {
    #expect(try search(query) == expected)
  }

  @Test(arguments: ["(", "[", "AND", "a:", "\"open", "a:b:c", "[a", "[a TO b", "/open", "a^"])
  func refuses(query: String) {
    #expect(throws: FulltextQueryError.self) { try search(query) }
  }

  @Test(
    arguments: [
      ("AND a", "Encountered \" <AND> \"AND \"\" at line 1, column 0."),
      ("a )", "Encountered \" \")\" \") \"\" at line 1, column 2."),
      ("(a", "Encountered \"<EOF>\" at line 1, column 2."),
      ("\"a", "Lexical error at line 1, column 3.  Encountered: <EOF> after : \"\\\"a\""),
    ])
  func tellsWhatIsWrong(query: String, expected: String) {
    let error = #expect(throws: FulltextQueryError.self) { try search(query) }
    #expect(error?.text.split(separator: "\n").first.map { String($0) } == expected)
  }

  @Test(
    arguments: [
      (
        .standardWithoutStopWords, "The U.S. isn't 3.14 or 1,000",
        [
          "the", "u.s", "isn't", "3.14", "or", "1,000",
        ]
      ),
      (
        .standardWithoutStopWords, "a@b.com, foo-bar baz_qux",
        [
          "a", "b.com", "foo", "bar", "baz_qux",
        ]
      ),
      (.standardWithoutStopWords, "東京 and ひら", ["東", "京", "and", "ひ", "ら"]),
      (.standard, "The fox and it", ["fox"]),
      (.standardWithFolding, "Café Ångström", ["cafe", "angstrom"]),
      (.simple, "It's B2B", ["it", "s", "b", "b"]), (.stop, "It's B2B", ["s", "b", "b"]),
      (.keyword, "As is.", ["As is."]), (.whitespace, "As is.", ["As", "is."]),
      (
        .english, "Ann's running dogs are relational hopping troubled ponies",
        [
          "ann", "run", "dog", "relat", "hop", "troubl", "poni",
        ]
      ),
    ] as [(TextAnalyzer, String, [String])])
  func cutsIntoWords(analyzer: TextAnalyzer, text: String, expected: [String]) {
    #expect(analyzer.words(in: text) == expected)
  }

  @Test(
    arguments: [
      ("caresses", "caress"), ("ties", "ti"), ("cats", "cat"), ("feed", "feed"), ("agreed", "agre"),
      ("plastered", "plaster"), ("sing", "sing"), ("conflated", "conflat"), ("sized", "size"),
      ("falling", "fall"), ("filing", "file"), ("happy", "happi"), ("sky", "sky"),
      ("conditional", "condit"), ("vietnamization", "vietnam"), ("sensibiliti", "sensibl"),
      ("electrical", "electr"), ("hopefulness", "hope"), ("goodness", "good"),
      ("adjustment", "adjust"), ("adoption", "adopt"), ("effective", "effect"), ("rate", "rate"),
      ("cease", "ceas"), ("controlling", "control"), ("roll", "roll"), ("is", "is"),
    ])
  func stems(word: String, expected: String) {
    #expect(EnglishStem.of(word) == expected)
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
