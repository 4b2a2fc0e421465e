import Diagnostics
import GraphStore
import GraphValues

/// What OPTIONS of an index may say, and what holds where it says nothing.
struct IndexOptions {
  let kind: IndexKind
  /// What is created, such as `range node property index`, for messages.
  let title: String

  /// Checks options.
  ///
  /// - Throws: What is wrong with them.
  func check(_ options: MapValue) throws(Failure) {
    for entry in options.entries {
      switch entry.key.lowercased() {
      case "indexprovider":
        guard case .string(let provider) = entry.value else {
          throw wrongKind(
            entry.value, "index provider", "String value", "'indexProvider'", "STRING")
        }
        try checkProvider(provider)
      case "indexconfig":
        guard case .map(let config) = entry.value else {
          throw wrongKind(entry.value, "index config", "a map", "'indexConfig'", "MAP")
        }
        try checkConfig(config)
      default: break
      }
    }
  }

  /// The configuration that an index has, given or by default, by ascending key.
  static func effective(_ kind: IndexKind, _ given: MapValue) -> [(key: String, value: Value)] {
    var values: [String: Value] = [:]
    for entry in defaults(kind) { values[entry.0] = entry.1 }
    for entry in given.entries { values[entry.key] = entry.value }
    if kind == .vector, let function = values["vector.similarity_function"]?.plainText {
      values["vector.similarity_function"] = .string(function.uppercased())
    }
    return values.keys.sorted().map { ($0, values[$0] ?? .null) }
  }

  private static func defaults(_ kind: IndexKind) -> [(String, Value)] {
    switch kind {
    case .point:
      return bounds.flatMap { system, bounds in
        ["min", "max"].map { end in
          let sign: Double = end == "min" ? -1 : 1
          return ("spatial.\(system).\(end)", .list(bounds.map { .float(sign * $0) }))
        }
      }
    case .fulltext:
      return [
        ("fulltext.analyzer", .string("standard-no-stop-words")),
        ("fulltext.eventually_consistent", .boolean(false)),
      ]
    case .vector:
      return [
        ("vector.default_search_expansion_factor", .float(3)),
        ("vector.hnsw.ef_construction", .integer(100)), ("vector.hnsw.m", .integer(16)),
        ("vector.quantization.type", .string("BINARY")),
        ("vector.similarity_function", .string("COSINE")),
      ]
    case .range, .text, .lookup: return []
    }
  }

  /// How far the systems of coordinates reach from their middle.
  private static let bounds: [(String, [Double])] = [
    ("cartesian", [1_000_000, 1_000_000]), ("cartesian-3d", [1_000_000, 1_000_000, 1_000_000]),
    ("wgs-84", [180, 90]), ("wgs-84-3d", [180, 90, 1_000_000]),
  ]

  // MARK: The implementation

  private static let providers: [(kind: IndexKind, names: [String])] = [
    (.range, ["range-1.0"]), (.text, ["text-1.0", "text-2.0", "text-3.0"]),
    (.point, ["point-1.0"]), (.fulltext, ["fulltext-1.0", "fulltext-2.0"]),
    (.vector, ["vector-1.0", "vector-2.0", "vector-3.0", "vector-2026.08"]),
    (.lookup, ["token-lookup-1.0"]),
  ]

  private func checkProvider(_ provider: String) throws(Failure) {
    guard let valid = Self.providers.first(where: { $0.kind == kind })?.names,
      !valid.contains(provider.lowercased())
    else { return }
    let list = valid.map { "'\($0)'" }.joined(separator: ", ")
    let other = Self.providers.first { $0.names.contains(provider.lowercased()) }?.kind
    throw .indexOption(
      "Could not create \(title) with specified index provider '\(provider)'.\n"
        + (other.map(Self.advice) ?? "")
        + "The available index providers for the given type: [\(list)].",
      "Invalid input '\(provider)' for index provider. Expected \(list).")
  }

  private static func advice(_ kind: IndexKind) -> String {
    let name = kind.name
    return "To create \(name.lowercased()) index, please use 'CREATE \(name) INDEX ...'.\n"
  }

  // MARK: The configuration

  private func checkConfig(_ config: MapValue) throws(Failure) {
    switch kind {
    case .range, .text, .lookup: try checkNone(config)
    case .point: try checkBounds(config)
    case .fulltext: try checkWords(config)
    case .vector: try checkVectors(config)
    }
  }

  private func checkNone(_ config: MapValue) throws(Failure) {
    guard let first = config.entries.first else { return }
    let text = Self.text(.map(config))
    let families: [(String, IndexKind)] = [
      ("spatial", .point), ("fulltext", .fulltext), ("vector", .vector),
    ]
    let family = families.first { first.key.lowercased().hasPrefix($0.0 + ".") }
    let reason =
      family.map { family in
        ", contains \(family.0) config settings options.\n"
          + Self.advice(family.1).split(separator: "\n").joined()
      } ?? ": \(kind.name.lowercased()) indexes have no valid config values."
    throw .indexOption(
      "Could not create \(title) with specified index config '\(text)'\(reason)",
      "Invalid input '\(text)' for index config. Expected nothing.")
  }

  private func checkBounds(_ config: MapValue) throws(Failure) {
    for entry in config.entries {
      guard case .list(let numbers) = entry.value, numbers.allSatisfy(\.isNumber) else {
        throw wrongTypes(config, "Double[]", "MAP<STRING, LIST<FLOAT>>")
      }
      let system = entry.key.dropFirst("spatial.".count).split(separator: ".").first ?? ""
      let known = Self.bounds.first { $0.0 == system }
      guard entry.key.hasPrefix("spatial."), let known, known.1.count == numbers.count else {
        throw Failure(
          code: "Neo.ClientError.Statement.ArgumentError",
          message: "Invalid spatial index settings.", gqlStatus: "22000",
          gqlDescription: "data exception")
      }
    }
  }

  private func checkWords(_ config: MapValue) throws(Failure) {
    for entry in config.entries {
      switch entry.value {
      case .boolean: break
      case .string(let name) where entry.key.lowercased() == "fulltext.analyzer":
        guard !Self.analyzers.contains(name) else { break }
        throw Failure(
          code: "Neo.ClientError.Statement.ArgumentError",
          message: "No such full-text analyzer: '\(name)'.", gqlStatus: "22G03",
          gqlDescription: "data exception - invalid value type",
          causes: [
            .wrongValue(
              "Invalid input '\(name)' for analyzer name. Expected to be "
                + "\(Self.analyzers.sorted().joined(separator: ", ")).")
          ])
      case .string: break
      default: throw wrongTypes(config, "Strings and Booleans", "MAP<STRING, BOOLEAN | STRING>")
      }
    }
  }

  /// Ways to cut texts into words; those of languages do it as the usual one.
  private static let analyzers: Set<String> = [
    "arabic", "armenian", "basque", "brazilian", "bulgarian", "catalan", "cjk", "classic", "czech",
    "danish", "dutch", "email", "english", "finnish", "french", "galician", "german", "greek",
    "hindi", "hungarian", "indonesian", "irish", "italian", "keyword", "latvian", "lithuanian",
    "norwegian", "persian", "portuguese", "romanian", "russian", "simple", "sorani", "spanish",
    "standard", "standard-folding", "standard-no-stop-words", "stop", "swedish", "thai", "turkish",
    "unicode_whitespace", "url", "url_or_email", "whitespace",
  ]

  private static let vectorSettings = [
    "vector.default_search_expansion_factor", "vector.dimensions", "vector.hnsw.ef_construction",
    "vector.hnsw.m", "vector.quantization.enabled", "vector.quantization.type",
    "vector.similarity_function",
  ]
  private static let counts: [String: ClosedRange<Int64>] = [
    "vector.dimensions": 1...4_096, "vector.hnsw.m": 1...512,
    "vector.hnsw.ef_construction": 1...3_200,
  ]

  private func checkVectors(_ config: MapValue) throws(Failure) {
    for entry in config.entries {
      let key = entry.key.lowercased()
      guard Self.vectorSettings.contains(key) else {
        let text = Self.text(.map(config))
        let list = Self.vectorSettings.map { "'\($0)'" }
        throw .indexOption(
          "Could not create vector index with specified index config '\(text)'. '\(entry.key)' is "
            + "an unrecognized setting. Supported: "
            + "[\(Self.vectorSettings.joined(separator: ", "))]",
          "Invalid input '\(text)' for index config. Expected "
            + list.dropLast().joined(separator: ", ") + " or \(list.last ?? "").")
      }
      if let range = Self.counts[key] { try checkCount(entry.value, of: key, within: range) }
      if key == "vector.quantization.enabled" { try checkFlag(entry.value, of: key) }
      if key == "vector.similarity_function" { try checkSimilarity(entry.value) }
    }
  }

  private func checkFlag(_ value: Value, of key: String) throws(Failure) {
    if case .boolean = value { return }
    throw wrongSetting(value, of: key, "a Boolean", "BOOLEAN")
  }

  private func checkCount(
    _ value: Value, of key: String, within range: ClosedRange<Int64>
  ) throws(Failure) {
    guard case .integer(let count) = value else {
      throw wrongSetting(value, of: key, "an Integer", "INTEGER")
    }
    guard !range.contains(count) else { return }
    let (least, most) = (range.lowerBound, range.upperBound)
    let text =
      "Expected '\(key)' to be of type INTEGER NOT NULL and in the range \(least) to \(most) "
      + "but found \(count)."
    throw Failure(
      code: "Neo.ClientError.General.InvalidArguments",
      message: "'\(key)' must be between \(least) and \(most) inclusively",
      gqlStatus: "22003", gqlDescription: "data exception - numeric value out of range",
      causes: [
        GQLCause(
          gqlStatus: "22N03",
          gqlDescription: "data exception - specified numeric value out of range. " + text,
          message: text)
      ])
  }

  private func checkSimilarity(_ value: Value) throws(Failure) {
    let name = value.plainText?.uppercased() ?? Self.text(value)
    if name == "COSINE" || name == "EUCLIDEAN" { return }
    throw .indexOption(
      "'\(name)' is an unsupported 'vector.similarity_function'. Supported: [COSINE, EUCLIDEAN]",
      "Invalid input '\(name)' for vector.similarity_function. Expected 'COSINE' or 'EUCLIDEAN'.")
  }

  // MARK: Texts

  private func wrongSetting(
    _ value: Value, of key: String, _ wanted: String, _ type: String
  ) -> Failure {
    .indexValue(
      "Could not create vector index with specified index config '\(key)'. Expected \(wanted).",
      "Invalid input '\(Self.text(value))' for '\(key)'. Expected to be \(type).")
  }

  private func wrongKind(
    _ value: Value, _ what: String, _ wanted: String, _ option: String, _ type: String
  ) -> Failure {
    let text = Self.text(value)
    return .indexValue(
      "Could not create \(title) with specified \(what) '\(text)'. Expected \(wanted).",
      "Invalid input '\(text)' for \(option). Expected to be \(type).")
  }

  private func wrongTypes(_ config: MapValue, _ wanted: String, _ type: String) -> Failure {
    let text = Self.text(.map(config))
    return .indexValue(
      "Could not create \(kind.name.lowercased()) index with specified index config "
        + "'\(text)'. Expected a map from String to \(wanted).",
      "Invalid input '\(text)' for 'indexConfig'. Expected to be \(type).")
  }

  /// A value as messages show it.
  private static func text(_ value: Value) -> String {
    switch value {
    case .string(let text): "\"\(text)\""
    case .list(let values): "[" + values.map { text($0) }.joined(separator: ", ") + "]"
    case .map(let map):
      "{" + map.entries.map { "\($0.key): \(text($0.value))" }.joined(separator: ", ") + "}"
    default: value.literal
    }
  }
}

extension Value {
  fileprivate var isNumber: Bool {
    switch self {
    case .integer, .float: true
    default: false
    }
  }
}

extension GQLCause {
  fileprivate static func wrongValue(_ text: String) -> GQLCause {
    GQLCause(
      gqlStatus: "22N27", gqlDescription: "data exception - invalid entity type. " + text,
      message: text)
  }
}

extension Failure {
  fileprivate static func indexOption(_ message: String, _ cause: String) -> Failure {
    invalidSyntax(
      "General.InvalidArguments", message, "22N04", "invalid input value", cause)
  }

  fileprivate static func indexValue(_ message: String, _ cause: String) -> Failure {
    Failure(
      code: "Neo.ClientError.General.InvalidArguments", message: message, gqlStatus: "22G03",
      gqlDescription: "data exception - invalid value type", causes: [.wrongValue(cause)])
  }

  /// A name that no index or constraint may have.
  static var emptySchemaName: Failure {
    let text = "Schema rule name cannot be the empty string or only contain whitespace."
    return Failure(
      code: "Neo.DatabaseError.Statement.ExecutionFailed", message: text, gqlStatus: "50N00",
      gqlDescription:
        "general processing exception - internal error. Internal exception raised "
        + "CypherExecution: \(text)")
  }

  /// A parameter that is no name.
  static func schemaNameType(_ value: Value, _ kind: String) -> Failure {
    Failure(
      code: "Neo.ClientError.Statement.TypeError",
      message: "Expected String, but got: \(kind)", gqlStatus: "22G03",
      gqlDescription: "data exception - invalid value type",
      causes: [
        .wrongValue("Invalid input '\(value.literal)' for the name. Expected to be STRING.")
      ])
  }
}
