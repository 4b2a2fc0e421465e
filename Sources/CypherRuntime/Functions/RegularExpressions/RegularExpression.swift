import Diagnostics
import Foundation
import GraphValues

/// A regular expression in Java's syntax.
final class RegularExpression {
  private let pattern: String
  private let translation: String
  private let shortcut: LiteralPattern?
  private var whole: NSRegularExpression?

  /// Compiles a pattern in Java's syntax; a malformed one is refused in Java's words.
  init(_ pattern: String) throws(Failure) {
    self.pattern = pattern
    shortcut = LiteralPattern(pattern)
    if shortcut != nil {
      translation = ""
      return
    }
    do throws(PatternError) {
      translation = try PatternTranslator.translate(pattern)
    } catch {
      throw .invalidPattern(error.message(in: pattern), pattern)
    }
    whole = try compile("(?:" + translation + ")\\z")
  }

  /// Whether the whole text matches.
  func matches(_ text: String) throws(Failure) -> Bool {
    if let shortcut {
      if let answer = shortcut.matches(text) { return answer }
      if whole == nil {
        whole = try compile("(?:" + PatternTranslator.quoted(shortcut) + ")\\z")
      }
    }
    guard let whole else { return false }
    let range = NSRange(location: 0, length: text.utf16.count)
    return whole.firstMatch(in: text, options: .anchored, range: range) != nil
  }

  /// The text with all matches replaced; `$1`, `${name}` stand for groups, `\` takes a character as it
  /// is.
  func replaceAll(in text: String, with replacement: String) throws(Failure) -> String {
    let expression = try compile(
      shortcut.map { PatternTranslator.quoted($0) } ?? translation)
    let source = text as NSString
    let range = NSRange(location: 0, length: source.length)
    var result = ""
    var end = 0
    for match in expression.matches(in: text, options: [], range: range) {
      let skipped = NSRange(location: end, length: match.range.location - end)
      result += source.substring(with: skipped)
      result += try expand(replacement, match, source)
      end = match.range.location + match.range.length
    }
    return result + source.substring(from: end)
  }

  private func expand(
    _ replacement: String, _ match: NSTextCheckingResult, _ source: NSString
  ) throws(Failure) -> String {
    var result = ""
    var rest = Substring(replacement)
    while let character = rest.popFirst() {
      switch character {
      case "\\":
        guard let next = rest.popFirst() else {
          throw .replacement("character to be escaped is missing")
        }
        result.append(next)
      case "$":
        let range = try group(&rest, match)
        if range.location != NSNotFound { result += source.substring(with: range) }
      default: result.append(character)
      }
    }
    return result
  }

  private func group(
    _ rest: inout Substring, _ match: NSTextCheckingResult
  ) throws(Failure) -> NSRange {
    if rest.first == "{" {
      let name = rest.dropFirst().prefix { $0 != "}" }
      rest = rest.dropFirst(name.count + 2)
      let range = match.range(withName: String(name))
      return range
    }
    guard let first = rest.first?.wholeNumberValue, rest.first?.isASCII == true else {
      throw .replacement("Illegal group reference")
    }
    rest.removeFirst()
    guard first < match.numberOfRanges else { throw .replacement("No group \(first)") }
    var number = first
    // Further digits count as long as such a group exists.
    while let digit = rest.first?.wholeNumberValue, number * 10 + digit < match.numberOfRanges {
      number = number * 10 + digit
      rest.removeFirst()
    }
    return match.range(at: number)
  }

  private func compile(_ text: String) throws(Failure) -> NSRegularExpression {
    guard let expression = try? NSRegularExpression(pattern: text, options: []) else {
      throw .invalidPattern("Illegal pattern\n\(pattern)", pattern)
    }
    return expression
  }
}

/// Matches values against patterns for `=~` and keeps compiled patterns.
final class RegularExpressionCache {
  private static let mostPatterns = 64
  private var latest: (pattern: String, expression: RegularExpression)?
  private var compiled: [String: RegularExpression] = [:]

  /// `text =~ pattern`: null when either is null or the left side is no string.
  func matches(_ text: Value, _ pattern: Value) throws(Failure) -> Value {
    if pattern.isNull { return .null }
    guard case .string(let wanted) = pattern else {
      if text.isNull { return .null }
      throw .notPattern(pattern)
    }
    guard case .string(let text) = text else { return .null }
    return .boolean(try expression(wanted).matches(text))
  }

  private func expression(_ pattern: String) throws(Failure) -> RegularExpression {
    if let latest, latest.pattern.hasSameCodePoints(as: pattern) { return latest.expression }
    let found: RegularExpression
    if let known = compiled[pattern] {
      found = known
    } else {
      found = try RegularExpression(pattern)
      if compiled.count >= Self.mostPatterns { compiled.removeAll(keepingCapacity: true) }
      compiled[pattern] = found
    }
    latest = (pattern, found)
    return found
  }
}

extension Failure {
  /// A malformed pattern.
  fileprivate static func invalidPattern(_ message: String, _ pattern: String) -> Failure {
    let text = "Invalid argument: cannot process '\(pattern)'."
    return Failure(
      code: "Neo.ClientError.Statement.SemanticError", message: "Invalid Regex: " + message,
      gqlStatus: "22000", gqlDescription: "data exception",
      causes: [
        GQLCause(
          gqlStatus: "22N11", gqlDescription: "data exception - invalid argument. " + text,
          message: text)
      ])
  }

  /// A pattern that is no string.
  fileprivate static func notPattern(_ value: Value) -> Failure {
    Failure(
      code: "Neo.ClientError.Statement.TypeError",
      message: "Expected \(value.debugText) to be a org.neo4j.values.storable.TextValue, but it "
        + "was a \(value.className)", gqlStatus: "22G03",
      gqlDescription: "data exception - invalid value type",
      causes: [
        .wrongType(
          value.operandText, is: value.typeText,
          expected: ["org.neo4j.values.storable.TextValue"])
      ])
  }

  /// A replacement that names a group that is not there.
  fileprivate static func replacement(_ message: String) -> Failure {
    Failure(
      code: "Neo.DatabaseError.Statement.ExecutionFailed", message: message, gqlStatus: "50N00",
      gqlDescription:
        "general processing exception - internal error. Internal exception raised \(message)")
  }
}
