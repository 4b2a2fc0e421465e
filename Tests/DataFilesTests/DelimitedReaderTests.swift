import DataFiles
import Testing

@Suite struct DelimitedReaderTests {
  /// Reads a text in pieces of `size` bytes.
  private func records(_ text: String, size: Int, _ dialect: DelimitedDialect = .init()) throws
    -> [[String?]]
  {
    var rest = ArraySlice(Array(text.utf8))
    var reader = DelimitedReader(dialect) {
      let piece = Array(rest.prefix(size))
      rest = rest.dropFirst(size)
      return piece.isEmpty ? nil : piece
    }
    var records: [[String?]] = []
    while let record = try reader.next() { records.append(record) }
    return records
  }

  @Test(
    arguments: [
      ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]), ("a,,\r\n\r\nb", [["a", nil, nil], ["b"]]),
      ("\"\",\"x \"\"y\"\"\",\"l1\nl2\"", [["", "x \"y\"", "l1\nl2"]]),
      ("\u{FEFF}a;b", [["a;b"]]), ("\"a\\\\b \\\"c\\\"\"", [["a\\b \"c\""]]), ("", []),
      ("Zürich,東京", [["Zürich", "東京"]]),
    ] as [(String, [[String?]])])
  func reads(text: String, expected: [[String?]]) throws {
    for size in [1, 3, 1_000] { #expect(try records(text, size: size) == expected) }
  }

  @Test func separatesByAnyCharacter() throws {
    #expect(
      try records("a→b→c", size: 2, DelimitedDialect(separator: "→")) == [["a", "b", "c"]])
  }

  @Test func refusesBrokenQuotes() throws {
    #expect(throws: DelimitedFileError.charactersAfterQuote(position: 10, text: "x\"y")) {
      try records("a,b\n1,\"x\"y\n2,z\n", size: 4)
    }
    #expect(throws: DelimitedFileError.missingEndQuote(position: 21)) {
      try records("a,b\n1,x\n2,\"open\n3,z\n", size: 4)
    }
  }
}
