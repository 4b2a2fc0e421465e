import Foundation
import ScenarioKit

/// `scenarios tck|golden DIR [REGEX]`: judges the engine and prints a table and a closing line.
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
    case "golden": try await golden(arguments[2], only)
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

  private static func golden(_ directory: String, _ only: String) async throws {
    let runner = GoldenRunner(root: directory)
    var report = ScenarioReport()
    for probe in try GoldenProbe.all(root: directory).inGraphOrder where matches(probe.id, only) {
      let verdict = await runner.run(probe)
      report.add(probe.id, group: probe.file, verdict)
      if case .failed(let reason) = verdict { print("FAILED \(probe.id)\n    \(reason)") }
    }
    print(report.table)
    print(report.closingLine)
    exit(report.failedCount == 0 ? 0 : 1)
  }

  private static func matches(_ id: String, _ pattern: String) -> Bool {
    pattern.isEmpty || id.range(of: pattern, options: .regularExpression) != nil
  }
}
