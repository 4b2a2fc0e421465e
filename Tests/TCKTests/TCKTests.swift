import Foundation
import ScenarioKit
import TestKit
import Testing

/// The openCypher scenarios against the embedded engine.
@Suite struct TCKTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

  @Test func scenariosPassButForTheKnownFailures() async throws {
    guard let data = SharedData.tck else { return }
    let runner = TCKRunner(root: data)
    var report = ScenarioReport()
    var reasons: [String: String] = [:]
    for scenario in try runner.scenarios() {
      let verdict = await runner.run(scenario)
      report.add(scenario.id, group: scenario.folder, verdict)
      if case .failed(let reason) = verdict { reasons[scenario.id] = reason }
    }
    print(report.table)
    print(report.closingLine)
    let list = Self.folder.appending(path: "known-failures.txt").path
    if SharedData.updatesLists {
      try KnownList.write(report.failedIDs, to: list, heading: "Scenarios that fail, by id.")
      return
    }
    let surprises = KnownList(path: list).surprises(in: report)
    for id in surprises.failures { Issue.record("fails: \(id)\n\(reasons[id] ?? "")") }
    for id in surprises.passes { Issue.record("passes, take it off the list: \(id)") }
  }
}
