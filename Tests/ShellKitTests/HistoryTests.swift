import Foundation
import LineEditor
import Testing

@testable import ShellKit

@Suite struct HistoryTests {
  @Test func keepsEntriesInAFile() throws {
    let path = NSTemporaryDirectory() + "nacre-history-\(UUID().uuidString)/h"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let first = History(.file(path))
    #expect(first.load() == nil)
    for text in ["RETURN 1;", "RETURN 1;", " hidden", "a\\b\nc\rd  ", "", "é東;"] {
      #expect(first.add(text).problem == nil)
    }
    #expect(first.entries == ["RETURN 1;", "a\\b\nc\rd", "é東;"])
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[1].hasSuffix(":a\\\\b\\nc\\rd"))
    let second = History(.file(path))
    #expect(second.load() == nil)
    #expect(second.entries == first.entries)
    #expect(second.clear() == nil)
    #expect(try String(contentsOfFile: path, encoding: .utf8).isEmpty)
  }

  @Test func fallsBackToMemory() {
    let history = History(.file("/tmp"))
    #expect(
      history.load() == "Could not load history file, falling back to session-based history: "
        + "History file cannot be a directory, please delete /tmp\n")
    #expect(history.add("RETURN 1;").kept == "RETURN 1;")
  }

  @Test func devicesAreNeitherReadNorChanged() throws {
    let history = History(.file("/dev/zero"))
    #expect(history.load() == nil)
    #expect(history.entries.isEmpty)
    #expect(history.add("RETURN 1;").problem == nil)
    let full = History(.file("/dev/full"))
    #expect(full.load() == nil)
    #if os(Linux)
      #expect(full.add("RETURN 1;").problem != nil)
    #endif
  }

  @Test func pipesAreNotOpened() throws {
    let path = NSTemporaryDirectory() + "nacre-history-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try #require(unsafe mkfifo(path, 0o600) == 0)
    let history = History(.file(path))
    #expect(
      history.load() == "Could not load history file, falling back to session-based history: "
        + "\(path) is not a file\n")
    #expect(history.add("RETURN 1;").problem == nil)
  }

  @Test func keepsNothingWhenDisabled() {
    let history = History(.disabled)
    #expect(history.add("RETURN 1;").kept == nil)
    #expect(history.entries.isEmpty)
  }
}

@Suite struct SourceCommandTests {
  private func script(_ text: String) throws -> String {
    let path = NSTemporaryDirectory() + "nacre-source-\(UUID().uuidString).cypher"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  @Test func runsFilesWithinFiles() async throws {
    let inner = try script("RETURN 2;")
    let outer = try script("RETURN 1;\n:source \(inner)\nRETURN 3")
    let result = await transcript(of: ":source \(outer);\nRETURN 1;")
    #expect(result.out == "x\n1\nx\n2\nx\n3\nx\n1\n")
    #expect(result.status == 0)
  }

  @Test func stopsAtTheFirstFailureOfAFile() async throws {
    let inner = try script("RETURN 2;\nRETRN;\nRETURN 3;")
    let outer = try script("RETURN 1;\n:source \(inner)\nRETURN 3;")
    let result = await transcript(
      of: ":source \(outer)\nRETURN 3;", options: { $0.failsAtEnd = true })
    #expect(result.out == "x\n1\nx\n2\nx\n3\n")
    #expect(result.error == "Invalid input\nat \(inner):2\n")
    #expect(result.status == 1)
  }

  @Test func leavesTheShellAtExit() async throws {
    let inner = try script("RETURN 2;\n:exit\nRETURN 3;")
    let result = await transcript(of: ":source \(inner)\nRETURN 3;")
    #expect(result.out == "x\n2\n")
    #expect(result.status == 0)
  }

  @Test func endsWhenFilesSourceEachOther() async throws {
    let path = NSTemporaryDirectory() + "nacre-source-\(UUID().uuidString).cypher"
    try Data(":source \(path)\n".utf8).write(to: URL(fileURLWithPath: path))
    let result = await transcript(of: ":source \(path)")
    #expect(result.error.contains("Files are sourced more than 100 deep"))
    #expect(result.status == 1)
  }
}

@Suite struct LiteralMapTests {
  @Test(
    arguments: [
      (
        "{a: 1, b: [true, null, 'x', -1.5], c: {d: {}}}",
        "{a: 1, b: [TRUE, NULL, \"x\", -1.5], c: {d: {}}}"
      ),
      ("{p: point({x: 1, y: 2})}", "{p: point({srid:7203, x:1.0, y:2.0})}"),
      ("{d: duration('P14DT1H')}", "{d: P14DT1H}"), ("{d: date()}", nil), ("{a: 1 + 1}", nil),
      ("{a: $b}", nil), ("1", nil), ("{a: ", nil),
    ] as [(String, String?)])
  func evaluates(text: String, value: String?) {
    #expect(LiteralMap.value(of: text).map { valueText($0) } == value)
  }

  @Test func leavesCallsToTheEngine() {
    #expect(LiteralMap.value(of: "{a: [1]}", calls: false) != nil)
    #expect(LiteralMap.value(of: "{a: [duration('P1D')]}", calls: false) == nil)
  }
}
