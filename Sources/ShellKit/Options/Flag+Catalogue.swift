import Formatting
import QuerySession

extension Flag {
  /// All options, in the order of the usage line.
  static let all: [Flag] = connection + remote + running + output + behaviour + embedded

  private static let connection: [Flag] = [
    Flag(
      short: "-a", long: ["--address", "--uri"], value: .required("ADDRESS"),
      section: .connection,
      help: "Address and port to connect to, or `memory:` for a store that vanishes at exit. "
        + "Defaults to the embedded engine. Can also be specified using the environment "
        + "variable NEO4J_ADDRESS or NEO4J_URI.",
      apply: { options, text throws(ArgumentError) in
        guard options.addressText == nil else {
          throw .usage("Specify one of -a/--address/--uri")
        }
        options.addressText = text
      }),
    Flag(
      short: "-u", long: ["--username"], value: .required("USERNAME"), section: .connection,
      help: "Username to connect as. Can also be specified using the environment variable "
        + "NEO4J_USERNAME.",
      apply: { options, text in options.userText = text }),
    Flag(
      long: ["--impersonate"], value: .required("IMPERSONATE"), section: .connection,
      help: "User to impersonate.",
      apply: { options, text in options.impersonatedUser = text }),
    Flag(
      short: "-p", long: ["--password"], value: .required("PASSWORD"), section: .connection,
      help: "Password to connect with. Can also be specified using the environment variable "
        + "NEO4J_PASSWORD.",
      apply: { options, text in options.passwordText = text }),
    Flag(
      long: ["--encryption"], value: .required("{true,false,default}"), section: .connection,
      help: "Whether the connection to Neo4j should be encrypted. This must be consistent with "
        + "the Neo4j's configuration. If choosing 'default', the encryption setting is deduced "
        + "from the specified address. (default: default)",
      apply: { options, text throws(ArgumentError) in
        let chosen = try choice(text, of: ["true", "false", "default"], for: "--encryption")
        options.remote.encrypts = chosen == "default" ? nil : chosen == "true"
      }),
    Flag(
      short: "-d", long: ["--database"], value: .required("DATABASE"), section: .connection,
      help: "Database to connect to. Can also be specified using the environment variable "
        + "NEO4J_DATABASE.",
      apply: { options, text in options.databaseText = text }),
    Flag(
      long: ["--access-mode"], value: .required("{read,write}"), section: .connection,
      help: "Access mode. Defaults to WRITE. (default: write)",
      apply: { options, text throws(ArgumentError) in
        guard let mode = AccessMode(rawValue: text.lowercased()) else {
          throw .usage(
            "argument --access-mode: could not convert '\(text)' (choose from {read,write})")
        }
        options.accessMode = mode
      }),
  ]

  private static let remote: [Flag] = [
    Flag(
      long: ["--ca-file"], value: .required("FILE"), section: .connection,
      help: "Trust the certificate authorities in this file rather than those of the system.",
      apply: { options, text in options.remote.authorityFile = text }),
    Flag(
      long: ["--client-cert"], value: .required("FILE"), section: .connection,
      help: "Show this certificate to servers that ask for one.",
      apply: { options, text in options.remote.certificateFile = text }),
    Flag(
      long: ["--client-key"], value: .required("FILE"), section: .connection,
      help: "The key of the certificate of --client-cert.",
      apply: { options, text in options.remote.keyFile = text }),
    Flag(
      long: ["--connect-timeout"], value: .required("SECONDS"), section: .connection,
      help: "How long connecting to a server may take. (default: 30)",
      apply: { options, text throws(ArgumentError) in
        options.remote.connectTimeoutSeconds = try positive(text, for: "--connect-timeout")
      }),
    Flag(
      long: ["--fetch-size"], value: .required("RECORDS"), section: .connection,
      help: "How many records are asked of a server at a time. (default: 1000)",
      apply: { options, text throws(ArgumentError) in
        options.remote.fetchSize = try positive(text, for: "--fetch-size")
      }),
    Flag(
      long: ["--no-fallback"], section: .connection,
      help: "Fail where a neo4j:// address has no routing, rather than connect to it directly.",
      apply: { options, _ in options.remote.fallsBack = false }),
  ]

  private static let running: [Flag] = [
    Flag(
      long: ["--enable-autocompletions"],
      help: "Accepted for compatibility: completions are always on.",
      apply: { _, _ in }),
    Flag(
      long: ["--format"], value: .required("{auto,verbose,plain,csv,json,jsonl}"),
      help: "Desired output format. Displays the results in tabular format if you use the shell "
        + "interactively and with minimal formatting if you use it for scripting. `verbose` "
        + "displays results in tabular format and prints statistics. `plain` displays data with "
        + "minimal formatting. `csv` follows RFC 4180; `json` is one array a result, `jsonl` one "
        + "object a line. (default: auto)",
      apply: { options, text throws(ArgumentError) in
        let names = ["auto"] + ResultFormat.allCases.map(\.rawValue)
        options.format = ResultFormat(rawValue: try choice(text, of: names, for: "--format"))
      }),
    Flag(
      short: "-P", long: ["--param"], value: .required("PARAM"),
      help: "Add a parameter to this session. Example: `-P {a: 1}` or `-P {a: 1, b: "
        + "duration({seconds: 1})}`. This argument can be specified multiple times. (default: [])",
      apply: { options, text throws(ArgumentError) in
        guard let expression = ParameterExpression(text) else {
          throw .plain("Incorrect usage.\nusage: --param  'name => value'")
        }
        options.parameters.append(expression.map)
      }),
    Flag(
      long: ["--non-interactive"],
      help: "Force non-interactive mode. Only useful when auto-detection fails. (default: false)",
      apply: { options, _ in options.isNonInteractive = true }),
  ]

  private static let output: [Flag] = [
    Flag(
      long: ["--sample-rows"], value: .required("SAMPLE-ROWS"),
      help: "Number of rows sampled to compute table widths (only for format=VERBOSE). "
        + "(default: 1000)",
      apply: { options, text throws(ArgumentError) in
        guard let count = Int32(text), count >= 1 else { throw .usage("Invalid value: \(text)") }
        options.sampleRows = Int(count)
      }),
    Flag(
      long: ["--wrap"], value: .required("{true,false}"),
      help: "Wrap table column values if column is too narrow (only for format=VERBOSE). "
        + "(default: true)",
      apply: { options, text throws(ArgumentError) in
        guard let wraps = Bool(text) else {
          throw .usage("argument --wrap: could not convert '\(text)' (choose from {true,false})")
        }
        options.wraps = wraps
      }),
    Flag(
      short: "-v", long: ["--version"], help: "Print Nacre's version and exit. (default: false)",
      apply: { options, _ in options.action = .version }),
    Flag(
      long: ["--driver-version"],
      help: "Print the version of Nacre's driver and exit. (default: false)",
      apply: { options, _ in
        if options.action != .version { options.action = .driverVersion }
      }),
    Flag(
      short: "-f", long: ["--file"], value: .required("FILE"),
      help: "Pass a file with Cypher statements to be executed. This argument can be specified "
        + "multiple times. After executing all statements, the shell shuts down.",
      apply: { options, text in options.files.append(text) }),
  ]

  private static let behaviour: [Flag] = [
    Flag(
      long: ["--change-password"],
      help: "Change the neo4j user password and exit. (default: false)",
      apply: { options, _ in
        if options.action == .run { options.action = .changePassword }
      }),
    Flag(
      long: ["--log"], value: .optional("LOG-FILE"),
      help: "Enable logging to the specified file, or standard error if the file is omitted.",
      apply: { options, text in options.logFile = text }),
    Flag(
      long: ["--debug"], value: .optional("LOG-FILE"), help: "The same as --log.",
      allowsAbbreviation: false, apply: { options, text in options.logFile = text }),
    Flag(
      long: ["--history"], value: .required("HISTORY-BEHAVIOUR"),
      help: "File path of a query and a command history file, `in-memory` for in-memory history "
        + "or `disable`. Defaults to <user home>/.neo4j/.cypher_shell_history. Can also be set "
        + "using the environment variable NEO4J_CYPHER_SHELL_HISTORY.",
      apply: { options, text in options.history = text }),
    Flag(
      long: ["--notifications"],
      help: "Enable notifications in interactive mode. (default: false)",
      apply: { options, _ in options.showsNotifications = true }),
    Flag(
      long: ["--idle-timeout"], value: .required("IDLE-TIMEOUT"),
      help: "Closes the application after the specified amount of idle time in interactive mode. "
        + "You can specify the duration using the format `<hours>h<minutes>m<seconds>s`, for "
        + "example `1h` (1 hour), `1h30m` (1 hour 30 minutes), or `30m` (30 minutes).",
      apply: { options, text throws(ArgumentError) in
        options.idleTimeoutSeconds = try seconds(text)
      }),
    Flag(
      long: ["--error-format"], value: .required("{gql,legacy,stacktrace}"),
      help: "Desired format of errors. (default: gql)", allowsAbbreviation: false,
      apply: { options, text throws(ArgumentError) in
        guard let style = FailureStyle(rawValue: text.lowercased()) else {
          throw .usage(
            "argument --error-format: could not convert '\(text)' "
              + "(choose from {gql,legacy,stacktrace})")
        }
        options.failureStyle = style
      }),
    Flag(
      long: ["--transaction-timeout"], value: .required("TRANSACTION-TIMEOUT"),
      help: "Ends transactions that take longer. The format is that of --idle-timeout.",
      allowsAbbreviation: false,
      apply: { options, text throws(ArgumentError) in
        let limit = try seconds(text)
        options.transactionTimeoutSeconds = limit == 0 ? nil : limit
      }),
    Flag(
      long: ["--fail-fast"],
      help: "Exit and report failure on the first error when reading from a file (this is the "
        + "default behavior).",
      apply: { options, _ throws(ArgumentError) in
        if options.failsAtEnd {
          throw .usage("argument --fail-fast: not allowed with argument --fail-at-end")
        }
        options.failsFast = true
      }),
    Flag(
      long: ["--fail-at-end"],
      help: "Exit and report failures at the end of the input when reading from a file.",
      apply: { options, _ throws(ArgumentError) in
        if options.failsFast {
          throw .usage("argument --fail-at-end: not allowed with argument --fail-fast")
        }
        options.failsAtEnd = true
      }),
  ]

  private static let embedded: [Flag] = [
    Flag(
      long: ["--data"], value: .required("DIRECTORY"), section: .embedded,
      help: "Where the embedded engine keeps its databases. Defaults to NACRE_DATA, else "
        + "$XDG_DATA_HOME/nacre, else ~/.local/share/nacre.",
      allowsAbbreviation: false,
      apply: { options, text throws(ArgumentError) in
        if text.isEmpty { throw .usage("argument --data: expected a directory, but it is empty") }
        options.dataDirectory = text
      }),
    Flag(
      long: ["--memory"], section: .embedded,
      help: "Keep databases in memory: they vanish at the end. The same as -a memory:.",
      allowsAbbreviation: false,
      apply: { options, _ throws(ArgumentError) in
        guard options.addressText == nil else {
          throw .usage("Specify one of --memory and -a/--address/--uri")
        }
        options.addressText = "memory:"
      }),
    Flag(
      long: ["--durability"], value: .required("{full,none}"), section: .embedded,
      help: "Whether commits wait until they are on disk. (default: full)",
      allowsAbbreviation: false,
      apply: { options, text throws(ArgumentError) in
        options.durability = try choice(text, of: ["full", "none"], for: "--durability")
      }),
  ]

  private static func positive(_ text: String, for name: String) throws(ArgumentError) -> Int {
    guard let number = Int32(text), number >= 1 else {
      throw .usage("argument \(name): '\(text)' is not a number from 1 on")
    }
    return Int(number)
  }

  private static func choice(
    _ text: String, of words: [String], for name: String
  ) throws(ArgumentError) -> String {
    guard words.contains(text) else {
      throw .usage(
        "argument \(name): invalid choice: '\(text)' "
          + "(choose from {\(words.joined(separator: ","))})")
    }
    return text
  }

  /// Reads `1h30m`, in either case; `nil` for `disable`.
  private static func seconds(_ text: String) throws(ArgumentError) -> Int? {
    let lower = text.lowercased()
    if lower == "disable" { return nil }
    var total = 0
    var digits = ""
    var units: [(Character, Int)] = [("h", 3600), ("m", 60), ("s", 1)]
    var isRead = false
    for character in lower {
      if character.isASCII && character.isNumber {
        digits.append(character)
        continue
      }
      guard let amount = Int(digits), let place = units.firstIndex(where: { $0.0 == character })
      else { throw badTimeout(text) }
      let (product, overflows) = amount.multipliedReportingOverflow(by: units[place].1)
      let (sum, overflowsToo) = total.addingReportingOverflow(product)
      guard !overflows, !overflowsToo else { throw badTimeout(text) }
      total = sum
      units.removeFirst(place + 1)
      digits = ""
      isRead = true
    }
    guard isRead, digits.isEmpty else { throw badTimeout(text) }
    return total
  }

  private static func badTimeout(_ text: String) -> ArgumentError {
    .usage(
      "Invalid timeout value, valid values are for example 1h30m (1 hour and 30 minutes), "
        + "1h (1 hour), 10m (10 minutes): \(text)")
  }
}
