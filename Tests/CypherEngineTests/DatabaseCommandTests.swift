import CypherEngine
import Foundation
import GraphValues
import QuerySession
import Testing

@Suite struct DatabaseCommandTests {
  @Test func aDatabaseIsCreatedUsedAndDropped() async throws {
    let administration = try Administration()
    let system = try administration.session("system")
    #expect(try await system.updates("CREATE DATABASE Films") == 1)
    let films = try administration.session("FILMS")
    try await films.rows("CREATE (:Film {title: 'Alien'})")
    #expect(try await films.rows("MATCH (f:Film) RETURN f.title") == [["'Alien'"]])
    let neo4j = try administration.session()
    #expect(try await neo4j.rows("MATCH (f:Film) RETURN f.title") == [])
    #expect(
      try await neo4j.rows("USE films MATCH (f:Film) RETURN f.title") == [["'Alien'"]])
    #expect(
      try await neo4j.rows("SHOW DATABASES YIELD name") == [["'films'"], ["'neo4j'"], ["'system'"]])
    #expect(try await neo4j.updates("DROP DATABASE films") == 1)
    #expect(await films.outcome("RETURN 1") == "Database.DatabaseNotFound")
    #expect(await neo4j.outcome("USE films RETURN 1") == "Database.DatabaseNotFound")
    #expect(throws: (any Error).self) { try administration.session("films") }
  }

  @Test(arguments: [
    ("CREATE DATABASE neo4j", "Database.ExistingDatabaseFound"),
    ("CREATE DATABASE neo4j IF NOT EXISTS", "[]"),
    ("CREATE DATABASE ab", "Statement.ArgumentError"),
    ("CREATE DATABASE `\(String(repeating: "a", count: 64))`", "Statement.ArgumentError"),
    ("CREATE DATABASE bad_name", "Statement.ArgumentError"),
    ("CREATE DATABASE systems", "Statement.ArgumentError"),
    ("CREATE DATABASE `../etc`", "Statement.ArgumentError"),
    ("CREATE DATABASE `-abc`", "Statement.ArgumentError"),
    ("CREATE DATABASE `abc.`", "Statement.ArgumentError"),
    ("CREATE DATABASE `1abc.d-e`", "[]"),
    ("CREATE DATABASE abc OPTIONS {nosuch: 1}", "Statement.ArgumentError"),
    ("CREATE DATABASE abc OPTIONS {existingData: 'use'}", "[]"),
    ("CREATE DATABASE abc TOPOLOGY 1 PRIMARY", "Statement.UnsupportedAdministrationCommand"),
    (
      "CREATE DATABASE abc TOPOLOGY 3 PRIMARIES 2 SECONDARIES",
      "Statement.UnsupportedAdministrationCommand"
    ),
    ("DROP DATABASE nosuch", "Database.DatabaseNotFound"),
    ("DROP DATABASE nosuch IF EXISTS", "[]"),
    ("DROP DATABASE system", "Statement.ArgumentError"),
    ("START DATABASE nosuch", "Database.DatabaseNotFound"),
    ("STOP DATABASE nosuch", "Database.DatabaseNotFound"),
    ("STOP DATABASE system", "Statement.ArgumentError"),
    ("ALTER DATABASE system SET ACCESS READ ONLY", "Statement.ArgumentError"),
    ("ALTER DATABASE nosuch SET ACCESS READ ONLY", "Database.DatabaseNotFound"),
    ("ALTER DATABASE nosuch IF EXISTS SET ACCESS READ ONLY", "[]"),
    ("CREATE DATABASE abc WAIT", "[['localhost:7687', 'CaughtUp', 'caught up', true]]"),
    ("CYPHER 25 CREATE DATABASE abc WAIT", "[]"),
    ("MATCH (n) RETURN n", "Statement.SemanticError"),
    ("SHOW INDEXES", "Statement.SemanticError"),
    ("CREATE INDEX FOR (n:L) ON (n.p)", "Statement.SemanticError"),
    ("CALL db.ping()", "[[true]]"),
  ])
  func answersAreTheCommands(statement: String, outcome: String) async throws {
    let session = try Administration().session("system")
    let got = await session.outcome(statement).filter { $0 != "\"" && $0 != "\\" }
    #expect(got == outcome)
  }

  @Test func aStoppedDatabaseRefusesUntilItIsStarted() async throws {
    let administration = try Administration()
    let system = try administration.session("system")
    try await system.rows("CREATE DATABASE films")
    let open = try administration.session("films")
    try await open.rows("CREATE (:Film)")
    try await open.begin()
    #expect(try await system.updates("STOP DATABASE films") == 1)
    #expect(try await system.updates("STOP DATABASE films") == 0)
    #expect(await open.outcome("RETURN 1") == "General.DatabaseUnavailable")
    #expect(!open.isInTransaction)
    #expect(throws: (any Error).self) { try administration.session("films") }
    #expect(
      try await system.rows("SHOW DATABASE films YIELD currentStatus") == [["'offline'"]])
    #expect(try await system.updates("START DATABASE films") == 1)
    #expect(try await open.rows("MATCH (f:Film) RETURN count(f)") == [["1"]])
  }

  @Test func aReadOnlyDatabaseIsOnlyRead() async throws {
    let session = try Administration().session()
    try await session.rows("CREATE (:Film)")
    try await session.rows("ALTER DATABASE neo4j SET ACCESS READ ONLY")
    for write in ["CREATE (:Film)", "CREATE INDEX FOR (f:Film) ON (f.title)"] {
      #expect(await session.outcome(write) == "General.ForbiddenOnReadOnlyDatabase")
    }
    #expect(try await session.rows("MATCH (f:Film) RETURN count(f)") == [["1"]])
    try await session.rows("ALTER DATABASE neo4j SET ACCESS READ WRITE")
    try await session.rows("CREATE (:Film)")
  }

  @Test func statementsAreInTheDatabasesLanguage() async throws {
    let session = try Administration().session()
    #expect(await session.outcome("RETURN 1 AS x NEXT RETURN x") == "Statement.SyntaxError")
    #expect(try await session.updates("ALTER DATABASE neo4j SET DEFAULT LANGUAGE CYPHER 25") == 1)
    #expect(
      try await session.rows("SHOW DATABASE neo4j YIELD defaultLanguage") == [["'CYPHER 25'"]])
    #expect(try await session.rows("RETURN 1 AS x NEXT RETURN x") == [["1"]])
  }

  @Test func replacingMakesAnEmptyDatabase() async throws {
    let administration = try Administration()
    let system = try administration.session("system")
    #expect(try await system.updates("CREATE OR REPLACE DATABASE films") == 1)
    try await administration.session("films").rows("CREATE (:Film)")
    #expect(try await system.updates("CREATE OR REPLACE DATABASE films") == 2)
    let films = try administration.session("films")
    #expect(try await films.rows("MATCH (f) RETURN count(f)") == [["0"]])
  }

  @Test func sessionsFollowADatabaseThatIsReplaced() async throws {
    let administration = try Administration()
    let (here, there) = (try administration.session(), try administration.session("neo4j"))
    try await here.rows("CREATE (:Film)")
    #expect(try await there.rows("MATCH (f) RETURN count(f)") == [["1"]])
    try await here.rows("CREATE OR REPLACE DATABASE neo4j")
    for session in [here, there] {
      #expect(try await session.rows("MATCH (f) RETURN count(f)") == [["0"]])
      try await session.rows("USE neo4j CREATE (f:Film) DELETE f")
    }
    try await there.begin()
    #expect(try await there.rows("MATCH (f) RETURN count(f)") == [["0"]])
    try await here.rows("CREATE OR REPLACE DATABASE neo4j")
    #expect(await there.outcome("RETURN 1") == "Database.DatabaseNotFound")
    #expect(try await there.rows("RETURN 1") == [["1"]])
    try await here.rows("CREATE DATABASE films")
    for _ in 1...2 {
      try await here.rows("USE films CREATE (:Film)")
      #expect(try await here.rows("USE films MATCH (f) RETURN count(f)") == [["1"]])
      try await here.rows("CREATE OR REPLACE DATABASE films")
    }
    try await here.rows("DROP DATABASE films")
    #expect(await here.outcome("USE films RETURN 1") == "Database.DatabaseNotFound")
  }

  @Test func groupedStatementsOnADatabaseThatIsReplacedGoWithIt() async throws {
    let session = try Administration().session()
    for text in ["CREATE (:Film)", "CREATE OR REPLACE DATABASE neo4j", "CREATE (:Star)"] {
      _ = try await session.run(StatementRequest(text, isGrouped: true)).summary()
    }
    try await session.sync()
    #expect(try await session.rows("MATCH (n) RETURN labels(n)") == [["['Star']"]])
  }

  @Test func commandsAreRolledBackWithTheirTransaction() async throws {
    let administration = try Administration()
    let system = try administration.session("system")
    try await system.begin()
    try await system.rows("CREATE DATABASE films")
    #expect(try await system.rows("SHOW DATABASE films YIELD name") == [["'films'"]])
    try await system.rollback()
    #expect(try await system.rows("SHOW DATABASE films YIELD name") == [])
    // Begun on another database it goes on on `system`, and is undone there as well.
    let neo4j = try administration.session()
    try await neo4j.begin()
    try await neo4j.rows("CREATE DATABASE films")
    #expect(try await neo4j.rows("SHOW DATABASE films YIELD name") == [["'films'"]])
    #expect(try await system.rows("SHOW DATABASE films YIELD name") == [])
    try await neo4j.rollback()
    #expect(try await system.rows("SHOW DATABASE films YIELD name") == [])
    try await neo4j.begin()
    try await neo4j.rows("CREATE DATABASE films")
    try await neo4j.commit()
    #expect(try await system.rows("SHOW DATABASE films YIELD name") == [["'films'"]])
    try await neo4j.begin()
    try await neo4j.rows("CREATE (:Film)")
    #expect(await neo4j.outcome("DROP DATABASE films") == "Statement.AccessMode")
  }

  @Test func filesGoWithTheDatabaseAndADumpStays() async throws {
    let directory = FileManager.default.temporaryDirectory.path + "/nacre-\(UUID())"
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let administration = try Administration(directory: directory)
    let system = try administration.session("system")
    try await system.rows("CREATE DATABASE films")
    try await administration.session("films").rows("CREATE (:Film)")
    func entries() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: directory).map {
        String($0.prefix { $0 != "." })
      }.sorted()
    }
    #expect(try entries() == ["films", "system"])
    try await system.rows("DROP DATABASE films DUMP DATA")
    #expect(try entries() == ["dumps", "system"])
  }

  @Test func anotherEngineOnTheDirectorySeesChanges() async throws {
    let directory = FileManager.default.temporaryDirectory.path + "/nacre-\(UUID())"
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let first = try Administration(directory: directory)
    let second = try Administration(directory: directory)
    let here = try first.session("system")
    try await here.rows("CREATE DATABASE films")
    let there = try second.session("films")
    try await there.rows("CREATE (:Film)")
    try await here.rows("STOP DATABASE films")
    #expect(await there.outcome("RETURN 1") == "General.DatabaseUnavailable")
    try await here.rows("DROP DATABASE films")
    #expect(await there.outcome("RETURN 1") == "Database.DatabaseNotFound")
  }

  @Test func groupedStatementsOnOtherDatabasesAreDurableAfterTheSync() async throws {
    let administration = try Administration()
    let session = try administration.session()
    try await session.rows("CREATE DATABASE films")
    let request = StatementRequest("USE films CREATE (:Film)", isGrouped: true)
    let result = try await session.run(request)
    _ = try await result.summary()
    try await session.sync()
    let films = try administration.session("films")
    #expect(try await films.rows("MATCH (f:Film) RETURN count(f)") == [["1"]])
  }

  @Test func bookmarksOfOtherDatabasesDoNotConcernADatabase() async throws {
    let administration = try Administration()
    let first = try administration.session()
    try await first.rows("CREATE (:N)")
    try await first.rows("CREATE DATABASE films")
    let films = try administration.session("films")
    try await films.rows("CREATE (:Film)")
    let all = TransactionOptions(bookmarks: first.bookmarks + films.bookmarks)
    #expect(all.bookmarks.count == 2)
    for session in [first, films, try administration.session("system")] {
      try await session.begin(all)
      try await session.rollback()
    }
    // Nor do those of a database that is gone.
    try await first.rows("DROP DATABASE films")
    try await first.begin(all)
    try await first.rollback()
  }

  @Test func anAliasStandsForItsDatabase() async throws {
    let administration = try Administration()
    let session = try administration.session()
    try await session.rows("CREATE DATABASE films")
    try await session.rows("CREATE ALIAS movies FOR DATABASE films")
    #expect(await session.outcome("CREATE DATABASE movies") == "Database.ExistingDatabaseFound")
    #expect(try administration.session("Movies").database == "films")
    #expect(
      try await session.rows("SHOW DATABASE movies YIELD name, aliases")
        == [["'films'", "['movies']"]])
    #expect(
      try await session.rows("SHOW ALIASES FOR DATABASE YIELD name, database, location")
        == [["'movies'", "'films'", "'local'"]])
    #expect(await session.outcome("DROP DATABASE films") == "Statement.ArgumentError")
    try await session.rows("ALTER ALIAS movies SET DATABASE TARGET neo4j")
    #expect(try administration.session("movies").database == "neo4j")
    try await session.rows("ALTER ALIAS movies SET DATABASE TARGET films")
    try await session.rows("DROP DATABASE films CASCADE ALIASES")
    #expect(await session.outcome("DROP ALIAS movies FOR DATABASE") == "Database.DatabaseNotFound")
    try await session.rows("DROP ALIAS movies IF EXISTS FOR DATABASE")
  }
}
