import Foundation
import Testing

/// The examples that come with the program.
@Suite struct ExampleTests {
  private static let examples = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "examples").path

  @Test func filmsLoadTheSameFromFileAndInput() throws {
    let script = try String(contentsOfFile: Self.examples + "/movies.cypher", encoding: .utf8)
    let question = """
      MATCH (n) WITH count(n) AS nodes
      MATCH (p:Person)-[r]->(f:Film) RETURN nodes, count(r) AS links, sum(f.released) AS years
      """
    var answers: Set<String> = []
    for way in ["file", "input", "windows"] {
      let home = try TemporaryFolder()
      let windows = script.replacingOccurrences(of: "\n", with: "\r\n")
      let outcome =
        switch way {
        case "file": try Program.run(["-f", Self.examples + "/movies.cypher"], home: home)
        case "input": try Program.run([], input: script, home: home)
        default: try Program.run([], input: windows, home: home)
        }
      #expect(outcome.status == 0, "\(way): \(outcome.error)")
      answers.insert(try Program.run([question], home: home).out)
    }
    #expect(answers.count == 1)
    let numbers = answers.first?.split(separator: "\n").last?.split(separator: ", ") ?? []
    #expect((numbers.first.flatMap { Int($0) } ?? 0) >= 150)
  }

  @Test func queriesOfFilmsAnswer() throws {
    let home = try TemporaryFolder()
    _ = try Program.run(["-f", Self.examples + "/movies.cypher"], home: home)
    let answers = try Program.run(["-f", Self.examples + "/films.cypher"], home: home)
    #expect(answers.status == 0, "\(answers.error)")
    #expect(answers.out.contains("Ingmar Bergman"))
  }

  /// MERGE hands its new rows to an operator that numbers rows in a hidden slot.
  @Test func mergedRowsFeedNestedPlans() throws {
    let home = try TemporaryFolder()
    let outcome = try Program.run(
      [
        """
        UNWIND range(1, 3) AS i CREATE (:F {t: i});
        MERGE (g:G {n: 1}) WITH g MATCH (f:F) WHERE f.t IN [1, 2] MERGE (f)-[:OF]->(g);
        FOREACH (x IN [1, 2] | MERGE (h:H {n: x}) MERGE (h)-[:TO]->(:K {n: x}));
        MATCH ()-[r]->() RETURN type(r) AS t, count(*) AS c ORDER BY t;
        """
      ], home: home)
    #expect(outcome.out == "t, c\n\"OF\", 2\n\"TO\", 2\n", "\(outcome.error)")
  }
}
