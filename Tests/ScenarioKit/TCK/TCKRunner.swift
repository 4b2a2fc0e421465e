import CypherEngine
import Diagnostics
import Foundation
import GraphValues
import QuerySession

/// What became of a scenario.
public enum ScenarioVerdict: Sendable {
  /// All steps held.
  case passed
  /// A step did not hold, and how.
  case failed(String)
  /// Not to be run.
  case skipped
}

/// Runs openCypher scenarios, each against a fresh store in memory.
public struct TCKRunner: Sendable {
  /// The folder that holds `features` and `graphs`.
  public let root: String

  /// Takes the folder that holds `features` and `graphs`, or a folder of feature files alone.
  public init(root: String) { self.root = root }

  /// All scenarios below the root, sorted by file; outlines count a scenario for each example.
  public func scenarios() throws -> [FeatureScenario] {
    let base =
      FileManager.default.fileExists(atPath: root + "/features") ? root + "/features" : root
    guard let files = FileManager.default.enumerator(atPath: base) else { return [] }
    let names = files.compactMap { $0 as? String }.filter { $0.hasSuffix(".feature") }.sorted()
    return try names.flatMap { name in
      let text = try String(contentsOfFile: base + "/" + name, encoding: .utf8)
      return FeatureReader.read(text, file: name)
    }
  }

  /// Runs one scenario.
  public func run(_ scenario: FeatureScenario) async -> ScenarioVerdict {
    if scenario.tags.contains("@ignore") { return .skipped }
    do {
      let engine = try GraphEngine.memory()
      let run = TCKScenarioRun(engine: engine, session: try engine.session(), root: root)
      try await run.perform(scenario)
      await run.close()
      return .passed
    } catch let mismatch as Mismatch {
      return .failed(mismatch.text)
    } catch let failure as Failure {
      return .failed("\(failure.code): \(failure.message)")
    } catch {
      return .failed("\(error)")
    }
  }
}

/// Why a scenario did not hold.
struct Mismatch: Error {
  let text: String

  init(_ text: String) { self.text = text }
}

/// The state of one scenario while its steps are taken.
final class TCKScenarioRun {
  private let engine: GraphEngine
  private let session: any Session
  private let root: String
  private var parameters = MapValue()
  private var outcome: Result<(columns: [String], rows: [[Value]]), Failure>?
  private var isCompileTimeFailure = false
  private var before = GraphState()

  init(engine: GraphEngine, session: any Session, root: String) {
    self.engine = engine
    self.session = session
    self.root = root
  }

  func close() async { await session.close() }

  func perform(_ scenario: FeatureScenario) async throws {
    for step in scenario.steps { try await perform(step) }
  }

  private func perform(_ step: FeatureScenario.Step) async throws {
    switch step.text {
    case "an empty graph", "any graph": break
    case "having executed:": _ = try await query(step.block ?? "")
    case "parameters are:": try setParameters(step.table)
    case "executing query:", "executing control query:": try await execute(step.block ?? "")
    case "the result should be, in any order:":
      try checkRows(step.table, isOrdered: false, sortsLists: false)
    case "the result should be, in order:":
      try checkRows(step.table, isOrdered: true, sortsLists: false)
    case "the result should be (ignoring element order for lists):":
      try checkRows(step.table, isOrdered: false, sortsLists: true)
    case "the result should be, in order (ignoring element order for lists):":
      try checkRows(step.table, isOrdered: true, sortsLists: true)
    case "the result should be empty": try checkEmpty()
    case "no side effects": try await checkSideEffects([])
    case "the side effects should be:": try await checkSideEffects(step.table)
    default: try await performOther(step)
    }
  }

  private func performOther(_ step: FeatureScenario.Step) async throws {
    if step.text.hasPrefix("there exists a procedure ") {
      try registerProcedure(step)
    } else if step.text.hasPrefix("the "), step.text.hasSuffix(" graph") {
      try await loadGraph(String(step.text.dropFirst(4).dropLast(6)))
    } else if let kind = ErrorKind(step: step.text) {
      try await checkError(kind)
    } else {
      throw Mismatch("a step that the runner does not know: \(step.text)")
    }
  }

  // MARK: Given

  private func loadGraph(_ name: String) async throws {
    let folder = "\(root)/graphs/\(name)"
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    for file in files.sorted() where file.hasSuffix(".cypher") {
      _ = try await query(String(contentsOfFile: folder + "/" + file, encoding: .utf8))
    }
  }

  private func setParameters(_ table: [[String]]) throws {
    for row in table where row.count == 2 {
      parameters[row[0]] = try ExpectedValueReader.read(row[1]).asValue
    }
  }

  private func registerProcedure(_ step: FeatureScenario.Step) throws {
    let text = String(step.text.dropFirst("there exists a procedure ".count).dropLast())
    let procedure = try TableProcedure(signature: text, table: step.table)
    engine.register(procedure.signature) { procedure.call($0) }
  }

  // MARK: When

  private func query(_ text: String) async throws(Failure) -> (columns: [String], rows: [[Value]]) {
    let result = try await session.run(StatementRequest(text, parameters: parameters))
    var rows: [[Value]] = []
    while let batch = try await result.next() {
      for row in 0..<batch.count { rows.append(batch.columns.map { $0[row] }) }
    }
    _ = try await result.summary()
    return (result.columns, rows)
  }

  private func execute(_ text: String) async throws {
    before = try await state()
    do {
      outcome = .success(try await query(text))
    } catch {
      outcome = .failure(error)
      isCompileTimeFailure = await failsToCompile(text, error)
    }
  }

  /// A statement that cannot be planned fails under EXPLAIN as well.
  ///
  /// A missing parameter does not there, but is found before anything runs.
  private func failsToCompile(_ text: String, _ failure: Failure) async -> Bool {
    if failure.code == "Neo.ClientError.Statement.ParameterMissing" { return true }
    do {
      _ = try await query("EXPLAIN " + text)
      return false
    } catch {
      return true
    }
  }

  // MARK: Then

  private func rows() throws -> (columns: [String], rows: [[Value]]) {
    switch outcome {
    case .success(let result): return result
    case .failure(let failure):
      throw Mismatch("failed with \(failure.code): \(failure.message)")
    case nil: throw Mismatch("no query was run")
    }
  }

  private func checkEmpty() throws {
    let result = try rows()
    guard result.rows.isEmpty else { throw Mismatch("expected no rows, got \(result.rows.count)") }
  }

  private func checkRows(_ table: [[String]], isOrdered: Bool, sortsLists: Bool) throws {
    let result = try rows()
    let header = table.first ?? []
    guard result.columns == header else {
      throw Mismatch("expected columns \(header), got \(result.columns)")
    }
    var wanted: [String] = []
    for row in table.dropFirst() {
      var cells: [String] = []
      for cell in row {
        cells.append(try ExpectedValueReader.read(cell).text(sortingLists: sortsLists))
      }
      wanted.append(cells.joined(separator: " | "))
    }
    var got = result.rows.map { row in
      row.map { ExpectedValue($0).text(sortingLists: sortsLists) }.joined(separator: " | ")
    }
    if !isOrdered {
      wanted.sort()
      got.sort()
    }
    guard wanted == got else {
      throw Mismatch("expected rows \(wanted), got \(got)")
    }
  }

  private func checkError(_ kind: ErrorKind) async throws {
    guard case .failure(let failure) = outcome else {
      throw Mismatch("expected \(kind), but the query succeeded")
    }
    guard kind.matches(failure, isCompileTime: isCompileTimeFailure) else {
      let phase = isCompileTimeFailure ? "compile time" : "runtime"
      throw Mismatch("expected \(kind), got at \(phase) \(failure.code): \(failure.message)")
    }
    let after = try await state()
    guard after == before else { throw Mismatch("the failed query changed the graph") }
  }

  private func checkSideEffects(_ table: [[String]]) async throws {
    let result = try rows()
    _ = result
    var wanted: [String: Int] = [:]
    for row in table where row.count == 2 { wanted[row[0]] = Int(row[1]) }
    let got = try await state().changes(since: before)
    guard wanted.filter({ $0.value != 0 }) == got else {
      throw Mismatch("expected side effects \(wanted), got \(got)")
    }
  }

  private func state() async throws(Failure) -> GraphState {
    var state = GraphState()
    let saved = parameters
    parameters = MapValue()
    defer { parameters = saved }
    for row in try await query("MATCH (n) RETURN n").rows {
      guard case .nodeRecord(let node) = row[0] else { continue }
      state.nodes.insert(node.id.raw)
      state.labels.formUnion(node.labels)
      for entry in node.properties.entries {
        state.properties.insert("n\(node.id.raw) \(entry.key) \(ExpectedValue(entry.value).text)")
      }
    }
    for row in try await query("MATCH ()-[r]->() RETURN r").rows {
      guard case .relationshipRecord(let relationship) = row[0] else { continue }
      state.relationships.insert(relationship.id.raw)
      for entry in relationship.properties.entries {
        let value = ExpectedValue(entry.value).text
        state.properties.insert("r\(relationship.id.raw) \(entry.key) \(value)")
      }
    }
    return state
  }
}

/// What the TCK compares before and after a query.
struct GraphState: Equatable {
  var nodes: Set<UInt64> = []
  var relationships: Set<UInt64> = []
  var labels: Set<String> = []
  var properties: Set<String> = []

  /// Counters that are not 0, under the TCK's names.
  func changes(since before: GraphState) -> [String: Int] {
    let counters: [String: Int] = [
      "+nodes": nodes.subtracting(before.nodes).count,
      "-nodes": before.nodes.subtracting(nodes).count,
      "+relationships": relationships.subtracting(before.relationships).count,
      "-relationships": before.relationships.subtracting(relationships).count,
      "+labels": labels.subtracting(before.labels).count,
      "-labels": before.labels.subtracting(labels).count,
      "+properties": properties.subtracting(before.properties).count,
      "-properties": before.properties.subtracting(properties).count,
    ]
    return counters.filter { $0.value != 0 }
  }
}
