import Formatting

/// Sets, lists and clears parameters.
struct ParamCommand: ShellCommand {
  let name = ":param"
  let aliases = [":params"]
  let usage =
    "list or :param - Lists all parameters\n:param clear - Clears all parameters\n"
    + ":param {a: 1} - Sets the parameter a to value 1\n"
    + ":param {a: 1, b: 1+1} - Sets the parameter a to value 1 and b to value 2.\n\n"
    + "The arrow syntax `:param a => 1` is also supported to set parameters individually.\n"
  let summary = "Set the value of a query parameter"
  let help = "Set the specified query parameter to the value given"
  let argumentCounts = 0...1
  let takesWholeLine = true

  func run(_ arguments: [String], _ shell: Shell) async throws(ShellError) -> Continuation {
    let text = arguments.first ?? "list"
    switch text.lowercased() {
    case "list":
      var listing: [UInt8] = []
      ParameterText.append(shell.parameters, to: &listing)
      shell.output.print(String(decoding: listing, as: UTF8.self) + "\n")
    case "clear": shell.clearParameters()
    default:
      guard let expression = ParameterExpression(text) else {
        throw .message("Incorrect usage.\nusage: \(name) \(usage)")
      }
      try await shell.set(expression)
    }
    return .proceed
  }

  func completions(_ shell: Shell) -> [String] { ["list", "clear"] }
}
