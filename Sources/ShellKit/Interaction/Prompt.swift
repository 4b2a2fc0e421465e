/// The prompt's text for a state of the shell.
struct Prompt: Equatable {
  /// Longer prompts are broken before their last character.
  private static let longestOneLine = 50

  /// The login name; empty where there is none.
  var user = ""
  /// The user acted as.
  var impersonatedUser: String?
  /// The database.
  var database = ""
  /// Whether there is a session.
  var isConnected = true
  /// Whether an explicit transaction is open.
  var isInTransaction = false
  /// Whether the database could not be reached.
  var isUnavailable = false

  private var suffix: String { isUnavailable ? "[UNAVAILABLE]" : "" }

  private var end: String {
    let mark = isInTransaction ? "# " : "> "
    return isBroken ? "\n" + mark : mark
  }

  private var isBroken: Bool {
    isConnected && user.count + 1 + database.count + suffix.count + 2 > Self.longestOneLine
  }

  /// What is shown, without escape codes.
  var text: String {
    guard isConnected else { return "Disconnected\(suffix)> " }
    let impersonation = impersonatedUser.map { "(\($0))" } ?? ""
    return "\(user)\(impersonation)@\(database)\(suffix)\(end)"
  }

  /// What is shown, with escape codes between bytes 1.
  var styled: String {
    func code(_ text: String) -> String { "\u{1}\u{1B}[\(text)m\u{1}" }
    let shownSuffix = suffix.isEmpty ? "" : code("91") + suffix + code("")
    guard isConnected else { return "Disconnected\(shownSuffix)> " }
    func bold(_ text: String) -> String { text.isEmpty ? "" : code("1") + text + code("22") }
    let impersonation = impersonatedUser.map { "(\(bold($0)))" } ?? ""
    return "\(bold(user))\(impersonation)\(bold("@" + database))\(shownSuffix)\(end)"
  }

  /// Blanks as wide as the prompt.
  var continuation: String {
    let width = text.count
    return String(repeating: " ", count: isBroken || width > Self.longestOneLine ? 2 : width)
  }
}
