import CypherSyntax
import Diagnostics
import QueryPlan

extension Binder {
  mutating func place(_ offset: Int) -> SourcePosition { positions.position(ofByte: offset) }

  mutating func remark(_ notification: SemanticNotification) {
    notes.notifications.append(notification)
  }

  /// Remarks on a MATCH whose parts do not hang together or that repeats a relationship.
  mutating func remark(on match: MatchClause, _ graph: PatternGraph, repeated: [Name]) {
    guard let first = match.patterns.first, let last = match.patterns.last else { return }
    let pattern = source(first.span.union(last.span))
    if let names = cartesianNames(graph), context.expressionDepth == 0 {
      remark(.cartesianProduct(names, pattern: pattern, at: place(match.span.start)))
    }
    for name in repeated {
      remark(
        .repeatedRelationship(name.text, pattern: pattern, at: place(name.span.start)))
    }
  }

  /// The variables of the first part without a connection to the part that a pattern begins with;
  /// `nil` when all hold together.
  private func cartesianNames(_ graph: PatternGraph) -> [String]? {
    var parent: [Slot: Slot] = [:]
    func root(_ slot: Slot) -> Slot {
      var place = slot
      while let next = parent[place], next != place { place = next }
      return place
    }
    func join(_ first: Slot, _ second: Slot) { parent[root(first)] = root(second) }
    for node in graph.nodes { parent[node] = node }
    for relationship in graph.relationships {
      parent[relationship.slot] = parent[relationship.slot] ?? relationship.slot
      join(relationship.left, relationship.right)
      join(relationship.slot, relationship.right)
    }
    for part in graph.quantified { join(part.left, part.right) }
    for part in graph.shortest { join(part.left, part.right) }
    let bound = graph.nodes.filter { graph.arguments.contains($0) }
    if let first = bound.first { for other in bound.dropFirst() { join(first, other) } }
    guard let first = graph.nodes.first.map({ root($0) }),
      let apart = graph.nodes.lazy.map({ root($0) }).first(where: { $0 != first })
    else { return nil }
    var members: [Slot] = []
    for node in graph.nodes where root(node) == apart && !members.contains(node) {
      members.append(node)
      for relationship in graph.relationships where relationship.left == node {
        members.append(relationship.slot)
      }
    }
    return members.filter { !slots[$0].isAnonymous }.map { slots[$0].name }
  }

  /// Remarks on `shortestPath()` without an upper bound or with a plain relationship.
  mutating func remark(on shortest: ShortestPathPattern) {
    guard case .relationship(let relationship)? = shortest.elements.dropFirst().first,
      let first = shortest.elements.first, let last = shortest.elements.last
    else { return }
    let pattern = source(first.span.union(last.span))
    if let length = relationship.length {
      if length.upper == nil, length.lower == nil {
        remark(.unboundedShortest(pattern: pattern, at: place(first.span.start)))
      }
      return
    }
    let name = shortest.isAll ? "allShortestPaths" : "shortestPath"
    remark(
      .deprecated(
        "The use of shortestPath and allShortestPaths with fixed length relationships is deprecated and will be removed in a future version. Please use a path with a length of 1 [r*1..1] instead or a Match with a limit.",
        "01N01",
        "\(name)(\(pattern)) is deprecated. It is replaced by \(name)(\(bounded(pattern, relationship))).",
        at: place(relationship.span.start)))
  }

  /// The pattern with `*1..1` in its relationship.
  private func bounded(_ pattern: String, _ relationship: RelationshipPattern) -> String {
    let arrow = source(relationship.span)
    let replaced: String
    if let close = arrow.lastIndex(of: "]") {
      replaced = arrow[..<close] + "*1..1" + arrow[close...]
    } else {
      let middle = arrow.index(arrow.startIndex, offsetBy: arrow.hasPrefix("<") ? 2 : 1)
      replaced = arrow[..<middle] + "[*1..1]" + arrow[middle...]
    }
    guard let range = pattern.firstRange(of: arrow) else { return pattern }
    return pattern[..<range.lowerBound] + replaced + pattern[range.upperBound...]
  }

  /// Remarks on types that no relationship can have.
  mutating func remark(onTypes expression: AST.LabelExpression) {
    guard expression.isUnsatisfiable else { return }
    remark(
      .unsatisfiableTypes(
        source(expression.span), at: place(expression.operatorOffset(self))))
  }

  /// Remarks on CALL { … } without a scope clause.
  mutating func remark(onImporting call: CallSubqueryClause, _ names: [String]) {
    let text =
      "CALL subquery without a variable scope clause is deprecated. Use CALL (\(names.joined(separator: ", "))) { ... }"
    remark(.deprecated(text, "01N00", text, at: place(call.span.start)))
  }

  /// Remarks on `SET a = b` of a node or relationship.
  mutating func remark(onCopying value: AST.Expression, _ item: AST.SetItem, _ sign: String) {
    let whole = source(item.span)
    let copied = source(value.span)
    let target = whole.dropLast(copied.count)
    remark(
      .deprecated(
        "The use of nodes or relationships for setting properties is deprecated and will be removed in a future version. Please use properties() instead.",
        "01N01",
        "'SET \(whole)' is deprecated. It is replaced by 'SET \(target)properties(\(copied))'.",
        at: place(value.span.start)))
  }

  /// Remarks on a map in CREATE that reads what the same clause creates.
  mutating func remark(onReading name: Name, in keyword: String) {
    let doing = keyword == "MERGE" ? "Merging" : "Creating"
    let text =
      "\(doing) an entity (\(name.text)) and referencing that entity in a property definition in the same \(keyword) is deprecated."
    remark(.deprecated(text, "01N00", text, at: place(name.span.start)))
  }

  /// Remarks on a function that has a better one.
  mutating func remark(onFunction name: String, at offset: Int) {
    let replacement = "elementId or consider using an application-generated id"
    remark(
      .deprecated(
        "The query used a deprecated function. ('\(name)' has been replaced by '\(replacement)')",
        "01N01", "\(name) is deprecated. It is replaced by \(replacement).", at: place(offset)))
  }

  /// Remarks on the options before a statement.
  mutating func remark(on prefix: StatementPrefix) {
    for option in prefix.options {
      switch option.key.text.lowercased() {
      case "runtime":
        let runtime = option.value.text.lowercased()
        if runtime == "parallel" || runtime == "pipelined" { remark(.unsupportedRuntime(runtime)) }
      case "connectcomponentsplanner":
        remark(
          .deprecated(
            "The Cypher query option `connectComponentsPlanner` is deprecated and will be removed without a replacement. The product's default behavior of using a cost-based IDP search algorithm when combining sub-plans will be kept. For more information, see Cypher Manual -> Cypher planner.",
            "01N02",
            "connectComponentsPlanner is deprecated and will be removed without a replacement.",
            at: place(option.span.start)))
      default: continue
      }
    }
  }

  /// Remarks on the options of an index or constraint.
  mutating func remark(onOptions options: AST.Expression, at offset: Int, isText: Bool) {
    var provider: String?
    if case .map(let entries) = options.kind {
      guard let entry = entries.first(where: { $0.key.text.lowercased() == "indexprovider" })
      else { return }
      if case .literal(let literal) = entry.value.kind, case .string(let text) = literal.value {
        provider = text
      }
    }
    if isText, let old = provider, old == "text-1.0" || old == "text-2.0" {
      remark(
        .deprecated(
          "`text-1.0`, `text-2.0` providers for text indexes are deprecated and will be removed in a future version. Please use `text-3.0` instead.",
          "01N01", "\(old) is deprecated. It is replaced by text-2.0.", at: place(offset)))
    }
    let text =
      "The `indexProvider` option is deprecated and will be removed in a future version. Neo4j does not use the given option but instead selects the most performant index provider available."
    remark(.deprecated(text, "01N00", text, at: nil))
  }
}

extension AST.LabelExpression {
  /// Whether no single type can satisfy it, tried with each of its names and with another one.
  fileprivate var isUnsatisfiable: Bool {
    if holdsDynamic { return false }
    let candidates = Set(names.map(\.text)).map(Optional.some) + [nil]
    return !candidates.contains { holds(for: $0) }
  }

  private func holds(for type: String?) -> Bool {
    switch kind {
    case .name(let name): name.text == type
    case .wildcard, .dynamic: true
    case .not(let inner): !inner.holds(for: type)
    case .parenthesized(let inner): inner.holds(for: type)
    case .and(let parts), .colonAnd(let parts): parts.allSatisfy { $0.holds(for: type) }
    case .or(let parts), .colonOr(let parts): parts.contains { $0.holds(for: type) }
    }
  }
}
