/// Prints trees as text that parses to the same tree again.
///
/// The text is one line with single blanks, keywords in upper case, names in back-ticks where they
/// need them, strings in single quotes, and parentheses only where precedence asks for them.
/// Comments and the statement's own layout are not kept.
public struct CypherPrinter {
  /// What has been printed so far.
  var output = ""
  /// Whether a `|` behind the current expression belongs to what is around it.
  var guardsBars = false
  /// How many numbers before a constant are none of those that are numbered, where constants are printed
  /// as the parameters that they count as.
  var uncountedNumbers: Int?

  /// A statement with its prefix.
  public static func text(of statement: Statement) -> String {
    var printer = CypherPrinter()
    printer.prefix(statement.prefix)
    switch statement.body {
    case .query(let query): printer.query(query)
    case .schema(let command): printer.schema(command)
    case .administration(let command): printer.administration(command)
    }
    return printer.output
  }

  /// A query.
  public static func text(of query: Query) -> String {
    var printer = CypherPrinter()
    printer.query(query)
    return printer.output
  }

  /// A clause.
  public static func text(of clause: Clause) -> String {
    var printer = CypherPrinter()
    printer.clause(clause)
    return printer.output
  }

  /// An expression, as it stands in messages and plans.
  public static func text(of expression: Expression) -> String {
    var printer = CypherPrinter()
    printer.expression(expression)
    return printer.output
  }

  /// An expression with its constants as the parameters that plans put in their place.
  ///
  /// - Parameters:
  ///   - expression: What is printed.
  ///   - uncounted: How many numbers of the statement before it are not numbered.
  /// - Returns: The text.
  public static func text(of expression: Expression, numberingConstantsFrom uncounted: Int)
    -> String
  {
    var printer = CypherPrinter()
    printer.uncountedNumbers = uncounted
    printer.expression(expression)
    return printer.output
  }

  /// A pattern.
  public static func text(of pattern: PathPattern) -> String {
    var printer = CypherPrinter()
    printer.pathPattern(pattern)
    return printer.output
  }

  /// One element of a pattern.
  public static func text(of element: PatternElement) -> String {
    var printer = CypherPrinter()
    printer.element(element)
    return printer.output
  }

  /// A label expression without its opener.
  public static func text(of labels: LabelExpression) -> String {
    var printer = CypherPrinter()
    printer.labelExpression(labels)
    return printer.output
  }

  /// A type.
  public static func text(of type: TypeExpression) -> String {
    var printer = CypherPrinter()
    printer.type(type)
    return printer.output
  }

  // MARK: - Pieces

  mutating func write(_ text: String) { output += text }

  /// Items with `, ` between them.
  mutating func list<Item>(
    _ items: [Item], separator: String = ", ", _ print: (inout CypherPrinter, Item) -> Void
  ) {
    for (index, item) in items.enumerated() {
      if index > 0 { write(separator) }
      print(&self, item)
    }
  }

  private mutating func prefix(_ prefix: StatementPrefix) {
    for mode in prefix.modes { write(mode.kind == .explain ? "EXPLAIN " : "PROFILE ") }
    for version in prefix.versions { write("CYPHER \(version.text) ") }
    if !prefix.options.isEmpty {
      write("CYPHER ")
      for option in prefix.options { write("\(option.key.text)=\(option.value.text) ") }
    }
  }
}
