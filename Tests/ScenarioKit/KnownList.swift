import Foundation

/// A checked-in list of ids that do not pass yet; it may only shrink.
///
/// One id a line; `#` begins a comment line.
public struct KnownList: Sendable {
  /// The ids.
  public let ids: Set<String>

  /// Reads a list; a missing file is an empty list.
  public init(path: String) {
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    ids = Set(text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") })
  }

  /// What a run shows against the list: ids that fail and are not on it, and ids that pass though
  /// they are.
  public func surprises(in report: ScenarioReport) -> (failures: [String], passes: [String]) {
    (report.failedIDs.subtracting(ids).sorted(), report.passedIDs.intersection(ids).sorted())
  }

  /// Writes a list anew, sorted.
  public static func write(_ ids: Set<String>, to path: String, heading: String) throws {
    let text = "# \(heading)\n" + ids.sorted().map { $0 + "\n" }.joined()
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }
}
