/// What `--help` prints, from the list of flags.
struct HelpText {
  private static let lineWidth = 100
  private static let textColumn = 25

  /// The name of the program.
  let program: String

  /// The usage block with its line end.
  var usage: String {
    let head = "usage: \(program) "
    let indentation = String(repeating: " ", count: head.count)
    var lines: [String] = []
    var line = head
    for piece in ["[-h]"] + pieces + ["[cypher]"] {
      if line.count + piece.count > Self.lineWidth, line.count > head.count {
        lines.append(line)
        line = indentation
      }
      line += piece + " "
    }
    lines.append(line)
    return lines.map { String($0.reversed().drop { $0 == " " }.reversed()) + "\n" }.joined()
  }

  /// All of it.
  var text: String {
    var text =
      usage + """

        Nacre is a Cypher shell with a graph database inside. By default, the shell is interactive, but
        you can also use it for scripting by passing Cypher directly on the command line or by piping a
        file with Cypher statements. It takes the arguments of cypher-shell.

        Example of piping a file:
          cat some-cypher.txt | \(program)

        Serving the databases to Bolt drivers, see `\(program) serve --help`:
          \(program) serve

        positional arguments:
          cypher                 An optional string of Cypher to execute and then exit.

        """
    for section in Flag.Section.allCases {
      text += "\n\(section.rawValue):\n"
      if section == .named {
        text += entry("-h, --help", "show this help message and exit")
      }
      for flag in Flag.all where flag.section == section {
        text += entry(flag.synopsis, flag.help)
      }
    }
    return text
  }

  private var pieces: [String] {
    let flags = Flag.all.map { ($0.long[0], $0.usage) }
    let either = flags.filter { $0.0.hasPrefix("--fail-") }.map { $0.1.dropFirst().dropLast() }
    return flags.filter { !$0.0.hasPrefix("--fail-") }.map(\.1)
      + ["[\(either.joined(separator: " | "))]"]
  }

  private func entry(_ synopsis: String, _ help: String) -> String {
    var lines: [String] = []
    var line = "  " + synopsis
    if line.count + 1 > Self.textColumn {
      lines.append(line)
      line = ""
    }
    line += String(repeating: " ", count: max(0, Self.textColumn - line.count))
    var isEmpty = true
    for word in help.split(separator: " ") {
      if !isEmpty, line.count + word.count + 1 > Self.lineWidth {
        lines.append(line)
        line = String(repeating: " ", count: Self.textColumn)
        isEmpty = true
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    lines.append(line)
    return lines.joined(separator: "\n") + "\n"
  }
}
