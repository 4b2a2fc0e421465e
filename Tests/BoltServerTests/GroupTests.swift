import Bolt
import GraphValues
import Synchronization
import Testing

@testable import BoltServer

/// Statements that are made durable together, and what the client hears of it.
@Suite struct GroupTests {
  private func creations(_ count: Int) -> [ClientMessage] {
    (0..<count).flatMap { _ in [.run("CREATE"), .pullAll] }
  }

  @Test("pipelined writes are made durable together")
  func together() async throws {
    let server = try TestServer()
    let client = try server.up()
    try client.send(client.encoded(creations(50)))
    #expect(try client.replies(100).allSuccesses)
    #expect(server.service.nodes == 50)
    #expect(server.service.state.withLock { $0.syncs } < 50)
    await server.stop()
  }

  @Test("a statement that is committed by itself has its RUN answered once")
  func alone() async throws {
    let server = try TestServer()
    let client = try server.up()
    for _ in 0..<3 {
      try client.send(.run("ALONE"), .pullAll)
      let replies = try client.replies(2)
      #expect(replies.allSuccesses)
      #expect(replies[0].metadata?.list("fields")?.count == 1)
    }
    // Behind one that is held there is nothing to be told early.
    try client.send(.run("CREATE"), .pullAll, .run("ALONE"), .pullAll, .run("COUNT"), .pullAll)
    #expect(try client.replies(7).last?.isSuccess == true)
    #expect(server.service.nodes == 5)
    await server.stop()
  }

  @Test("a commit that fails after RUN was answered is the failure of PULL")
  func aloneAndLost() async throws {
    let server = try TestServer()
    server.service.state.withLock { $0.failsSync = true }
    let client = try server.up()
    try client.send(.run("ALONE"), .pullAll)
    let replies = try client.replies(2)
    #expect(replies[0].isSuccess)
    #expect(replies[1].code == "DatabaseError.Transaction.TransactionCommitFailed")
    try client.send(.run("COUNT"), .pullAll)
    #expect(try client.replies(2).allIgnored)
    server.service.state.withLock { $0.failsSync = false }
    try client.send(.reset, .run("ALONE"), .pullAll)
    #expect(try client.replies(3).allSuccesses)
    #expect(server.service.nodes == 1)
    await server.stop()
  }

  @Test("when the group is lost its first request has failed and the others are ignored")
  func lost() async throws {
    let server = try TestServer()
    server.service.state.withLock { $0.failsSync = true }
    let client = try server.up()
    try client.send(client.encoded(creations(5)))
    let replies = try client.replies(10)
    #expect(replies[0].code == "DatabaseError.Transaction.TransactionCommitFailed")
    #expect(replies[1...9].allIgnored)
    #expect(server.service.nodes == 0)
    server.service.state.withLock { $0.failsSync = false }
    try client.send(client.encoded([.reset] + creations(1)))
    #expect(try client.replies(3).allSuccesses)
    #expect(server.service.nodes == 1)
    await server.stop()
  }

  @Test("a failure behind writes leaves them standing")
  func failureBehind() async throws {
    let server = try TestServer()
    let client = try server.up()
    try client.send(
      client.encoded(creations(3) + [.run("OOPS"), .pullAll, .run("CREATE"), .pullAll]))
    let replies = try client.replies(10)
    #expect(replies[0..<6].allSuccesses)
    #expect(replies[6].code == "ClientError.Statement.SyntaxError")
    #expect(replies[7...9].allIgnored)
    #expect(server.service.nodes == 3)
    await server.stop()
  }

  @Test("a failure behind a lost group is ignored itself")
  func failureBehindLost() async throws {
    let server = try TestServer()
    server.service.state.withLock { $0.failsSync = true }
    let client = try server.up()
    try client.send(.run("CREATE"), .pullAll, .run("OOPS"), .pullAll, .begin)
    let replies = try client.replies(5)
    #expect(replies[0].code == "DatabaseError.Transaction.TransactionCommitFailed")
    #expect(replies[1...4].allIgnored)
    await server.stop()
  }

  @Test("BEGIN behind writes finds them durable")
  func beginBehind() async throws {
    let server = try TestServer()
    let client = try server.up()
    try client.send(.run("CREATE"), .pullAll, .begin, .run("COUNT"), .pullAll, .commit)
    #expect(try client.replies(4).allSuccesses)
    #expect(try client.answer().compactMap(\.integer) == [1])
    #expect(try client.reply().isSuccess)
    await server.stop()
  }
}
