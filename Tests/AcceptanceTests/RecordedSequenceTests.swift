import Bolt
import TestKit
import Testing

/// What a real server answered to clients that do not behave, asked of `nacre serve`.
@Suite struct RecordedSequenceTests {
  /// Sequences that end differently on purpose, with the reason.
  static let different: [String: String] = [
    "HELLO twice": "the real server hits a fault of its own and shows its exception",
    "handshake: HTTP GET": "what a browser is told is each server's own",
  ]

  /// Sequences at whose end the real server hangs up so fast that answers to earlier requests are
  /// lost; here they come first, with one to what cannot be read where there is something to say.
  static let answeredFirst: Set<String> = [
    "GOODBYE in TX", "failure then GOODBYE", "unknown signature 0x22", "server signature SUCCESS",
    "CALL old ACK_FAILURE", "raw: truncated struct", "raw: list claims 2^31 items",
    "raw: string claims 4 GB", "raw: nesting 200", "raw: nesting 5000",
  ]

  /// Sequences that break off within a message, which what is sent next ends.
  static let unfinished: Set<String> = ["raw: duplicate map key", "raw: text not UTF-8"]

  /// Sequences with a deadline of a millisecond, which may pass before the first answer.
  static let hurried: Set<String> = ["RUN tx_timeout 1"]

  @Test(.enabled(if: RecordedConversation.folder != nil, "\(RecordedConversation.missing)"))
  func misbehaviourEndsAsOnARealServer() throws {
    let home = try TemporaryFolder()
    let statement = "ALTER USER neo4j SET PASSWORD 'password' CHANGE NOT REQUIRED"
    #expect(try Program.run(["-d", "system", statement], home: home).status == 0)
    let server = try ServingProgram(home: home)
    let sequences = try RecordedConversation.json(of: "states-2026.09")
      .map { try RecordedSequence($0) }
    #expect(sequences.count > 100)
    for sequence in sequences where Self.different[sequence.name] == nil {
      do {
        var tries = Self.hurried.contains(sequence.name) ? 50 : 1
        var difference: String?
        repeat {
          let peer = try WirePeer(port: server.port)
          difference =
            try sequence.version.map { try Self.difference(of: sequence, $0, peer) }
            ?? Self.handshakeDifference(of: sequence, peer)
          tries -= 1
        } while difference != nil && tries > 0
        if let difference { Issue.record("\(sequence.name): \(difference)") }
      } catch {
        Issue.record("\(sequence.name): \(error)")
      }
    }
    #expect(server.stop() == 0)
  }

  /// Plays a sequence of messages; tells what is not as it was.
  private static func difference(
    of sequence: RecordedSequence, _ version: BoltVersion, _ peer: WirePeer
  ) throws -> String? {
    let offer: [UInt8] = [0x60, 0x60, 0xB0, 0x17, 0, 0, version.minor, version.major]
    try peer.send(offer + [UInt8](repeating: 0, count: 12), isFramed: false)
    guard try peer.bytes(4) == [0, 0, version.minor, version.major] else {
      return "another version"
    }
    // In one go, as it was: a RESET that overtakes the log-in is not what it would be later.
    try peer.send(sequence.sent, isFramed: false)
    for wanted in sequence.answers {
      guard let message = try peer.message() else { return "hung up where \(wanted) was due" }
      let got = RecordedSequence.Answer(message)
      if got != wanted { return "\(got?.description ?? "\(message)") where \(wanted) was due" }
    }
    return try ending(of: sequence, peer)
  }

  /// Holds a server that is to hang up, or to stay, to it; nothing waits for silence.
  private static func ending(of sequence: RecordedSequence, _ peer: WirePeer) throws -> String? {
    if sequence.isHungUp {
      while let more = try peer.message() {
        guard answeredFirst.contains(sequence.name) else {
          let name = RecordedSequence.Answer(more)?.name
          return "\(name ?? "\(more)") where the server was to hang up"
        }
      }
      return nil
    }
    try peer.send([0xB0, 0x0F], isFramed: true)
    let name = try peer.message().map { RecordedSequence.Answer($0)?.name ?? "\($0)" } ?? "hung up"
    let wanted =
      unfinished.contains(sequence.name)
      ? "FAILURE" : sequence.isLoggedIn ? "SUCCESS" : "IGNORED"
    return name == wanted ? nil : "\(name) where RESET was to be answered by \(wanted)"
  }

  /// Plays a handshake; tells what is not as it was.
  private static func handshakeDifference(
    of sequence: RecordedSequence, _ peer: WirePeer
  ) throws -> String? {
    try peer.send(sequence.sent, isFramed: false)
    var rest: [UInt8] = []
    if sequence.rawAnswer.starts(with: [0, 0, 1, 0xFF]) {
      guard try peer.bytes(4) == [0, 0, 1, 0xFF] else { return "no list of versions" }
      // The list is each server's own.
      try peer.skipHandshake([])
      if !sequence.isHungUp { rest = [0, 0, 8, 5, 0] }
    } else {
      let got = try peer.bytes(sequence.rawAnswer.count)
      if got != sequence.rawAnswer { return "\(got) where \(sequence.rawAnswer) was due" }
    }
    if sequence.isHungUp {
      return try peer.bytes(1).isEmpty ? nil : "more where the server was to hang up"
    }
    if sequence.sent.count < 20 {
      // The server still waits: with what it waits for it goes on.
      try peer.send([0, 0, 8, 5] + [UInt8](repeating: 0, count: 12), isFramed: false)
      return try peer.bytes(4) == [0, 0, 8, 5] ? nil : "no answer to a late offer"
    }
    try peer.send(rest + [0, 2, 0xB0, 0x0F, 0, 0], isFramed: false)
    return try peer.message() == nil ? "hung up where RESET was to be answered" : nil
  }
}
