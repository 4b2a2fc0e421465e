import Testing

@testable import Network

@Suite struct WebSocketTests {
  /// A frame as a client sends it.
  static func frame(
    _ opcode: UInt8, _ payload: [UInt8], isLast: Bool = true, length: [UInt8]? = nil
  ) -> [UInt8] {
    let mask: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]
    var bytes = [(isLast ? 0x80 : 0) | opcode]
    if let length {
      bytes += length
    } else if payload.count < 126 {
      bytes.append(0x80 | UInt8(payload.count))
    } else {
      bytes += [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
    }
    bytes += mask
    bytes += payload.enumerated().map { $1 ^ mask[$0 & 3] }
    return bytes
  }

  /// Feeds bytes whole and one by one, and holds both against what is expected.
  func check(
    _ bytes: [UInt8], payload: [UInt8] = [], reply: [UInt8] = [], end: WebSocketReader.End? = nil
  ) {
    for size in [1, 2, 7, max(bytes.count, 1)] {
      var reader = WebSocketReader()
      var found: [UInt8] = []
      var answer: [UInt8] = []
      var last: WebSocketReader.End?
      for start in stride(from: 0, to: bytes.count, by: size) where last == nil {
        last = reader.received(
          Array(bytes[start..<min(start + size, bytes.count)]), payload: &found, reply: &answer)
      }
      #expect(found == payload, "in pieces of \(size)")
      #expect(answer == reply, "in pieces of \(size)")
      #expect(last == end, "in pieces of \(size)")
    }
  }

  @Test func payloadsFormOneStream() {
    let long = [UInt8](repeating: 9, count: 300)
    check(
      Self.frame(2, [1, 2, 3]) + Self.frame(2, []) + Self.frame(2, long),
      payload: [1, 2, 3] + long)
    check(
      Self.frame(2, [1], isLast: false) + Self.frame(0, [2], isLast: false) + Self.frame(0, [3]),
      payload: [1, 2, 3])
    // The long form may be used for short lengths.
    check(
      Self.frame(2, [5], length: [0xFF, 0, 0, 0, 0, 0, 0, 0, 1]), payload: [5])
  }

  @Test func pingsAreAnsweredAlsoBetweenFragments() {
    check(
      Self.frame(2, [1], isLast: false) + Self.frame(9, [7, 8]) + Self.frame(0, [2]),
      payload: [1, 2], reply: [0x8A, 2, 7, 8])
    check(Self.frame(0xA, [1]), reply: [])
  }

  @Test func closeIsAnsweredWithItsCode() {
    check(Self.frame(8, [0x03, 0xE8, 0x61]), reply: [0x88, 2, 0x03, 0xE8], end: .closed)
    check(Self.frame(8, []), reply: [0x88, 0], end: .closed)
  }

  @Test(
    arguments: [
      ("not masked", [0x82, 0x01, 0x00]),
      ("reserved bit", [0xC2, 0x81]),
      ("unknown opcode", [0x83, 0x81]),
      ("unknown control opcode", [0x8B, 0x81]),
      ("continuation of nothing", frame(0, [1])),
      ("control frame in fragments", [0x09, 0x81]),
      ("long control frame", [0x89, 0xFE]),
      ("close with half a code", frame(8, [3])),
      ("close with a code that is never sent", frame(8, [0x03, 0xED])),
      ("close with a code of nobody", frame(8, [0x00, 0x01, 0x61])),
      ("negative length", frame(2, [], length: [0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0])),
    ] as [(String, [UInt8])])
  func brokenRulesEndTheConnection(what: String, bytes: [UInt8]) {
    check(bytes, reply: [0x88, 2, 0x03, 0xEA], end: .broken(.protocolError))
  }

  @Test func newMessageWithinAMessageEndsTheConnection() {
    check(
      Self.frame(2, [1], isLast: false) + Self.frame(2, [2]), payload: [1],
      reply: [0x88, 2, 0x03, 0xEA], end: .broken(.protocolError))
  }

  @Test func textIsNotTaken() {
    check(
      Self.frame(1, [0x61]), reply: [0x88, 2, 0x03, 0xEB], end: .broken(.unsupportedData))
  }

  @Test func hugeClaimReservesNothing() {
    let claim = Self.frame(2, [1, 2], length: [0xFF, 0x7F, 255, 255, 255, 255, 255, 255, 255])
    check(claim, payload: [1, 2])
  }

  @Test(arguments: [(0, 2), (125, 2), (126, 4), (65_535, 4), (65_536, 10)])
  func lengthsTakeTheShortestForm(count: Int, header: Int) {
    let frame = WebSocketFrame.binary([UInt8](repeating: 0, count: count))
    #expect(frame.count == header + count)
    #expect(frame[0] == 0x82)
  }

  @Test func garbageNeverTraps() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2_000 {
      var reader = WebSocketReader()
      var payload: [UInt8] = []
      var reply: [UInt8] = []
      let bytes = (0..<64).map { _ in UInt8.random(in: 0...255, using: &generator) }
      _ = reader.received(bytes, payload: &payload, reply: &reply)
      #expect(payload.count <= 64)
    }
  }
}
