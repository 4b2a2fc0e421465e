import LineEditor

/// Lists the last entries, or forgets all.
struct HistoryCommand: ShellCommand {
  /// How many entries are listed.
  private static let listedEntries = 16

  let name = ":history"
  let summary = "Statement history"
  let help =
    "':history' prints a list of the last statements executed\n"
    + "':history clear' removes all entries from the history"
  let argumentCounts = 0...1

  func run(_ arguments: [String], _ shell: Shell) async throws(ShellError) -> Continuation {
    guard let word = arguments.first else {
      shell.output.print(list(shell.history.entries))
      return .proceed
    }
    guard word.lowercased() == "clear" else { throw .message("Unrecognised argument \(word)") }
    shell.output.print("Removing history...\n")
    if let problem = shell.history.clear() { shell.output.report(problem) }
    shell.prompter?.forgetAll()
    return .proceed
  }

  func completions(_ shell: Shell) -> [String] { ["clear"] }

  private func list(_ entries: [String]) -> String {
    let first = max(0, entries.count - Self.listedEntries)
    let width = String(entries.count).count
    var text = ""
    for index in first..<entries.count {
      let number = String(index + 1)
      let lines = entries[index].split(separator: "\n", omittingEmptySubsequences: false)
      for (place, line) in lines.enumerated() {
        let head = place == 0 ? number : ""
        let padding = String(repeating: " ", count: width - head.count)
        text += " \(head)\(padding)  \(line)\n"
      }
    }
    return text + "\n"
  }
}
