import Synchronization

/// All built-in functions, found by name whatever the letter case.
public enum FunctionCatalogue {
  /// The signatures of a function in one language, fewest arguments first.
  ///
  /// Empty when there is none of that name, which may be in any letter case.
  public static func signatures(of name: String, isCypher25: Bool) -> [FunctionSignature] {
    signatures(ofAnyLanguage: name).filter { isCypher25 ? $0.isInCypher25 : $0.isInCypher5 }
  }

  /// The signatures of a function in either language.
  public static func signatures(ofAnyLanguage name: String) -> [FunctionSignature] {
    let name = name.lowercased()
    guard let places = places[name] else { return [] }
    return read.withLock { read in
      if let known = read[name] { return known }
      let signatures = places.map { FunctionSignature(entries[$0]) }
      read[name] = signatures
      return signatures
    }
  }

  /// The signatures that were asked for, by lower-case name: their texts are taken apart once.
  private static let read = Mutex<[String: [FunctionSignature]]>([:])

  /// The name as the catalogue spells it; `nil` when there is no such function.
  public static func canonicalName(of name: String) -> String? {
    places[name.lowercased()]?.first.map { entries[$0].name }
  }

  /// Everything that a language has, ordered by name.
  public static func all(isCypher25: Bool) -> [FunctionSignature] {
    entries.map { FunctionSignature($0) }
      .filter { isCypher25 ? $0.isInCypher25 : $0.isInCypher5 }
      .sorted { ($0.name, $0.text) < ($1.name, $1.text) }
  }

  /// One line of the table of functions; the signature is parsed when it is asked for.
  struct Entry: Sendable {
    let category: FunctionSignature.Category
    let text: String
    let summary: String
    let languages: Languages

    init(
      _ category: FunctionSignature.Category, _ text: String, _ summary: String,
      _ languages: Languages = .both
    ) {
      self.category = category
      self.text = text
      self.summary = summary
      self.languages = languages
    }

    var name: String { String(text.prefix { $0 != "(" }) }
  }

  /// In which versions of the language a signature exists.
  enum Languages: Sendable {
    case both
    case cypher5
    case cypher25
  }

  static let entries =
    numbers + strings + scalars + predicates + lists + aggregates + temporals + spatials

  /// Where in `entries` the overloads of a lower-case name stand.
  private static let places: [String: [Int]] = {
    var places: [String: [Int]] = [:]
    places.reserveCapacity(entries.count)
    for (place, entry) in entries.enumerated() {
      places[entry.name.lowercased(), default: []].append(place)
    }
    return places
  }()
}

extension FunctionSignature {
  init(_ entry: FunctionCatalogue.Entry) {
    var arguments = ""
    var depth = 0
    var rest = ""
    for character in entry.text.dropFirst(entry.name.count) {
      if !rest.isEmpty || (depth == 0 && character == " ") {
        rest.append(character)
        continue
      }
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      arguments.append(character)
    }
    let hasOwnSyntax = entry.text.contains("VARIABLE") || entry.text.contains("[[")
    name = entry.name
    category = entry.category
    text = entry.text
    self.arguments =
      hasOwnSyntax
      ? [] : Self.arguments(String(arguments.dropFirst().dropLast()), of: entry)
    returnText = String(rest.dropFirst(" :: ".count))
    returnType = SignatureTypes.type(returnText)
    self.hasOwnSyntax = hasOwnSyntax
    isInCypher5 = entry.languages != .cypher25
    isInCypher25 = entry.languages != .cypher5
    isDeprecated = entry.name == "id"
    volatility = Self.volatility(of: entry.name)
    summary = entry.summary
  }

  private static func arguments(
    _ text: String, of entry: FunctionCatalogue.Entry
  ) -> [Argument] {
    SignatureTypes.split(text, at: ",").map { part in
      let sides = SignatureTypes.split(part, at: "::")
      let names = SignatureTypes.split(sides.first ?? "", at: "=")
      let typeText = sides.count > 1 ? sides[1] : "ANY"
      let type = SignatureTypes.type(typeText)
      return Argument(
        name: names.first ?? "", typeText: typeText, type: type,
        accepted: acceptedTypes(of: entry, written: type),
        defaultText: names.count > 1 ? names[1] : nil)
    }
  }

  /// What passes the check at compile time where that is not what the signature says.
  private static func acceptedTypes(
    of entry: FunctionCatalogue.Entry, written type: CypherType
  ) -> [CypherType] {
    switch entry.name {
    case "isEmpty": return [.map, .node, .relationship, .string, .list(.any)]
    case "point": return [.map, .node, .relationship]
    case "reverse": return []
    case "toString":
      let plain: [CypherType] = [
        .boolean, .float, .integer, .point, .string, .duration, .date, .zonedTime, .localTime,
        .localDateTime, .zonedDateTime,
      ]
      return entry.languages == .cypher5
        ? plain : plain + [.list(.any), .map, .node, .relationship, .path]
    default: break
    }
    switch type {
    case .any: return []
    case .number: return [.float, .integer]
    case .union(let members): return members
    default: return [type]
    }
  }

  private static func volatility(of name: String) -> Volatility {
    if name == "rand" || name == "randomUUID" || name.hasSuffix(".realtime") { return .perCall }
    let readsClockOrSource: Set<String> = [
      "timestamp", "file", "linenumber", "date", "time", "localtime", "datetime", "localdatetime",
      "local_time", "local_datetime", "zoned_time", "zoned_datetime",
    ]
    if readsClockOrSource.contains(name) || name.hasSuffix(".statement")
      || name.hasSuffix(".transaction") || name.hasSuffix(".truncate")
    {
      return .perStatement
    }
    return .constant
  }
}

/// Reads the types of signatures.
enum SignatureTypes {
  /// The type that a text names; unions by bars.
  static func type(_ text: String) -> CypherType {
    let members = split(text, at: "|")
    guard members.count > 1 else { return single(members.first ?? "ANY") }
    let types = members.map { single($0) }
    return Set(types) == [.integer, .float] ? .number : .union(types)
  }

  private static func single(_ text: String) -> CypherType {
    if text.hasPrefix("LIST<") { return .list(type(String(text.dropFirst(5).dropLast()))) }
    return names[text] ?? .any
  }

  private static let names: [String: CypherType] = [
    "BOOLEAN": .boolean, "INTEGER": .integer, "FLOAT": .float, "STRING": .string, "DATE": .date,
    "LOCAL TIME": .localTime, "ZONED TIME": .zonedTime, "LOCAL DATETIME": .localDateTime,
    "ZONED DATETIME": .zonedDateTime, "DURATION": .duration, "POINT": .point, "NODE": .node,
    "RELATIONSHIP": .relationship, "PATH": .path, "MAP": .map,
  ]

  /// The trimmed parts of a text between separators that stand outside of brackets.
  static func split(_ text: String, at separator: String) -> [String] {
    var parts: [String] = []
    var depth = 0
    var part = ""
    var rest = text[...]
    while let character = rest.first {
      if depth == 0, rest.hasPrefix(separator) {
        parts.append(part)
        part = ""
        rest = rest.dropFirst(separator.count)
        continue
      }
      if "<[(".contains(character) { depth += 1 }
      if ">])".contains(character) { depth -= 1 }
      part.append(character)
      rest = rest.dropFirst()
    }
    if !part.isEmpty || !parts.isEmpty { parts.append(part) }
    return parts.map { part in
      let start = part.drop { $0 == " " }
      return String(start.reversed().drop { $0 == " " }.reversed())
    }
  }
}
