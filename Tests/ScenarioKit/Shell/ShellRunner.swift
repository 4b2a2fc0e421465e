import Foundation
import TestKit

/// Runs the built program as the original shell was run, and compares.
public struct ShellRunner: Sendable {
  private let root: String
  private let binary: String

  /// Takes the folder that holds `shell` and `graphs`, and the program's path.
  public init(root: String, binary: String) {
    self.root = root
    self.binary = binary
  }

  /// Judges one case in a folder of its own.
  public func run(_ shellCase: ShellCase) -> ScenarioVerdict {
    if shellCase.needsServer || OwnWays.reasons[shellCase.id] != nil { return .skipped }
    let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
    let folder = base + "/nacre-case-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    do {
      try FileManager.default.createDirectory(
        atPath: folder + "/home", withIntermediateDirectories: true)
      let differences = try ShellCaseRun(
        shellCase: shellCase, root: root, binary: binary, folder: folder
      ).differences()
      return differences.isEmpty ? .passed : .failed(differences.joined(separator: "\n    "))
    } catch {
      return .failed("\(error)")
    }
  }
}

/// One case in its folder.
private struct ShellCaseRun {
  let shellCase: ShellCase
  let root: String
  let binary: String
  let folder: String

  private static let signals = ["INT": SIGINT, "TERM": SIGTERM, "HUP": SIGHUP]

  private var environment: [String: String] {
    [
      "HOME": folder + "/home", "NACRE_DATA": folder + "/.data", "PATH": "/usr/bin:/bin",
      "TERM": "xterm", "LANG": "C.UTF-8",
    ]
  }

  func differences() throws -> [String] {
    if shellCase.graph != "empty" {
      try prepare(["-f", "\(root)/graphs/\(shellCase.graph).cypher"], "")
    }
    if let setup = shellCase.setup { try prepare(["--format", "plain"], filled(setup)) }
    try layFiles()
    let outcome = try child().run()
    var found: [String] = []
    let status = shellCase.answer["exit"].flatMap { answer -> Int32? in
      if case .integer(let number) = answer { Int32(clamping: number) } else { nil }
    }
    if outcome.status != status {
      found.append("exit: \(text(of: status)), got \(text(of: outcome.status))")
    }
    let isOnTerminal = shellCase.terminal.isTrue
    found += compare(isOnTerminal ? "tty" : "stdout", outcome.output)
    if !isOnTerminal { found += compare("stderr", outcome.errors) }
    if let after = shellCase.after {
      found += compare("after", try asked(["--format", "plain"], filled(after)).output)
    }
    return found
  }

  private func child() -> ChildProcess {
    var words = [binary]
    // The texts were recorded with the messages that are called legacy.
    if !shellCase.arguments.contains("--error-format") { words += ["--error-format", "legacy"] }
    words += shellCase.arguments.map(filled)
    var variables = environment
    for (name, value) in shellCase.environment { variables[name] = value.map(filled) }
    var child = ChildProcess(words: words, environment: variables, folder: folder)
    child.input = Array(filled(shellCase.input))
    (child.rows, child.columns) = (shellCase.rows, shellCase.columns)
    switch shellCase.terminal.text {
    case "stdout": child.terminalStreams = [1]
    case "stdin": child.terminalStreams = [0]
    default: child.terminalStreams = shellCase.terminal.isTrue ? [0, 1, 2] : []
    }
    if let name = shellCase.signal, let number = Self.signals[name] {
      child.signal = (number, 1.5)
    }
    return child
  }

  private func asked(_ arguments: [String], _ script: String) throws -> ChildProcess.Outcome {
    var child = ChildProcess(
      words: [binary] + arguments, environment: environment, folder: folder)
    child.input = Array(script.utf8)
    return try child.run()
  }

  private func prepare(_ arguments: [String], _ script: String) throws {
    let outcome = try asked(arguments, script)
    guard outcome.status == 0 else {
      throw Mismatch("set-up: " + String(decoding: outcome.errors, as: UTF8.self))
    }
  }

  private func layFiles() throws {
    for (name, bytes) in shellCase.files {
      let file = URL(filePath: folder + "/" + filled(name))
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(filled(bytes)).write(to: file)
    }
  }

  private func compare(_ part: String, _ got: [UInt8]) -> [String] {
    let volatile = shellCase.volatile
    if volatile.contains(part) { return [] }
    let wanted = ShellText.comparable(
      filled(shellCase.answer[part]?.text ?? ""), volatile: volatile)
    let text = ShellText.comparable(String(decoding: got, as: UTF8.self), volatile: volatile)
    return wanted == text
      ? [] : ["\(part): \(wanted.debugDescription)\n    got \(text.debugDescription)"]
  }

  private func text(of status: Int32?) -> String { status.map(String.init) ?? "killed" }

  private func filled(_ text: String) -> String {
    text.replacingOccurrences(of: "@DIR@", with: folder)
      .replacingOccurrences(of: "@USER@", with: "neo4j")
      .replacingOccurrences(of: "@PASSWORD@", with: "password")
      .replacingOccurrences(of: "@DATABASE@", with: "neo4j")
  }

  /// Bytes that are no UTF-8 hold no words to fill in.
  private func filled(_ bytes: [UInt8]) -> [UInt8] {
    String(validating: bytes, as: UTF8.self).map { Array(filled($0).utf8) } ?? bytes
  }
}
