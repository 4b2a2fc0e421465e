import Diagnostics
import Foundation
import GraphValues
import QueryPlan

/// Compiled regular expressions by their text.
final class RegularExpressionCache {
  private var known: [String: NSRegularExpression] = [:]
  private let limit = 64

  /// `text =~ pattern`: whether the whole text matches.
  func matches(_ text: Value, _ pattern: Value) throws(Failure) -> Value {
    switch (text, pattern) {
    case (.null, _), (_, .null): return .null
    case (_, .string(let source)):
      guard case .string(let subject) = text else { return .null }
      let expression = try compiled(source)
      let whole = NSRange(location: 0, length: subject.utf16.count)
      let found = expression.firstMatch(in: subject, options: [.anchored], range: whole)
      return .boolean(found?.range == whole)
    default:
      throw .invalidType(
        "Expected \(pattern.messageText) to be a String, but it was a \(pattern.messageType)",
        value: pattern, expected: ["STRING"])
    }
  }

  private func compiled(_ source: String) throws(Failure) -> NSRegularExpression {
    if let expression = known[source] { return expression }
    // The group and the anchor make alternatives and lazy repetitions reach for the whole text.
    guard (try? NSRegularExpression(pattern: source)) != nil,
      let expression = try? NSRegularExpression(pattern: "(?:\(source))\\z")
    else { throw .invalidRegularExpression(source) }
    if known.count >= limit { known.removeAll() }
    known[source] = expression
    return expression
  }
}

extension Failure {
  /// A pattern that is no regular expression.
  static func invalidRegularExpression(_ source: String) -> Failure {
    var failure = Failure.statement("SemanticError", "Invalid Regex: \(source)")
    failure.gqlStatus = "22000"
    failure.gqlDescription = "data exception"
    let text = "Invalid argument: cannot process '\(source)'."
    failure.causes = [
      GQLCause(
        gqlStatus: "22N11", gqlDescription: "data exception - invalid argument. " + text,
        message: text)
    ]
    return failure
  }
}

extension Value {
  /// `IS form NORMALIZED`: null unless a string.
  func isNormalized(_ form: NormalForm) -> Value {
    guard case .string(let text) = self else { return .null }
    let normal =
      switch form {
      case .nfc: text.precomposedStringWithCanonicalMapping
      case .nfd: text.decomposedStringWithCanonicalMapping
      case .nfkc: text.precomposedStringWithCompatibilityMapping
      case .nfkd: text.decomposedStringWithCompatibilityMapping
      }
    return .boolean(normal.hasSameCodePoints(as: text))
  }
}
