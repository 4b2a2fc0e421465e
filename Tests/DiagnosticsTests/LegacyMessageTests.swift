import Diagnostics
import Testing

/// Messages quote the line that they are about, with a caret below the place.
@Suite struct LegacyMessageTests {
  private func message(_ text: String, line: Int, column: Int) -> [String] {
    var failure = Failure(code: "C", message: "M")
    failure.position = SourcePosition(offset: 7, line: line, column: column)
    return failure.legacyMessage(in: text).split(separator: "\n").map(String.init)
  }

  @Test(arguments: [
    ("a\n", 2, 1, "a", 2), ("\n//\n", 3, 1, "//", 3), ("a", 9, 4, "a", 2),
    ("a\n\n\n", 4, 1, "a", 2),
    ("a\r\n", 2, 1, "a", 2), ("\n", 2, 1, "", 1),
  ])
  func standAtTheEndOfTheTextBehindItsLastLine(
    text: String, line: Int, column: Int, quoted: String, caret: Int
  ) {
    let parts = message(text, line: line, column: column)
    #expect(parts.dropFirst() == ["\"\(quoted)\"", String(repeating: " ", count: caret) + "^"])
  }

  @Test func showCarriageReturnsWithinALine() {
    #expect(
      message("a\rb c", line: 1, column: 3).dropFirst() == ["\"a\\rb c\"", "    ^"])
  }

  @Test(arguments: [
    ("RETURN x", 1, "RETURN x"), ("a\nb\r\nc", 2, "b"), ("a\nb\r\nc", 3, "c"),
    ("a\nb", 0, "a"), ("", 1, ""),
  ])
  func quoteTheirLine(text: String, line: Int, quoted: String) {
    #expect(
      message(text, line: line, column: 3) == [
        "M (line \(line), column 3 (offset: 7))", "\"\(quoted)\"", "   ^",
      ])
  }

  @Test(arguments: [1, 150, 200, 201, 202, 5_000, 99_900, 100_000])
  func quoteTheSurroundingsOfAPlaceInALongLine(column: Int) {
    let word = String(repeating: "a", count: column - 1) + "X"
    let line = word + String(repeating: "b", count: 100_000 - column)
    let lines = message("RETURN\n" + line, line: 2, column: column)
    #expect(lines.count == 3 && lines[1].count < 500)
    #expect(Array(lines[1])[lines[2].count - 1] == "X")
  }
}
