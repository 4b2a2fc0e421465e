import QueryPlan

/// An operator while its plan is being made.
///
/// The search for a plan shares drafts between alternatives, so a draft is changed only after the
/// choice has fallen.
final class Draft {
  /// What it does.
  var operation: PlanOperation
  /// Its inputs, left first.
  ///
  /// The body of a FOREACH and the inner plan of a shortest path are last.
  var children: [Draft]
  /// Estimated rows.
  var rows: Double
  /// Estimated cost of it and all below.
  var cost: Double
  /// Slots that can be read above it: what it and its inputs fill, and arguments.
  let available: Set<Slot>
  /// Slots that are filled in this subtree; the rest of `available` are arguments.
  let filled: Set<Slot>
  /// Whether nobody needs what it computes; known after a first pass over the whole plan.
  var isIdle = false
  /// How many operators stand on top of each other here.
  let depth: Int
  /// The order of its rows, most significant first.
  var order: [OrderColumn]
  /// Whether an operator above relies on the order.
  private(set) var isOrderUsed = false
  /// Whether the order is told: it is used, or made for its own sake; known while finishing.
  var showsOrder = false
  /// Whether operators above do not care how often a row repeats; known while finishing.
  var ignoresRepeats: Bool?

  init(
    _ operation: PlanOperation, children: [Draft] = [], rows: Double, cost: Double? = nil,
    arguments: Set<Slot> = [], order: [OrderColumn]? = nil
  ) {
    self.operation = operation
    self.children = children
    self.rows = rows
    self.cost = cost ?? children.reduce(rows * Cost.perRow) { $0 + $1.cost }
    let (filled, available) = Self.scope(of: operation, children: children, arguments: arguments)
    self.filled = filled
    depth = 1 + (children.map(\.depth).max() ?? 0)
    self.available = available
    self.order = order ?? (operation.keepsOrder ? children.first?.order ?? [] : [])
  }

  private static func scope(
    of operation: PlanOperation, children: [Draft], arguments: Set<Slot>
  ) -> (filled: Set<Slot>, available: Set<Slot>) {
    let own = operation.fills
    if operation.endsScope {
      return (own, own.union(arguments))
    }
    var filled = own
    var available = arguments.union(own)
    for child in children[..<min(children.count, operation.inputsPassedOn)] {
      filled = filled.joined(with: child.filled)
      available = available.joined(with: child.available)
    }
    return (filled, available)
  }

  /// A copy over another input, with rows and cost multiplied.
  func over(_ children: [Draft], scaledBy factor: Double) -> Draft {
    let copy = Draft(
      operation, children: children, rows: rows * factor, cost: cost, arguments: available,
      order: order)
    return copy
  }

  /// Multiplies the estimates of this and all below.
  func scale(by factor: Double) {
    if factor == 1 { return }
    rows *= factor
    cost *= factor
    for child in children { child.scale(by: factor) }
  }

  /// Reads a property of an entity for the operators above.
  func readFirst(_ property: Expression) {
    if case .cacheProperties(let properties) = operation {
      operation = .cacheProperties(properties + [property])
      return
    }
    let copy = Draft(
      operation, children: children, rows: rows, cost: cost, arguments: available, order: order)
    copy.isOrderUsed = isOrderUsed
    operation = .cacheProperties([property])
    children = [copy]
  }

  /// Notes that an operator above relies on the order.
  func useOrder() {
    var current: Draft? = self
    while let draft = current, !draft.order.isEmpty, !draft.isOrderUsed {
      draft.isOrderUsed = true
      current = draft.children.first
    }
  }

  /// Whether the order is told where that of the input is or is not.
  func tellsOrder(_ inputTells: Bool) -> Bool {
    switch operation {
    case .sort, .top, .partialSort, .orderedDistinct: true
    default: !order.isEmpty && (isOrderUsed || inputTells)
    }
  }

  /// Makes the index that gives the order here give it the other way round; false where none does.
  ///
  /// Called after the choice among alternatives has fallen.
  func turnAround() -> Bool {
    switch operation {
    case .nodeIndexSeek(let slot, var index, let seek):
      guard order.count == 1 else { return false }
      index.isDescending.toggle()
      operation = .nodeIndexSeek(slot, index, seek)
    case .relationshipIndexSeek(let slot, let left, let right, var index, let seek, let isDirected):
      guard order.count == 1 else { return false }
      index.isDescending.toggle()
      operation = .relationshipIndexSeek(
        slot, left: left, right: right, index, seek, isDirected: isDirected)
    case .filter, .projection, .expandAll, .expandInto, .optionalExpandAll, .optionalExpandInto,
      .varLengthExpand, .semiApply, .letSemiApply:
      guard let input = children.first, !order.isEmpty, input.order == order, input.turnAround()
      else { return false }
    case .orderedAggregation, .orderedDistinct:
      // The column here is what the input comes sorted by first.
      guard let input = children.first, order.count == 1, input.turnAround() else { return false }
    default: return false
    }
    for index in order.indices { order[index].isDescending.toggle() }
    return true
  }

  /// Whether any operator here writes to the graph.
  var containsWrites: Bool {
    operation.isWrite || children.contains { $0.containsWrites }
  }

  /// Whether this is a row handed in.
  var isArgument: Bool {
    if case .argument = operation { true } else { false }
  }

  /// Whether this is the single empty row that a query starts with.
  var isSingleEmptyRow: Bool {
    if case .argument(let slots) = operation { slots.isEmpty && available.isEmpty } else { false }
  }
}

extension Set<Slot> {
  /// The union, made from the larger set: that of a plan's input has nearly everything already.
  fileprivate func joined(with other: Self) -> Self {
    if count < other.count { return other.joined(with: self) }
    return other.isSubset(of: self) ? self : union(other)
  }
}

/// A column that rows are ordered by: a slot, or a property of the entity in it.
struct OrderColumn: Hashable {
  /// What orders.
  var expression: Expression
  /// Whether greatest first.
  var isDescending: Bool
}

/// Unit costs, in the scale that Neo4j's cost model made customary.
enum Cost {
  /// Passing a row on.
  static let perRow = 0.1
  /// A row of a label or index scan.
  static let scanRow = 1.0
  /// A row of a scan of all nodes.
  static let allNodesRow = 1.2
  /// A row that an index seek finds.
  static let seekRow = 1.9
  /// A relationship found by a scan, with its ends.
  static let relationshipScanRow = 2.0
  /// Something looked up by its id.
  static let lookUp = 6.2
  /// A relationship that an expansion finds.
  static let expandAll = 1.5
  /// Looking for relationships between two nodes.
  static let expandInto = 6.4
  /// Reading a property.
  static let propertyRead = 2.0
  /// Reading labels.
  static let labelRead = 1.0
  /// A row put into a hash table.
  static let probeBuild = 3.1
  /// A row looked up in a hash table.
  static let probeSearch = 2.4
}
