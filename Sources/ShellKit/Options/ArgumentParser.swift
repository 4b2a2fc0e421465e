import LineEditor

/// Reads the command line.
struct ArgumentParser {
  /// What the command line asks for.
  enum Result {
    /// Go on with these options.
    case options(ShellOptions)
    /// Print this to standard output and end with 0.
    case help(String)
    /// Print this to standard error and end with 1.
    case failure(String)
  }

  /// The name that messages begin with.
  let program: String
  /// Reads an environment variable.
  let environment: @Sendable (String) -> String?

  private static let unknownDistance = 2

  /// Reads arguments and the environment.
  func parse(_ arguments: [String]) -> Result {
    do {
      var options = ShellOptions()
      options.environment = environment
      if try read(arguments[...], into: &options) == .help {
        return .help(HelpText(program: program).text)
      }
      try resolve(&options)
      return .options(options)
    } catch {
      switch error {
      case .usage(let message):
        return .failure("\(HelpText(program: program).usage)\(program): error: \(message)\n")
      case .plain(let message): return .failure("\(message)\n")
      }
    }
  }

  private enum Outcome {
    case options
    case help
  }

  private func read(
    _ arguments: ArraySlice<String>, into options: inout ShellOptions
  ) throws(ArgumentError) -> Outcome {
    var rest = arguments
    var takesOptions = true
    while let word = rest.popFirst() {
      if takesOptions && word == "--" {
        takesOptions = false
      } else if takesOptions && word.hasPrefix("--") {
        if try readLong(word, &rest, &options) == .help { return .help }
      } else if takesOptions && word.hasPrefix("-") && word.count > 1 {
        if try readShort(word, &rest, &options) == .help { return .help }
      } else if options.cypher == nil {
        options.cypher = word
      } else {
        throw .usage("unrecognized arguments: '\(word)'")
      }
    }
    return .options
  }

  private func readLong(
    _ word: String, _ rest: inout ArraySlice<String>, _ options: inout ShellOptions
  ) throws(ArgumentError) -> Outcome {
    var name = word
    var value: String?
    if let sign = word.firstIndex(of: "=") {
      name = String(word[..<sign])
      value = String(word[word.index(after: sign)...])
    }
    guard let (flag, isHelp) = try flag(long: name) else { throw unknown(word, name) }
    if isHelp { return .help }
    if let flag { try apply(flag, value, &rest, &options) }
    return .options
  }

  /// A group of short flags, or a short option with its value behind it.
  private func readShort(
    _ word: String, _ rest: inout ArraySlice<String>, _ options: inout ShellOptions
  ) throws(ArgumentError) -> Outcome {
    if word.hasPrefix("-file") {
      throw .usage("Unrecognized argument '\(word)', did you mean --file?")
    }
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      if letter == "h" { return .help }
      guard let flag = Flag.all.first(where: { $0.short == "-\(letter)" }) else {
        throw unknown(word, word)
      }
      if flag.value == .none {
        try apply(flag, nil, &rest, &options)
        continue
      }
      if letters.first == "=" { letters.removeFirst() }
      try apply(flag, letters.isEmpty ? nil : String(letters), &rest, &options)
      break
    }
    return .options
  }

  private func apply(
    _ flag: Flag, _ given: String?, _ rest: inout ArraySlice<String>,
    _ options: inout ShellOptions
  ) throws(ArgumentError) {
    var value = given ?? ""
    switch flag.value {
    case .none: break
    case .required:
      if given == nil {
        guard let next = rest.first, !next.hasPrefix("-") || next.count == 1 || isNumber(next)
        else { throw .usage("argument \(flag.displayName): expected one argument") }
        value = next
        rest.removeFirst()
      }
    case .optional:
      if given == nil, let next = rest.first, !next.hasPrefix("-") {
        value = next
        rest.removeFirst()
      }
    }
    try flag.apply(&options, value)
  }

  private func isNumber(_ text: String) -> Bool { Int(text) != nil }

  /// The option of a long name or of an unambiguous beginning of one; `--help` has no flag.
  private func flag(long name: String) throws(ArgumentError) -> (flag: Flag?, isHelp: Bool)? {
    if let exact = Flag.all.first(where: { $0.long.contains(name) }) { return (exact, false) }
    if name == "--help" { return (nil, true) }
    let candidates =
      Flag.all.filter(\.allowsAbbreviation).flatMap { flag in
        flag.long.filter { $0.hasPrefix(name) }.map { ($0, Optional(flag)) }
      } + ("--help".hasPrefix(name) ? [("--help", nil)] : [])
    guard let first = candidates.first, name.count > 2 else { return nil }
    guard candidates.count == 1 else {
      let names = candidates.map(\.0).sorted().joined(separator: ", ")
      throw .usage("ambiguous option: \(name) could match \(names)")
    }
    return (first.1, first.1 == nil)
  }

  private func unknown(_ word: String, _ name: String) -> ArgumentError {
    let similar = Flag.all.flatMap(\.long).filter {
      Self.distance($0, name) <= Self.unknownDistance
    }
    let hint = similar.isEmpty ? "" : "\n\nDid you mean:\n\t" + similar.joined(separator: "\n\t")
    return .usage("unrecognized arguments: '\(word)'\(hint)")
  }

  /// How many letters must be inserted, removed or replaced to make one word of another.
  private static func distance(_ left: String, _ right: String) -> Int {
    let right = Array(right)
    var row = Array(0...right.count)
    for (index, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for place in right.indices {
        let replaced = diagonal + (right[place] == letter ? 0 : 1)
        diagonal = row[place + 1]
        row[place + 1] = min(replaced, row[place] + 1, row[place + 1] + 1)
      }
    }
    return row[right.count]
  }

  private func parsed(_ address: String) throws(ArgumentError) -> (
    ServerAddress, user: String?, password: String?
  ) {
    do {
      return try ServerAddress.parse(address)
    } catch {
      switch error {
      case .malformed(let text):
        throw .usage(
          "Failed to parse address: '\(text)'\nAddress should be of the form: "
            + "[scheme://][username:password@][host][:port]")
      case .userInformation(let text):
        throw .plain("Cannot parse user and password from \(text)")
      }
    }
  }

  /// Fills in what the environment and the address say.
  private func resolve(_ options: inout ShellOptions) throws(ArgumentError) {
    var address = options.addressText
    if address == nil {
      let found = ["NEO4J_ADDRESS", "NEO4J_URI"].compactMap { environment($0) }
      guard found.count < 2 else {
        throw .plain("Specify one or none of environment variables NEO4J_ADDRESS and NEO4J_URI")
      }
      address = found.first
    }
    var user: String?
    var password: String?
    if let address {
      (options.address, user, password) = try parsed(address)
    }
    options.user = options.userText ?? environment("NEO4J_USERNAME") ?? user ?? ""
    options.password = options.passwordText ?? environment("NEO4J_PASSWORD") ?? password ?? ""
    options.database = options.databaseText ?? environment("NEO4J_DATABASE") ?? ""
    options.history = options.history ?? environment("NEO4J_CYPHER_SHELL_HISTORY")
  }
}
