import Foundation
import TestKit

/// One run of the shell as a process, and what the original did.
public struct ShellCase: Sendable {
  /// Such as `plain-string`.
  public let id: String
  let arguments: [String]
  let input: [UInt8]
  let files: [(name: String, bytes: [UInt8])]
  let environment: [(name: String, value: String?)]
  let terminal: JSON
  let rows: Int
  let columns: Int
  let graph: String
  let setup: String?
  let after: String?
  let signal: String?
  let needsServer: Bool
  let answer: JSON

  /// The id up to its first hyphen.
  public var family: String { String(id.prefix { $0 != "-" }) }

  /// What the answer says differs from run to run.
  var volatile: Set<String> { Set((answer["volatile"]?.array ?? []).compactMap(\.text)) }

  /// All cases of a folder of golden data.
  public static func all(root: String) throws -> [ShellCase] {
    var answers: [String: JSON] = [:]
    for answer in try GoldenProbe.lines(root + "/shell/answers.jsonl") {
      if let id = answer["id"]?.text { answers[id] = answer }
    }
    return try GoldenProbe.lines(root + "/shell/cases.jsonl").compactMap { line in
      guard let id = line["id"]?.text, let answer = answers[id] else { return nil }
      return ShellCase(line, id: id, answer: answer)
    }
  }

  private init(_ json: JSON, id: String, answer: JSON) {
    self.id = id
    self.answer = answer
    var words = (json["args"]?.array ?? []).compactMap(\.text)
    // The embedded engine needs no address; what else names the server can only be asked of one.
    while let at = words.firstIndex(of: "-a"), at + 1 < words.count, words[at + 1] == "@ADDRESS@" {
      words.removeSubrange(at...at + 1)
    }
    arguments = words
    input =
      if let text = json["stdin"]?.text { Array(text.utf8) } else {
        Self.bytes(json["stdin_b64"]?.text)
      }
    files = (json["files"]?.object ?? [:]).map { name, content in
      (name, content.text.map { Array($0.utf8) } ?? Self.bytes(content["b64"]?.text))
    }
    environment = (json["env"]?.object ?? [:]).map { ($0.key, $0.value.text) }
    terminal = json["tty"] ?? .boolean(false)
    let size = (json["size"]?.array ?? []).compactMap { item -> Int? in
      if case .integer(let number) = item { Int(number) } else { nil }
    }
    (rows, columns) = size.count == 2 ? (size[0], size[1]) : (24, 80)
    graph = json["graph"]?.text ?? "empty"
    setup = json["setup"]?.text
    after = json["after"]?.text
    signal = json["signal"]?["name"]?.text
    let serverWords = ["@ADDRESS@", "@HOST@", "@PORT@", "@HTTP_PORT@", "://"]
    needsServer = words.contains { word in serverWords.contains { word.contains($0) } }
  }

  private static func bytes(_ base64: String?) -> [UInt8] {
    base64.flatMap { Data(base64Encoded: $0) }.map(Array.init) ?? []
  }
}
