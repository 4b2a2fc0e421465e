import Diagnostics

/// Why a statement or command did not do what it should.
enum ShellError: Error {
  /// The shell's own words.
  case message(String)
  /// A statement failed.
  case statement(Failure, text: String)
  /// A statement failed and took the open transaction with it.
  case transaction(Failure, text: String)
  /// A group of statements could not be committed: none of them took effect.
  case lost(Failure, statements: Int)
  /// Nobody reads standard output any more.
  case outputClosed
  /// A signal asked the process to end.
  case signalled

  /// Said when a person was asked and did not answer.
  static let noText = "No text could be read, exiting..."
}

/// What the reader of statements does next.
enum Continuation: Equatable {
  /// Goes on with the next statement.
  case proceed
  /// Leaves the shell with a status.
  case leave(status: Int32)
}
