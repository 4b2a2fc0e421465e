/// Verdicts counted by group.
public struct ScenarioReport: Sendable {
  private struct Counts {
    var passed = 0
    var failed = 0
    var skipped = 0
  }

  private var groups: [String: Counts] = [:]
  /// Ids of what failed.
  public private(set) var failedIDs: Set<String> = []
  /// Ids of what passed.
  public private(set) var passedIDs: Set<String> = []
  private var skippedCount = 0

  /// Makes an empty report.
  public init() {}

  /// How many failed.
  public var failedCount: Int { failedIDs.count }

  /// Counts a verdict.
  public mutating func add(_ id: String, group: String, _ verdict: ScenarioVerdict) {
    switch verdict {
    case .passed:
      groups[group, default: Counts()].passed += 1
      passedIDs.insert(id)
    case .failed:
      groups[group, default: Counts()].failed += 1
      failedIDs.insert(id)
    case .skipped:
      groups[group, default: Counts()].skipped += 1
      skippedCount += 1
    }
  }

  /// A line for each group.
  public var table: String {
    let width = groups.keys.map(\.count).max() ?? 0
    func cell(_ number: Int) -> String {
      let text = String(number)
      return String(repeating: " ", count: max(0, 8 - text.count)) + text
    }
    func row(_ name: String, _ cells: [String]) -> String {
      name + String(repeating: " ", count: max(0, width - name.count)) + cells.joined()
    }
    var lines = [row("", ["  passed", "  failed", " skipped"])]
    for name in groups.keys.sorted() {
      let counts = groups[name] ?? Counts()
      lines.append(row(name, [cell(counts.passed), cell(counts.failed), cell(counts.skipped)]))
    }
    return lines.joined(separator: "\n")
  }

  /// `N passed, N failed, N skipped`.
  public var closingLine: String {
    "\(passedIDs.count) passed, \(failedIDs.count) failed, \(skippedCount) skipped"
  }
}
