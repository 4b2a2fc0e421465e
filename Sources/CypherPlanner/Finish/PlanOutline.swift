public import QueryPlan

/// A plan as EXPLAIN and PROFILE show it.
///
/// Mostly one line for an operator; but a MERGE on top of rows shows as an apply, each item of a SET
/// as an operator, and the single empty row that a plan begins with does not show.
public struct PlanOutline: Sendable {
  /// From 0 at the root, right inputs before left ones.
  public var id: Int
  /// The operator's name, such as `Expand(All)`.
  public var name: String
  /// The `Details` column; `nil` when the operator never has any.
  public var details: String?
  /// The order of its rows; empty when none.
  public var order: String
  /// Estimated rows.
  public var cardinality: Double
  /// The operator whose rows and hits these are; of a SET, all its items have the same.
  public var node: PlanNode
  /// Names of the variables that its rows hold.
  public var identifiers: [String]
  /// Its inputs, left first.
  public var children: [PlanOutline]

  /// The outline of a whole plan.
  public init(_ plan: StatementPlan) {
    var builder = OutlineBuilder(plan: plan)
    var leaf = plan.root
    while let input = leaf.children.first { leaf = input }
    if case .command(let command) = leaf.operation, command.isAdministration {
      self = builder.outline(of: leaf)
    } else {
      self = builder.outline(of: plan.root)
    }
  }

  fileprivate init(
    id: Int, name: String, details: String?, node: PlanNode, identifiers: [String],
    children: [PlanOutline] = []
  ) {
    self.id = id
    self.name = name
    self.details = details
    self.node = node
    self.identifiers = identifiers
    self.children = children
    order = node.order
    cardinality = node.cardinality
  }
}

/// Numbers and names operators.
private struct OutlineBuilder {
  let plan: StatementPlan
  private var next = 0

  init(plan: StatementPlan) { self.plan = plan }

  mutating func outline(of node: PlanNode) -> PlanOutline {
    switch node.operation {
    case .merge:
      guard let left = node.children.first else { break }
      if left.isSingleEmptyRow || left.isArgument {
        return merge(node)
      }
      var apply = line(node, name: "Apply", details: nil)
      let merge = merge(node)
      apply.children = [outline(of: left), merge]
      return apply
    case .apply:
      // The rows handed in are those of the right side, too.
      if node.children.count == 2, node.children[0].isArgument {
        return outline(of: node.children[1])
      }
    case .set, .remove:
      if node.itemDetails.count > 1 { return items(of: node) }
    default: break
    }
    var result = line(node, name: node.operatorName(in: plan), details: shownDetails(node))
    result.children = children(of: node)
    if case .command(let command) = node.operation, let check = command.existenceCheckName {
      result.children = [line(node, name: check, details: node.details)]
    }
    return result
  }

  private mutating func merge(_ node: PlanNode) -> PlanOutline {
    var details = node.details
    if node.isUniqueMerge, let seek = node.children.last {
      details = seek.details + ", " + node.itemDetails.joined(separator: " ")
    }
    var merge = line(node, name: node.operatorName(in: plan), details: details)
    if !node.isUniqueMerge {
      merge.children = node.children.dropFirst().map { outline(of: $0) }
    }
    return merge
  }

  /// The items of a SET, the last one on top.
  private mutating func items(of node: PlanNode) -> PlanOutline {
    var lines: [PlanOutline] = []
    for index in node.itemDetails.indices.reversed() {
      lines.append(
        line(
          node, name: node.operatorName(in: plan, item: index), details: node.itemDetails[index]))
    }
    var below = children(of: node)
    for var line in lines.reversed() {
      line.children = below
      below = [line]
    }
    return below[0]
  }

  private mutating func children(of node: PlanNode) -> [PlanOutline] {
    var inputs = node.children
    if case .forEach(_, _, let body) = node.operation, !node.isOneLineForEach {
      inputs.append(body)
    }
    let isRoot = node.operation.mayStartFromNothing
    var result: [PlanOutline] = []
    for input in inputs.reversed() where !(isRoot && input.isSingleEmptyRow) {
      result.append(outline(of: input))
    }
    return result.reversed()
  }

  private mutating func line(_ node: PlanNode, name: String, details: String?) -> PlanOutline {
    defer { next += 1 }
    // Nothing is alive behind the last operator, which shows what its input gives.
    var shown = node
    while shown.live.isEmpty, let input = shown.children.first { shown = input }
    return PlanOutline(
      id: next, name: name, details: details, node: node,
      identifiers: shown.live.map { plan.slots[$0].name })
  }

  private func shownDetails(_ node: PlanNode) -> String? {
    switch node.operation {
    case .apply, .semiApply, .letSemiApply, .selectOrSemiApply, .cartesianProduct, .union,
      .emptyResult, .emptyRow, .subqueryForeach, .conditionalApply, .antiConditionalApply:
      nil
    case .command(let command) where command.isAdministration: nil
    default: node.details
    }
  }
}

extension PlanNode {
  /// Whether this hands in the row that an operator above has.
  var isArgument: Bool {
    if case .argument = operation { true } else { false }
  }

  /// Whether this is the row that a plan begins with when it has no leaf.
  var isSingleEmptyRow: Bool {
    if case .argument(let slots) = operation { slots.isEmpty } else { false }
  }

  /// Whether the writes of a FOREACH are part of its details.
  var isOneLineForEach: Bool {
    guard case .forEach(_, _, let body) = operation, case .create = body.operation,
      let leaf = body.children.first, case .argument = leaf.operation
    else { return false }
    return true
  }
}

extension PlanOperation {
  /// Whether an empty argument below it is the statement's beginning and not worth a line.
  var mayStartFromNothing: Bool {
    switch self {
    case .semiApply, .letSemiApply, .selectOrSemiApply: false
    default: true
    }
  }
}
