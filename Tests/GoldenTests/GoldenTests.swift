import Foundation
import ScenarioKit
import TestKit
import Testing

/// What a real server answered, asked of the embedded engine.
@Suite struct GoldenTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

  @Test func probesAreAnsweredButForTheListed() async throws {
    guard let data = SharedData.golden else { return }
    let runner = GoldenRunner(root: data)
    var report = ScenarioReport()
    var reasons: [String: String] = [:]
    for probe in try GoldenProbe.all(root: data).inGraphOrder {
      let verdict = await runner.run(probe)
      report.add(probe.id, group: probe.file, verdict)
      if case .failed(let reason) = verdict { reasons[probe.id] = reason }
    }
    print(report.table)
    print(report.closingLine)
    let list = Self.folder.appending(path: "not-met-yet.txt").path
    if SharedData.updatesLists {
      try KnownList.write(report.failedIDs, to: list, heading: "Probes not met yet, by id.")
      return
    }
    let surprises = KnownList(path: list).surprises(in: report)
    for id in surprises.failures { Issue.record("fails: \(id)\n\(reasons[id] ?? "")") }
    for id in surprises.passes { Issue.record("passes, take it off the list: \(id)") }
  }
}
