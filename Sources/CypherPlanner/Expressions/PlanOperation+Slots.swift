import QueryPlan

extension PlanOperation {
  /// The slots that this operator itself fills.
  var fills: Set<Slot> {
    switch self {
    case .allNodesScan(let slot), .nodeByLabelScan(let slot, _),
      .unionNodeByLabelsScan(let slot, _),
      .intersectionNodeByLabelsScan(let slot, _), .subtractionNodeByLabelsScan(let slot, _, _),
      .nodeByIDSeek(let slot, _, _, _), .nodeIndexSeek(let slot, _, _),
      .nodeCountFromCountStore(let slot, _), .relationshipCountFromCountStore(let slot, _, _, _, _):
      [slot]
    case .allRelationshipsScan(let slot, let left, let right, _),
      .relationshipTypeScan(let slot, let left, let right, _, _),
      .relationshipByIDSeek(let slot, let left, let right, _, _, _, _),
      .relationshipIndexSeek(let slot, let left, let right, _, _, _):
      [slot, left, right]
    case .expandAll(let step), .optionalExpandAll(let step, _): [step.relationship, step.to]
    case .expandInto(let step), .optionalExpandInto(let step, _): [step.relationship]
    case .varLengthExpand(let step, let length):
      length.mode == .into ? [step.relationship] : [step.relationship, step.to]
    case .shortestPath(let search): [search.path, search.expansion.relationship]
    case .statefulShortestPath(let part, let target, let isInto, _):
      part.pattern.filledSlots.union(isInto ? [] : [target])
        .subtracting(
          isInto ? [part.left, part.right] : [part.left, part.right].filter { $0 != target })
    case .repeatTrail(let part, _, _, let isInto, let isReversed):
      Set(part.groups.map(\.outer)).union(
        isInto ? [] : [isReversed ? part.left : part.right])
    case .projectEndpoints(_, let left, let right, let isLeftBound, let isRightBound, _, _, _):
      Set((isLeftBound ? [] : [left]) + (isRightBound ? [] : [right]))
    case .projection(let items), .distinct(let items): Set(items.map(\.slot))
    case .orderedDistinct(let item): [item.slot]
    case .eagerAggregation(let grouping, let aggregates),
      .orderedAggregation(let grouping, let aggregates):
      Set(grouping.map(\.slot) + aggregates.map(\.slot))
    case .unwind(_, let slot), .letSemiApply(let slot, _): [slot]
    case .rollUpApply(let list, _): [list]
    case .procedureCall(let call): Set(call.yields.map(\.slot))
    case .loadCSV(let clause): [clause.slot]
    case .union(_, _, let columns): Set(columns)
    case .transactionApply(let batching, _, let columns):
      Set(columns + [batching.status].compactMap { $0 })
    case .create(let pattern): pattern.filledSlots
    case .merge(let clause): clause.create.filledSlots
    default: []
    }
  }

  /// The slots of its inputs that this operator itself reads.
  var reads: Set<Slot> {
    switch self {
    case .argument(let slots): return Set(slots)
    case .expandAll(let step): return [step.from]
    case .expandInto(let step): return [step.from, step.to]
    case .optionalExpandAll(let step, let predicates):
      return predicates.slots.subtracting(fills).union([step.from])
    case .optionalExpandInto(let step, let predicates):
      return predicates.slots.subtracting(fills).union([step.from, step.to])
    case .varLengthExpand(let step, let length):
      var read: Set<Slot> = length.mode == .into ? [step.from, step.to] : [step.from]
      read.formUnion(length.uniqueAgainst)
      for hop in [length.hopPredicate, length.nodePredicate].compactMap({ $0 }) {
        read.formUnion(hop.expression.slots.subtracting([hop.slot]))
      }
      return read
    case .shortestPath(let search):
      var read: Set<Slot> = [search.expansion.from, search.expansion.to]
      if let hop = search.hopPredicate {
        read.formUnion(hop.expression.slots.subtracting([hop.slot]))
      }
      return read.union(search.predicates.slots.subtracting(fills))
    case .statefulShortestPath(let part, let target, let isInto, _):
      let ends: Set<Slot> =
        isInto ? [part.left, part.right] : [target == part.left ? part.right : part.left]
      return ends
    case .repeatTrail(let part, let uniqueAgainst, _, let isInto, let isReversed):
      return Set(uniqueAgainst).union(
        isInto ? [part.left, part.right] : [isReversed ? part.right : part.left])
    case .projectEndpoints(
      let slot, let left, let right, let isLeftBound, let isRightBound, _, _, _):
      return Set([slot] + (isLeftBound ? [left] : []) + (isRightBound ? [right] : []))
    case .conditionalApply(let slots), .antiConditionalApply(let slots), .nodeHashJoin(let slots),
      .leftOuterHashJoin(let slots):
      return Set(slots)
    case .sort(let keys): return Set(keys.map(\.slot))
    case .top(let keys, let limit): return Set(keys.map(\.slot)).union(limit.slots)
    case .partialSort(let keys, _, let limit):
      return Set(keys.map(\.slot)).union(limit?.slots ?? [])
    case .produceResults(let columns): return Set(columns.map(\.slot))
    case .union(let left, let right, _): return Set(left + right)
    case .create(let pattern): return pattern.readSlots
    case .merge(let clause):
      return clause.create.readSlots.union((clause.onCreate + clause.onMatch).slots)
        .subtracting(clause.create.filledSlots)
    case .forEach(let slot, let list, _): return list.slots.subtracting([slot])
    default: return expressions.slots
    }
  }

  /// The expressions that this operator computes, in the order of its details.
  var expressions: [Expression] {
    switch self {
    case .nodeByIDSeek(_, let ids, _, _), .relationshipByIDSeek(_, _, _, let ids, _, _, _): [ids]
    case .nodeIndexSeek(_, _, let seek), .relationshipIndexSeek(_, _, _, _, let seek, _):
      seek.expressions
    case .optionalExpandAll(_, let predicates), .optionalExpandInto(_, let predicates),
      .filter(let predicates):
      predicates
    case .varLengthExpand(_, let length):
      [length.hopPredicate, length.nodePredicate].compactMap { $0?.expression }
    case .shortestPath(let search):
      [search.hopPredicate?.expression].compactMap { $0 } + search.predicates
    case .projection(let items), .distinct(let items): items.map(\.expression)
    case .orderedDistinct(let item): [item.expression]
    case .partialSort(_, _, let limit): [limit].compactMap { $0 }
    case .eagerAggregation(let grouping, let aggregates),
      .orderedAggregation(let grouping, let aggregates):
      grouping.map(\.expression) + aggregates.flatMap(\.call.arguments)
    case .top(_, let limit), .skip(let limit), .limit(let limit), .exhaustiveLimit(let limit):
      [limit]
    case .unwind(let list, _), .selectOrSemiApply(let list, _): [list]
    case .cacheProperties(let properties): properties
    case .procedureCall(let call): call.arguments + [call.predicate].compactMap { $0 }
    case .loadCSV(let clause): [clause.url]
    case .valueHashJoin(let left, let right): [left, right]
    case .transactionApply(let batching, _, _): [batching.rows].compactMap { $0 }
    case .create(let pattern): pattern.expressions
    case .merge(let clause):
      clause.create.expressions + (clause.onCreate + clause.onMatch).flatMap(\.expressions)
    case .set(let items): items.flatMap(\.expressions)
    case .remove(let items): items.flatMap(\.expressions)
    case .delete(let expressions, _): expressions
    case .forEach(_, let list, _): [list]
    default: []
    }
  }

  /// Whether only the slots that it fills live on.
  var endsScope: Bool {
    switch self {
    case .eagerAggregation, .orderedAggregation, .distinct, .orderedDistinct, .union: true
    default: false
    }
  }

  /// How many of its inputs, from the left, pass their slots on.
  var inputsPassedOn: Int {
    switch self {
    case .apply, .cartesianProduct, .nodeHashJoin, .valueHashJoin, .leftOuterHashJoin,
      .conditionalApply, .antiConditionalApply, .merge, .transactionApply:
      2
    default: 1
    }
  }

  /// Whether its rows come in the order of its left input.
  var keepsOrder: Bool {
    switch self {
    case .filter, .projection, .cacheProperties, .skip, .limit, .exhaustiveLimit, .eager,
      .expandAll, .expandInto,
      .optionalExpandAll, .optionalExpandInto, .varLengthExpand, .projectEndpoints, .unwind, .apply,
      .semiApply, .letSemiApply, .selectOrSemiApply, .rollUpApply, .produceResults, .set, .remove,
      .create, .shortestPath, .optional:
      true
    default: false
    }
  }

  /// Whether it changes the graph.
  var isWrite: Bool {
    switch self {
    case .create, .merge, .set, .remove, .delete, .forEach: true
    case .procedureCall(let call): call.signature.mode == .write || call.signature.mode == .schema
    default: false
    }
  }
}

extension [Expression] {
  /// The slots of all of them.
  var slots: Set<Slot> {
    reduce(into: []) { $1.collectSlots(into: &$0) }
  }
}

extension IndexSeek {
  /// The expressions that say what is sought.
  var expressions: [Expression] {
    switch self {
    case .equal(let values): values
    case .anyOf(let value), .startsWith(let value), .endsWith(let value), .contains(let value):
      [value]
    case .range(let prefix, let lower, let upper):
      prefix + [lower?.value, upper?.value].compactMap { $0 }
    case .scan: []
    }
  }
}

extension PatternGraph {
  /// All slots that matching this fills, bound ones too.
  var filledSlots: Set<Slot> {
    var filled = Set(nodes)
    for relationship in relationships {
      filled.formUnion([relationship.slot, relationship.left, relationship.right])
    }
    for part in quantified {
      filled.formUnion(part.groups.map(\.outer) + [part.left, part.right])
    }
    for part in shortest {
      filled.formUnion(part.pattern.filledSlots.union([part.left, part.right]))
    }
    filled.formUnion(paths.map(\.slot))
    return filled
  }
}
