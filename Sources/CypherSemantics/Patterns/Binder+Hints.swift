import CypherSyntax
import Diagnostics
import QueryPlan

extension Binder {
  /// Binds USING …, and refuses hints that the pattern's conditions can never fulfil.
  mutating func bindHints(
    _ hints: [Hint], _ graph: PatternGraph
  ) throws(Failure) -> [PlanningHint] {
    var bound: [PlanningHint] = []
    var seen: [Slot: [Hint]] = [:]
    for hint in hints {
      switch hint.kind {
      case .index(let type, _, let variable, let label, let keys):
        let slot = try lookUp(variable).slot
        let words = type.map { "\($0.rawValue) INDEX" } ?? "INDEX"
        let text =
          "USING \(words) \(variable.text):\(label.text)(\(keys.map(\.text).joined(separator: ", ")))"
        let use = HintUse(
          text: text, kind: "index hint", slot: slot, variable: variable, offset: hint.span.start)
        try checkLabel(label.text, use, graph)
        for key in keys { try checkProperty(key.text, use, graph) }
        if type == .text {
          for key in keys { try checkText(key.text, use, graph) }
        }
        seen[slot, default: []].append(hint)
        bound.append(.index(variable: slot, name: label.text, properties: keys.map(\.text)))
      case .scan(let variable, let label):
        let slot = try lookUp(variable).slot
        let use = HintUse(
          text: "USING SCAN \(variable.text):\(label.text)", kind: "label scan hint", slot: slot,
          variable: variable, offset: hint.span.start)
        try checkLabel(label.text, use, graph)
        seen[slot, default: []].append(hint)
        bound.append(.scan(variable: slot, name: label.text))
      case .join(let variables): bound.append(.join(try bindJoin(variables)))
      }
    }
    try refuseSeveral(seen)
    return bound
  }

  private mutating func bindJoin(_ variables: [Name]) throws(Failure) -> [Slot] {
    var joined: [Slot] = []
    for variable in variables { joined.append(try lookUp(variable).slot) }
    return joined
  }

  /// A hint with all that messages say of it.
  private struct HintUse {
    var text: String
    var kind: String
    var slot: Slot
    var variable: Name
    var offset: Int
  }

  private func checkLabel(
    _ label: String, _ use: HintUse, _ graph: PatternGraph
  ) throws(Failure) {
    let isNode = slots[use.slot].kind != .relationship
    let found = isNode ? graph.labels(of: use.slot) : graph.types(of: use.slot)
    if found.contains(label) { return }
    let word = isNode ? "label" : "relationship type"
    let entity = isNode ? "node" : "relationship"
    let quoted = found.map { "`\($0)`" }
    let known: String
    switch quoted.count {
    case 0: known = "no \(word) was found"
    case 1: known = "only the \(word) \(quoted[0]) was found"
    default: known = "only the \(word)s \(quoted.joined(separator: ", ")) were found"
    }
    let function = isNode ? "labels()" : "type()"
    throw unfulfillable(
      "Must use \(word) `\(label)`, that the hint is referring to, on the \(entity) `\(use.variable.text)` either in the pattern or in supported predicates in `WHERE` (either directly or as part of a top-level `AND` or `OR`), but \(known). Predicates must include the \(word) literal `\(label)`. That is, the function `\(function)` is not compatible with indexes. Note that \(word) `\(label)` must be specified on a non-optional \(entity).",
      use, isNode)
  }

  private func checkProperty(
    _ key: String, _ use: HintUse, _ graph: PatternGraph
  ) throws(Failure) {
    let isNode = slots[use.slot].kind != .relationship
    let entity = isNode ? "node" : "relationship"
    let property = Bound.Expression.property(.variable(use.slot), key: key)
    if graph.predicates.contains(where: { $0.canUseIndex(on: property) }) { return }
    throw unfulfillable(
      "Must use the property `\(key)`, that the hint is referring to, on the \(entity) `\(use.variable.text)` either in the pattern or in supported predicates in `WHERE` (either directly or as part of a top-level `AND` or `OR`), but none was found. Supported predicates are: equality comparison, inequality (range) comparison, `STARTS WITH`, `IN` condition or checking property existence. The comparison cannot be performed between two property values. Note that the property `\(key)` must be specified on a non-optional \(entity).",
      use, isNode)
  }

  /// A text index serves comparisons with what may be text.
  private func checkText(_ key: String, _ use: HintUse, _ graph: PatternGraph) throws(Failure) {
    let property = Bound.Expression.property(.variable(use.slot), key: key)
    if graph.predicates.contains(where: { $0.canUseTextIndex(on: property) }) { return }
    var failure = unfulfillable(
      "The hint specifies using a text index but the predicate found cannot be used by a text index. You could try to convert the compared value to string by calling `toString()` on it or by testing whether it is a string using `STARTS WITH`. For more information on when a text index is applicable, please consult the documentation on the use of text indexes.",
      use, slots[use.slot].kind != .relationship)
    failure.code = "Neo.ClientError.Statement.SemanticError"
    failure.message = failure.message.replacing(
      "Cannot use index hint", with: "Cannot use text index hint")
    failure.position = nil
    throw failure
  }

  private func unfulfillable(_ why: String, _ use: HintUse, _ isNode: Bool) -> Failure {
    Failure(
      code: "Neo.ClientError.Statement.SyntaxError",
      message: "Cannot use \(use.kind) `\(use.text)` in this context: \(why)",
      gqlStatus: "42N76",
      gqlDescription:
        "syntax error or access rule violation - unfulfillable hints. The hint(s) \(use.text) cannot be fulfilled.",
      causes: [
        CauseText(
          code: "42N77", name: "missing hint predicate",
          text:
            "The hint \(use.text) cannot be fulfilled. The query does not contain a compatible predicate for \(isNode ? "NODE" : "RELATIONSHIP") on `\(use.variable.text)`."
        ).link
      ], position: SourcePosition(ofByte: use.offset, in: text))
  }

  private func refuseSeveral(_ seen: [Slot: [Hint]]) throws(Failure) {
    let crowded = seen.filter { $0.value.count > 1 && Set($0.value.map(\.kindWord)).count > 1 }
    guard let first = crowded.min(by: { $0.key < $1.key }) else { return }
    let names = crowded.keys.sorted().map { slots[$0].name }.joined(separator: ", ")
    let texts = first.value.map { source($0.span) }
    throw Failure(
      code: "Neo.DatabaseError.Statement.ExecutionFailed",
      message: "Unable to plan multiple hints for the variable(s): \(names).",
      gqlStatus: "42N76",
      gqlDescription:
        "syntax error or access rule violation - unfulfillable hints. The hint(s) \(texts.joined(separator: " and ")) cannot be fulfilled."
    )
  }
}

extension Hint {
  /// Tells scans from seeks.
  fileprivate var kindWord: String {
    switch kind {
    case .index: "INDEX"
    case .scan: "SCAN"
    case .join: "JOIN"
    }
  }
}

extension PatternGraph {
  /// The labels that its conditions name for a node.
  fileprivate func labels(of slot: Slot) -> [String] {
    var names: [String] = []
    for predicate in predicates { predicate.collectLabels(of: slot, into: &names) }
    return names
  }

  /// The types that a relationship may have.
  fileprivate func types(of slot: Slot) -> [String] {
    relationships.first { $0.slot == slot }?.types ?? labels(of: slot)
  }
}

extension Bound.Expression {
  fileprivate func collectLabels(of slot: Slot, into names: inout [String]) {
    switch self {
    case .hasLabels(.variable(slot), let labels): labels.collectNames(into: &names)
    case .and(let parts), .or(let parts):
      for part in parts { part.collectLabels(of: slot, into: &names) }
    default: return
    }
  }

  /// Whether an index on a property can answer it.
  fileprivate func canUseIndex(on property: Bound.Expression) -> Bool {
    switch self {
    case .comparison(let sign, let left, let right):
      if sign == .notEqual { return false }
      return (left == property && !right.isProperty) || (right == property && !left.isProperty)
    case .stringMatch(let match, let left, _): return left == property && match != .matches
    case .membership(let left, _): return left == property
    case .isNotNull(let operand), .isType(let operand, _): return operand == property
    case .function("point.distance", let arguments), .function("point.withinBBox", let arguments):
      return arguments.contains(property)
    case .and(let parts), .or(let parts):
      return parts.contains { $0.canUseIndex(on: property) }
    default: return false
    }
  }

  /// Whether a text index on a property can answer it.
  fileprivate func canUseTextIndex(on property: Bound.Expression) -> Bool {
    switch self {
    case .comparison(_, let left, let right):
      return canUseIndex(on: property) && (left == property ? right : left).mayBeText
    case .membership(_, list: .list(let items)):
      return canUseIndex(on: property) && items.allSatisfy(\.mayBeText)
    case .isNotNull: return false
    case .and(let parts): return parts.contains { $0.canUseTextIndex(on: property) }
    case .or(let parts): return parts.allSatisfy { $0.canUseTextIndex(on: property) }
    default: return canUseIndex(on: property)
    }
  }

  /// Whether it is not plainly something else.
  private var mayBeText: Bool {
    switch self {
    case .literal(let literal):
      if case .string = literal.content { true } else { false }
    case .list, .map, .arithmetic(.subtract, _, _), .arithmetic(.multiply, _, _),
      .arithmetic(.divide, _, _), .arithmetic(.modulo, _, _), .arithmetic(.power, _, _), .negate,
      .unaryPlus, .not, .and, .or, .xor, .comparison, .isNull, .isNotNull:
      false
    default: true
    }
  }

  private var isProperty: Bool {
    if case .property = self { true } else { false }
  }
}

extension Bound.LabelExpression {
  fileprivate func collectNames(into names: inout [String]) {
    switch self {
    case .name(let name): names.append(name)
    case .and(let parts), .or(let parts):
      for part in parts { part.collectNames(into: &names) }
    case .any, .not, .dynamicAll, .dynamicAny: return
    }
  }
}
