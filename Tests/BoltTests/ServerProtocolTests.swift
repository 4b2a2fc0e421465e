import Diagnostics
import GraphValues
import Testing

@testable import Bolt

@Suite struct ServerProtocolTests {
  static let run = ClientMessage.run(text: "RETURN 1", parameters: MapValue(), extra: MapValue())
  static let messages: [String: ClientMessage] = [
    "HELLO": .hello(MapValue()), "LOGON": .logon(MapValue()), "LOGOFF": .logoff, "RUN": run,
    "PULL": .pull(StreamDemand()), "DISCARD": .discard(StreamDemand()), "BEGIN": .begin(MapValue()),
    "COMMIT": .commit, "ROLLBACK": .rollback,
    "ROUTE": .route(context: MapValue(), bookmarks: [], extra: MapValue()),
    "TELEMETRY": .telemetry(0), "GOODBYE": .goodbye, "RESET": .reset,
  ]

  /// Plays requests; `!` behind one lets it fail, `+` says that records are left, `^` that a RESET
  /// arrives before the request's turn.
  static func play(_ script: String) -> (answers: String, state: ServerState) {
    var conversation = ServerProtocol(version: BoltVersion(5, 8))
    var answers: [String] = []
    for word in script.split(separator: " ") {
      let name = String(word.filter(\.isLetter))
      guard let message = messages[name] else { continue }
      if word.hasPrefix("^") { _ = conversation.resetArrived() }
      var interrupts = false
      if name == "RESET" {
        interrupts = conversation.isInterrupted || conversation.resetArrived()
      }
      switch conversation.received(message, interrupts: interrupts) {
      case .perform:
        if word.hasSuffix("!") {
          answers.append(conversation.failed(message) ? "FC" : "F")
        } else {
          conversation.succeeded(message, hasMore: word.hasSuffix("+"))
          answers.append("S")
        }
      case .ignore: answers.append("I")
      case .refuse(let failure): answers.append(failure.closes ? "✗" : "F")
      case .close: answers.append("C")
      }
    }
    return (answers.joined(separator: " "), conversation.state)
  }

  @Test(
    arguments: [
      ("HELLO LOGON RUN PULL+ PULL", "S S S S S", .ready),
      ("HELLO LOGON! LOGON", "S FC C", .defunct),
      ("HELLO! HELLO RESET LOGON RUN", "F I I I I", .failed),
      ("HELLO! RESET GOODBYE", "F I C", .defunct), ("HELLO! LOGOFF", "F ✗", .defunct),
      ("RUN", "✗", .defunct), ("HELLO RUN", "S ✗", .defunct), ("HELLO HELLO", "S ✗", .defunct),
      ("HELLO LOGON PULL", "S S ✗", .defunct), ("HELLO LOGON LOGON", "S S ✗", .defunct),
      ("HELLO LOGON COMMIT", "S S ✗", .defunct), ("HELLO LOGON BEGIN BEGIN", "S S S ✗", .defunct),
      ("HELLO LOGON RUN RUN", "S S S ✗", .defunct),
      ("HELLO LOGON BEGIN LOGOFF", "S S S ✗", .defunct),
      ("HELLO LOGON BEGIN RUN RUN PULL PULL COMMIT", "S S S S S S S S", .ready),
      ("HELLO LOGON BEGIN RUN COMMIT", "S S S S S", .ready),
      ("HELLO LOGON BEGIN RUN! COMMIT ROLLBACK RUN", "S S S F I I I", .failed),
      ("HELLO LOGON RUN! PULL RESET RUN PULL", "S S F I S S S", .ready),
      ("HELLO LOGON RUN PULL! PULL RESET", "S S S F I S", .ready),
      ("HELLO LOGON RUN PULL! PULL LOGOFF RESET", "S S S F I ✗ C", .defunct),
      ("HELLO LOGON RUN ^PULL RUN RESET RUN PULL", "S S S I I S S S", .ready),
      ("HELLO LOGON ^LOGOFF LOGON RUN RESET RUN", "S S S S I S S", .streaming),
      ("HELLO LOGON RESET RESET RESET", "S S S S S", .ready),
      ("HELLO RESET", "S ✗", .defunct), ("HELLO LOGON RUN GOODBYE", "S S S C", .defunct),
      ("HELLO LOGON LOGOFF RUN", "S S S ✗", .defunct),
      ("HELLO LOGON LOGOFF RESET RUN", "S S S ✗ C", .defunct),
      ("HELLO LOGON RUN ^LOGOFF RESET RUN", "S S S S ✗ C", .defunct),
      ("HELLO LOGON LOGOFF LOGON! RESET RUN", "S S S FC C C", .defunct),
      ("HELLO LOGON LOGOFF LOGON RESET RUN", "S S S S S S", .streaming),
      ("HELLO LOGON ROUTE TELEMETRY BEGIN TELEMETRY", "S S S S S ✗", .defunct),
      ("HELLO LOGON RUN DISCARD+ PULL", "S S S S S", .ready),
    ] as [(String, String, ServerState)])
  func answersByState(script: String, expected: String, state: ServerState) {
    let played = Self.play(script)
    #expect(played.answers == expected)
    #expect(played.state == state)
  }

  @Test func whoIsNotLoggedOnComesBackFromNoFailure() {
    for script in ["HELLO", "HELLO LOGON LOGOFF"] {
      var conversation = ServerProtocol(version: BoltVersion(5, 8))
      for name in script.split(separator: " ") {
        guard let message = Self.messages[String(name)] else { continue }
        _ = conversation.received(message)
        conversation.succeeded(message)
      }
      let closes = conversation.failed(nil)
      #expect(closes)
      #expect(conversation.state == .defunct)
    }
  }

  @Test func failuresNameMessageAndState() {
    var conversation = ServerProtocol(version: BoltVersion(5, 8))
    guard case .refuse(let refusal) = conversation.received(Self.run) else {
      Issue.record("not refused")
      return
    }
    #expect(
      refusal.failure?.message
        == "Message of type RunMessage cannot be handled by a session in the NEGOTIATION state.")
    #expect(refusal.failure?.causes.map(\.gqlStatus) == ["08N10"])
  }

  @Test func aClientAsksForOneResetAFailure() {
    var expected = ClientProtocol<String>()
    for name in ["RUN", "PULL", "RUN", "PULL"] { expected.sent(name) }
    guard
      case .failure(let first)? = expected.summary(.failure(needsReset: false), isReset: false)?
        .reply,
      case .failure(let second)? = expected.summary(.failure(needsReset: false), isReset: false)?
        .reply
    else {
      Issue.record("no failure")
      return
    }
    #expect(first)
    #expect(!second)
    #expect(expected.count == 2)
  }
}
