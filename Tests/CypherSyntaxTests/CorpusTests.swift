import CypherSyntax
import Diagnostics
import Foundation
import Testing

/// Every statement of the openCypher scenarios and of recorded probes, where they lie beside the
/// repository: what a server took parses, and prints to text that parses to the same tree.
@Suite struct CorpusTests {
  @Test func probesParseAndComeBack() throws {
    guard let root = Self.shared else { return }
    var count = 0
    for (folder, answers) in [("probes", "answers"), ("probes-25", "answers-25")] {
      let probes = root.appending(path: "golden/\(folder)")
      for file in try FileManager.default.contentsOfDirectory(atPath: probes.path) {
        let refused = try Self.refused(root.appending(path: "golden/\(answers)/\(file)"))
        for probe in try Self.lines(probes.appending(path: file)) {
          guard let id = probe["id"] as? String, let text = probe["cypher"] as? String,
            !refused.contains(id)
          else { continue }
          count += 1
          check(text, id)
        }
      }
    }
    #expect(count > 3_000)
  }

  private func check(_ text: String, _ id: String) {
    let result = CypherParser.parse(text)
    guard let statement = result.statement, result.failures.isEmpty else {
      Issue.record("\(id): \(text)\n\(result.failures.first?.message ?? "")")
      return
    }
    if case .administration(let command) = statement.body, case .unsupported = command.kind {
      return
    }
    let printed = CypherPrinter.text(of: statement)
    #expect(CypherParser.parse(printed).statement == statement, "\(id): \(printed)")
    var template = StatementTemplate()
    if template.scan(text) {
      let literals = SyntaxToken.tokens(in: text).filter {
        [.stringLiteral, .integerLiteral, .floatLiteral].contains($0.kind)
      }
      #expect(literals.map(\.span) == template.spans, "\(id)")
    }
  }

  /// Ids of the probes that a server answered with an error.
  private static func refused(_ file: URL) throws -> Set<String> {
    Set(try lines(file).compactMap { $0["error"] == nil ? nil : $0["id"] as? String })
  }

  private static func lines(_ file: URL) throws -> [[String: Any]] {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    return try text.split(separator: "\n").compactMap {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }
  }

  /// The folder `shared` beside the repository or one of the folders around it.
  private static let shared: URL? = {
    var folder = URL(filePath: #filePath).deletingLastPathComponent()
    while folder.path != "/" {
      let candidate = folder.appending(path: "shared")
      if FileManager.default.fileExists(atPath: candidate.appending(path: "golden").path) {
        return candidate
      }
      folder.deleteLastPathComponent()
    }
    return nil
  }()
}
