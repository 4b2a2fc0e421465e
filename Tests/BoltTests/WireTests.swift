import Foundation
import GraphValues
import Testing

@testable import Bolt

/// Messages that official clients and servers exchanged.
@Suite struct WireTests {
  static let folder: String? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    var places = [root.appending(path: "../shared/golden").path]
    if let named = ProcessInfo.processInfo.environment["NACRE_GOLDEN"] {
      places.insert(named, at: 0)
    }
    return places.map { $0 + "/wire" }.first { FileManager.default.fileExists(atPath: $0) }
  }()

  struct Line {
    let text: String
    let hex: String
  }

  static func messages() throws -> [Line] {
    guard let folder else { return [] }
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    var lines: [Line] = []
    for file in files.sorted() where file.hasSuffix(".jsonl") && !file.hasPrefix("states") {
      let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
      for line in text.split(separator: "\n") {
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        guard object?["message"] != nil, let hex = object?["hex"] as? String else { continue }
        lines.append(Line(text: "\(file): \(line.prefix(120))", hex: hex))
      }
    }
    return lines
  }

  @Test(.enabled(if: folder != nil, "no recorded conversations: set NACRE_GOLDEN to their folder"))
  func recordedMessagesComeBackByteForByte() throws {
    let lines = try Self.messages()
    #expect(lines.count > 500)
    let rules = PackStreamTests.reading(BoltVersion(6, 0))
    for line in lines {
      let data = bytes(line.hex)
      var reader = PackStreamReader(data, 0..<data.count, rules)
      let value = try reader.readPackValue()
      #expect(reader.isAtEnd)
      var writer = PackStreamWriter(rules.dialect)
      writer.write(value)
      if writer.bytes != data { Issue.record("\(line.text)") }
    }
  }

  /// Messages that hold no vectors come back through values and messages as well.
  @Test(.enabled(if: folder != nil, "no recorded conversations: set NACRE_GOLDEN to their folder"))
  func recordedMessagesComeBackAsMessages() throws {
    var skipped = 0
    for line in try Self.messages() {
      let data = bytes(line.hex)
      let rules = PackStreamReading(
        PackStreamDialect(BoltVersion(5, 8)), isRequest: data[1] < 0x70, zones: AnyZone())
      if line.hex.contains("b256cc") || line.hex.contains("b43f") {
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

  /// Takes every name for a zone, at offset 0.
  struct AnyZone: ZoneRules {
    func regionName(_ text: String) -> String? { text }
    func offsetSeconds(of region: String, at epochSecond: Int64) -> Int32 { 0 }
  }
}
