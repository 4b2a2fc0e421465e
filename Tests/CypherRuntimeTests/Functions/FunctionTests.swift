import Diagnostics
import GraphValues
import Testing

@testable import CypherRuntime

private func call(_ name: String, _ arguments: Value..., isCypher25: Bool = false) throws -> Value {
  var context = FunctionContext(
    statementClock: ClockInstant(epochSecond: 12, nanosecond: 5_000_000))
  context.isCypher25 = isCypher25
  let body = try #require(FunctionRegistry.body(of: name, argumentCount: arguments.count))
  switch body {
  case .none(let compute): return try compute(context)
  case .one(let compute): return try compute(arguments[0])
  case .two(let compute): return try compute(arguments[0], arguments[1])
  case .many(let compute): return try compute(arguments, context)
  case .entity: return .null
  }
}

private func list(_ values: Value...) -> Value { .list(values) }

@Suite struct FunctionTests {
  @Test(arguments: [
    ("toInteger", "12.9", "12"), ("toInteger", " 0x1F ", "31"), ("toInteger", "0X1f", "null"),
    ("toInteger", "1_000", "1000"), ("toInteger", "1__0", "null"), ("toInteger", "1.5f", "1"),
    ("toInteger", "1d", "null"), ("toInteger", "١٢", "12"), ("toInteger", ".5", "0"),
    ("toInteger", "NaN", "null"), ("toInteger", "", "null"), ("toInteger", "1e3", "1000"),
    ("toFloat", "nan", "null"), ("toFloat", "0x1p3", "8.0"), ("toFloat", "1D", "1.0"),
    ("toFloat", "1e400", "Infinity"), ("toFloat", "1,5", "null"), ("toFloat", "0x1F", "31.0"),
    ("toBoolean", "\ttrue\n", "true"), ("toBoolean", "yes", "null"),
    ("toUpper", "straße", "'STRASSE'"), ("toLower", "ΑΣ", "'ας'"),
    ("toLower", "ΣΊΣΥΦΟΣ", "'σίσυφος'"),
    ("trim", "\u{3000}a\u{A0}", "'a\u{A0}'"), ("reverse", "a😀b", "'b😀a'"), ("size", "\r\n", "2"),
    ("normalize", "e\u{301}", "'é'"),
  ])
  func convertsText(name: String, text: String, expected: String) throws {
    #expect(try call(name, .string(text)).literal == expected)
  }

  @Test(
    arguments: [
      (2.675, 2, "2.68"), (1.005, 2, "1.01"), (-0.05, 1, "-0.1"),
      (3.141592653589793, 20, "3.141592653589793"),
      (0.49999999999999994, 0, "0.0"), (-0.5, 0, "0.0"), (1e300, 0, "9.223372036854776E18"),
      (9.99, 1, "10.0"), (0.04, 1, "0.0"), (0.06, 1, "0.1"), (123.456, 1, "123.5"),
    ] as [(Double, Int64, String)])
  func rounds(number: Double, places: Int64, expected: String) throws {
    #expect(try call("round", .float(number), .integer(places)).literal == expected)
  }

  @Test(arguments: [
    ("UP", -1.21, "-1.3"), ("DOWN", -1.29, "-1.2"), ("CEILING", -1.25, "-1.2"),
    ("FLOOR", 1.29, "1.2"), ("HALF_DOWN", 1.25, "1.2"), ("HALF_EVEN", 1.25, "1.2"),
    ("HALF_EVEN", 1.35, "1.4"), ("HALF_UP", -1.25, "-1.3"),
  ])
  func roundsInModes(mode: String, number: Double, expected: String) throws {
    #expect(
      try call("round", .float(number), .integer(1), .string(mode)).literal == expected)
  }

  @Test func splitsAndReplaces() throws {
    #expect(try call("split", .string("aaa"), .string("aa")).literal == "['', 'a']")
    #expect(try call("split", .string(""), .string(",")).literal == "['']")
    #expect(
      try call("split", .string("abcd"), list(.string("b"), .string("bc"))).literal == "['a', 'cd']"
    )
    #expect(
      try call("replace", .string("hello"), .string(""), .string("-")).literal == "'-h-e-l-l-o-'")
    #expect(try call("replace", .string("aaa"), .string("aa"), .string("b")).literal == "'ba'")
    #expect(
      try call("replace", .string("abc"), .string(""), .string("-"), .integer(2), isCypher25: true)
        .literal == "'-a-bc'")
  }

  @Test(arguments: [
    ("a\nb", "a.b", false), ("a\nb", "(?s)a.b", true), ("a\nb", "(?m)a$\\n^b", true),
    ("aaa", "a++a", false), ("abab", "(ab)\\1", true), ("abab", "(?<x>ab)\\k<x>", true),
    ("٣", "\\d", false), ("α", "\\p{IsGreek}", true), ("a", "[[:alpha:]]", true),
    ("\u{A0}", "\\s", false), ("\u{A0}", "\\h", true), ("a.b", "\\Qa.b\\E", true),
    ("k", "(?i)\u{212A}", false), ("K", "(?i)k", true), ("é", "(?i)É", false),
    ("é", "(?iu)É", true), ("ab", "a|ab", true), ("ab", "a|b", false), ("😀", ".", true),
    ("xay", ".*a.*", true), ("x\nay", ".*a.*", false), ("-", "[a-]", true), ("]", "[]]", true),
    ("b", "[a-c&&[^a]]", true), ("a", "[a-c&&[^a]]", false), ("Q", "(?i)[a-z]", true),
    ("a}", "a}", true), ("aaaaaaaaaaaaaaaa", "(a?){16}a{16}", true), ("\\", "\\\\", true),
    ("a.", "a\\.", true), ("x.*", "x\\.*", false), ("ab", "(?x) a b # end", true),
    ("ab", "(?<=^)a(?<=a{1,3})b", true), ("ä", "\\p{LD}", true), ("ä", "\\p{all}\\P{all}?", true),
    ("Ä", "\\p{Lu}", true), ("α", "\\p{script=Greek}", true),
  ])
  func matchesPatterns(text: String, pattern: String, expected: Bool) throws {
    #expect(try RegularExpression(pattern).matches(text) == expected)
  }

  @Test(arguments: [
    ("(", "Unclosed group near index 1\n("), ("(a", "Unclosed group near index 2\n(a"),
    ("*a", "Dangling meta character '*' near index 0\n*a\n^"),
    ("a{2,1}", "Illegal repetition range near index 5\na{2,1}\n     ^"),
    (
      "(?<1>a)",
      "capturing group name does not start with a Latin letter near index 3\n(?<1>a)\n   ^"
    ),
    ("[a", "Unclosed character class near index 1\n[a\n ^"),
    ("\\p{Foo}a", "Unknown character property name {Foo} near index 6\n\\p{Foo}a\n      ^"),
    ("\\p{Greek}", "Unknown character property name {Greek} near index 8\n\\p{Greek}\n        ^"),
    (
      "(?<n>a)(?<n>b)",
      "Named capturing group <n> is already defined near index 11\n(?<n>a)(?<n>b)\n           ^"
    ),
    ("\\k<x>a", "named capturing group <x> does not exist near index 4\n\\k<x>a\n    ^"),
    (
      "(?<=a+)b",
      "Look-behind group does not have an obvious maximum length near index 5\n(?<=a+)b\n     ^"
    ),
    (
      "(?<!a{2,})b",
      "Look-behind group does not have an obvious maximum length near index 8\n(?<!a{2,})b\n        ^"
    ),
  ])
  func refusesPatterns(pattern: String, message: String) {
    #expect {
      _ = try RegularExpression(pattern)
    } throws: { error in
      (error as? Failure)?.message == "Invalid Regex: " + message
    }
  }

  @Test func namesTypes() {
    let one = Value.integer(1)
    #expect(
      list(list(one), one, .null).typeText == "LIST<INTEGER | LIST<INTEGER NOT NULL>> NOT NULL")
    #expect(list(list(one), list()).typeText == "LIST<LIST<INTEGER NOT NULL> NOT NULL> NOT NULL")
    #expect(
      list(list(one), list(.null)).typeText
        == "LIST<LIST<NULL> NOT NULL | LIST<INTEGER NOT NULL> NOT NULL> NOT NULL")
    #expect(list().typeText == "LIST<NOTHING> NOT NULL")
    #expect(
      list(.float(1), .string("a")).typeText == "LIST<STRING NOT NULL | FLOAT NOT NULL> NOT NULL")
    #expect(Value.null.typeText == "NULL")
  }

  @Test func similarity() throws {
    let result = try call(
      "vector.similarity.cosine", list(.integer(1), .integer(0)), list(.integer(1), .integer(1)))
    #expect(result.literal == "0.8535534143447876")
  }

  @Test func failuresCarryCodes() throws {
    #expect {
      _ = try call("left", .string("abc"), .integer(-1))
    } throws: { error in
      let failure = error as? Failure
      return failure?.message == "Function argument to 'left()' is out of range"
        && failure?.gqlStatus == "22N38" && failure?.causes.first?.gqlStatus == "22N03"
    }
    #expect {
      _ = try call("toInteger", .map(MapValue([("a", .integer(1))])))
    } throws: { error in
      (error as? Failure)?.causes.first?.message
        == "Expected the value {a: 1} to be of type STRING, FLOAT, INTEGER or BOOLEAN, but was of type MAP NOT NULL."
    }
  }

  @Test func replacesByPattern() throws {
    #expect(
      try call(
        "string.regexReplace", .string("john smith"), .string("(\\w+) (\\w+)"), .string("$2 $1")
      ).literal == "'smith john'")
  }
}
