import Diagnostics
import GraphValues
import QueryPlan

/// Makes operators of plan nodes and kernels of expressions.
final class PlanCompiler {
  /// What everything compiled shares at run time.
  let context: ExecutionContext
  /// How many slots a row has: those of the plan, and a hidden one for each operator that hands many
  /// rows at once to its right side.
  let slotCount: Int
  /// The variables.
  let slots: SlotTable
  /// Where leaves that are compiled now get their argument from.
  private(set) var frame: ArgumentFrame
  /// Operators by the identity of their plan nodes.
  private(set) var operators: [ObjectIdentifier: Operator] = [:]
  /// Hidden slots that row-wise operators carry on besides the live ones: from them an enclosing apply
  /// sees which row of its left side a row came from.
  private(set) var markers: [Int] = []
  /// Whether the statement writes, so that scans must not see what is written while they run.
  let writes: Bool
  private var nextMarker: Int
  /// Inputs that are compiled and wait for the operator above them.
  private var finished: [ObjectIdentifier: Operator] = [:]
  private var depth = 0
  private static let deepestPlan = 4_000

  init(context: ExecutionContext, plan: StatementPlan) {
    self.context = context
    slots = plan.slots
    writes = plan.writes
    context.writes = plan.writes
    nextMarker = plan.slots.count
    slotCount = plan.slots.count + plan.root.markerCount
    frame = ArgumentFrame(slotCount: slotCount)
  }

  /// Compiles a plan whose leaves read the current argument.
  ///
  /// Goes down the first inputs without recursion: a statement of a thousand clauses is a chain of a
  /// thousand operators.
  func compile(_ node: PlanNode) throws(Failure) -> Operator {
    if let made = finished.removeValue(forKey: ObjectIdentifier(node)) { return made }
    var chain = [node]
    while let input = chain.last?.children.first { chain.append(input) }
    depth += chain.count
    defer { depth -= chain.count }
    if depth > Self.deepestPlan {
      throw .execution("the plan is more than \(Self.deepestPlan) operators deep")
    }
    while let last = chain.popLast() {
      let made = try make(last)
      depth -= 1
      operators[ObjectIdentifier(last)] = made
      if chain.isEmpty { return made }
      finished[ObjectIdentifier(last)] = made
    }
    throw .execution("a plan without operators")
  }

  /// Compiles a plan whose leaves read an argument of their own.
  ///
  /// `marker` is the hidden slot that tells rows of the argument apart, when there is one.
  func compile(_ node: PlanNode, within inner: ArgumentFrame, marker: Int? = nil) throws(Failure)
    -> Operator
  {
    let outer = frame
    let outerMarkers = markers
    frame = inner
    markers = marker.map { [$0] } ?? []
    defer {
      frame = outer
      markers = outerMarkers
    }
    return try compile(node)
  }

  /// A hidden slot of its own.
  private func makeMarker() -> Int? {
    guard nextMarker < slotCount else { return nil }
    nextMarker += 1
    return nextMarker - 1
  }

  /// The slots that an apply takes from its left side, its right side not carrying them.
  func passedSlots(of node: PlanNode) -> [Int] {
    let right = Set(node.children[1].live)
    return node.live.filter { !right.contains($0) }.map(\.index) + markers
  }

  /// The argument of a plan that runs for rows of another.
  func argumentFrame(for right: PlanNode, rowsOf left: PlanNode) -> ArgumentFrame {
    var slots = Set(left.live)
    right.collectArguments(into: &slots)
    slots.formUnion(markers.map { Slot($0) })
    return ArgumentFrame(slotCount: slotCount, slots: slots.sorted(), parent: frame)
  }

  private func make(_ node: PlanNode) throws(Failure) -> Operator {
    if let leaf = try makeLeaf(node) { return leaf }
    if let external = try makeWriting(node) { return external }
    if let external = try makeCommand(node) { return external }
    var inputs: [Operator] = []
    switch node.operation {
    case .apply, .semiApply, .letSemiApply, .selectOrSemiApply, .rollUpApply, .conditionalApply,
      .antiConditionalApply, .subqueryForeach, .transactionApply, .repeatTrail:
      guard node.children.count == 2 else { throw .execution("an apply without two inputs") }
      return try makeApply(node, try compile(node.children[0]))
    default:
      for child in node.children { inputs.append(try compile(child)) }
    }
    switch inputs.count {
    case 1:
      if let made = try makeExpanding(node, inputs[0]) { return made }
      if let made = try makeUnary(node, inputs[0]) { return made }
    case 2: if let made = try makeBinary(node, inputs) { return made }
    default: break
    }
    throw .execution("an operator that the runtime does not know")
  }

  private func makeUnary(_ node: PlanNode, _ input: Operator) throws(Failure) -> Operator? {
    switch node.operation {
    case .filter(let predicates): return try FilterOperator(node, self, input, predicates)
    // Records lie in mapped pages, where reading twice costs what reading a copy would.
    case .cacheProperties: return input
    case .projection(let items): return try ProjectionOperator(node, self, input, items)
    case .eagerAggregation(let grouping, let aggregates),
      .orderedAggregation(let grouping, let aggregates):
      return try AggregationOperator(node, self, input, grouping, aggregates)
    case .distinct(let items): return try DistinctOperator(node, self, input, items)
    case .orderedDistinct(let item):
      return try OrderedDistinctOperator(node, self, input, item)
    case .sort(let keys): return SortOperator(node, self, input, keys)
    case .partialSort(let keys, let sorted, let limit):
      return try PartialSortOperator(node, self, input, keys, sorted: sorted, limit)
    case .top(let keys, let limit): return try TopOperator(node, self, input, keys, limit)
    case .skip(let count): return try SkipOperator(node, self, input, count)
    case .limit(let count):
      return try LimitOperator(node, self, input, count, isExhaustive: false)
    case .exhaustiveLimit(let count):
      return try LimitOperator(node, self, input, count, isExhaustive: true)
    case .unwind(let list, let slot): return try UnwindOperator(node, self, input, list, slot)
    case .optional(let nulls): return OptionalOperator(node, self, input, nulls)
    case .eager: return EagerOperator(node, self, input)
    case .emptyResult: return EmptyResultOperator(node, self, input)
    case .produceResults(let columns):
      return ProduceResultsOperator(node, self, input, columns)
    default: return nil
    }
  }

  private func makeBinary(_ node: PlanNode, _ inputs: [Operator]) throws(Failure) -> Operator? {
    switch node.operation {
    case .cartesianProduct: return CartesianProductOperator(node, self, inputs)
    case .nodeHashJoin(let slots):
      let keys = slots.map { SlotKernel($0.index) }
      return HashJoinOperator(node, self, inputs, keys, keys, isOuter: false)
    case .leftOuterHashJoin(let slots):
      let keys = slots.map { SlotKernel($0.index) }
      return HashJoinOperator(node, self, inputs, keys, keys, isOuter: true)
    case .valueHashJoin(let left, let right):
      return HashJoinOperator(
        node, self, inputs, [try kernel(left)], [try kernel(right)], isOuter: false)
    case .union(let left, let right, let into):
      return UnionOperator(node, self, inputs, left, right, into)
    default: return nil
    }
  }

  private func makeApply(_ node: PlanNode, _ left: Operator) throws(Failure) -> Operator {
    let rightNode = node.children[1]
    let inner = argumentFrame(for: rightNode, rowsOf: node.children[0])
    if case .repeatTrail(
      let pattern, let against, let relationships, let isInto, let isReversed) = node.operation
    {
      return try RepeatTrailOperator(
        node, self, left, rightNode, pattern, against, relationships, isInto: isInto,
        isReversed: isReversed)
    }
    let marker = makeMarker()
    let right = try compile(rightNode, within: inner, marker: marker)
    switch node.operation {
    case .apply: return ApplyOperator(node, self, left, right, inner, marker: marker)
    case .semiApply(let isNegated):
      return SemiApplyOperator(node, self, left, right, inner, isNegated: isNegated)
    case .letSemiApply(let slot, let isNegated):
      return LetSemiApplyOperator(node, self, left, right, inner, slot, isNegated: isNegated)
    case .selectOrSemiApply(let predicate, let isNegated):
      return SemiApplyOperator(
        node, self, left, right, inner, isNegated: isNegated, unless: try kernel(predicate))
    case .rollUpApply(let list, let column):
      return RollUpApplyOperator(node, self, left, right, inner, list, column)
    case .conditionalApply(let slots):
      return ConditionalApplyOperator(node, self, left, right, inner, slots, runsForNulls: false)
    case .antiConditionalApply(let slots):
      return ConditionalApplyOperator(node, self, left, right, inner, slots, runsForNulls: true)
    case .subqueryForeach: return SubqueryForeachOperator(node, self, left, right, inner)
    case .transactionApply(let batching, let isUnit, let columns):
      return try TransactionApplyOperator(
        node, self, left, right, inner, batching, isUnit: isUnit, columns)
    default: throw .execution("an apply that the runtime does not know")
    }
  }
}

extension PlanNode {
  /// Adds the slots that `argument` leaves of this plan read.
  func collectArguments(into slots: inout Set<Slot>) {
    if case .argument(let read) = operation { slots.formUnion(read) }
    for child in children { child.collectArguments(into: &slots) }
  }
}

extension PlanNode {
  /// How many operators of this plan, plans in expressions included, run a right side for each row.
  var markerCount: Int {
    var count = 0
    var current: PlanNode? = self
    while let node = current {
      if node.children.count == 2 { count += 1 }
      for child in node.children.dropFirst() { count += child.markerCount }
      current = node.children.first
    }
    return count
  }
}
