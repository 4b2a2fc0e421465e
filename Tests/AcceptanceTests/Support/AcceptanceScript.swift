import Foundation

/// A script that shows the same wherever it runs: on the engine of the shell's own process, on
/// `nacre serve`, and on servers of other makers.
struct AcceptanceScript {
  /// A line of the script and what comes of it.
  struct Step {
    let line: String
    /// Everything on standard output; times stand as `T`.
    let shows: String
    /// Something on standard error; nothing stands there where no step says anything.
    let says: String?
    /// Whether the shell's status tells of it.
    let fails: Bool

    /// A step that works.
    static func shows(_ line: String, _ output: String = "", says: String? = nil) -> Step {
      Step(line: line, shows: output, says: says, fails: false)
    }

    /// A step that is refused.
    static func fails(_ line: String, _ words: String, shows: String = "") -> Step {
      Step(line: line, shows: shows, says: words, fails: true)
    }
  }

  let name: String
  var arguments: [String] = []
  var steps: [Step]

  /// The script's text.
  var text: String { steps.map { $0.line + "\n" }.joined() }
  /// What must be on standard output.
  var output: String { steps.map(\.shows).filter { !$0.isEmpty }.map { $0 + "\n" }.joined() }
  /// What must be on standard error, in this order.
  var words: [String] { steps.compactMap(\.says) }
  /// The shell's status at its end.
  var status: Int32 { steps.contains { $0.fails } ? 1 : 0 }

  /// What is wrong with an outcome; `nil` where it is as wanted.
  func fault(of outcome: Program.Outcome) -> String? {
    let shown = Self.timeless(outcome.out)
    if shown != output { return "\(name) shows\n\(shown)instead of\n\(output)\(outcome.error)" }
    var rest = outcome.error[...]
    for word in words {
      guard let place = rest.range(of: word) else {
        return "\(name) does not say `\(word)` in its place: \(outcome.error)"
      }
      rest = rest[place.upperBound...]
    }
    if words.isEmpty && !rest.isEmpty { return "\(name) says \(rest)" }
    return outcome.status == status ? nil : "\(name) ends with \(outcome.status)"
  }

  /// Output with `T` where it tells how long something took.
  static func timeless(_ text: String) -> String {
    text.replacing(
      /ready to start consuming query after \d+ ms, results consumed after another \d+ ms/
    ) { _ in "T" }
    .replacing(/Time: \d+/) { _ in "Time: T" }
  }
}

/// Where a server of another maker differs: its own language or values, never a fault of the shell.
struct Difference {
  let script: String
  /// The line of the script that is concerned.
  let line: String
  /// What stands there instead; nothing where the server has no such thing.
  let instead: [AcceptanceScript.Step]
  /// What the server does differently.
  let reason: String

  init(
    _ script: String, _ line: String, _ reason: String, instead: AcceptanceScript.Step...
  ) {
    self.script = script
    self.line = line
    self.instead = instead
    self.reason = reason
  }
}

extension AcceptanceScript {
  /// The script as a server with these differences runs it.
  func with(_ differences: [Difference]) -> AcceptanceScript {
    var script = self
    script.steps = steps.flatMap { step in
      differences.first { $0.script == name && $0.line == step.line }?.instead ?? [step]
    }
    return script
  }
}
