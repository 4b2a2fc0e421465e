import GraphValues
import QueryPlan

extension Planning {
  /// A name as plans print it: in back-ticks unless it is a plain identifier.
  static func quoted(_ name: String) -> String {
    let scalars = name.unicodeScalars
    let isPlain =
      !name.isEmpty
      && scalars.allSatisfy {
        $0 == "_" || $0.properties.isAlphabetic || $0.properties.numericType == .decimal
      }
      && scalars.first?.properties.numericType == nil
    return isPlain ? name : "`" + name.replacing("`", with: "``") + "`"
  }

  /// A variable as plans print it; what has no variable is a question mark.
  func name(_ slot: Slot) -> String {
    0..<slots.count ~= slot.index ? Self.quoted(slots[slot].name) : "?"
  }

  /// Variables joined by commas.
  func names(_ slots: some Sequence<Slot>) -> String {
    var text = ""
    var isFirst = true
    for slot in slots {
      if !isFirst { text += ", " }
      text += name(slot)
      isFirst = false
    }
    return text
  }

  /// Expressions joined by commas.
  func texts(_ expressions: [Expression]) -> String {
    expressions.map { text($0) }.joined(separator: ", ")
  }

  /// An expression as plans print it.
  func text(_ expression: Expression) -> String { text(expression, level: 0) }

  /// An expression, in parentheses when it binds less tightly than `level`.
  private func text(_ expression: Expression, level: Int) -> String {
    let own = expression.bindingLevel
    let plain = plainText(expression, own)
    return own < level ? "(" + plain + ")" : plain
  }

  private func plainText(_ expression: Expression, _ own: Int) -> String {
    func part(_ e: Expression) -> String { text(e, level: own) }
    func next(_ e: Expression) -> String { text(e, level: own + 1) }
    switch expression {
    case .literal(let literal): return text(literal)
    case .parameter(let name): return "$" + Self.quoted(name)
    case .variable(let slot): return name(slot)
    case .property(let base, let key):
      let read = part(base) + "." + Self.quoted(key)
      guard case .variable(let slot) = base else { return read }
      return cachedProperties.contains(PropertyRead(slot: slot, key: key))
        ? "cache[" + read + "]" : read
    case .element(let base, let index): return part(base) + "[" + text(index) + "]"
    case .slice(let base, let from, let to):
      return part(base) + "[" + (from.map { text($0) } ?? "") + ".."
        + (to.map { text($0) } ?? "") + "]"
    case .list(let items): return listText(items)
    case .map(let items): return mapText(items)
    case .mapProjection(let base, let items): return part(base) + projectionText(part(base), items)
    case .hasLabels(let base, let labels): return part(base) + ":" + text(labels)
    case .not(let base): return "NOT " + part(base)
    case .and(let items): return items.map(next).joined(separator: " AND ")
    case .or(let items): return items.map(next).joined(separator: " OR ")
    case .xor(let left, let right): return part(left) + " XOR " + next(right)
    case .comparison(.notEqual, let left, let right):
      return "NOT " + next(left) + " = " + next(right)
    case .comparison(let op, let left, let right):
      return next(left) + " " + op.rawValue + " " + next(right)
    case .arithmetic(let op, let left, let right):
      if let folded = folded(expression) { return text(folded) }
      return part(left) + " " + op.rawValue + " " + next(right)
    case .negate(let base): return "-" + part(base)
    case .unaryPlus(let base): return "+" + part(base)
    case .membership(let value, let list): return next(value) + " IN " + next(list)
    case .stringMatch(let op, let left, let right):
      return next(left) + " " + op.rawValue + " " + next(right)
    case .isNull(let base): return next(base) + " IS NULL"
    case .isNotNull(let base): return next(base) + " IS NOT NULL"
    case .isType(let base, let type): return next(base) + " IS :: " + type.text
    case .isNormalized(let base, let form): return next(base) + " IS \(form.rawValue) NORMALIZED"
    default: return compoundText(expression)
    }
  }

  private func compoundText(_ expression: Expression) -> String {
    switch expression {
    case .caseWhen(let alternatives, let otherwise):
      let whens = alternatives.map { "WHEN " + text($0.when) + " THEN " + text($0.then) }
      let last = otherwise.map { " ELSE " + text($0) } ?? ""
      return "CASE " + whens.joined(separator: " ") + last + " END"
    case .function(let name, let arguments): return functionText(name, arguments)
    case .aggregate(let call): return text(call)
    case .listComprehension(let local, let list, let predicate, let projection):
      return "[" + name(local) + " IN " + text(list)
        + (predicate.map { " WHERE " + text($0) } ?? "")
        + (projection.map { " | " + text($0) } ?? "") + "]"
    case .quantifier(let quantifier, let local, let list, let predicate):
      return quantifier.rawValue + "(" + name(local) + " IN " + text(list) + " WHERE "
        + text(predicate) + ")"
    case .reduce(let accumulator, let initial, let local, let list, let step):
      return "reduce(" + name(accumulator) + " = " + text(initial) + ", " + name(local) + " IN "
        + text(list) + " | " + text(step) + ")"
    case .letting(let local, let value, let body):
      // Locals within locals cut a run of very many operators into pieces.
      if case .letting = body { return text(value) + " …" }
      return text(body.substituting([local: value]))
    case .subquery(let subquery): return text(subquery)
    case .nestedPlan(let plan): return plan.text
    case .path(let elements): return text(elements)
    case .degree(let slot, let direction, let types):
      let inside = types.isEmpty ? "" : "[:" + types.map(Self.quoted).joined(separator: "|") + "]-"
      return "getDegree((" + name(slot) + ")" + (direction == .incoming ? "<-" : "-") + inside
        + (inside.isEmpty ? "-" : "") + (direction == .outgoing ? ">" : "") + "())"
    case .areDisjoint(let left, let right):
      let lists = [left, right].filter { slots[$0].kind != .relationship }
      if lists.isEmpty { return "NOT " + name(left) + " = " + name(right) }
      if lists.count == 2 { return "none(r IN " + name(left) + " WHERE r IN " + name(right) + ")" }
      let single = lists[0] == left ? right : left
      return "NOT " + name(single) + " IN " + name(lists[0])
    default: return "…"
    }
  }

  private func functionText(_ name: String, _ arguments: [Expression]) -> String {
    let call = name + "(" + texts(arguments) + ")"
    let isTemporal = ["date", "datetime", "localdatetime", "time", "localtime", "duration"]
      .contains(name.lowercased())
    let isConstant = !arguments.isEmpty && arguments.allSatisfy(\.isLiteral)
    return isTemporal && isConstant ? "RuntimeConstant(" + call + ")" : call
  }

  private func listText(_ items: [Expression]) -> String {
    if !printsLiterals, let number = literalNumber(.list(items)) { return "$autolist_\(number)" }
    return "[" + texts(items) + "]"
  }

  func mapText(_ items: [MapItem]) -> String {
    "{" + items.map { Self.quoted($0.key) + ": " + text($0.value) }.joined(separator: ", ") + "}"
  }

  private func projectionText(_ base: String, _ items: [MapProjectionItem]) -> String {
    var all = false
    var parts: [String] = []
    for item in items {
      switch item {
      case .allProperties: all = true
      case .property(let key):
        parts.append(Self.quoted(key) + ": " + base + "." + Self.quoted(key))
      case .entry(let entry): parts.append(Self.quoted(entry.key) + ": " + text(entry.value))
      }
    }
    if all { parts.append(".*") }
    return "{" + parts.joined(separator: ", ") + "}"
  }

  private func text(_ literal: Literal) -> String {
    let number = printsLiterals ? nil : literal.printedIndex.map { literalNumbers[$0] ?? $0 }
    switch literal.content {
    case .null: return "NULL"
    case .boolean(let value): return value ? "true" : "false"
    case .integer(let value): return number.map { "$autoint_\($0)" } ?? String(value)
    case .float(let bits):
      return number.map { "$autodouble_\($0)" } ?? "\(Double(bitPattern: bits))"
    case .string(let value): return number.map { "$autostring_\($0)" } ?? "\"" + value + "\""
    }
  }

  /// A label expression as plans print it.
  func text(_ labels: LabelExpression, isInner: Bool = false) -> String {
    switch labels {
    case .name(let name): return Self.quoted(name)
    case .any: return "%"
    case .and(let parts): return parts.map { text($0, isInner: true) }.joined(separator: "&")
    case .or(let parts):
      let all = parts.map { text($0, isInner: true) }.joined(separator: "|")
      return isInner ? "(" + all + ")" : all
    case .not(let part): return "!" + text(part, isInner: true)
    case .dynamicAll(let expression): return "$all(" + text(expression) + ")"
    case .dynamicAny(let expression): return "$any(" + text(expression) + ")"
    }
  }

  /// An aggregate as plans print it.
  func text(_ call: AggregateCall) -> String {
    if call.function == .countAll { return "count(*)" }
    let name: String =
      switch call.function {
      case .percentileContinuous: "percentileCont"
      case .percentileDiscrete: "percentileDisc"
      case .sampleDeviation: "stDev"
      case .populationDeviation: "stDevP"
      default: call.function.rawValue
      }
    return name + "(" + (call.isDistinct ? "DISTINCT " : "") + texts(call.arguments) + ")"
  }

  private func text(_ subquery: Subquery) -> String {
    switch subquery.kind {
    case .exists: "EXISTS { … }"
    case .count: "COUNT { … }"
    case .collect: "COLLECT { … }"
    case .first: "shortestPath(…)"
    }
  }

  /// A path as plans print it.
  func text(_ elements: [PathElement]) -> String {
    var result = ""
    for element in elements {
      switch element {
      case .node(let slot): result += "(" + name(slot) + ")"
      case .relationship(let slot): result += arrow(slot, "[" + name(slot) + "]")
      case .relationshipList(let slot): result += arrow(slot, "[" + name(slot) + "*]")
      case .groups(let slots): result += "-[" + names(slots) + "*]-"
      }
    }
    return result
  }

  private func arrow(_ relationship: Slot, _ inside: String) -> String {
    let direction = directions[relationship] ?? .both
    return (direction == .incoming ? "<-" : "-") + inside + (direction == .outgoing ? "->" : "-")
  }

  /// An order as plans print it.
  func text(of order: [OrderColumn]) -> String {
    order.map { orderText($0.expression) + ($0.isDescending ? " DESC" : " ASC") }
      .joined(separator: ", ")
  }

  /// What orders, without a word on how it is read.
  private func orderText(_ expression: Expression) -> String {
    guard case .property(.variable(let slot), let key) = expression else { return text(expression) }
    return name(slot) + "." + Self.quoted(key)
  }
}

extension Expression {
  /// How tightly its outermost operator binds.
  fileprivate var bindingLevel: Int {
    switch self {
    case .or: 1
    case .xor: 2
    case .and: 3
    case .not, .comparison(.notEqual, _, _): 4
    case .areDisjoint: 4
    case .comparison, .membership, .stringMatch, .isNull, .isNotNull, .isType, .isNormalized: 5
    case .arithmetic(let op, _, _):
      switch op {
      case .add, .subtract, .concatenate: 6
      case .multiply, .divide, .modulo: 7
      case .power: 8
      }
    case .negate, .unaryPlus: 9
    default: 10
    }
  }

  /// Whether this is a constant of the text.
  var isLiteral: Bool {
    if case .literal = self { true } else { false }
  }
}
