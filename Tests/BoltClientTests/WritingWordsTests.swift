import Testing

@testable import BoltClient

@Suite struct WritingWordsTests {
  @Test(arguments: [
    ("RETURN 1", false), ("MATCH (n:Created) WHERE n.settled RETURN n.offset AS x", false),
    ("MATCH (n) RETURN n.`create_me`", false), ("create (n)", true),
    ("MATCH (n) SeT n.x = 1", true),
    ("MATCH (n)\nDETACH\tDELETE n", true), ("RETURN 'set'", true), ("CALL db.labels()", true),
    ("UNWIND [1] AS x MERGE(n)", true), ("\\u0053ET", true), ("", false), ("SET", true),
  ])
  func areFoundAsWords(text: String, areThere: Bool) {
    #expect(WritingWords.areIn(text) == areThere)
  }
}
