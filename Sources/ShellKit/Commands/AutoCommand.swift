/// A word of other tools before statements, which says nothing here: whoever reads statements drops
/// it, so that this only tells what it means.
struct AutoCommand: ShellCommand {
  let name = ":auto"
  let usage = "statement"
  let summary = "Runs a statement in a transaction of its own"
  let help = "Runs the statement: each is a transaction of its own without it too"
  let isListed = false

  func run(_ arguments: [String], _ shell: Shell) async throws(ShellError) -> Continuation {
    .proceed
  }
}
