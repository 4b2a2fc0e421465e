import Testing

@testable import ShellKit

@Suite struct StatementFeedTests {
  @Test(
    arguments: [
      ("RETURN 1; RETURN 2;", [.statement("RETURN 1"), .statement("RETURN 2")]),
      (
        "RETURN ';' AS a; RETURN \"x;\\\"y\" AS b;",
        [.statement("RETURN ';' AS a"), .statement("RETURN \"x;\\\"y\" AS b")]
      ),
      ("MATCH (`we;ird`) RETURN 1;", [.statement("MATCH (`we;ird`) RETURN 1")]),
      (
        "RETURN 1 // c ;\n; RETURN 2",
        [.statement("RETURN 1 // c ;\n"), .statement("RETURN 2")]
      ),
      ("/* lead ; */ RETURN 1; // tail", [.statement("RETURN 1")]),
      ("// only a comment", []), ("/* open RETURN 1;", []), ("", []), (" \n;;\r\n;", []),
      ("RETURN 1;;;RETURN 2", [.statement("RETURN 1"), .statement("RETURN 2")]),
      ("RETURN 1;\r\nRETURN 2;\r\n", [.statement("RETURN 1"), .statement("RETURN 2")]),
      (
        ":begin\nCREATE ();\n:commit",
        [
          .command(name: ":begin", rest: ""), .statement("CREATE ()"),
          .command(name: ":commit", rest: ""),
        ]
      ),
      ("RETURN 'a\\\\'; RETURN 2;", [.statement("RETURN 'a\\\\'"), .statement("RETURN 2")]),
      (
        "/** doc **/ RETURN 1; RETURN 2;", [.statement("RETURN 1"), .statement("RETURN 2")]
      ),
      ("/***/ RETURN 1;", [.statement("RETURN 1")]),
      ("RETURN `a\\`; RETURN 2;", [.statement("RETURN `a\\`"), .statement("RETURN 2")]),
      ("RETURN 1 /*/ ; */ ;", [.statement("RETURN 1 /*/ ; */ ")]),
      ("RETURN 8 /* c *// 2;", [.statement("RETURN 8 /* c *// 2")]),
      (":help;;", [.command(name: ":help", rest: "")]),
      (":USE movies;", [.command(name: ":use", rest: "movies")]),
      (
        ":param {a: {b: '}'},\n c: 2};",
        [.command(name: ":param", rest: "{a: {b: '}'},\n c: 2}")]
      ),
      (":param {a: 1", [.command(name: ":param", rest: "{a: 1")]),
      (
        ":param x => 'a;b'; RETURN $x;",
        [.command(name: ":param", rest: "x => 'a;b'"), .statement("RETURN $x")]
      ),
      (
        ":begin; CREATE ();", [.command(name: ":begin", rest: ""), .statement("CREATE ()")]
      ),
      ("RETURN 1 AS a\n:exit\n;", [.statement("RETURN 1 AS a\n:exit\n")]),
      (":auto CALL {\n} IN TRANSACTIONS;", [.statement("CALL {\n} IN TRANSACTIONS")]),
      ("\u{FEFF}RETURN 1;", [.statement("RETURN 1")]),
      ("\u{FEFF}// c\nRETURN 1;", [.statement("RETURN 1")]),
      (
        ":param a => 1\rRETURN 1;",
        [
          .command(name: ":param", rest: "a => 1"), .statement("RETURN 1"),
        ]
      ),
      (":", [.command(name: ":", rest: "")]),
      (
        "RETURN /* it's ; */ 1; RETURN 2",
        [
          .statement("RETURN /* it's ; */ 1"), .statement("RETURN 2"),
        ]
      ),
    ] as [(String, [ScriptItem])])
  func splits(text: String, items: [ScriptItem]) {
    for chunk in [1, 2, 3, 7, 1000] { check(text, items, chunk: chunk) }
  }

  @Test func knowsWhatIsUnfinished() {
    for (text, isOpen) in [
      ("RETURN 1", true), ("RETURN 1;", false), ("// c", false), ("/* open", true),
      ("/* shut\n */", false),
      (":param {a: 1", true), ("RETURN 1; RETURN", true), ("", false),
    ] {
      var feed = StatementFeed()
      feed.append(text + "\n")
      while feed.next() != nil {}
      #expect(feed.isOpen == isOpen, "\(text)")
    }
  }

  private func check(_ text: String, _ items: [ScriptItem], chunk: Int) {
    var feed = StatementFeed()
    var found: [ScriptItem] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      feed.append(Array(rest.prefix(chunk)))
      rest = rest.dropFirst(chunk)
      while let item = feed.next() { found.append(item) }
    }
    feed.finish()
    while let item = feed.next() { found.append(item) }
    #expect(found == items, "\(text) in chunks of \(chunk)")
  }

  @Test(
    arguments: [
      ("RETURN '\u{E9}' AS x, '", [0xFF], "'; RETURN 2;"),
      ("RETURN 1 /* ", [0xC3], " */;"), ("RETURN `", [0xED, 0xA0, 0x80], "`;"),
      (":param x => '", [0x80], "'\n"),
    ] as [(String, [UInt8], String)])
  func bytesThatAreNotUTF8AreTold(before: String, bytes: [UInt8], after: String) {
    var feed = StatementFeed()
    feed.append(Array(before.utf8) + bytes + Array(after.utf8))
    guard case .malformed(let text, let place)? = feed.next() else {
      Issue.record("not malformed")
      return
    }
    #expect(place == before.utf8.count && text.hasPrefix(before))
    #expect(feed.next() == (after.contains("RETURN") ? .statement("RETURN 2") : nil))
  }

  @Test func aStatementWithoutEndIsNotReadForEver() {
    var feed = StatementFeed(longest: 100)
    feed.append("RETURN 1; RETURN '")
    feed.append([UInt8](repeating: 0, count: 50))
    #expect(feed.next() == .statement("RETURN 1") && feed.next() == nil && !feed.isTooLong)
    feed.append([UInt8](repeating: 0, count: 50))
    #expect(feed.next() == nil && feed.isTooLong)
  }
}
