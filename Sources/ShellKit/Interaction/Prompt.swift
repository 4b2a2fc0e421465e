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
  ///
  /// libedit wants a printed character right behind each code: neighbouring codes are one, and a
  /// line break comes before them.
  var styled: String {
    var text = ""
    var codes: [String] = []
    func add(_ piece: String) {
      for character in piece {
        if !codes.isEmpty, character != "\n" {
          text += "\u{1}" + codes.map { "\u{1B}[\($0)m" }.joined() + "\u{1}"
          codes = []
        }
        text.append(character)
      }
    }
    func add(_ piece: String, bold: Bool) {
      codes.append(bold ? "1" : "22")
      add(piece)
    }
    guard isConnected else {
      add("Disconnected")
      addSuffix()
      add("> ")
      return text
    }
    add(user, bold: true)
    if let impersonatedUser {
      add("(", bold: false)
      add(impersonatedUser, bold: true)
      add(")", bold: false)
      codes.append("1")
    }
    add("@" + database)
    codes.append("22")
    addSuffix()
    add(end)
    return text

    func addSuffix() {
      guard isUnavailable else { return }
      codes.append("91")
      add(suffix)
      codes.append("")
    }
  }

  /// Blanks as wide as the prompt.
  var continuation: String {
    let width = text.count
    return String(repeating: " ", count: isBroken || width > Self.longestOneLine ? 2 : width)
  }
}
