public import Foundation

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

/// Finds data that lie beside the checkout, or where an environment variable says.
public enum SharedData {
  /// The folder, or `nil` with the reason printed.
  public static func folder(_ name: String, variable: String, root: URL) -> String? {
    let environment = ProcessInfo.processInfo.environment
    let path =
      environment[variable]
      ?? root.deletingLastPathComponent().appending(path: "shared/\(name)").path
    guard FileManager.default.fileExists(atPath: path) else {
      print("skipped: no folder \(path); set \(variable) to where the \(name) data lie")
      return nil
    }
    return path
  }

  /// The built program: `NACRE_BINARY`, or the one beside the tests.
  public static func binary(root: URL) -> String {
    ProcessInfo.processInfo.environment["NACRE_BINARY"]
      ?? root.appending(path: ".build/debug/nacre").path
  }

  /// Whether lists are to be written anew rather than held against.
  public static var updatesLists: Bool {
    ProcessInfo.processInfo.environment["NACRE_UPDATE_GOLDEN"] == "1"
  }
}
