import LineEditor

/// Connects again, after `:disconnect`, to the same address or another.
struct ConnectCommand: ShellCommand {
  private static let form =
    "[ADDRESS], [-u USERNAME, --username USERNAME], [-p PASSWORD, --password PASSWORD], "
    + "[-d DATABASE, --database DATABASE]"

  let name = ":connect"
  let usage = ConnectCommand.form
  let summary = "Connects to a database"
  let help = ":connect \(ConnectCommand.form), connects to a database"
  let argumentCounts = 0...7

  private struct Answers {
    var user: String?
    var password: String?
    var database: String?
    var address: ServerAddress?
  }

  func run(_ arguments: [String], _ shell: Shell) async throws(ShellError) -> Continuation {
    var answers = try parse(arguments)
    if answers.address == nil {
      guard shell.session == nil else { throw .message("Already connected") }
    } else if shell.isInTransaction {
      throw .message(
        "There is an open transaction. You need to close it before connecting elsewhere.")
    }
    if answers.user == nil && answers.password != nil {
      throw .message(
        "You cannot provide password only, please provide a username using '-u USERNAME'")
    }
    let former = shell.connector
    if let address = answers.address {
      shell.connector = former.moved(to: address)
      await shell.disconnect()
      if !address.isRemote || answers.user == nil {
        // Nobody is asked before the server has said that it wants to know.
        answers.user = answers.user ?? ""
        answers.password = answers.password ?? ""
      }
    }
    try ask(&answers, shell)
    shell.request.user = answers.user ?? ""
    shell.request.password = answers.password ?? ""
    shell.request.database =
      answers.database ?? shell.options.environment("NEO4J_DATABASE") ?? ""
    shell.request.impersonatedUser = nil
    do throws(ShellError) {
      try await shell.connect()
    } catch {
      shell.connector = former
      throw error
    }
    return .proceed
  }

  func completions(_ shell: Shell) -> [String] { ["-u", "-p", "-d"] }

  private func parse(_ arguments: [String]) throws(ShellError) -> Answers {
    var answers = Answers()
    let usage = ShellError.message(
      "Invalid input string: '\(arguments.joined(separator: " "))', "
        + "usage: ':connect \(Self.form)'")
    var rest = arguments[...]
    if let word = rest.first, !word.hasPrefix("-") {
      rest = rest.dropFirst()
      guard let found = try? ServerAddress.parse(word) else {
        throw .message(
          "Failed to parse address: '\(word)'\nAddress should be of the form: "
            + "[scheme://][username:password@][host][:port]")
      }
      (answers.address, answers.user, answers.password) = found
    }
    while let word = rest.popFirst() {
      var option = word
      var value: String?
      if word.hasPrefix("--"), let sign = word.firstIndex(of: "=") {
        option = String(word[..<sign])
        value = String(word[word.index(after: sign)...])
      }
      guard let value = value ?? rest.popFirst() else { throw usage }
      switch option {
      case "-u", "--username": answers.user = value
      case "-p", "--password": answers.password = value
      case "-d", "--database": answers.database = value
      default: throw usage
      }
    }
    return answers
  }

  /// Asks a person for what is missing.
  private func ask(_ answers: inout Answers, _ shell: Shell) throws(ShellError) {
    if answers.user != nil && answers.password != nil { return }
    guard let prompter = shell.prompter else { throw .message("Could not read input") }
    while answers.user?.isEmpty ?? true {
      guard
        case .line(let user) = prompter.readAnswer(prompt: "username: ")
      else { throw .message(ShellError.noText) }
      answers.user = user
      if user.isEmpty { shell.output.print("username cannot be empty\n\n") }
    }
    guard answers.password == nil else { return }
    guard case .line(let password) = prompter.readSecret(prompt: "password: ") else {
      throw .message(ShellError.noText)
    }
    answers.password = password
  }
}
