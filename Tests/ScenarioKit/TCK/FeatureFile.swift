/// A scenario of a feature file; of an outline, one row of its examples.
public struct FeatureScenario: Sendable {
  /// One step with what hangs below it.
  public struct Step: Sendable {
    /// The text behind `Given`, `When`, `Then`, `And` or `But`.
    public var text: String
    /// A block between triple quotes.
    public var block: String?
    /// A table, cells trimmed and unescaped.
    public var table: [[String]]
  }

  /// `clauses/match/Match1.feature`.
  public var file: String
  /// The scenario's name, with its number in brackets as written.
  public var name: String
  /// Which row of the examples, from 1; `nil` for plain scenarios.
  public var example: Int?
  /// Words that begin with `@`.
  public var tags: Set<String>
  /// The steps, those of the background first.
  public var steps: [Step]

  /// Names the scenario among all.
  public var id: String {
    let row = example.map { " (example \($0))" } ?? ""
    return "\(file): \(name)\(row)"
  }

  /// The folder below `features`, such as `clauses/match`.
  public var folder: String {
    file.split(separator: "/").dropLast().joined(separator: "/")
  }
}

/// Reads the dialect of Gherkin that the TCK uses.
struct FeatureReader {
  private struct Draft {
    var name: String
    var tags: Set<String>
    var steps: [FeatureScenario.Step] = []
    var isOutline: Bool
    var examples: [[String]] = []
  }

  private let file: String
  private var background: [FeatureScenario.Step] = []
  private var draft: Draft?
  private var isInBackground = false
  private var isInExamples = false
  private var tags: Set<String> = []
  private var scenarios: [FeatureScenario] = []

  private init(file: String) { self.file = file }

  static func read(_ text: String, file: String) -> [FeatureScenario] {
    var reader = FeatureReader(file: file)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
    while let line = lines.popFirst() {
      let trimmed = trim(line)
      if trimmed.hasPrefix("\"\"\"") {
        reader.take(block: readBlock(&lines, indent: line.prefix { $0 == " " }.count))
      } else {
        reader.take(line: trimmed)
      }
    }
    reader.finish()
    return reader.scenarios
  }

  private static func readBlock(_ lines: inout ArraySlice<String>, indent: Int) -> String {
    var block: [String] = []
    while let line = lines.popFirst() {
      if trim(line).hasPrefix("\"\"\"") { break }
      let blanks = line.prefix { $0 == " " }.count
      block.append(String(line.dropFirst(min(blanks, indent))))
    }
    return block.joined(separator: "\n")
  }

  private mutating func take(line: String) {
    if line.isEmpty || line.hasPrefix("#") { return }
    if line.hasPrefix("@") {
      finish()
      tags = Set(line.split(separator: " ").map(String.init))
    } else if line.hasPrefix("Feature:") {
      tags = []
    } else if line.hasPrefix("Background:") {
      isInBackground = true
    } else if line.hasPrefix("Scenario:") || line.hasPrefix("Scenario Outline:") {
      finish()
      let name = Self.trim(String(line.drop { $0 != ":" }.dropFirst()))
      draft = Draft(name: name, tags: tags, isOutline: line.hasPrefix("Scenario Outline:"))
      tags = []
      isInBackground = false
    } else if line.hasPrefix("Examples:") {
      isInExamples = true
    } else if line.hasPrefix("|") {
      take(row: Self.cells(line))
    } else if let step = Self.step(line) {
      if isInBackground { background.append(step) } else { draft?.steps.append(step) }
    }
  }

  private mutating func take(block: String) {
    if isInBackground {
      if !background.isEmpty { background[background.count - 1].block = block }
    } else if let count = draft?.steps.count, count > 0 {
      draft?.steps[count - 1].block = block
    }
  }

  private mutating func take(row: [String]) {
    if isInExamples {
      draft?.examples.append(row)
    } else if isInBackground {
      if !background.isEmpty { background[background.count - 1].table.append(row) }
    } else if let count = draft?.steps.count, count > 0 {
      draft?.steps[count - 1].table.append(row)
    }
  }

  private mutating func finish() {
    isInExamples = false
    guard let draft else { return }
    self.draft = nil
    let steps = background + draft.steps
    guard draft.isOutline else {
      scenarios.append(
        FeatureScenario(
          file: file, name: draft.name, example: nil, tags: draft.tags, steps: steps))
      return
    }
    guard let header = draft.examples.first else { return }
    for (index, row) in draft.examples.dropFirst().enumerated() {
      let substitutions = Array(zip(header, row))
      scenarios.append(
        FeatureScenario(
          file: file, name: draft.name, example: index + 1, tags: draft.tags,
          steps: steps.map { Self.substitute(substitutions, in: $0) }))
    }
  }

  private static func step(_ line: String) -> FeatureScenario.Step? {
    for keyword in ["Given ", "When ", "Then ", "And ", "But "] where line.hasPrefix(keyword) {
      return FeatureScenario.Step(
        text: trim(String(line.dropFirst(keyword.count))), block: nil, table: [])
    }
    return nil
  }

  private static func substitute(
    _ substitutions: [(String, String)], in step: FeatureScenario.Step
  ) -> FeatureScenario.Step {
    func replace(_ text: String) -> String {
      var text = text
      for (name, value) in substitutions {
        text = text.split(separator: "<\(name)>", omittingEmptySubsequences: false)
          .joined(separator: value)
      }
      return text
    }
    return FeatureScenario.Step(
      text: replace(step.text), block: step.block.map(replace),
      table: step.table.map { $0.map(replace) })
  }

  /// Cells of a table row: parted by `|`; `\|`, `\\` and `\n` stand for one character.
  private static func cells(_ line: String) -> [String] {
    var cells: [String] = []
    var cell = ""
    var isEscaped = false
    for character in line.dropFirst() {
      if isEscaped {
        switch character {
        case "n": cell.append("\n")
        case "|", "\\": cell.append(character)
        default:
          cell.append("\\")
          cell.append(character)
        }
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "|" {
        cells.append(trim(cell))
        cell = ""
      } else {
        cell.append(character)
      }
    }
    return cells
  }

  private static func trim(_ text: String) -> String {
    String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
