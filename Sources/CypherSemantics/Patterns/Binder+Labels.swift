import CypherSyntax
import Diagnostics
import QueryPlan

/// Where a label expression stands.
enum LabelContext {
  case nodePattern
  case relationshipPattern
  case nodeTest
  case relationshipTest

  var isNode: Bool { self == .nodePattern || self == .nodeTest }
  var isTest: Bool { self == .nodeTest || self == .relationshipTest }
}

extension Binder {
  /// Binds a label or type test.
  mutating func bindLabels(
    _ test: LabelTest, _ place: LabelContext
  ) throws(Failure) -> Bound.LabelExpression {
    try checkLabels(test, place)
    if place.isTest, !isCypher25, test.expression.holdsDynamic {
      throw dynamicRefused(test.span.start)
    }
    return try bindLabelExpression(test.expression, place)
  }

  private mutating func bindLabelExpression(
    _ expression: AST.LabelExpression, _ place: LabelContext
  ) throws(Failure) -> Bound.LabelExpression {
    switch expression.kind {
    case .name(let name):
      try checkToken(name, isLabel: place.isNode)
      if place.isNode { notes.use(label: name) } else { notes.use(type: name) }
      return .name(name.text)
    case .wildcard: return .any
    case .parenthesized(let inner): return try bindLabelExpression(inner, place)
    case .not(let inner): return .not(try bindLabelExpression(inner, place))
    case .and(let parts), .colonAnd(let parts):
      return .and(try bindLabelExpressions(parts, place))
    case .or(let parts), .colonOr(let parts): return .or(try bindLabelExpressions(parts, place))
    case .dynamic(let label):
      // What is no name is told when the pattern is matched.
      let value = try bindExpression(label.expression)
      return label.quantifier == .all ? .dynamicAll(value) : .dynamicAny(value)
    }
  }

  private mutating func bindLabelExpressions(
    _ parts: [AST.LabelExpression], _ place: LabelContext
  ) throws(Failure) -> [Bound.LabelExpression] {
    var bound: [Bound.LabelExpression] = []
    for part in parts { bound.append(try bindLabelExpression(part, place)) }
    return bound
  }

  mutating func bindDynamicName(_ label: DynamicLabel) throws(Failure) -> Bound.Expression {
    let typed = try bind(label.expression)
    let expected = StaticType.string.union(.list(of: .string))
    try expect(expected, typed.type, label.expression)
    return typed.expression
  }

  private func dynamicRefused(_ offset: Int) -> Failure {
    syntaxError(
      "Dynamic Label and Types are only allowed in MATCH, CREATE, MERGE, SET and REMOVE clauses.",
      at: offset,
      CauseText(
        code: "42I59", name: "dynamic entity type not allowed",
        text:
          "Dynamic label and types are only allowed in MATCH, CREATE, MERGE, SET and REMOVE clauses."
      ))
  }

  /// Refuses names that cannot be stored.
  func checkToken(_ name: Name, isLabel: Bool) throws(Failure) {
    guard name.text.isEmpty || name.text.contains("\0") else { return }
    let what = isLabel ? "label" : "relationship type"
    throw syntaxError(
      "'\(name.text)' is not a valid token name. Token names cannot be empty or contain any null-bytes.",
      at: name.span.start,
      CauseText(
        code: "42I11", name: "invalid name",
        text: "A \(what) name cannot be empty or contain any null-bytes: '\(name.text)'."))
  }
}

extension AST.LabelExpression {
  /// The types of a plain disjunction; `nil` for anything else.
  var plainTypes: [String]? {
    switch kind {
    case .name(let name): return [name.text]
    case .parenthesized(let inner): return inner.plainTypes
    case .or(let parts), .colonOr(let parts):
      var types: [String] = []
      for part in parts {
        guard let inner = part.plainTypes else { return nil }
        for type in inner where !types.contains(type) { types.append(type) }
      }
      return types
    case .dynamic, .wildcard, .not, .and, .colonAnd: return nil
    }
  }

  /// Whether a computed name stands in it.
  var holdsDynamic: Bool {
    switch kind {
    case .dynamic: true
    case .parenthesized(let inner), .not(let inner): inner.holdsDynamic
    case .or(let parts), .colonOr(let parts), .and(let parts), .colonAnd(let parts):
      parts.contains { $0.holdsDynamic }
    case .name, .wildcard: false
    }
  }

  /// The names in it, in the order of the text.
  var names: [Name] {
    switch kind {
    case .name(let name): [name]
    case .parenthesized(let inner), .not(let inner): inner.names
    case .or(let parts), .colonOr(let parts), .and(let parts), .colonAnd(let parts):
      parts.flatMap(\.names)
    case .dynamic, .wildcard: []
    }
  }

  /// The text with `&` for colons, and parentheses where needed.
  var modernText: String { modernText(inside: 0) }

  private func modernText(inside level: Int) -> String {
    func wrapped(_ text: String, _ own: Int) -> String { own < level ? "(\(text))" : text }
    switch kind {
    case .name(let name): return name.text
    case .wildcard: return "%"
    case .dynamic: return "$(...)"
    case .parenthesized(let inner): return inner.modernText(inside: level)
    case .not(let inner): return "!" + inner.modernText(inside: 3)
    case .and(let parts), .colonAnd(let parts):
      return wrapped(parts.map { $0.modernText(inside: 2) }.joined(separator: "&"), 2)
    case .or(let parts), .colonOr(let parts):
      // A conjunction is put in parentheses inside a disjunction, as readers expect it.
      return wrapped(parts.map { $0.modernText(inside: 3) }.joined(separator: "|"), 1)
    }
  }
}
