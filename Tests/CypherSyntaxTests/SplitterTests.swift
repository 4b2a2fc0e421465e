import CypherSyntax
import TestKit
import Testing

@Suite struct SplitterTests {
  static let examples: [(String, [String])] = [
    ("RETURN 1; RETURN 2;", ["RETURN 1", "RETURN 2"]),
    (
      #"RETURN ';' AS a; RETURN "x;\"y" AS b;"#,
      ["RETURN ';' AS a", #"RETURN "x;\"y" AS b"#]
    ),
    ("MATCH (`we;ird`) RETURN 1;", ["MATCH (`we;ird`) RETURN 1"]),
    ("RETURN 1 // c ;\n; RETURN 2", ["RETURN 1 // c ;\n", "RETURN 2…"]),
    ("/* lead ; */ RETURN 1; // tail", ["RETURN 1"]),
    ("// only a comment", []),
    ("RETURN 1;;;RETURN 2", ["RETURN 1", "RETURN 2…"]),
    ("RETURN 1;\r\nRETURN 2;\r\n", ["RETURN 1", "RETURN 2"]),
    (":begin\nCREATE ();\n:commit", [":begin()", "CREATE ()", ":commit()"]),
    (#"RETURN 'a\\'; RETURN 2;"#, [#"RETURN 'a\\'"#, "RETURN 2"]),
    ("/** doc **/ RETURN 1; RETURN 2;", ["RETURN 1", "RETURN 2"]),
    ("/***/ RETURN 1;", ["RETURN 1"]),
    (#"RETURN `a\`; RETURN 2;"#, [#"RETURN `a\`"#, "RETURN 2"]),
    ("RETURN 1 /*/ ; */ ;", ["RETURN 1 /*/ ; */ "]),
    ("RETURN 8 /* c *// 2;", ["RETURN 8 /* c *// 2"]),
    ("CREATE ()\n:exit", ["CREATE ()\n:exit…"]),
    ("RETURN 1; /* open", ["RETURN 1"]),
    ("\u{FEFF}RETURN 1;", ["RETURN 1"]),
    (":help;;", [":help()"]),
    (":USE movies;", [":use(movies)"]),
    (":param {a: {b: '}'},\n c: 2};", [":param({a: {b: '}'},\n c: 2})"]),
    (":param {a: 1", [":param({a: 1)…"]),
    (":param x => 1; RETURN $x;", [":param(x => 1)", "RETURN $x"]),
    (":param x => 'a;b'\nRETURN $x;", [":param(x => 'a;b')", "RETURN $x"]),
    (":begin; CREATE ();\n", [":begin()", "CREATE ()"]),
    (":param a => 1\rRETURN $a;\n", [":param(a => 1)", "RETURN $a"]),
    (":source it's.cypher\nRETURN 1;", [":source(it's.cypher)", "RETURN 1"]),
    (" ; \n ;", []), ("", []), (":", [":()"]),
  ]

  @Test(arguments: examples) func splits(script: String, expected: [String]) {
    #expect(StatementSplitter.fragments(of: script).map(Self.told) == expected)
  }

  @Test(arguments: UInt64(0)..<40) func cutsDoNotMatter(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let script = Self.examples.shuffled(using: &generator).map(\.0).joined(
      separator: "\n;é😀'';\r\n")
    let whole = StatementSplitter.fragments(of: script)
    var splitter = StatementSplitter()
    var fragments: [ScriptFragment] = []
    var rest = Array(script.utf8)[...]
    while !rest.isEmpty {
      let count = Int.random(in: 1...(seed % 2 == 0 ? 2 : 40), using: &generator)
      splitter.feed(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
      while let fragment = splitter.next() { fragments.append(fragment) }
    }
    while let fragment = splitter.finish() { fragments.append(fragment) }
    #expect(fragments == whole)
  }

  @Test func fragmentsKnowTheirPlaces() {
    let fragments = StatementSplitter.fragments(of: "// é\nRETURN 1;\n\n  RETURN\n2; :exit")
    #expect(fragments.map(\.offset) == [6, 19, 29])
    #expect(fragments.map(\.line) == [2, 4, 5])
    #expect(fragments.map(\.isComplete) == [true, true, true])
  }

  @Test(
    arguments: [
      ("", .between), ("RETURN 1", .statement), ("RETURN 'a", .quoted("'")),
      ("RETURN `a", .quoted("`")),
      ("RETURN 1 /* a", .comment), ("/* a", .comment), ("RETURN 1;", .between),
      (":param {a: 1", .command),
    ] as [(String, StatementSplitter.State)])
  func tellsWhereItStands(script: String, state: StatementSplitter.State) {
    var splitter = StatementSplitter()
    splitter.feed(Array(script.utf8))
    while splitter.next() != nil {}
    #expect(splitter.state == state)
  }

  private static func told(_ fragment: ScriptFragment) -> String {
    let text =
      switch fragment.kind {
      case .statement: fragment.text
      case .command(let name, let argument): "\(name)(\(argument))"
      }
    return fragment.isComplete ? text : text + "…"
  }
}
