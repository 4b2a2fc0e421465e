import Diagnostics
import QuerySession

/// Changes the database.
struct UseCommand: ShellCommand {
  let name = ":use"
  let usage = "database"
  let summary = "Set the active database"
  let help = "Set the active database that transactions are executed on"
  let argumentCounts = 0...1

  func run(_ arguments: [String], _ shell: Shell) async throws(ShellError) -> Continuation {
    var database = arguments.first ?? ""
    if database.count >= 2, database.hasPrefix("`"), database.hasSuffix("`") {
      database = String(database.dropFirst().dropLast())
    }
    guard let session = shell.session else {
      shell.request.database = database
      return .proceed
    }
    guard !session.isInTransaction else {
      throw .message(
        "There is an open transaction. You need to close it before you can switch database.")
    }
    do {
      try await shell.interruptibly { () throws(Failure) in
        try await session.use(database: database)
      }
      shell.request.database = database
      shell.unusableDatabase = nil
      shell.isUnavailable = false
    } catch {
      shell.noteAvailability(error)
      if shell.mode != .interactive { shell.unusableDatabase = error }
      throw .statement(error, text: "")
    }
    return .proceed
  }

  func completions(_ shell: Shell) -> [String] {
    let known = shell.names.names.databases
    return known.isEmpty ? ["neo4j", "system"] : known
  }
}
