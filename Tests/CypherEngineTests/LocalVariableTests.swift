import Testing

/// Variables of comprehensions, quantifiers and `reduce` hide those of the same name around them.
@Suite struct LocalVariableTests {
  @Test(arguments: [
    ("WITH [1] AS r WITH * WHERE none(r IN [{x: 2}] WHERE r.x = 1) RETURN r", [["[1]"]]),
    (
      "UNWIND [3, 1, 2] AS r RETURN r ORDER BY [r IN [-r] | r][0]",
      [["3"], ["2"], ["1"]]
    ),
    (
      "WITH [1] AS r WITH DISTINCT r ORDER BY reduce(r = {x: 1}, i IN [1] | {x: r.x + i}).x RETURN r",
      [["[1]"]]
    ),
    (
      "UNWIND [1, 2] AS r RETURN r, count(*) + size([r IN [1, 2] WHERE r = 1]) AS c ORDER BY r",
      [["1", "2"], ["2", "2"]]
    ),
  ]) func hideColumnsThatAProjectionComputed(text: String, rows: [[String]]) async throws {
    #expect(try await Answers().rows(text) == rows)
  }
}
