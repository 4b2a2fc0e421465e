import Diagnostics
import Formatting

extension Shell {
  /// The error of a statement in an open transaction begins so.
  private static let transactionPrefix =
    "An error occurred while in an open transaction. The transaction will be rolled back and "
    + "terminated. Error: "
  private static let loginHelp =
    "\nPlease specify --username, and optionally --password, as argument(s)\n"
    + "or as environment variable(s), NEO4J_USERNAME, and NEO4J_PASSWORD respectively.\n"
    + "See --help for more info."

  /// Shows what went wrong, after all that came before it.
  ///
  /// Results that wait are made durable and shown first, so that both streams read in order.
  func report(_ error: ShellError) async {
    let place = failedPlace
    failedPlace = nil
    if case .lost = error {
    } else {
      do {
        try await settleShown()
      } catch {
        if let text = text(of: error) { output.report(text) }
      }
    }
    guard let text = text(of: error) else { return }
    output.report(text)
    if case .lost = error { return }
    if let place, let text = self.text(of: place) { output.note(text) }
  }

  /// The text of an error; `nil` for those that end the shell quietly.
  func text(of error: ShellError) -> String? {
    switch error {
    case .message(let text): return text
    case .transaction(let failure, let statement):
      return Self.transactionPrefix + FailureText.legacy(failure, in: statement)
    case .statement(let failure, let statement):
      let text = FailureText.text(of: failure, in: statement, style: options.failureStyle)
      return text.contains("Missing username") ? text + Self.loginHelp : text
    case .lost(let failure, let statements):
      let count = statements == 1 ? "1 statement" : "the last \(statements) statements"
      return FailureText.text(of: failure, in: "", style: options.failureStyle)
        + "\n\(count) could not be committed: nothing was written"
    case .outputClosed, .signalled: return nil
    }
  }
}
