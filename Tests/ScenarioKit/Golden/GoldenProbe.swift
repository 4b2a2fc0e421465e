import Foundation
import TestKit

/// A statement that a real server answered, and its answer.
public struct GoldenProbe: Sendable {
  /// Such as `match.3`.
  public let id: String
  /// The file it stands in, such as `clauses`.
  public let file: String
  let graph: String
  let setup: [String]
  let cypher: String
  let parameters: [(name: String, value: JSON)]
  let database: String
  let commits: Bool
  let word: String
  let answer: JSON

  /// The id up to its last point.
  public var family: String {
    id.split(separator: ".").dropLast().joined(separator: ".")
  }

  /// All probes below a folder of golden data, in the order of their files.
  public static func all(root: String) throws -> [GoldenProbe] {
    let folder = root + "/probes"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".jsonl") }.sorted()
    return try names.flatMap { name -> [GoldenProbe] in
      var answers: [String: JSON] = [:]
      for answer in try lines(root + "/answers/" + name) {
        if let id = answer["id"]?.text { answers[id] = answer }
      }
      return try lines(folder + "/" + name).compactMap { probe in
        guard let id = probe["id"]?.text, let answer = answers[id] else { return nil }
        return GoldenProbe(probe, id: id, file: String(name.dropLast(6)), answer: answer)
      }
    }
  }

  private init(_ probe: JSON, id: String, file: String, answer: JSON) {
    self.id = id
    self.file = file
    self.answer = answer
    graph = probe["graph"]?.text ?? "empty"
    setup = (probe["setup"]?.array ?? []).compactMap(\.text)
    cypher = probe["cypher"]?.text ?? ""
    parameters = (probe["params"]?.object ?? [:]).map { ($0.key, $0.value) }
    database = probe["database"]?.text ?? ""
    commits = probe["commit"]?.isTrue ?? false
    word = probe["compare"]?.text ?? "ordered"
  }

  static func lines(_ path: String) throws -> [JSON] {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    return try text.split(separator: "\n").map { try JSONReader.read(String($0)) }
  }
}

extension [GoldenProbe] {
  /// File by file, grouped by graph, those that commit last, so that graphs are laid seldom.
  public var inGraphOrder: [GoldenProbe] {
    enumerated().sorted { left, right in
      let one = (left.element.file, left.element.graph, left.element.commits ? 1 : 0, left.offset)
      let two = (
        right.element.file, right.element.graph, right.element.commits ? 1 : 0, right.offset
      )
      return one < two
    }.map(\.element)
  }
}
