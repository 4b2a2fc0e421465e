import QueryPlan

extension PlanNode {
  /// The operator's name as EXPLAIN prints it.
  ///
  /// - Parameters:
  ///   - plan: The plan that it belongs to.
  ///   - item: Which item of a SET or REMOVE is meant.
  /// - Returns: The name, such as `NodeUniqueIndexSeek(Locking)`.
  func operatorName(in plan: StatementPlan, item: Int = 0) -> String {
    switch operation {
    case .argument: "Argument"
    case .emptyRow: "EmptyRow"
    case .allNodesScan: "AllNodesScan"
    case .nodeByLabelScan: "NodeByLabelScan"
    case .unionNodeByLabelsScan: "UnionNodeByLabelsScan"
    case .intersectionNodeByLabelsScan: "IntersectionNodeByLabelsScan"
    case .subtractionNodeByLabelsScan: "SubtractionNodeByLabelsScan"
    case .nodeByIDSeek(_, _, _, let isElementID):
      isElementID ? "NodeByElementIdSeek" : "NodeByIdSeek"
    case .nodeIndexSeek(_, let index, let seek):
      "Node" + seek.name(in: index)
        + (index.isUnique && seek.isExact && plan.writes ? "(Locking)" : "")
    case .allRelationshipsScan(_, _, _, let isDirected):
      prefix(isDirected) + "AllRelationshipsScan"
    case .relationshipTypeScan(_, _, _, let types, let isDirected):
      prefix(isDirected)
        + (types.count > 1 ? "UnionRelationshipTypesScan" : "RelationshipTypeScan")
    case .relationshipByIDSeek(_, _, _, _, _, let isElementID, let isDirected):
      prefix(isDirected) + (isElementID ? "RelationshipByElementIdSeek" : "RelationshipByIdSeek")
    case .relationshipIndexSeek(_, _, _, let index, let seek, let isDirected):
      prefix(isDirected) + "Relationship" + seek.name(in: index)
    case .nodeCountFromCountStore: "NodeCountFromCountStore"
    case .relationshipCountFromCountStore: "RelationshipCountFromCountStore"
    default: stepName(in: plan, item: item)
    }
  }

  private func prefix(_ isDirected: Bool) -> String { isDirected ? "Directed" : "Undirected" }

  private func stepName(in plan: StatementPlan, item: Int) -> String {
    switch operation {
    case .expandAll: "Expand(All)"
    case .expandInto: "Expand(Into)"
    case .optionalExpandAll: "OptionalExpand(All)"
    case .optionalExpandInto: "OptionalExpand(Into)"
    case .varLengthExpand(_, let length):
      switch length.mode {
      case .all: "VarLengthExpand(All)"
      case .into: "VarLengthExpand(Into)"
      case .pruning:
        length.range.minimum <= 1
          ? "VarLengthExpand(Pruning,BFS,All)" : "VarLengthExpand(Pruning)"
      }
    case .shortestPath: "ShortestPath"
    case .statefulShortestPath(_, _, let isInto, _):
      "StatefulShortestPath(" + (isInto ? "Into" : "All") + ", Trail)"
    case .repeatTrail(_, _, _, let isInto, _): "Repeat(" + (isInto ? "Into" : "All") + ", Trail)"
    case .projectEndpoints: "ProjectEndpoints"
    case .filter: "Filter"
    case .projection: "Projection"
    case .cacheProperties: "CacheProperties"
    case .eagerAggregation: "EagerAggregation"
    case .orderedAggregation: "OrderedAggregation"
    case .distinct: "Distinct"
    case .sort: "Sort"
    case .top: "Top"
    case .partialSort(_, _, let limit): limit == nil ? "PartialSort" : "PartialTop"
    case .orderedDistinct: "OrderedDistinct"
    case .skip: "Skip"
    case .limit: "Limit"
    case .exhaustiveLimit: "ExhaustiveLimit"
    case .unwind: "Unwind"
    case .optional: "Optional"
    case .eager: "Eager"
    case .procedureCall(let call): call.listing?.operatorName ?? "ProcedureCall"
    case .loadCSV: "LoadCSV"
    case .emptyResult: "EmptyResult"
    case .produceResults: "ProduceResults"
    default: joinName(in: plan, item: item)
    }
  }

  private func joinName(in plan: StatementPlan, item: Int) -> String {
    switch operation {
    case .apply: "Apply"
    case .semiApply(let isNegated): isNegated ? "AntiSemiApply" : "SemiApply"
    case .letSemiApply(_, let isNegated): isNegated ? "LetAntiSemiApply" : "LetSemiApply"
    case .selectOrSemiApply(_, let isNegated):
      isNegated ? "SelectOrAntiSemiApply" : "SelectOrSemiApply"
    case .rollUpApply: "RollUpApply"
    case .conditionalApply: "ConditionalApply"
    case .antiConditionalApply: "AntiConditionalApply"
    case .cartesianProduct: "CartesianProduct"
    case .nodeHashJoin: "NodeHashJoin"
    case .valueHashJoin: "ValueHashJoin"
    case .leftOuterHashJoin: "NodeLeftOuterHashJoin"
    case .union: "Union"
    case .subqueryForeach: "SubqueryForeach"
    case .transactionApply(_, let isUnit, _): isUnit ? "TransactionForeach" : "TransactionApply"
    case .create: "Create"
    case .merge: mergeName
    case .set(let items): item < items.count ? items[item].name(in: plan) : "SetProperty"
    case .remove(let items): item < items.count ? items[item].name : "SetProperty"
    case .delete(_, let isDetaching): isDetaching ? "DetachDelete" : "Delete"
    case .forEach: "Foreach"
    case .command(let command): command.operatorName
    default: "Command"
    }
  }

  /// Whether this merges one node by the unique index of its only properties, so that looking and making
  /// are one step.
  var isUniqueMerge: Bool {
    operation.isUniqueMerge(by: children.last?.operation)
  }

  /// Locks are taken when the pattern hangs on nodes that are bound.
  private var mergeName: String {
    guard case .merge(let clause) = operation else { return "Merge" }
    if isUniqueMerge { return "MergeUniqueNode" }
    return clause.create.boundEnds.isEmpty ? "Merge" : "LockingMerge"
  }
}

extension IndexSeek {
  /// Whether all that is sought is equality.
  var isExact: Bool {
    switch self {
    case .equal, .anyOf: true
    default: false
    }
  }

  /// The part of the operator's name behind `Node` or `Relationship`.
  ///
  /// - Parameter index: The index; what is sought by more than one property has but one name.
  /// - Returns: The part, such as `UniqueIndexSeek`.
  func name(in index: IndexReference) -> String {
    let unique = index.isUnique ? "Unique" : ""
    switch self {
    case .equal, .anyOf: return unique + "IndexSeek"
    case .range(let prefix, let lower, let upper):
      let isRange = prefix.isEmpty && (lower != nil || upper != nil)
      guard isRange && index.properties.count == 1 else { return unique + "IndexSeek" }
      return unique + "IndexSeekByRange"
    case .startsWith: return unique + "IndexSeekByRange"
    case .endsWith: return "IndexEndsWithScan"
    case .contains: return "IndexContainsScan"
    case .scan: return "IndexScan"
    }
  }
}

extension SetItem {
  /// The operator's name for this alone.
  fileprivate func name(in plan: StatementPlan) -> String {
    switch self {
    case .property, .dynamicProperty: return "SetProperty"
    case .properties(_, let items): return items.count > 1 ? "SetProperties" : "SetProperty"
    case .replaceProperties(let entity, _), .mergeProperties(let entity, _):
      guard case .variable(let slot) = entity else { return "SetPropertiesFromMap" }
      switch plan.slots[slot].kind {
      case .node: return "SetNodePropertiesFromMap"
      case .relationship: return "SetRelationshipPropertiesFromMap"
      default: return "SetPropertiesFromMap"
      }
    case .labels: return "SetLabels"
    }
  }
}

extension RemoveItem {
  /// The operator's name for this alone.
  fileprivate var name: String {
    if case .labels = self { "RemoveLabels" } else { "SetProperty" }
  }
}

extension PlanOperation {
  /// Whether this merges one node, looked for by the unique index of its only properties.
  func isUniqueMerge(by seek: PlanOperation?) -> Bool {
    guard case .merge(let clause) = self, clause.create.items.count == 1,
      case .node(let node)? = clause.create.items.first,
      case .map(let properties)? = node.properties,
      case .nodeIndexSeek(_, let index, .equal)? = seek
    else { return false }
    return index.isUnique && Set(index.properties) == Set(properties.map(\.key))
  }
}

extension Draft {
  /// Whether looking for a node and making it are one step.
  var isUniqueMerge: Bool { operation.isUniqueMerge(by: children.last?.operation) }
}
