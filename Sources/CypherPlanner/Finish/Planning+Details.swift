import GraphValues
import QueryPlan

extension Planning {
  /// The `Details` of an operator; variables that nobody reads above it are left out.
  func details(of operation: PlanOperation, live: Set<Slot>) -> String {
    switch operation {
    case .argument(let slots): return names(slots)
    case .allNodesScan(let slot): return name(slot)
    case .nodeByLabelScan(let slot, let label): return name(slot) + ":" + Self.quoted(label)
    case .unionNodeByLabelsScan(let slot, let labels):
      return name(slot) + ":" + labels.map(Self.quoted).joined(separator: "|")
    case .intersectionNodeByLabelsScan(let slot, let labels):
      return name(slot) + ":" + labels.map(Self.quoted).joined(separator: "&")
    case .subtractionNodeByLabelsScan(let slot, let labels, let excluded):
      let all = labels.map(Self.quoted) + excluded.map { "!" + Self.quoted($0) }
      return name(slot) + ":" + all.joined(separator: "&")
    case .nodeByIDSeek(let slot, let ids, let isList, let isElementID):
      return name(slot) + " WHERE "
        + idCondition(slot, ids, isList: isList, isElementID: isElementID)
    case .nodeIndexSeek(let slot, let index, let seek):
      return indexDetails(index, seek, pattern: name(slot) + ":" + indexTarget(index))
        + cacheDetails(index, seek, slot)
    case .allRelationshipsScan(let slot, let left, let right, let isDirected):
      return step(
        left, slot, right, isDirected ? .outgoing : .both, [], live: live, from: .optional)
    case .relationshipTypeScan(let slot, let left, let right, let types, let isDirected):
      return step(
        left, slot, right, isDirected ? .outgoing : .both, types, live: live, from: .optional)
    case .relationshipByIDSeek(
      let slot, let left, let right, let ids, let isList, let isElementID, let isDirected):
      return step(
        left, slot, right, isDirected ? .outgoing : .both, [], live: live.union([slot]),
        from: .optional)
        + " WHERE " + idCondition(slot, ids, isList: isList, isElementID: isElementID)
    case .relationshipIndexSeek(let slot, let left, let right, let index, let seek, let isDirected):
      let relationship = (live.contains(slot) ? name(slot) : "") + ":" + indexTarget(index)
      let pattern =
        node(left, live) + "-[" + relationship + "]" + (isDirected ? "->" : "-") + node(right, live)
      return indexDetails(index, seek, pattern: pattern) + cacheDetails(index, seek, slot)
    case .nodeCountFromCountStore(let slot, let labels):
      let parts = labels.map { "(" + ($0.map { ":" + Self.quoted($0) } ?? "") + ")" }
      return "count( " + parts.joined(separator: ", ") + " ) AS " + name(slot)
    case .relationshipCountFromCountStore(
      let slot, let start, let types, let end, let isDirected):
      let ends = [start, end].map { "(" + ($0.map { ":" + Self.quoted($0) } ?? "") + ")" }
      let type = types.isEmpty ? "" : ":" + types.map(Self.quoted).joined(separator: "|")
      return "count( " + ends[0] + "-[" + type + "]" + (isDirected ? "->" : "-") + ends[1]
        + " ) AS " + name(slot)
    default: return stepDetails(of: operation, live: live)
    }
  }

  private func stepDetails(of operation: PlanOperation, live: Set<Slot>) -> String {
    switch operation {
    case .expandAll(let expansion): return step(expansion, live: live)
    case .expandInto(let expansion): return step(expansion, live: live.union([expansion.to]))
    case .optionalExpandAll(let expansion, let predicates):
      let used = live.union(predicates.slots)
      return step(expansion, live: used) + condition(predicates)
    case .optionalExpandInto(let expansion, let predicates):
      let used = live.union(predicates.slots).union([expansion.to])
      return step(expansion, live: used) + condition(predicates)
    case .varLengthExpand(let expansion, let length):
      let used = length.mode == .into ? live.union([expansion.to]) : live
      let conditions = text(length)
      return (conditions.isEmpty ? "" : "p = ")
        + step(expansion, range: length.range, live: used) + conditions
    case .shortestPath(let search):
      return name(search.path) + " = "
        + step(
          search.expansion, range: search.range,
          live: [search.expansion.to, search.expansion.relationship])
        + condition(search.predicates)
    case .statefulShortestPath(let part, let target, let isInto, _):
      let from = isInto || target != part.left ? part.left : part.right
      return selector(part.selector) + " (" + name(part.left) + ") … (" + name(part.right)
        + ")\n        expanding from: " + name(from)
    case .repeatTrail(let part, _, _, _, _):
      let maximum = part.range.maximum.map(String.init) ?? ""
      return "(" + name(part.left) + ") (...){\(part.range.minimum), \(maximum)} ("
        + name(part.right) + ")"
    case .projectEndpoints(let slot, let left, let right, _, _, let types, let direction, let range):
      return step(
        Expansion(from: left, relationship: slot, to: right, direction: direction, types: types),
        range: range, live: [slot, right])
    default: return rowDetails(of: operation)
    }
  }

  private func rowDetails(of operation: PlanOperation) -> String {
    switch operation {
    case .filter(let predicates):
      return text(predicates)
    case .projection(let items), .distinct(let items): return text(items)
    case .eagerAggregation(let grouping, let aggregates),
      .orderedAggregation(let grouping, let aggregates):
      let calls = inPlanOrder(aggregates, \.slot).map { text($0.call) + " AS " + name($0.slot) }
      return ([text(grouping)].filter { !$0.isEmpty } + calls).joined(separator: ", ")
    case .cacheProperties(let properties):
      return properties.map { text($0) }.joined(separator: ", ")
    case .sort(let keys): return text(keys)
    case .top(let keys, let limit): return text(keys) + " LIMIT " + text(limit)
    case .partialSort(let keys, _, let limit):
      return text(keys) + (limit.map { " LIMIT " + text($0) } ?? "")
    case .orderedDistinct(let item): return text([item])
    case .skip(let count), .limit(let count), .exhaustiveLimit(let count): return text(count)
    case .unwind(let list, let slot): return text(list) + " AS " + name(slot)
    case .eager(let reason): return reason
    case .procedureCall(let call): return text(call)
    case .loadCSV(let clause): return name(clause.slot)
    case .produceResults(let columns):
      return columns.map { Self.quoted($0.name) }.joined(separator: ", ")
    case .rollUpApply(let list, let column): return name(list) + ", " + name(column)
    case .letSemiApply(let slot, _): return name(slot)
    case .nodeHashJoin(let slots), .leftOuterHashJoin(let slots): return names(slots)
    case .valueHashJoin(let left, let right): return text(left) + " = " + text(right)
    case .transactionApply(let batching, _, _):
      return "IN TRANSACTIONS OF " + (batching.rows.map { batchText($0) } ?? "1000")
        + " ROWS ON ERROR " + batching.onError.rawValue
        + (batching.status.map { " REPORT STATUS AS " + name($0) } ?? "")
    default: return updateDetails(of: operation)
    }
  }

  // MARK: Parts

  /// The conditions on hops and nodes of a walk.
  private func text(_ length: VariableLength) -> String {
    let parts = [(length.hopPredicate, "relationships"), (length.nodePredicate, "nodes")]
      .compactMap { predicate, function in
        predicate.map {
          "all(" + name($0.slot) + " IN " + function + "(p) WHERE " + text($0.expression) + ")"
        }
      }
    return parts.isEmpty ? "" : " WHERE " + parts.joined(separator: " AND ")
  }

  private enum FromStyle {
    case always
    case optional
  }

  private func node(_ slot: Slot, _ live: Set<Slot>) -> String {
    "(" + (live.contains(slot) ? name(slot) : "") + ")"
  }

  private func step(_ step: Expansion, range: HopRange? = nil, live: Set<Slot>) -> String {
    self.step(
      step.from, step.relationship, step.to, step.direction, step.types, range: range, live: live,
      from: .always)
  }

  private func step(
    _ from: Slot, _ relationship: Slot, _ to: Slot, _ direction: Direction, _ types: [String],
    range: HopRange? = nil, live: Set<Slot>, from style: FromStyle
  ) -> String {
    let start = style == .always ? "(" + name(from) + ")" : node(from, live)
    var inside = live.contains(relationship) ? name(relationship) : ""
    if !types.isEmpty { inside += ":" + types.map(Self.quoted).joined(separator: "|") }
    if let range { inside += Self.text(range) }
    let arrow = inside.isEmpty ? "--" : "-[" + inside + "]-"
    return start + (direction == .incoming ? "<" : "") + arrow
      + (direction == .outgoing ? ">" : "") + node(to, live)
  }

  /// A range of hops as plans print it.
  static func text(_ range: HopRange) -> String {
    let minimum = range.minimum == 1 ? "" : String(range.minimum)
    let maximum = range.maximum.map(String.init)
    if minimum.isEmpty, maximum == nil { return "*" }
    return "*" + minimum + ".." + (maximum ?? "")
  }

  private func condition(_ predicates: [Expression]) -> String {
    predicates.isEmpty ? "" : " WHERE " + text(predicates)
  }

  private func idCondition(
    _ slot: Slot, _ ids: Expression, isList: Bool, isElementID: Bool
  ) -> String {
    (isElementID ? "elementId(" : "id(") + name(slot) + ")" + (isList ? " IN " : " = ") + text(ids)
  }

  private func indexTarget(_ index: IndexReference) -> String {
    Self.quoted(index.entityName) + "("
      + index.properties.map(Self.quoted).joined(separator: ", ") + ")"
  }

  private func indexDetails(
    _ index: IndexReference, _ seek: IndexSeek, pattern: String
  ) -> String {
    let isSeek = if case .scan = seek { false } else { true }
    let kind =
      index.isUnique && isSeek && !pattern.hasPrefix("(")
      ? "UNIQUE " : index.kind.rawValue + " INDEX "
    let keys = index.properties.map(Self.quoted)
    let conditions: [String]
    switch seek {
    case .equal(let values): conditions = zip(keys, values).map { $0 + " = " + text($1) }
    case .anyOf(let list): conditions = [keys[0] + " IN " + text(list)]
    case .range(let prefix, let lower, let upper):
      var parts = zip(keys, prefix).map { $0 + " = " + text($1) }
      if prefix.count < keys.count {
        let key = keys[prefix.count]
        if let lower {
          parts.append(key + (lower.isInclusive ? " >= " : " > ") + text(lower.value))
        }
        if let upper {
          parts.append(key + (upper.isInclusive ? " <= " : " < ") + text(upper.value))
        }
        let open = lower == nil && upper == nil ? prefix.count : prefix.count + 1
        parts += keys.dropFirst(open).map { $0 + " IS NOT NULL" }
      }
      conditions = parts
    case .startsWith(let value): conditions = [keys[0] + " STARTS WITH " + text(value)]
    case .endsWith(let value): conditions = [keys[0] + " ENDS WITH " + text(value)]
    case .contains(let value): conditions = [keys[0] + " CONTAINS " + text(value)]
    case .scan: conditions = keys.map { $0 + " IS NOT NULL" }
    }
    return kind + pattern + " WHERE " + conditions.joined(separator: " AND ")
  }

  private func selector(_ selector: ShortestPattern.Selector) -> String {
    switch selector {
    case .legacySingle: "shortestPath"
    case .legacyAll: "allShortestPaths"
    case .shortest(let count): "SHORTEST \(count)"
    case .allShortest: "ALL SHORTEST"
    case .groups(let count): "SHORTEST \(count) GROUPS"
    }
  }

  private func text(_ items: [Projection.Item]) -> String {
    inPlanOrder(items, \.slot).map { item in
      let value = text(item.expression)
      if case .variable = item.expression, value == name(item.slot) { return value }
      return value + " AS " + name(item.slot)
    }.joined(separator: ", ")
  }

  private func text(_ keys: [SortKey]) -> String {
    keys.map { name($0.slot) + ($0.isDescending ? " DESC" : " ASC") }.joined(separator: ", ")
  }

  private func text(_ call: ProcedureCall) -> String {
    if let listing = call.listing {
      return listing.details(yielding: call.yields.map(\.column), ids: texts(call.arguments))
    }
    let outputs = call.signature.outputs.map { $0.name + " :: " + $0.type.text }
    let result = outputs.isEmpty ? "VOID" : "(" + outputs.joined(separator: ", ") + ")"
    return call.signature.name + "(" + texts(call.arguments) + ") :: " + result
  }
}
