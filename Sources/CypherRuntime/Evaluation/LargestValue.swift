import Diagnostics
import GraphValues

/// How large one text or list may become, so that doubling it in a loop ends in a failure and not
/// with the process.
enum LargestValue {
  /// Bytes of UTF-8 in one text.
  static let textBytes = 1 << 29
  /// Elements of one list.
  static let elements = 100_000_000

  /// Fails where a text would become too long.
  static func check(textBytes bytes: Int) throws(Failure) {
    if bytes > textBytes {
      throw tooLarge("A text of \(bytes) bytes does not fit into memory.")
    }
  }

  /// Fails where a list would become too long.
  static func check(elements count: Int) throws(Failure) {
    if count > elements {
      throw tooLarge("A list of \(count) elements does not fit into memory.")
    }
  }

  /// Fails where joining two values would give one that is too large.
  static func checkJoined(_ left: Value, _ right: Value) throws(Failure) {
    switch (left, right) {
    case (.string(let left), .string(let right)):
      try check(textBytes: left.utf8.count &+ right.utf8.count)
    case (.list(let left), .list(let right)):
      try check(elements: left.count &+ right.count)
    default: break
    }
  }

  private static func tooLarge(_ message: String) -> Failure {
    Failure(code: "Neo.ClientError.General.OutOfMemoryError", message: message)
  }
}
