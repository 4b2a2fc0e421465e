// Names, and when they need back-ticks.

extension CypherPrinter {
  /// Keywords that open nothing where a variable may stand.
  private static let harmless: Set<Keyword> = [
    .access, .active, .alias, .data, .database, .databases, .date, .datetime, .duration, .edge,
    .element, .elements, .error, .float, .graph, .groups, .home, .id, .int, .integer, .key,
    .label, .labels, .language, .list, .map, .node, .nodes, .option, .options, .password, .path,
    .paths, .point, .properties, .property, .range, .rel, .relationship, .relationships, .role,
    .roles, .row, .rows, .score, .second, .seconds, .server, .status, .string, .target, .text,
    .time, .type, .types, .user, .users, .value, .vertex,
  ]

  /// Names of calls that are forms of their own without back-ticks.
  private static let formWords: Set<Keyword> = [
    .all, .allreduce, .allshortestpaths, .any, .case, .exists, .false, .inf, .infinity, .nan,
    .noneOf, .not, .null, .reduce, .shortestpath, .single, .true, .count, .collect,
  ]

  /// A variable or alias.
  mutating func variable(_ name: Name) {
    let isKeyword = Self.keyword(name.text).map { !Self.harmless.contains($0) } ?? false
    write(!isKeyword && Self.isPlain(name.text) ? name.text : Self.quoted(name.text))
  }

  /// A name where no keyword can stand: a property key, a label behind a colon, a column.
  mutating func plainName(_ name: Name) {
    write(Self.isPlain(name.text) ? name.text : Self.quoted(name.text))
  }

  /// The name of a function or procedure.
  mutating func callName(_ name: QualifiedName) {
    if name.parts.count == 1, let keyword = Self.keyword(name.text),
      Self.formWords.contains(keyword),
      keyword != .count && keyword != .collect && keyword != .exists
    {
      write(Self.quoted(name.text))
      return
    }
    list(name.parts, separator: ".") { $0.plainName($1) }
  }

  /// A name with points, of a database or the like.
  mutating func qualifiedName(_ name: QualifiedName) {
    list(name.parts, separator: ".") { $0.variable($1) }
  }

  mutating func nameOrParameter(_ name: NameOrParameter) {
    switch name {
    case .name(let name): qualifiedName(name)
    case .parameter(let parameter): self.parameter(parameter)
    }
  }

  mutating func parameter(_ parameter: Parameter) {
    let isPlain =
      Self.isPlain(parameter.name)
      || (!parameter.name.isEmpty && parameter.name.utf8.allSatisfy(\.isDigit))
    write("$")
    write(isPlain ? parameter.name : Self.quoted(parameter.name))
  }

  /// Whether a name needs no back-ticks wherever names may stand.
  static func isPlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first,
      first == "_" || CharacterClass.startsName(first)
    else { return false }
    return text.unicodeScalars.allSatisfy { $0 == "_" || CharacterClass.goesOnName($0) }
  }

  /// A name in back-ticks.
  static func quoted(_ text: String) -> String {
    var result = "`"
    for scalar in text.unicodeScalars {
      if scalar == "`" { result += "`" }
      result.unicodeScalars.append(scalar)
    }
    return result + "`"
  }

  private static func keyword(_ text: String) -> Keyword? {
    let bytes = Array(text.utf8)
    return Keyword.find(bytes.span, 0, bytes.count)
  }

  /// A string literal.
  static func string(_ text: String) -> String {
    var result = "'"
    for scalar in text.unicodeScalars {
      if scalar == "'" || scalar == "\\" { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result + "'"
  }
}
