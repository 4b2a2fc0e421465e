import Foundation
import ScenarioKit
import TestKit
import Testing

/// What the original shell printed, asked of the built program.
@Suite struct ShellGoldenTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

  @Test func casesAreMetButForTheListed() throws {
    guard let data = SharedData.golden else { return }
    let binary = SharedData.binary
    guard FileManager.default.isExecutableFile(atPath: binary) else {
      print("skipped: no program \(binary); `make test` builds it, NACRE_BINARY names another")
      return
    }
    let runner = ShellRunner(root: data, binary: binary)
    var report = ScenarioReport()
    var reasons: [String: String] = [:]
    for shellCase in try ShellCase.all(root: data) {
      let verdict = runner.run(shellCase)
      report.add(shellCase.id, group: "shell " + shellCase.family, verdict)
      if case .failed(let reason) = verdict { reasons[shellCase.id] = reason }
    }
    print(report.table)
    print(report.closingLine)
    print("shell: sessions typed at a terminal (interactive.jsonl) have tests of their own")
    let list = Self.folder.appending(path: "shell-not-met-yet.txt").path
    if SharedData.updatesLists {
      try KnownList.write(report.failedIDs, to: list, heading: "Shell cases not met yet, by id.")
      return
    }
    let surprises = KnownList(path: list).surprises(in: report)
    for id in surprises.failures { Issue.record("fails: \(id)\n\(reasons[id] ?? "")") }
    for id in surprises.passes { Issue.record("passes, take it off the list: \(id)") }
  }
}
