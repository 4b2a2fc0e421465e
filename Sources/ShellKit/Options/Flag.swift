import Formatting
import QuerySession

/// One option of the command line: names, texts, and what it does; parsing, usage and `--help` read
/// the list of them.
struct Flag: Sendable {
  /// Which list of `--help` shows it.
  enum Section: String, CaseIterable {
    case named = "named arguments"
    case connection = "connection arguments"
    case embedded = "embedded engine arguments"
  }

  /// How its value is given.
  enum Value: Equatable, Sendable {
    case none
    case required(String)
    case optional(String)
  }

  /// Such as `-u`; `nil` when there is none.
  var short: String?
  /// Such as `--username`, the main one first.
  var long: [String]
  var value = Value.none
  var section = Section.named
  var help: String
  /// Whether unambiguous beginnings of the long names will do; only for options of cypher-shell, so
  /// that its scripts keep their meaning.
  var allowsAbbreviation = true
  /// Changes the options; the text is empty for flags without value.
  var apply: @Sendable (inout ShellOptions, String) throws(ArgumentError) -> Void

  /// As messages name it: `-u/--username`.
  var displayName: String { ((short.map { [$0] } ?? []) + long).joined(separator: "/") }

  /// As the usage line shows it: `[-u USERNAME]`.
  var usage: String {
    let name = short ?? long[0]
    switch value {
    case .none: return "[\(name)]"
    case .required(let word): return "[\(name) \(word)]"
    case .optional(let word): return "[\(name) [\(word)]]"
    }
  }

  /// As the list of `--help` shows it: `-u USERNAME, --username USERNAME`.
  var synopsis: String {
    let names = (short.map { [$0] } ?? []) + long
    switch value {
    case .none: return names.joined(separator: ", ")
    case .required(let word): return names.map { "\($0) \(word)" }.joined(separator: ", ")
    case .optional(let word): return names.map { "\($0) [\(word)]" }.joined(separator: ", ")
    }
  }
}

/// Why arguments cannot be used.
enum ArgumentError: Error, Equatable {
  /// Told with the usage before it.
  case usage(String)
  /// Told alone.
  case plain(String)
}
