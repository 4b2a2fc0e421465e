import CypherSyntax
import Diagnostics
import Foundation
import GraphValues
import QuerySession
import TestKit

/// Asks the embedded engine, or a server, what a real server was asked, and compares.
public final class GoldenRunner {
  private let root: String
  private var graphs: [String: [String]] = [:]
  private let subject: any GoldenSubject
  private var heldGraph: String?

  /// Judges the engine in this process.
  ///
  /// - Parameter root: The folder that holds `graphs`, `probes` and `answers`.
  public convenience init(root: String) {
    self.init(root: root, subject: EmbeddedSubject())
  }

  /// Judges whatever sessions a subject gives.
  ///
  /// - Parameters:
  ///   - root: The folder that holds `graphs`, `probes` and `answers`.
  ///   - subject: What is judged.
  public init(root: String, subject: any GoldenSubject) {
    self.root = root
    self.subject = subject
    // The files of the LOAD CSV probes.
    unsafe setenv("NACRE_IMPORT", root + "/import", 1)
  }

  /// Judges one probe; probes of one graph in a row are cheapest.
  public func run(_ probe: GoldenProbe) async -> ScenarioVerdict {
    if OwnAnswers.reasons[probe.id] != nil { return .skipped }
    do {
      if heldGraph != probe.graph {
        try await subject.hold(try statements(of: probe.graph))
        heldGraph = probe.graph
      }
      let got = try await answer(to: probe)
      if probe.commits { heldGraph = nil }
      let differences = GoldenComparison(probe: probe, got: got).differences()
      return differences.isEmpty ? .passed : .failed(differences.joined(separator: "\n    "))
    } catch let failure as Failure {
      heldGraph = nil
      return .failed("setup: \(failure.code): \(failure.message)")
    } catch {
      heldGraph = nil
      return .failed("\(error)")
    }
  }

  private func statements(of graph: String) throws -> [String] {
    if let known = graphs[graph] { return known }
    let path = "\(root)/graphs/\(graph).cypher"
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let found = StatementSplitter.fragments(of: text).map(\.text)
    graphs[graph] = found
    return found
  }

  private func answer(to probe: GoldenProbe) async throws -> GoldenAnswer {
    let session = try await subject.session(database: probe.database)
    let parameters = try await parameters(of: probe, session)
    if !probe.commits { try await session.begin() }
    for statement in probe.setup { try await session.drain(statement) }
    let got = await GoldenAnswer.ask(session, probe.cypher, parameters)
    if !probe.commits, session.isInTransaction { try? await session.rollback() }
    await session.close()
    return got
  }

  private func parameters(of probe: GoldenProbe, _ session: any Session) async throws -> MapValue {
    var map = MapValue()
    for parameter in probe.parameters {
      map[parameter.name] = try await value(parameter.value, session)
    }
    return map
  }

  private func value(_ json: JSON, _ session: any Session) async throws -> Value {
    switch json {
    case .null: return .null
    case .boolean(let flag): return .boolean(flag)
    case .integer(let number): return .integer(number)
    case .float(let number): return .float(number)
    case .string(let text): return .string(text)
    case .array(let values):
      var list: [Value] = []
      for value in values { list.append(try await self.value(value, session)) }
      return .list(list)
    case .object(let entries):
      if entries.count == 1, let (name, content) = entries.first, name.hasPrefix("$") {
        return try await tagged(name, content, session)
      }
      var map = MapValue()
      for key in entries.keys.sorted() {
        map[key] = try await value(entries[key] ?? .null, session)
      }
      return .map(map)
    }
  }

  private func tagged(_ name: String, _ content: JSON, _ session: any Session) async throws
    -> Value
  {
    let text = content.text ?? ""
    switch name {
    case "$int": return .integer(Int64(text) ?? 0)
    case "$float":
      if case .float(let number) = content { return .float(number) }
      switch text {
      case "NaN": return .float(.nan)
      case "Infinity": return .float(.infinity)
      case "-Infinity": return .float(-.infinity)
      default: return .float(Double(text) ?? 0)
      }
    case "$bytes":
      var bytes: [UInt8] = []
      var rest = text[...]
      while rest.count >= 2 {
        bytes.append(UInt8(rest.prefix(2), radix: 16) ?? 0)
        rest = rest.dropFirst(2)
      }
      return .bytes(bytes)
    case "$point":
      return try await evaluate("RETURN point($v)", try await value(content, session), session)
    default:
      return try await evaluate("RETURN \(name.dropFirst())($v)", .string(text), session)
    }
  }

  private func evaluate(_ text: String, _ parameter: Value, _ session: any Session) async throws
    -> Value
  {
    let request = StatementRequest(text, parameters: MapValue([("v", parameter)]))
    let result = try await session.run(request)
    let batch = try await result.next()
    _ = try await result.summary()
    return batch?.columns.first?.first ?? .null
  }
}
