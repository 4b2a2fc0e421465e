public import Diagnostics

/// How failures of statements read.
public enum FailureStyle: String, CaseIterable, Sendable {
  /// The chain of GQLSTATUS objects, deepest cause first.
  case gql
  /// The server's message alone.
  case legacy
  /// Message, codes and causes.
  case stacktrace
}

/// Failures as text.
public enum FailureText {
  /// Stands for failures that have no status of their own; their message counts.
  private static let unknownStatus = "50N42"

  /// The text of a failure, without a line end behind it.
  ///
  /// - Parameters:
  ///   - failure: What happened.
  ///   - statement: The statement's text as it was sent, for the line that is quoted.
  ///   - style: Which of the forms.
  /// - Returns: One or more lines.
  public static func text(
    of failure: Failure, in statement: String, style: FailureStyle
  ) -> String {
    switch style {
    case .gql where failure.gqlStatus != unknownStatus: chain(of: failure, in: statement)
    case .gql, .legacy: legacy(failure, in: statement)
    case .stacktrace: details(of: failure, in: statement)
    }
  }

  /// The server's message with position, quoted line and caret; the code where there is no message.
  public static func legacy(_ failure: Failure, in statement: String) -> String {
    let message = failure.legacyMessage(in: statement)
    return message.isEmpty ? failure.code : message
  }

  private static func chain(of failure: Failure, in statement: String) -> String {
    var links = [
      GQLCause(
        gqlStatus: failure.gqlStatus, gqlDescription: failure.gqlDescription, message: "")
    ]
    links.append(contentsOf: failure.causes)
    var lines: [String] = []
    for (index, link) in links.reversed().enumerated() {
      var line = "\(link.gqlStatus): \(withoutSeverity(link.gqlDescription))"
      if index == 0, failure.position != nil {
        var bare = failure
        bare.message = line
        line = bare.legacyMessage(in: statement)
      }
      lines.append(index == 0 ? line : "  " + line)
    }
    return lines.joined(separator: "\n")
  }

  private static func withoutSeverity(_ description: String) -> String {
    for prefix in ["error: ", "warn: ", "info: "] where description.hasPrefix(prefix) {
      return String(description.dropFirst(prefix.count))
    }
    return description
  }

  private static func details(of failure: Failure, in statement: String) -> String {
    var lines = [
      legacy(failure, in: statement), "  code: \(failure.code)",
      "  status: \(failure.gqlStatus): \(failure.gqlDescription)",
    ]
    for cause in failure.causes {
      lines.append("  caused by: \(cause.gqlStatus): \(cause.gqlDescription)")
    }
    if let hint = failure.hint { lines.append("  help: \(hint)") }
    return lines.joined(separator: "\n")
  }
}
