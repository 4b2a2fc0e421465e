import LineEditor
import Testing

@testable import ShellKit

@Suite struct CompletionContextTests {
  @Test(
    arguments: [
      ("RETURN ", .word), ("RETURN 'x' ", .word), ("RETURN '\\'' ", .word),
      ("RETURN 1 // x\n", .word), ("RETURN 1 /* ' */ ", .word), ("RETURN 1 / ", .word),
      ("RETURN '", .nothing), ("RETURN \"it's ", .nothing), ("RETURN '\\' ", .nothing),
      ("RETURN 1 // ", .nothing), ("RETURN 1 /* x\n", .nothing), ("RETURN 1 AS ", .nothing),
      ("RETURN 1", .nothing), ("RETURN 1.", .nothing), ("RETURN 'a'", .nothing),
      ("MATCH (n:", .label), ("MATCH (:A|", .label), ("MATCH (n:A&(!", .label),
      ("MATCH (n:A&(B|!C) {", .propertyKey), ("MATCH (n)-[:", .relationshipType),
      ("MATCH (n)-[r:A|:", .relationshipType), ("MATCH (n)<-[r:!", .relationshipType),
      ("MATCH (n) WHERE n:", .labelOrType), ("MATCH (n) SET n:", .label),
      ("MATCH (n) REMOVE n:A:", .label),
      ("RETURN [x IN xs | ", .word), ("RETURN {a:", .word), ("RETURN {a: 1, ", .propertyKey),
      ("RETURN {a: 1, b:", .word), ("CREATE ({", .propertyKey), ("SET n += {", .propertyKey),
      ("RETURN n {.", .propertyKey), ("RETURN n {.a, .", .propertyKey), ("CALL {", .word),
      ("MATCH (n) WHERE EXISTS {", .word), ("CALL { MATCH (n) WHERE n:", .labelOrType),
      ("CALL (n) {", .word), ("MATCH (n) RETURN n.", .propertyKey),
      ("MATCH (n) RETURN [n][0].", .propertyKey), ("RETURN $p.", .propertyKey),
      ("RETURN date.", .qualified), ("CALL ", .procedure), ("CALL db.", .procedure),
      ("CALL db.index.fulltext.", .procedure),
      ("CALL db.labels() YIELD ", .column(of: "db.labels")),
      ("CALL a.b(f(1), 2) YIELD x, y AS z, ", .column(of: "a.b")),
      ("CALL a YIELD ", .column(of: "a")), ("SHOW INDEXES YIELD ", .word), ("USE ", .database),
      ("DROP DATABASE ", .database), ("RETURN $", .parameter), ("RETURN $na", .parameter),
      ("RETURN 1; MATCH (n:", .label), ("RETURN '; MATCH (n:", .nothing),
    ] as [(String, CompletionContext.Place)])
  func tellsWhatMayStandThere(text: String, place: CompletionContext.Place) {
    #expect(CompletionContext.atEnd(of: text).place == place)
  }

  @Test(arguments: [
    ("RETURN", "RETURN", 6), ("MATCH (n:`Odd La", "Odd La", 7), ("RETURN date.tr", "date.tr", 7),
    ("CALL db.la", "db.la", 5), ("MATCH (n) RETURN n.na", "na", 2), ("RETURN $pa", "$pa", 3),
    ("MATCH (größe) RETURN gr", "gr", 2), ("MATCH (n:", "", 0),
  ])
  func tellsWhatIsTyped(text: String, word: String, length: Int) {
    let context = CompletionContext.atEnd(of: text)
    #expect(context.word == word)
    #expect(context.length == length)
  }

  @Test(arguments: [
    (
      "MATCH (person:Person)-[knows:KNOWS {since: 1, til: x}]->(b) RETURN ",
      ["person", "knows", "b"]
    ),
    ("WITH 1 AS one, f(2) AS two ", ["one", "two"]), ("MATCH (a); MATCH (b) ", ["b"]),
  ])
  func findsVariables(text: String, variables: [String]) {
    #expect(CompletionContext.atEnd(of: text).variables == variables)
  }
}

@Suite struct StatementCompletionTests {
  private static let names: KnownNames = {
    var names = KnownNames()
    names.labels = ["Odd Label", "Person", "Place", "perhaps"]
    names.relationshipTypes = ["KNOWS", "Played"]
    names.propertyKeys = ["born", "name", "nick-name"]
    names.databases = ["neo4j", "system"]
    names.functions = ["date", "date.truncate", "datetime", "toUpper"]
    names.procedures = ["db.info", "db.labels"]
    names.columns = ["db.labels": ["label"]]
    return names
  }()

  /// The text after Tab, and what is listed.
  private func complete(_ text: String) -> (text: String, listing: [String])? {
    let found = StatementCompletion.complete(text, Self.names, parameters: ["from", "my key"])
    return found.map { found in
      (String(text.dropLast(found.replacedCharacters)) + found.insertion, found.listing)
    }
  }

  @Test(arguments: [
    ("MATCH (n:Pers", "MATCH (n:Person"), ("MATCH (n:odd", "MATCH (n:`Odd Label`"),
    ("MATCH (n:`odd", "MATCH (n:`Odd Label`"), ("MATCH ()-[:k", "MATCH ()-[:KNOWS"),
    ("MATCH (n) WHERE n:Play", "MATCH (n) WHERE n:Played"), ("RETURN n.bo", "RETURN n.born"),
    ("MATCH (n) RETURN n.bo", "MATCH (n) RETURN n.born"),
    ("MATCH (n) RETURN n.nick", "MATCH (n) RETURN n.`nick-name`"),
    ("RETURN date.t", "RETURN date.truncate("), ("RETURN toup", "RETURN toUpper("),
    ("MATCH (date) RETURN date.bo", "MATCH (date) RETURN date.born"),
    ("CALL db.l", "CALL db.labels("), ("CALL db.labels() YIELD ", "CALL db.labels() YIELD label"),
    ("USE sy", "USE system"), ("RETURN $f", "RETURN $from"), ("RETURN $m", "RETURN $`my key`"),
    ("mat", "MATCH "), ("MATCH (person) RETURN per", "MATCH (person) RETURN person"),
  ])
  func completesTheOneThatFits(text: String, expected: String) {
    let found = complete(text)
    #expect(found?.text ?? text == expected)
    #expect(found?.listing == [])
  }

  @Test func listsWhatFits() {
    #expect(complete("MATCH (n:P")?.text == "MATCH (n:P")
    #expect(complete("MATCH (n:P")?.listing == ["Person   Place    perhaps"])
    #expect(complete("MATCH (n:Pe")?.listing == ["Person   perhaps"])
    #expect(complete("RETURN dat")?.text == "RETURN date")
    #expect(complete("CALL ")?.text == "CALL db.")
  }

  @Test(arguments: ["RETURN '", "RETURN ", "MATCH (n:Xyz", "RETURN 1 AS pe", "RETURN $x"])
  func offersNothing(text: String) {
    #expect(complete(text) == nil)
  }

  @Test func manyNamesAreCutShort() {
    var names = KnownNames()
    names.labels = (0..<5_000).map { "Label\($0)" }
    let found = StatementCompletion.complete("MATCH (:", names, parameters: [])
    #expect(found?.insertion == "Label")
    #expect((found?.listing.count ?? 0) < 30)
    #expect(found?.listing.last == "… and 4880 more")
  }
}
