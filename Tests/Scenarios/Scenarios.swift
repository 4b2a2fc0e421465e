import BoltClient
import Foundation
import ScenarioKit

/// `scenarios tck|golden DIR [REGEX [ADDRESS]]`: judges the engine, or the server at an address, and
/// prints a table and a closing line.
@main
struct Scenarios {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 3 else {
      FileHandle.standardError.write(Data("usage: scenarios tck|golden DIR [REGEX]\n".utf8))
      exit(2)
    }
    let only = arguments.count > 3 ? arguments[3] : ""
    switch arguments[1] {
    case "tck": try await tck(arguments[2], only)
    case "golden": try await golden(arguments[2], only, arguments.count > 4 ? arguments[4] : "")
    default:
      FileHandle.standardError.write(Data("scenarios: no such kind: \(arguments[1])\n".utf8))
      exit(2)
    }
  }

  private static func tck(_ directory: String, _ only: String) async throws {
    let runner = TCKRunner(root: directory)
    var report = ScenarioReport()
    for scenario in try runner.scenarios() where matches(scenario.id, only) {
      let verdict = await runner.run(scenario)
      report.add(scenario.id, group: scenario.folder, verdict)
      if case .failed(let reason) = verdict { print("FAILED \(scenario.id)\n    \(reason)") }
    }
    print(report.table)
    print(report.closingLine)
    exit(report.failedCount == 0 ? 0 : 1)
  }

  private static func golden(_ directory: String, _ only: String, _ address: String) async throws {
    let runner =
      address.isEmpty
      ? GoldenRunner(root: directory)
      : GoldenRunner(root: directory, subject: try subject(at: address))
    var report = ScenarioReport()
    for probe in try GoldenProbe.all(root: directory).inGraphOrder where matches(probe.id, only) {
      let verdict = await runner.run(probe)
      report.add(probe.id, group: probe.file, verdict)
      if case .failed(let reason) = verdict { print("FAILED \(probe.id)\n    \(reason)") }
    }
    if address.isEmpty { judgeShell(directory, only, &report) }
    print(report.table)
    print(report.closingLine)
    exit(report.failedCount == 0 ? 0 : 1)
  }

  /// The server at `bolt://[user:password@]host[:port]`, which will be emptied.
  private static func subject(at address: String) throws -> RemoteSubject {
    guard let parts = URLComponents(string: address), let host = parts.host else {
      throw CocoaError(.fileReadInvalidFileName)
    }
    let credentials: RemoteCredentials =
      parts.user.map { .basic(user: $0, password: parts.password ?? "") } ?? .none
    return try RemoteSubject(
      scheme: parts.scheme ?? "bolt", host: host, port: parts.port ?? 7687,
      credentials: credentials)
  }

  /// The cases of the shell, where the data have them and the program is named.
  private static func judgeShell(
    _ directory: String, _ only: String, _ report: inout ScenarioReport
  ) {
    guard let binary = ProcessInfo.processInfo.environment["NACRE_BINARY"],
      let cases = try? ShellCase.all(root: directory)
    else {
      print("the shell's cases are skipped: they need \(directory)/shell and NACRE_BINARY")
      return
    }
    let runner = ShellRunner(root: directory, binary: binary)
    for shellCase in cases where matches(shellCase.id, only) {
      let verdict = runner.run(shellCase)
      report.add(shellCase.id, group: "shell " + shellCase.family, verdict)
      if case .failed(let reason) = verdict { print("FAILED \(shellCase.id)\n    \(reason)") }
    }
  }

  private static func matches(_ id: String, _ pattern: String) -> Bool {
    pattern.isEmpty || id.range(of: pattern, options: .regularExpression) != nil
  }
}
