import Diagnostics
import GraphValues

/// `format()` and the constructors that read a text along a pattern.
enum PatternFunctions {
  /// Bodies by lower-case name.
  static let table: [String: FunctionBody] = [
    "format": .many { (arguments, _) throws(Failure) in try format(arguments) }
  ]

  private static func format(_ arguments: [Value]) throws(Failure) -> Value {
    guard let value = arguments.first, !arguments.contains(where: \.isNull) else { return .null }
    guard TemporalInstant(value) != nil || value.isDuration else { throw notTemporal(value) }
    guard arguments.count > 1 else { return value.plainText.map { .string($0) } ?? .null }
    guard case .string(let text) = arguments[1] else {
      throw TemporalFailure.wrongComponent("pattern", arguments[1])
    }
    let pattern = TemporalPattern(text)
    var formatted: String?
    if case .duration(let duration) = value {
      formatted = pattern?.format(duration)
    } else if let instant = TemporalInstant(value) {
      formatted = pattern?.format(instant)
    }
    guard let formatted else { throw invalidCharacter(value.componentTypeName) }
    return .string(formatted)
  }

  /// An instant of a type read along a pattern.
  static func instant(
    _ type: TemporalType, from text: String, _ pattern: String
  ) throws(Failure) -> Value {
    guard let instant = TemporalPattern(pattern)?.instant(type, from: text) else {
      throw mismatch(pattern, text, type.typeName)
    }
    return instant.value
  }

  /// A duration read along a pattern.
  static func duration(from text: String, _ pattern: String) throws(Failure) -> Value {
    guard let duration = TemporalPattern(pattern)?.duration(from: text) else {
      throw mismatch(pattern, text, "DURATION")
    }
    return .duration(duration)
  }

  private static func notTemporal(_ value: Value) -> Failure {
    Failure(
      code: TemporalFailure.typeError,
      message: "format() requires a temporal value or a duration, but got: \(value.debugText)",
      gqlStatus: "22G03", gqlDescription: "data exception - invalid value type",
      causes: [
        TemporalFailure.cause(
          "22N27", "invalid entity type",
          "Invalid input '\(value.componentTypeName)' for argument at index 0 of function format(). Expected to be DURATION, DATE, ZONED TIME, LOCAL TIME, LOCAL DATETIME or ZONED DATETIME."
        )
      ])
  }

  private static func invalidCharacter(_ type: String) -> Failure {
    let text =
      "An invalid character is used in the pattern. Verify that all characters are supported by `\(type)`."
    return Failure(
      code: TemporalFailure.argumentError, message: text, gqlStatus: "42001",
      gqlDescription: "syntax error or access rule violation - invalid syntax",
      causes: [
        GQLCause(
          gqlStatus: "42I65",
          gqlDescription:
            "syntax error or access rule violation - invalid pattern character. \(text)",
          message: text)
      ])
  }

  private static func mismatch(_ pattern: String, _ text: String, _ type: String) -> Failure {
    func sentence(_ quote: String) -> String {
      "Pattern, `\(quote)\(pattern)\(quote)`, does not match input, `\(quote)\(text)\(quote)`. Verify that the pattern is valid for constructing `\(type)`."
    }
    return TemporalFailure.format(
      sentence(""),
      GQLCause(
        gqlStatus: "42I68",
        gqlDescription:
          "syntax error or access rule violation - mismatched pattern. \(sentence("'"))",
        message: sentence("'")),
      code: TemporalFailure.syntaxError)
  }
}

extension Value {
  fileprivate var isDuration: Bool {
    if case .duration = self { true } else { false }
  }
}
