import Bolt
import Diagnostics
import GraphValues
import QuerySession
import ServerKit
import Synchronization
import Testing

@testable import BoltClient

@Suite struct FailureTests {
  private static func failed(_ metadata: Sample) -> Step { .server(.failure(metadata.map)) }

  /// Runs one statement that fails, and tells how.
  private func failureOf(
    _ answer: [Step], reset: [Step] = [.client("RESET"), .success()]
  ) async throws -> Failure? {
    let server = try ScriptedServer(
      .ready() + [.client("RUN q …"), .client("PULL …")] + answer + reset
        + .statement("RETURN 1") + .goodbye)
    let session = try await session(on: server)
    let error = await failure { () throws(Failure) in
      _ = try await session.run(StatementRequest("q")).rows()
    }
    #expect(try await session.run(StatementRequest("RETURN 1")).rows() == ["1"])
    await session.close()
    server.check()
    return error
  }

  @Test func showsTheFirstOfTwoFailures() async throws {
    let error = try await failureOf([
      .failure("Neo.ClientError.Statement.SyntaxError", "first"),
      .failure("Neo.ClientError.Request.Invalid", "second"),
    ])
    #expect(error?.message == "first")
  }

  @Test(
    arguments: [
      (["code": "66"], "66", ""), (["code": "SyntaxError", "message": "m"], "SyntaxError", "m"),
      ([:], "", ""),
      (
        ["neo4j_code": "Neo.TransientError.Transaction.Terminated", "message": "m"],
        "Neo.ClientError.Transaction.Terminated", "m"
      ),
    ] as [(Sample, String, String)])
  func showsWhatThereIs(metadata: Sample, code: String, message: String) async throws {
    let error = try await failureOf([Self.failed(metadata), .ignored])
    #expect(error?.code == code)
    #expect(error?.message == message)
  }

  @Test func showsAChainOfCausesWithRubbishBetween() async throws {
    var cause: Sample = [
      "gql_status": "42N10", "message": "42N10: text", "description": "error: d",
    ]
    for number in 1..<10 {
      cause = [
        "gql_status": Sample(stringLiteral: "42N0\(number)"), "message": 7,
        "description": "error: d", "diagnostic_record": ["_position": "here", "OPERATION": 1],
        "cause": cause,
      ]
    }
    let error = try await failureOf([
      Self.failed([
        "neo4j_code": "a.b.c.d", "message": "m", "gql_status": "42001", "description": "error: x",
        "diagnostic_record": 5, "cause": cause,
      ]), .ignored,
    ])
    #expect(error?.causes.count == 10)
    #expect(error?.causes.last?.message == "text")
  }

  @Test func handsOutRowsThatCameBeforeAFailure() async throws {
    let server = try ScriptedServer(
      .ready() + [
        .client("RUN q …"), .client("PULL …"), .success(["fields": ["x"]]), .record(1), .record(2),
        .failure("Neo.ClientError.Statement.ArithmeticError", "/ by zero"), .client("RESET"),
        .success(),
      ] + .goodbye)
    let session = try await session(on: server)
    let result = try await session.run(StatementRequest("q"))
    var count = 0
    let error = await failure { () throws(Failure) in
      while let batch = try await result.next() { count += batch.count }
    }
    #expect(count == 2)
    #expect(error?.message == "/ by zero")
    await session.close()
    server.check()
  }

  @Test(
    arguments: [
      [.success()], [.success(["fields": "x"])],
      [.success(["fields": ["x"]]), .record(1, 2)], [.success(["fields": ["x"]]), .record()],
      [.record(1)], [.success(["fields": ["x"]]), .success(), .success()],
      [.message([0xB1, 0x55, 0x01], chunk: 9)], [.message([0x01], chunk: 9)],
      [.success(["fields": ["x"]]), .message([0xB1, 0x71, 0x91, 0xC4], chunk: 9)],
      [
        .success(["fields": ["x"]]),
        .message([0xB1, 0x71, 0xD6, 0x7F, 0xFF, 0xFF, 0xFF], chunk: 9),
      ],
    ] as [[Step]])
  func closesWhereTheServerBreaksTheProtocol(answer: [Step]) async throws {
    let server = try ScriptedServer([
      .ready() + [.client("RUN q …"), .client("PULL …")] + answer,
      .login() + .statement("RETURN 1") + .goodbye,
    ])
    let session = try await session(on: server)
    let error = await failure { () throws(Failure) in
      let result = try await session.run(StatementRequest("q"))
      _ = try await result.rows()
      // A reply too many is noticed with the next statement.
      _ = try await session.run(StatementRequest("r")).rows()
    }
    #expect(error?.code == "ServiceUnavailable")
    #expect(error?.message.contains("protocol") == true, "\(error?.message ?? "")")
    #expect(try await session.run(StatementRequest("RETURN 1")).rows() == ["1"])
    await session.close()
    server.check()
  }

  /// The second field of the third record is cut off, or a field is missing.
  @Test(arguments: [[0xB1, 0x71, 0x92, 0x03, 0x82], [0xB1, 0x71, 0x91, 0x03]] as [[UInt8]])
  func handsOutRowsThatCameBeforeOneThatMakesNoSense(bad: [UInt8]) async throws {
    let server = try ScriptedServer(
      .ready() + [
        .client("RUN q …"), .client("PULL …"),
        // All in one piece.
        .success(["fields": ["x", "y"]]), .record(1, "a"), .record(2, "b"),
        .message(bad, chunk: 99), .record(4, "d"), .success(),
      ])
    let session = try await session(on: server)
    let result = try await session.run(StatementRequest("q"))
    var columns: [[String]] = [[], []]
    let error = await failure { () throws(Failure) in
      while let batch = try await result.next() {
        for (place, values) in batch.columns.enumerated() {
          columns[place] += values.map { Sample.text($0) }
        }
      }
    }
    #expect(columns == [["1", "2"], ["'a'", "'b'"]])
    #expect(error?.message.contains("protocol") == true, "\(error?.message ?? "")")
    await session.close()
    server.check()
  }

  @Test func placeholdersStandForWhatCannotBeShown() async throws {
    // An unknown structure, a path that leads nowhere, a date beyond all calendars, then a number.
    let record: [UInt8] = [
      0xB1, 0x71, 0x94, 0xB1, 0x5A, 0x01, 0xB3, 0x50, 0x90, 0x90, 0x90, 0xB1, 0x44, 0xCB, 0x7F,
      0xFF,
      0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x07,
    ]
    let server = try ScriptedServer(
      .ready() + [
        .client("RUN q …"), .client("PULL …"), .success(["fields": ["a", "b", "c", "d"]]),
        .message(record, chunk: 3), .success(),
      ] + .goodbye)
    let session = try await session(on: server)
    let rows = try await session.run(StatementRequest("q")).rows()
    #expect(
      rows == ["'<unsupported 5A>' | '<path with steps that lead nowhere>' | '<invalid 44>' | 7"])
    await session.close()
    server.check()
  }

  @Test(arguments: [false, true])
  func toleratesANullBehindPoints(isLast: Bool) async throws {
    let point: [UInt8] =
      [0xB3, 0x58, 0xC9, 0x1C, 0x23, 0xC1, 0x3F, 0xF0, 0, 0, 0, 0, 0, 0]
      + [0xC1, 0x40, 0, 0, 0, 0, 0, 0, 0, 0xC0]
    let values: [UInt8] = isLast ? [0x05] + point : point + [0x05]
    let server = try ScriptedServer(
      .ready() + [
        .client("RUN q …"), .client("PULL …"), .success(["fields": ["a", "b"]]),
        .message([0xB1, 0x71, 0x92] + values, chunk: 99),
        .message([0xB1, 0x71, 0x92] + values, chunk: 99), .success(),
      ] + .goodbye)
    let session = try await session(on: server)
    let result = try await session.run(StatementRequest("q"))
    let columns = try await result.allColumns()
    let points = columns[isLast ? 1 : 0].map { value in
      if case .point(let point) = value { point.y } else { 0.0 }
    }
    #expect(points == [2, 2])
    #expect(columns[isLast ? 0 : 1].map { Sample.text($0) } == ["5", "5"])
    await session.close()
    server.check()
  }

  @Test func signsOfLifeAndSmallChunksChangeNothing() async throws {
    let server = try ScriptedServer(
      .ready() + [
        .client("RUN q …"), .client("PULL …"), .send([0, 0, 0, 0]),
        .chunked(.success((["fields": ["x"]] as Sample).map), 1), .send([0, 0]), .record("abc"),
        .send([0, 0]), .chunked(.record([.string("def")]), 2), .send([0, 0]), .success(),
        .send([0, 0]),
      ] + .statement("RETURN 1") + .goodbye)
    let session = try await session(on: server)
    #expect(try await session.run(StatementRequest("q")).rows() == ["'abc'", "'def'"])
    #expect(try await session.run(StatementRequest("RETURN 1")).rows() == ["1"])
    await session.close()
    server.check()
  }
}
