// Expressions. Levels as in the parser; a higher one binds tighter.

extension CypherPrinter {
  mutating func expression(_ expression: Expression, _ minimum: Int = 1) {
    let level = Self.level(of: expression.kind)
    let isGuarded = guardsBars && Self.mayTakeBar(expression.kind)
    guard level < minimum || isGuarded else { return bare(expression.kind) }
    enclosed("(", ")") { $0.bare(expression.kind) }
  }

  /// Something in brackets, where bars belong to what is inside.
  mutating func enclosed(
    _ open: String, _ close: String, _ print: (inout CypherPrinter) -> Void
  ) {
    let guarded = guardsBars
    guardsBars = false
    write(open)
    print(&self)
    write(close)
    guardsBars = guarded
  }

  /// Prints with a bar behind that belongs to what is around.
  mutating func beforeBar(_ print: (inout CypherPrinter) -> Void) {
    guardsBars = true
    print(&self)
    guardsBars = false
  }

  private static func mayTakeBar(_ kind: ExpressionKind) -> Bool {
    switch kind {
    case .labelTest, .isTyped: true
    default: false
    }
  }

  static func level(of kind: ExpressionKind) -> Int {
    switch kind {
    case .or: 1
    case .xor: 2
    case .and: 3
    case .not: 4
    case .comparison: 5
    case .isNull, .isNotNull, .isTyped, .isNormalized: 6
    case .binary(let binary, _, _): level(of: binary)
    case .chain(_, let links): links.last.map { level(of: $0.kind) } ?? 13
    case .unary: 10
    case .literal(let literal): if case .integer(.min) = literal.value { 10 } else { 13 }
    case .labelTest: 11
    case .property, .index, .slice: 12
    default: 13
    }
  }

  private static func level(of link: ChainLink.Kind) -> Int {
    if case .binary(let binary, _) = link { level(of: binary) } else { 12 }
  }

  private static func level(of binary: BinaryOperator) -> Int {
    switch binary {
    case .regularExpression, .startsWith, .endsWith, .contains, .in: 6
    case .add, .subtract, .concatenate: 7
    case .multiply, .divide, .modulo: 8
    case .power: 9
    }
  }

  private mutating func bare(_ kind: ExpressionKind) {
    switch kind {
    case .or(let operands): list(operands, separator: " OR ") { $0.expression($1, 2) }
    case .xor(let operands): list(operands, separator: " XOR ") { $0.expression($1, 3) }
    case .and(let operands): list(operands, separator: " AND ") { $0.expression($1, 4) }
    case .not(let operand):
      write("NOT ")
      expression(operand, 4)
    case .comparison(let first, let links):
      expression(first, 6)
      for link in links {
        write(" \(link.operator.text) ")
        expression(link.operand, 6)
      }
    case .binary(let binary, let left, let right):
      let level = Self.level(of: binary)
      expression(left, level == 6 ? 7 : level)
      write(" \(binary.text) ")
      expression(right, level + 1)
    case .chain(let base, let links):
      expression(base, links.first.map { Self.level(of: $0.kind) } ?? 0)
      for link in links { self.link(link.kind) }
    case .unary(let unary, let operand):
      write(unary == .minus ? "-" : "+")
      expression(operand, 10)
    case .isNull, .isNotNull, .isTyped, .isNormalized, .labelTest: test(kind)
    case .property(let entity, let key):
      expression(entity, 12)
      link(.property(key))
    case .index(let list, let index):
      expression(list, 12)
      link(.index(index))
    case .slice(let list, let lower, let upper):
      expression(list, 12)
      link(.slice(lower: lower, upper: upper))
    default: atom(kind)
    }
  }

  private mutating func link(_ link: ChainLink.Kind) {
    switch link {
    case .binary(let binary, let right):
      write(" \(binary.text) ")
      expression(right, Self.level(of: binary) + 1)
    case .property(let key):
      write(".")
      plainName(key)
    case .index(let index): enclosed("[", "]") { $0.expression(index) }
    case .slice(let lower, let upper):
      enclosed("[", "]") { printer in
        if let lower { printer.expression(lower) }
        printer.write("..")
        if let upper { printer.expression(upper) }
      }
    }
  }

  private mutating func test(_ kind: ExpressionKind) {
    switch kind {
    case .isNull(let operand):
      expression(operand, 7)
      write(" IS NULL")
    case .isNotNull(let operand):
      expression(operand, 7)
      write(" IS NOT NULL")
    case .isTyped(let operand, let type, let isNegated):
      expression(operand, 7)
      write(isNegated ? " IS NOT :: " : " IS :: ")
      self.type(type)
    case .isNormalized(let operand, let form, let isNegated):
      expression(operand, 7)
      write(isNegated ? " IS NOT " : " IS ")
      write("\(form.text) NORMALIZED")
    case .labelTest(let operand, let labels):
      expression(operand, 12)
      labelTest(labels)
    default: break
    }
  }

  private mutating func atom(_ kind: ExpressionKind) {
    switch kind {
    case .literal(let literal): write(constant(literal))
    case .interpolatedString(let parts): interpolated(parts)
    case .parameter(let parameter): self.parameter(parameter)
    case .variable(let name): variable(name)
    case .list(let elements): listLiteral(elements)
    case .map(let entries):
      enclosed("{", "}") { printer in printer.list(entries) { $0.entry($1) } }
    case .mapProjection(let projection): mapProjection(projection)
    case .listComprehension(let comprehension): listComprehension(comprehension)
    case .patternComprehension(let comprehension): patternComprehension(comprehension)
    case .quantified(let predicate): quantified(predicate)
    case .reduce(let reduce): self.reduce(reduce, predicate: nil)
    case .allReduce(let reduce, let predicate): self.reduce(reduce, predicate: predicate)
    case .caseWhen(let expression): caseWhen(expression)
    case .function(let call): function(call)
    case .countAll: write("count(*)")
    case .pattern(let pattern): enclosed("", "") { $0.pathPattern(pattern) }
    case .exists(let body): subquery("EXISTS", body)
    case .count(let body): subquery("COUNT", body)
    case .collect(let body): subquery("COLLECT", body)
    default: break
    }
  }

  // MARK: - Literals

  private func constant(_ literal: Literal) -> String {
    guard let uncountedNumbers, let ordinal = literal.ordinal else {
      return Self.text(of: literal.value)
    }
    let word: String
    switch literal.value {
    case .integer: word = "INT"
    case .float: word = "DOUBLE"
    default: word = "STRING"
    }
    return "$`  AUTO\(word)\(ordinal - uncountedNumbers)`"
  }

  static func text(of value: Literal.Value) -> String {
    switch value {
    case .null: "null"
    case .boolean(let flag): flag ? "true" : "false"
    case .integer(let number): String(number)
    case .float(let number):
      number.isNaN ? "NaN" : number.isInfinite ? "Infinity" : String(describing: number)
    case .string(let text): string(text)
    }
  }

  private mutating func interpolated(_ parts: [InterpolatedPart]) {
    write("s'")
    for part in parts {
      switch part {
      case .text(let text):
        for scalar in text.unicodeScalars {
          if scalar == "'" || scalar == "\\" || scalar == "{" || scalar == "}" { write("\\") }
          output.unicodeScalars.append(scalar)
        }
      case .expression(let expression): enclosed("{", "}") { $0.expression(expression) }
      }
    }
    write("'")
  }

  private mutating func listLiteral(_ elements: [Expression]) {
    // `[x IN l …` and `[p = (a)-->(b) …` would open comprehensions.
    enclosed("[", "]") { printer in
      for (index, element) in elements.enumerated() {
        if index > 0 { printer.write(", ") }
        printer.expression(element, index == 0 ? 7 : 1)
      }
    }
  }

  mutating func entry(_ entry: MapEntry) {
    plainName(entry.key)
    write(": ")
    expression(entry.value)
  }

  // MARK: - Forms

  private mutating func mapProjection(_ projection: MapProjection) {
    variable(projection.variable)
    enclosed(" {", "}") { printer in
      printer.list(projection.items) { printer, item in
        switch item {
        case .property(let key):
          printer.write(".")
          printer.plainName(key)
        case .allProperties: printer.write(".*")
        case .entry(let entry): printer.entry(entry)
        case .variable(let name): printer.plainName(name)
        }
      }
    }
  }

  private mutating func listComprehension(_ comprehension: ListComprehension) {
    enclosed("[", "]") { printer in
      printer.variable(comprehension.variable)
      printer.write(" IN ")
      printer.beforeBar { printer in
        printer.expression(comprehension.list)
        if let predicate = comprehension.predicate {
          printer.write(" WHERE ")
          printer.expression(predicate)
        }
      }
      if let projection = comprehension.projection {
        printer.write(" | ")
        printer.beforeBar { $0.expression(projection) }
      }
    }
  }

  private mutating func patternComprehension(_ comprehension: PatternComprehension) {
    enclosed("[", "]") { printer in
      printer.pathPattern(comprehension.pattern)
      if let predicate = comprehension.predicate {
        printer.write(" WHERE ")
        printer.beforeBar { $0.expression(predicate) }
      }
      printer.write(" | ")
      printer.beforeBar { $0.expression(comprehension.projection) }
    }
  }

  private mutating func quantified(_ predicate: QuantifiedPredicate) {
    let word =
      switch predicate.kind {
      case .all: "all"
      case .any: "any"
      case .none: "none"
      case .single: "single"
      }
    enclosed("\(word)(", ")") { printer in
      printer.variable(predicate.variable)
      printer.write(" IN ")
      printer.expression(predicate.list)
      if let predicate = predicate.predicate {
        printer.write(" WHERE ")
        printer.expression(predicate)
      }
    }
  }

  private mutating func reduce(_ reduce: Reduce, predicate: Expression?) {
    enclosed(predicate == nil ? "reduce(" : "allReduce(", ")") { printer in
      printer.variable(reduce.accumulator)
      printer.write(" = ")
      printer.beforeBar { $0.expression(reduce.initial) }
      printer.write(", ")
      printer.variable(reduce.variable)
      printer.write(" IN ")
      printer.beforeBar { $0.expression(reduce.list) }
      if let step = reduce.step {
        printer.write(" | ")
        printer.beforeBar { $0.expression(step) }
      }
      if let predicate {
        printer.write(", ")
        printer.beforeBar { $0.expression(predicate) }
      }
    }
  }

  private mutating func function(_ call: FunctionCall) {
    callName(call.name)
    enclosed("(", ")") { printer in
      if let trim = call.trim {
        printer.trim(trim, call.arguments)
        return
      }
      if let quantifier = call.quantifier {
        printer.write(quantifier == .distinct ? "DISTINCT " : "ALL ")
      }
      printer.list(call.arguments) { $0.expression($1) }
    }
  }

  private mutating func trim(_ side: FunctionCall.TrimSide, _ arguments: [Expression]) {
    write("\(side.text) ")
    for characters in arguments.dropFirst().dropLast() {
      expression(characters)
      write(" ")
    }
    write("FROM ")
    if let source = arguments.last { expression(source) }
  }

  private mutating func subquery(_ word: String, _ body: SubqueryBody) {
    enclosed("\(word) { ", " }") { printer in
      switch body {
      case .pattern(let clause): printer.matchBody(clause)
      case .query(let query): printer.query(query)
      }
    }
  }

  // MARK: - CASE

  private mutating func caseWhen(_ expression: CaseExpression) {
    let guarded = guardsBars
    write("CASE")
    if let operand = expression.operand {
      write(" ")
      self.expression(operand)
    }
    for branch in expression.branches {
      write(" WHEN ")
      list(branch.tests) { $0.test($1) }
      write(" THEN ")
      self.expression(branch.result)
    }
    if let otherwise = expression.otherwise {
      write(" ELSE ")
      self.expression(otherwise)
    }
    write(" END")
    guardsBars = guarded
  }

  private mutating func test(_ test: CaseExpression.Test) {
    switch test {
    case .expression(let value): expression(value)
    case .comparison(let comparison, let value):
      write("\(comparison.text) ")
      expression(value, 6)
    case .binary(let binary, let value):
      write("\(binary.text) ")
      expression(value, 7)
    case .isNull(let isNegated): write(isNegated ? "IS NOT NULL" : "IS NULL")
    case .isTyped(let type, let isNegated):
      write(isNegated ? "IS NOT TYPED " : "IS TYPED ")
      self.type(type)
    case .isNormalized(let form, let isNegated):
      write(isNegated ? "IS NOT " : "IS ")
      write("\(form.text) NORMALIZED")
    case .labels(let labels): labelTest(labels)
    }
  }
}

extension ComparisonOperator {
  /// As written.
  public var text: String {
    switch self {
    case .equal: "="
    case .notEqual: "<>"
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    }
  }
}

extension BinaryOperator {
  /// As written, words in upper case.
  public var text: String {
    switch self {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .modulo: "%"
    case .power: "^"
    case .concatenate: "||"
    case .regularExpression: "=~"
    case .startsWith: "STARTS WITH"
    case .endsWith: "ENDS WITH"
    case .contains: "CONTAINS"
    case .in: "IN"
    }
  }
}

extension NormalForm {
  /// The word.
  public var text: String {
    switch self {
    case .nfc: "NFC"
    case .nfd: "NFD"
    case .nfkc: "NFKC"
    case .nfkd: "NFKD"
    }
  }
}
