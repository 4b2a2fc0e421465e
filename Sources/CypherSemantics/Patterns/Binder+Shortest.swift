import CypherSyntax
import Diagnostics
import QueryPlan

extension Binder {
  /// What a selector keeps; `nil` for `ALL` and for none.
  func boundSelector(
    _ selector: PathSelector?
  ) throws(Failure) -> ShortestPattern.Selector? {
    guard let selector else { return nil }
    switch selector.kind {
    case .all: return nil
    case .any(let count), .shortest(let count):
      return .shortest(try pathCount(count, selector.span))
    case .allShortest: return .allShortest
    case .shortestGroups(let count):
      return .groups(try pathCount(count, selector.span))
    }
  }

  private func pathCount(
    _ count: PathSelector.Count?, _ span: SourceSpan
  ) throws(Failure) -> Int {
    guard let count else { return 1 }
    guard case .number(let number) = count else {
      throw unsupported("a parameter as the count of a path selector")
    }
    guard number > 0 else {
      throw syntaxError(
        "The path count needs to be greater than 0.", at: firstDigit(in: span),
        CauseText(
          code: "42N31", name: "specified number out of range",
          text:
            "Expected 'path count' to be INTEGER in the range 1 to 9223372036854775807 but found 0."
        ))
    }
    return Int(clamping: number)
  }

  private func firstDigit(in span: SourceSpan) -> Int {
    let bytes = source(span).utf8
    let place = bytes.firstIndex { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    return place.map { span.start + bytes.distance(from: bytes.startIndex, to: $0) } ?? span.start
  }

  /// Declares a part whose matches a selector chooses among; conditions on its ends stand outside.
  mutating func draftSelection(
    _ selector: ShortestPattern.Selector, _ parts: [PatternElement], _ draft: inout PatternDraft,
    _ context: inout PatternContext
  ) throws(Failure) -> [PathElement] {
    var inner = PatternDraft()
    let elements = try draftElements(parts, &inner, &context)
    return addSelection(selector, inner, elements, &draft)
  }

  /// Declares `shortestPath(…)`.
  mutating func draftShortest(
    _ shortest: ShortestPathPattern, _ draft: inout PatternDraft, _ context: inout PatternContext
  ) throws(Failure) -> [PathElement] {
    var inner = PatternDraft()
    let elements = try draftElements(shortest.elements, &inner, &context)
    // A relationship of one hop is a walk of at most one.
    for index in inner.graph.relationships.indices
    where inner.graph.relationships[index].length == nil {
      inner.graph.relationships[index].length = HopRange(minimum: 1, maximum: 1)
    }
    return addSelection(
      shortest.isAll ? .legacyAll : .legacySingle, inner, elements.map(\.asList), &draft)
  }

  private mutating func addSelection(
    _ selector: ShortestPattern.Selector, _ inner: PatternDraft, _ elements: [PathElement],
    _ draft: inout PatternDraft
  ) -> [PathElement] {
    guard let left = elements.first?.single, let right = elements.last?.single else { return [] }
    var inner = inner
    var own: [PatternDraft.Condition] = []
    for condition in inner.conditions {
      switch condition {
      case .nodeLabels(let slot, _) where slot == left || slot == right,
        .properties(let slot, _, isNode: true) where slot == left || slot == right:
        draft.conditions.append(condition)
      default: own.append(condition)
      }
    }
    inner.conditions = own
    for end in [left, right] where !draft.graph.nodes.contains(end) {
      draft.graph.nodes.append(end)
    }
    draft.selections.append(
      PatternDraft.Selection(index: draft.graph.shortest.count, inner: inner))
    draft.graph.shortest.append(
      ShortestPattern(selector: selector, pattern: PatternGraph(), left: left, right: right))
    return elements
  }

  /// Checks what `shortestPath()` may hold.
  func checkShortest(
    _ shortest: ShortestPathPattern, _ pattern: PathPattern, _ context: PatternContext
  ) throws(Failure) {
    let name = shortest.isAll ? "allShortestPaths" : "shortestPath"
    if pattern.selector != nil || pattern.mode != nil {
      throw syntaxError(
        "Mixing shortestPath/allShortestPaths with path selectors (e.g. `ANY SHORTEST`), explicit match modes (e.g. `DIFFERENT RELATIONSHIPS`) or explicit path modes (e.g. `ACYCLIC`) is not allowed.",
        at: shortest.span.start,
        CauseText(
          code: "42I39", name: "invalid use of shortest path function",
          text:
            "Mixing the \(name)() function with path selectors, explicit match modes or explicit path modes is not allowed."
        ))
    }
    try checkShortestShape(shortest, name)
  }

  private func checkShortestShape(
    _ shortest: ShortestPathPattern, _ name: String
  ) throws(Failure) {
    for element in shortest.elements {
      let quantified: Bool
      switch element {
      case .parenthesized(let part): quantified = part.quantifier != nil
      case .relationship(let relationship): quantified = relationship.quantifier != nil
      case .node: quantified = false
      }
      if quantified {
        throw syntaxError(
          "\(name)(...) contains quantified pattern. This is currently not supported.",
          at: element.span.start,
          CauseText(
            code: "42I23", name: "invalid quantified path pattern in shortest path",
            text: "The \(name)() function cannot contain a quantified path pattern."))
      }
    }
    guard shortest.elements.count == 3,
      case .relationship(let relationship) = shortest.elements[1]
    else {
      throw syntaxError(
        "\(name)(...) requires a pattern containing a single relationship", at: shortest.span.start,
        CauseText(
          code: "42N40", name: "single relationship pattern required",
          text:
            "The \(name)() function must contain one relationship pattern."))
    }
    if let properties = relationship.properties {
      throw syntaxError(
        "\(name)(...) contains properties \(source(properties.span)). This is currently not supported.",
        at: shortest.span.start,
        CauseText(
          code: "42N56", name: "unsupported use of properties",
          text: "Properties are not supported in the \(name)() function."))
    }
    if let length = relationship.length, let lower = length.lower, lower > 1 {
      throw syntaxError(
        "\(name)(...) does not support a minimal length different from 0 or 1",
        at: length.span.start + 1,
        CauseText(
          code: "42I08", name: "invalid lower bound",
          text:
            "The lower bound of the variable length relationship used in the \(name)() function must be 0 or 1."
        ))
    }
  }
}

extension PathElement {
  fileprivate var asList: PathElement {
    if case .relationship(let slot) = self { .relationshipList(slot) } else { self }
  }
}
