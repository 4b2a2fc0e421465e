import Diagnostics
import Testing

@Suite struct IndexOptionTests {
  @Test(arguments: [
    ("VECTOR", "indexConfig: {`vector.hnsw.m`: 0}", "'vector.hnsw.m' must be between 1 and 512"),
    ("VECTOR", "indexConfig: {`vector.hnsw.m`: 513}", "'vector.hnsw.m' must be between 1 and 512"),
    (
      "VECTOR", "indexConfig: {`vector.hnsw.ef_construction`: 3201}",
      "'vector.hnsw.ef_construction' must be between 1 and 3200"
    ),
    ("VECTOR", "indexConfig: {`vector.hnsw.m`: 1.5}", "'vector.hnsw.m'. Expected an Integer."),
    (
      "VECTOR", "indexConfig: {`vector.quantization.enabled`: 'x'}",
      "'vector.quantization.enabled'. Expected a Boolean."
    ),
    ("RANGE", "indexConfig: 5", "index config '5'. Expected a map."),
    ("TEXT", "indexProvider: 5", "index provider '5'. Expected String value."),
  ])
  func optionsOfTheWrongKindOrSizeAreRefused(
    kind: String, option: String, message: String
  ) async throws {
    let statement = "CREATE \(kind) INDEX i FOR (n:L) ON (n.p) OPTIONS {\(option)}"
    let answers = try Answers()
    let failure = await #expect(throws: Failure.self) { try await answers.rows(statement) }
    #expect(failure?.code == "Neo.ClientError.General.InvalidArguments")
    #expect(failure?.message.contains(message) == true)
    #expect(try await answers.rows("SHOW INDEXES YIELD name WHERE name = 'i'").isEmpty)
  }

  @Test func optionsWithinBoundsAreTaken() async throws {
    let answers = try Answers()
    try await answers.rows(
      "CREATE VECTOR INDEX i FOR (n:L) ON (n.p) OPTIONS {indexConfig: {`vector.dimensions`: 3, "
        + "`vector.hnsw.m`: 512, `vector.hnsw.ef_construction`: 3200, "
        + "`vector.quantization.enabled`: false}}")
    #expect(try await answers.rows("SHOW VECTOR INDEXES YIELD name") == [["'i'"]])
  }
}
