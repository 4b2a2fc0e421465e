import GraphValues
import TestKit
import Testing

@testable import Bolt

/// Messages that official clients and servers exchanged.
@Suite struct WireTests {
  static let hasRecordings = RecordedConversation.folder != nil

  static func messages() throws -> [RecordedConversation.Line] {
    try RecordedConversation.all().flatMap { $0.lines.filter { !$0.isHandshake } }
  }

  @Test(.enabled(if: hasRecordings, "\(RecordedConversation.missing)"))
  func recordedMessagesComeBackByteForByte() throws {
    let lines = try Self.messages()
    #expect(lines.count > 500)
    let rules = PackStreamTests.reading(BoltVersion(6, 0))
    for line in lines {
      let data = line.bytes
      var reader = PackStreamReader(data, 0..<data.count, rules)
      let value = try reader.readPackValue()
      #expect(reader.isAtEnd)
      var writer = PackStreamWriter(rules.dialect)
      writer.write(value)
      if writer.bytes != data { Issue.record("\(line.text)") }
    }
  }

  /// Messages that hold no vectors come back through values and messages as well.
  @Test(.enabled(if: hasRecordings, "\(RecordedConversation.missing)"))
  func recordedMessagesComeBackAsMessages() throws {
    var skipped = 0
    for line in try Self.messages() {
      let data = line.bytes
      let rules = PackStreamReading(
        PackStreamDialect(BoltVersion(5, 8)), isRequest: data[1] < 0x70, zones: AnyZone())
      if Self.holdsVector(data) {
        skipped += 1
        continue
      }
      var writer = PackStreamWriter(rules.dialect)
      if data[1] < 0x70 {
        writer.write(try ClientMessage(data, 0..<data.count, rules))
      } else {
        writer.write(try ServerMessage(data, 0..<data.count, rules))
      }
      var framed: [UInt8] = []
      ChunkWriter.append(data, to: &framed)
      if writer.bytes != framed { Issue.record("\(line.text)") }
    }
    #expect(skipped < 60)
  }

  /// Whether a message seems to hold a vector or a placeholder of one.
  static func holdsVector(_ data: [UInt8]) -> Bool {
    data.contains([0xB2, 0x56, 0xCC]) || data.contains([0xB4, 0x3F])
  }

  /// Takes every name for a zone, at offset 0.
  struct AnyZone: ZoneRules {
    func regionName(_ text: String) -> String? { text }
    func offsetSeconds(of region: String, at epochSecond: Int64) -> Int32 { 0 }
  }
}
