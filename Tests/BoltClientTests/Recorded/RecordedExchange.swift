import Bolt
import GraphValues
import ServerKit
import TestKit

/// A request of a recorded client and what the recorded server answered.
struct RecordedExchange {
  /// The request.
  let request: ClientMessage
  /// The answers: records and, at the end, a summary.
  var answers: [ServerMessage] = []

  /// Whether its summary has come.
  var isAnswered: Bool {
    switch answers.last {
    case nil, .record: false
    case .success, .failure, .ignored: true
    }
  }

  /// What the summary says, where it is a FAILURE.
  var failure: MapValue? {
    if case .failure(let metadata)? = answers.last { metadata } else { nil }
  }

  /// What the summary says, where it is a SUCCESS.
  var success: MapValue? {
    if case .success(let metadata)? = answers.last { metadata } else { nil }
  }
}

/// One connection of a recorded client.
struct RecordedConnection {
  /// The version that the client chose, or the one that ours chooses there.
  let version: BoltVersion
  /// What the server sent during the handshake.
  let handshake: [[UInt8]]
  /// Requests with their answers, in order; GOODBYE has none.
  let exchanges: [RecordedExchange]

  /// Reads one connection of a conversation; `nil` where it has no messages but GOODBYE.
  init?(_ conversation: RecordedConversation, number: Int) throws {
    let lines = conversation.lines.filter { $0.connection == number }
    let handshake = lines.filter(\.isHandshake)
    guard let choice = handshake.last(where: \.isFromClient)?.bytes, choice.count >= 4,
      lines.contains(where: { !$0.isHandshake && !$0.isFromClient })
    else { return nil }
    self.handshake = handshake.filter { !$0.isFromClient }.map(\.bytes)
    // The recorded clients spoke 5.8 or 6.1 where ours speaks 6.0, which differs by no message.
    let list = self.handshake.count > 1 ? self.handshake[1] : []
    let knows6 = stride(from: 1, to: list.count - 3, by: 4).contains { list[$0 + 3] == 6 }
    version = knows6 ? BoltVersion(6, 0) : BoltVersion(choice[3], choice[2])
    var exchanges: [RecordedExchange] = []
    for line in lines where !line.isHandshake {
      let rules = PackStreamReading(
        PackStreamDialect(version), isRequest: line.isFromClient, zones: NoZones())
      let range = 0..<line.bytes.count
      if line.isFromClient {
        exchanges.append(RecordedExchange(request: try ClientMessage(line.bytes, range, rules)))
      } else if let due = exchanges.firstIndex(where: { !$0.isAnswered }) {
        exchanges[due].answers.append(try ServerMessage(line.bytes, range, rules))
      }
    }
    self.exchanges = exchanges
  }
}
