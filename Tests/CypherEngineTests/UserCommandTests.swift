import CypherEngine
import Diagnostics
import GraphValues
import QuerySession
import Testing

@Suite struct UserCommandTests {
  @Test func aUserLogsInAndChangesThePassword() async throws {
    let administration = try Administration()
    let owner = try administration.session("system")
    #expect(try !administration.engine.users.hasUsers)
    #expect(try await owner.updates("CREATE USER alice SET PASSWORD 'first one'") == 1)
    #expect(try administration.engine.users.hasUsers)
    #expect(try administration.authenticated("alice", "first two") == nil)
    #expect(try administration.authenticated("bob", "first one") == nil)
    #expect(try administration.authenticated("neo4j", "") == nil)
    let user = try administration.authenticated("alice", "first one")
    #expect(user == AuthenticatedUser(name: "alice", mustChangePassword: true))

    let session = try administration.session(user: user)
    #expect(session.identity.user == "alice")
    for refused in ["RETURN 1", "SHOW DATABASES", "EXPLAIN RETURN 1", "CREATE (:N)"] {
      #expect(await session.outcome(refused) == "Security.CredentialsExpired")
    }
    #expect(
      await session.outcome("ALTER CURRENT USER SET PASSWORD FROM 'nope' TO 'second one'")
        == "Statement.ArgumentError")
    try await session.rows("ALTER CURRENT USER SET PASSWORD FROM 'first one' TO 'second one'")
    #expect(try await session.rows("RETURN 1") == [["1"]])
    #expect(
      try await session.rows("SHOW CURRENT USER YIELD user, passwordChangeRequired")
        == [["'alice'", "false"]])
    #expect(try await session.rows("CALL dbms.showCurrentUser() YIELD username") == [["'alice'"]])
    #expect(try administration.authenticated("alice", "first one") == nil)
    #expect(try administration.authenticated("alice", "second one")?.mustChangePassword == false)
  }

  @Test func passwordsAreNotStored() async throws {
    let administration = try Administration()
    let owner = try administration.session("system")
    try await owner.rows("CREATE USER alice SET PASSWORD 'in the clear'")
    try await owner.rows("CREATE USER bob SET ENCRYPTED PASSWORD 'r:drowssap'")
    #expect(try administration.authenticated("bob", "password")?.name == "bob")
    let shown = try await owner.rows("SHOW USERS WITH AUTH YIELD * RETURN *")
    #expect(!"\(shown)".contains("clear") && !"\(shown)".contains("raelc"))
  }

  @Test(arguments: [
    ("CREATE USER bob SET PASSWORD 'abcd1234'", "Statement.NotSupported"),
    ("ALTER USER neo4j SET PASSWORD 'abcd1234'", "Statement.NotSupported"),
    ("ALTER CURRENT USER SET PASSWORD FROM 'abcd1234' TO 'abcd12345'", "Statement.NotSupported"),
    ("ALTER USER neo4j SET PASSWORD CHANGE REQUIRED", "[]"),
    ("DROP USER bob IF EXISTS", "[]"),
  ])
  func withoutHashingNoPasswordIsTaken(statement: String, outcome: String) async throws {
    let session = try Administration(hashesPasswords: false).session("system")
    #expect(await session.outcome(statement) == outcome)
  }

  @Test func theHomeDatabaseIsTheOneWithoutAName() async throws {
    let administration = try Administration()
    let owner = try administration.session("system")
    try await owner.rows("CREATE DATABASE films")
    try await owner.rows(
      "CREATE USER alice SET PASSWORD 'abcd1234' CHANGE NOT REQUIRED SET HOME DATABASE films")
    let user = try administration.authenticated("alice", "abcd1234")
    let session = try administration.session(user: user)
    #expect(session.database == "films")
    #expect(try await session.rows("SHOW HOME DATABASE YIELD name") == [["'films'"]])
    try await session.use(database: "neo4j")
    try await session.use(database: "")
    #expect(session.database == "films")
    try await owner.rows("ALTER USER alice REMOVE HOME DATABASE")
    #expect(try administration.session(user: user).database == "neo4j")
  }

  @Test func aUserMayDropOthersButNotThemselves() async throws {
    let administration = try Administration()
    let owner = try administration.session("system")
    try await owner.rows("CREATE USER alice SET PASSWORD 'abcd1234' CHANGE NOT REQUIRED")
    let alice = try administration.session(
      "system", user: try administration.authenticated("alice", "abcd1234"))
    #expect(await alice.outcome("DROP USER alice") == "Statement.ArgumentError")
    #expect(
      await alice.outcome("CREATE OR REPLACE USER alice SET PASSWORD 'abcd1234'")
        == "Statement.ArgumentError")
    #expect(try await alice.updates("RENAME USER neo4j TO trinity") == 1)
    #expect(try await alice.updates("DROP USER trinity") == 1)
    #expect(try await alice.rows("SHOW USERS YIELD user") == [["'alice'"]])
  }

  @Test func theBookmarkOfACommandThatChangesNothingIsReached() async throws {
    let administration = try Administration()
    let session = try administration.session("system")
    for statement in ["DROP USER nobody IF EXISTS", "DROP DATABASE nowhere IF EXISTS"] {
      try await session.rows(statement)
      // An engine that waited for it would wait for ever.
      try await session.begin(
        TransactionOptions(timeoutMilliseconds: 1_000, bookmarks: session.bookmarks))
      try await session.rollback()
    }
  }

  @Test func aClientWhoseUserIsDroppedIsOutAtItsNextRequest() async throws {
    let administration = try Administration()
    let owner = try administration.session("system")
    try await owner.rows("CREATE USER alice SET PASSWORD 'abcd1234' CHANGE NOT REQUIRED")
    let alice = try administration.authenticated("alice", "abcd1234")
    let connection = ServedConnection(
      id: "bolt-1", address: "127.0.0.1:5000", serverAddress: "127.0.0.1:7687", protocolName: "bolt"
    )
    func session() throws(Failure) -> EmbeddedSession {
      try administration.engine.session(user: alice, connection: connection)
    }
    let (idle, open, elsewhere) = (try session(), try session(), try session())
    try await idle.rows("RETURN 1")
    try await open.begin()
    try await open.rows("CREATE (:Lost)")
    try await elsewhere.rows("SHOW DATABASES")
    try await owner.rows("CREATE USER bob SET PASSWORD 'abcd1234'")
    #expect(await idle.outcome("RETURN 1") == "[[\"1\"]]")
    try await owner.rows("DROP USER alice")
    for session in [idle, elsewhere, open] {
      #expect(await session.outcome("RETURN 1") == "Security.AuthorizationExpired")
    }
    #expect(await elsewhere.outcome("SHOW DATABASES") == "Security.AuthorizationExpired")
    #expect(!open.isInTransaction)
    #expect(throws: Failure.self) { _ = try session() }
    // The writer's place is free.
    #expect(try await administration.session().rows("CREATE (n) RETURN labels(n)") == [["[]"]])
  }

  @Test func theServerSetsAFirstPassword() throws {
    let administration = try Administration()
    try administration.engine.users.setPassword(
      Array("neo4j".utf8), of: "neo4j", mustChange: true)
    #expect(try administration.authenticated("neo4j", "neo4j")?.mustChangePassword == true)
  }
}
