import GraphValues
import LineEditor

/// What Tab offers: commands and their words, or what fits in a statement.
struct CommandCompletion {
  let shell: Shell

  /// Completes the word at the end of a text.
  ///
  /// - Parameter line: The text up to the cursor; a command can stand in a first line only.
  /// - Returns: `nil` when nothing fits.
  func complete(_ line: String) -> Completion? {
    let trimmed = line.drop { $0 == " " || $0 == "\t" }
    if !line.contains("\n"), trimmed.isEmpty || trimmed.first == ":" {
      return completeCommand(trimmed)
    }
    // What others have named meanwhile is offered at the next time.
    shell.refreshNames()
    return StatementCompletion.complete(
      line, shell.names.names, parameters: shell.parameters.keys.sorted())
  }

  private func completeCommand(_ text: Substring) -> Completion? {
    guard let blank = text.firstIndex(of: " ") else {
      return complete(String(text), with: CommandCatalogue.commands.map(\.name)).map { completion in
        var completion = completion
        completion.listing = Self.withSummaries(completion.listing)
        return completion
      }
    }
    guard let command = CommandCatalogue.command(named: text[..<blank].lowercased()) else {
      return nil
    }
    return complete(Self.lastWord(String(text)), with: command.completions(shell))
  }

  private func complete(_ word: String, with words: [String]) -> Completion? {
    CompletionWord.completion(
      of: word, length: word.unicodeScalars.count, with: words.map { CompletionWord($0) },
      isTable: false)
  }

  /// Commands with what they do, as wide as each other.
  private static func withSummaries(_ names: [String]) -> [String] {
    let summaries = names.map { CommandCatalogue.command(named: $0)?.summary ?? "" }
    let width = zip(names, summaries).reduce(0) { max($0, $1.0.count + $1.1.count) }
    return zip(names, summaries).map { name, summary in
      let gap = String(repeating: " ", count: width - name.count - summary.count + 1)
      return "\(name)\(gap)(\(summary))"
    }
  }

  private static func lastWord(_ line: String) -> String {
    let end = line.lastIndex { !($0.isLetter || $0.isNumber || "$_:-.".contains($0)) }
    return String(end.map { line[line.index(after: $0)...] } ?? line[...])
  }
}
