import Foundation

/// Finds data that lie beside the checkout, or where an environment variable says.
public enum SharedData {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The folder of recorded answers, or of what they are asked by.
  public static let golden = folder("golden", variable: "NACRE_GOLDEN")

  /// The folder of the openCypher scenarios.
  public static let tck = folder("tck", variable: "NACRE_TCK")

  /// The built program: `NACRE_BINARY`, or the one beside the tests.
  public static var binary: String {
    ProcessInfo.processInfo.environment["NACRE_BINARY"]
      ?? root.appending(path: ".build/debug/nacre").path
  }

  /// Whether lists are to be written anew rather than held against.
  public static var updatesLists: Bool {
    ProcessInfo.processInfo.environment["NACRE_UPDATE_GOLDEN"] == "1"
  }

  /// The folder, or `nil` with the reason printed.
  private static func folder(_ name: String, variable: String) -> String? {
    let path =
      ProcessInfo.processInfo.environment[variable]
      ?? root.deletingLastPathComponent().appending(path: "shared/\(name)").path
    guard FileManager.default.fileExists(atPath: path) else {
      print("skipped: no folder \(path); set \(variable) to where the \(name) data lie")
      return nil
    }
    return path
  }
}
