import TestKit
import Testing

@testable import Bolt

@Suite struct FramingTests {
  /// Messages of random lengths come out as they went in, however their bytes are cut.
  @Test(arguments: UInt64(0)..<50)
  func messagesSurviveAnyCuts(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let messages = (0..<8).map { _ in
      (0..<Int.random(in: 1...(seed % 10 == 0 ? 70_000 : 400), using: &generator)).map {
        UInt8(truncatingIfNeeded: $0 &* 31 &+ Int(seed))
      }
    }
    var stream: [UInt8] = []
    for message in messages {
      if Bool.random(using: &generator) { stream += ChunkWriter.keepAlive }
      if message.count < 300, Bool.random(using: &generator) {
        for byte in message { stream += [0, 1, byte] }
        stream += [0, 0]
      } else {
        ChunkWriter.append(message, to: &stream)
      }
    }
    var reader = ChunkReader(maximumMessageBytes: 1 << 20)
    var found: [[UInt8]] = []
    var rest = stream[...]
    while !rest.isEmpty {
      let count = min(rest.count, Int.random(in: 1...100_000, using: &generator))
      reader.append(rest.prefix(count))
      rest = rest.dropFirst(count)
      while let range = try reader.next() { found.append(Array(reader.bytes[range])) }
    }
    #expect(found == messages)
    #expect(!reader.isInsideMessage)
  }

  @Test func aMessageThatGrowsTooLongIsRefusedBeforeItIsThere() throws {
    var reader = ChunkReader(maximumMessageBytes: 100)
    reader.append([0, 60] + [UInt8](repeating: 1, count: 60))
    #expect(try reader.next() == nil)
    reader.append([0, 60])
    #expect(throws: ChunkError.messageTooLong(limit: 100)) { _ = try reader.next() }
  }

  @Test(arguments: [
    ("60 60 B0 17 00 00 08 05" + zeros, "00 00 08 05"),
    ("60 60 B0 17 00 08 08 05" + zeros, "00 00 08 05"),
    ("60 60 B0 17 00 00 05 05" + zeros, "closed 00 00 00 00"),
    ("60 60 B0 17 00 01 05 05" + zeros, "00 00 04 05"),
    ("60 60 B0 17 00 00 00 09 00 00 04 04 00 00 08 05 00 00 00 00", "00 00 04 04"),
    ("60 60 B0 17 00 00 00 00" + zeros, "closed 00 00 00 00"),
    ("60 60 B0 17 00 00 00 06" + zeros, "00 00 00 06"),
    ("60 60 B0 17 00 63 63 05" + zeros, "00 00 08 05"),
    (
      "60 60 B0 17 00 00 01 FF 00 08 08 05 00 00 00 00 00 00 00 00",
      "00 00 01 FF 04 00 00 00 06 00 02 08 05 00 04 04 05 00 00 04 04 00"
    ),
    ("60 60 B0 17 00 00 02 FF 00 00 08 05 00 00 00 00 00 00 00 00", "00 00 08 05"),
    ("60 60 B0 17 00 00 08 05 00 00 01 FF 00 00 00 00 00 00 00 00", "00 00 08 05"),
    ("60 60 B0 18", "closed"), ("16 03 01", "closed"),
  ])
  func serverAnswersTheFirstOfferThatItSpeaks(sent: String, expected: String) {
    #expect(Self.answer(bytes(sent)) == expected)
    // The same one byte at a time.
    var handshake = ServerHandshake()
    var answer: [UInt8] = []
    var isClosed = false
    loop: for byte in bytes(sent) {
      switch handshake.received([byte]) {
      case .proceed(let send): answer += send
      case .agreed(let send, _, _, _): answer += send
      case .refused(let send):
        answer += send
        isClosed = true
        break loop
      }
    }
    let text = (isClosed ? ["closed"] : []) + (answer.isEmpty ? [] : [hexadecimal(answer)])
    #expect(text.joined(separator: " ") == expected)
  }

  static let zeros = String(repeating: " 00", count: 12)

  static func answer(_ sent: [UInt8]) -> String {
    var handshake = ServerHandshake()
    switch handshake.received(sent) {
    case .proceed(let send), .agreed(let send, _, _, _): return hexadecimal(send)
    case .refused(let send):
      return (["closed"] + (send.isEmpty ? [] : [hexadecimal(send)])).joined(separator: " ")
    }
  }

  @Test(
    arguments: [
      ("00 00 08 05 00", BoltVersion(5, 8)), ("00 00 00 06 00 AA", BoltVersion(6, 0)),
      ("00 00 00 00 00", nil), ("00 00 05 05 00", nil), ("00 01 08 05 00", nil),
      ("00 00 08 05 01", nil),
    ] as [(String, BoltVersion?)])
  func clientChoosesFromTheList(choice: String, expected: BoltVersion?) {
    var handshake = ServerHandshake()
    _ = handshake.received(ClientHandshake.hello)
    switch handshake.received(bytes(choice)) {
    case .agreed(_, let version, let byManifest, let rest):
      #expect(version == expected)
      #expect(byManifest)
      #expect(rest == (choice.hasSuffix("AA") ? [0xAA] : []))
    case .refused: #expect(expected == nil)
    case .proceed: Issue.record("still waiting")
    }
  }

  @Test(
    arguments: [
      ("00 00 08 05", .agreed(send: [], version: BoltVersion(5, 8), rest: [])),
      ("00 00 04 04 B1", .agreed(send: [], version: BoltVersion(4, 4), rest: [0xB1])),
      ("00 00 00 04", .agreed(send: [], version: BoltVersion(4, 0), rest: [])),
      ("00 00 00 00", .refused(send: [], .noCommonVersion)),
      ("48 54 54 50", .refused(send: [], .answeredByHTTP)),
      ("00 00 09 09", .refused(send: [], .notOffered(BoltVersion(9, 9)))),
      (
        "00 00 01 FF 02 00 00 00 06 00 02 08 05 09",
        .agreed(send: [0, 0, 0, 6, 0], version: BoltVersion(6, 0), rest: [])
      ),
      ("00 00 01 FF 01 00 00 00 09 00", .refused(send: [0, 0, 0, 0, 0], .noCommonVersion)),
      ("00 00 01 FF 80 80 80 80 80 80 80 80 80 01", .refused(send: [], .malformed)),
      ("00 00 01 FF 80 80 80 80 80 80 80 80 80 80 80", .refused(send: [], .malformed)),
      ("00 00 01 FF 00", .refused(send: [], .malformed)),
    ] as [(String, ClientHandshake.Action)])
  func clientReadsTheAnswer(answer: String, expected: ClientHandshake.Action) {
    var whole = ClientHandshake()
    #expect(whole.received(bytes(answer)) == expected)
    var slow = ClientHandshake()
    var last = ClientHandshake.Action.proceed
    for byte in bytes(answer) {
      last = slow.received([byte])
      guard case .proceed = last else { break }
    }
    switch (last, expected) {
    case (.agreed(let send, let version, _), .agreed(let wanted, let wantedVersion, _)):
      #expect(send == wanted)
      #expect(version == wantedVersion)
    default: #expect(last == expected)
    }
  }
}
