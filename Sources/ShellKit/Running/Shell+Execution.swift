import CypherSyntax

extension Shell {
  /// Runs a statement or a command of a script.
  func execute(_ item: ScriptItem, at place: ScriptPlace?) async throws(ShellError) -> Continuation
  {
    let outer = self.place
    self.place = place
    defer { self.place = outer }
    do {
      return try await execute(item)
    } catch {
      if failedPlace == nil { failedPlace = place }
      throw error
    }
  }

  /// Runs a statement or a command.
  func execute(_ item: ScriptItem) async throws(ShellError) -> Continuation {
    switch item {
    case .statement(let text):
      try await run(text)
      return .proceed
    case .malformed(let text, let place):
      try await run(text, refusing: CypherParser.malformed(text, at: place))
      return .proceed
    case .command(let name, let rest):
      return try await run(command: name, rest: rest)
    }
  }
}
