import Diagnostics
import QuerySession

/// Opens an explicit transaction.
struct BeginCommand: ShellCommand {
  let name = ":begin"
  let summary = "Open a transaction"
  let help = "Start a transaction which will remain open until :commit or :rollback is called"

  func run(_ arguments: [String], _ shell: Shell) async throws(ShellError) -> Continuation {
    guard let session = shell.session else { throw .message("Not connected to Neo4j") }
    guard !session.isInTransaction else {
      throw .message("There is already an open transaction")
    }
    if let failure = shell.unusableDatabase { throw .statement(failure, text: "") }
    shell.endFailedBlock()
    shell.transactionStart = .now
    let options = shell.transactionOptions
    do {
      try await shell.interruptibly { () throws(Failure) in try await session.begin(options) }
    } catch {
      shell.noteAvailability(error)
      throw .statement(error, text: "")
    }
    return .proceed
  }
}

/// Commits the explicit transaction.
struct CommitCommand: ShellCommand {
  let name = ":commit"
  let summary = "Commit the currently open transaction"
  let help = "Commit and close the currently open transaction"

  func run(_ arguments: [String], _ shell: Shell) async throws(ShellError) -> Continuation {
    guard let session = shell.session else { throw .message("Not connected to Neo4j") }
    shell.endFailedBlock()
    guard session.isInTransaction else {
      throw .message("There is no open transaction to commit")
    }
    do {
      try await shell.interruptibly { () throws(Failure) in try await session.commit() }
    } catch {
      shell.noteAvailability(error)
      throw .statement(error, text: "")
    }
    return .proceed
  }
}

/// Rolls the explicit transaction back.
struct RollbackCommand: ShellCommand {
  let name = ":rollback"
  let summary = "Rollback the currently open transaction"
  let help = "Roll back and closes the currently open transaction"

  func run(_ arguments: [String], _ shell: Shell) async throws(ShellError) -> Continuation {
    guard let session = shell.session else { throw .message("Not connected to Neo4j") }
    shell.endFailedBlock()
    guard session.isInTransaction else {
      throw .message("There is no open transaction to rollback")
    }
    do {
      try await shell.interruptibly { () throws(Failure) in try await session.rollback() }
    } catch {
      throw .statement(error, text: "")
    }
    return .proceed
  }
}

extension Shell {
  /// Leaves a block whose transaction had failed; says how many of its statements did not run.
  func endFailedBlock() {
    guard let skipped = skippedStatements else { return }
    skippedStatements = nil
    guard skipped > 0 else { return }
    let count = skipped == 1 ? "1 statement" : "\(skipped) statements"
    output.report("\(count) after the error in the transaction skipped: nothing was written")
  }
}
