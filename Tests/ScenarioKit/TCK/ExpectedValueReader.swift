import GraphValues

/// Reads the value texts of the TCK's tables.
struct ExpectedValueReader {
  struct Malformed: Error {
    let text: String
  }

  private let text: String
  private var rest: Substring

  private init(_ text: String) {
    self.text = text
    rest = text[...]
  }

  static func read(_ text: String) throws(Malformed) -> ExpectedValue {
    var reader = ExpectedValueReader(text)
    let value = try reader.value()
    reader.skipBlanks()
    guard reader.rest.isEmpty else { throw Malformed(text: text) }
    return value
  }

  private mutating func skipBlanks() { rest = rest.drop { $0 == " " } }

  private mutating func take(_ prefix: String) -> Bool {
    skipBlanks()
    guard rest.hasPrefix(prefix) else { return false }
    rest = rest.dropFirst(prefix.count)
    return true
  }

  private mutating func expect(_ prefix: String) throws(Malformed) {
    guard take(prefix) else { throw Malformed(text: text) }
  }

  private mutating func value() throws(Malformed) -> ExpectedValue {
    skipBlanks()
    switch rest.first {
    case "'": return .string(try string())
    case "[":
      if rest.dropFirst().drop(while: { $0 == " " }).first == ":" { return try relationship() }
      return try list()
    case "{": return .map(try map())
    case "(": return try node()
    case "<": return try path()
    default: return try word()
    }
  }

  private mutating func word() throws(Malformed) -> ExpectedValue {
    let word = rest.prefix { !",]})>| ".contains($0) }
    rest = rest.dropFirst(word.count)
    switch word {
    case "null": return .null
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    case "NaN": return .float(.nan)
    case "Inf": return .float(.infinity)
    case "-Inf": return .float(-.infinity)
    default:
      if let integer = Int64(word) { return .integer(integer) }
      if let float = Double(word) { return .float(float) }
      throw Malformed(text: text)
    }
  }

  private mutating func string() throws(Malformed) -> String {
    rest = rest.dropFirst()
    var result = ""
    while let character = rest.popFirst() {
      if character == "'" { return result }
      if character == "\\", let next = rest.first, next == "'" || next == "\\" {
        result.append(next)
        rest = rest.dropFirst()
      } else {
        result.append(character)
      }
    }
    throw Malformed(text: text)
  }

  private mutating func list() throws(Malformed) -> ExpectedValue {
    try expect("[")
    var values: [ExpectedValue] = []
    if take("]") { return .list([]) }
    repeat { values.append(try value()) } while take(",")
    try expect("]")
    return .list(values)
  }

  private mutating func map() throws(Malformed) -> [String: ExpectedValue] {
    try expect("{")
    var entries: [String: ExpectedValue] = [:]
    if take("}") { return entries }
    repeat {
      skipBlanks()
      let key = name()
      try expect(":")
      entries[key] = try value()
    } while take(",")
    try expect("}")
    return entries
  }

  private mutating func name() -> String {
    if rest.first == "`" {
      rest = rest.dropFirst()
      let name = rest.prefix { $0 != "`" }
      rest = rest.dropFirst(name.count + 1)
      return String(name)
    }
    let name = rest.prefix { !":,{}[]()|> ".contains($0) }
    rest = rest.dropFirst(name.count)
    return String(name)
  }

  private mutating func node() throws(Malformed) -> ExpectedValue {
    try expect("(")
    var labels: [String] = []
    while take(":") { labels.append(name()) }
    skipBlanks()
    let properties = rest.first == "{" ? try map() : [:]
    try expect(")")
    return .node(labels: labels, properties: properties)
  }

  private mutating func relationship() throws(Malformed) -> ExpectedValue {
    try expect("[")
    try expect(":")
    let type = name()
    skipBlanks()
    let properties = rest.first == "{" ? try map() : [:]
    try expect("]")
    return .relationship(type: type, properties: properties)
  }

  private mutating func path() throws(Malformed) -> ExpectedValue {
    try expect("<")
    var nodes = [try node()]
    var steps: [(relationship: ExpectedValue, isForward: Bool)] = []
    while !take(">") {
      if take("<-") {
        steps.append((try relationship(), false))
        try expect("-")
      } else {
        try expect("-")
        steps.append((try relationship(), true))
        try expect("->")
      }
      nodes.append(try node())
    }
    return .path(nodes, steps)
  }
}

extension ExpectedValue {
  /// The value to send as a parameter or to return from a procedure; entities cannot be sent.
  var asValue: Value {
    switch self {
    case .null: .null
    case .boolean(let flag): .boolean(flag)
    case .integer(let number): .integer(number)
    case .float(let number): .float(number)
    case .string(let text): .string(text)
    case .list(let values): .list(values.map(\.asValue))
    case .map(let entries):
      .map(MapValue(entries.keys.sorted().map { ($0, entries[$0]?.asValue ?? .null) }))
    case .node, .relationship, .path: .null
    }
  }
}
