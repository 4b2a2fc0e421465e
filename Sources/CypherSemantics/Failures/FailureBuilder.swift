import Diagnostics

/// The cause that most compile-time failures carry.
struct CauseText {
  /// Five characters such as `42N62`.
  var code: String
  /// What the code stands for, such as `variable not defined`.
  var name: String
  /// The sentence.
  var text: String

  /// The condition that codes of a class begin with.
  private static func condition(of code: String) -> String {
    switch code.prefix(2) {
    case "22": "data exception"
    case "42": "syntax error or access rule violation"
    case "51": "system configuration or operation exception"
    default: "general processing exception"
    }
  }

  var link: GQLCause {
    GQLCause(
      gqlStatus: code, gqlDescription: "\(Self.condition(of: code)) - \(name). \(text)",
      message: text)
  }
}

extension Binder {
  /// A syntax error with its usual outer status.
  func syntaxError(_ message: String, at offset: Int?, _ cause: CauseText) -> Failure {
    Failure(
      code: "Neo.ClientError.Statement.SyntaxError", message: message, gqlStatus: "42001",
      gqlDescription: "syntax error or access rule violation - invalid syntax",
      causes: [cause.link], position: offset.map { SourcePosition(ofByte: $0, in: text) })
  }

  /// A syntax error whose message is the cause's text without its full stop.
  func syntaxError(
    at offset: Int?, _ code: String, _ name: String, _ text: String
  ) -> Failure {
    let message = text.hasSuffix(".") ? String(text.dropLast()) : text
    return syntaxError(message, at: offset, CauseText(code: code, name: name, text: text))
  }

  /// A failure because a value has the wrong kind.
  func valueTypeError(_ message: String, at offset: Int?, _ cause: String) -> Failure {
    Failure(
      code: "Neo.ClientError.Statement.SyntaxError", message: message, gqlStatus: "22G03",
      gqlDescription: "data exception - invalid value type",
      causes: [CauseText(code: "22N27", name: "invalid entity type", text: cause).link],
      position: offset.map { SourcePosition(ofByte: $0, in: text) })
  }

  /// The text of a span, as written.
  func source(_ span: SourceSpan) -> String {
    guard span.start >= 0, span.start <= span.end, span.end <= bytes.count else { return "" }
    return String(decoding: bytes[span.start..<span.end], as: UTF8.self)
  }
}
