import Diagnostics
import GraphStore
import GraphValues
import QueryPlan

/// MERGE: for each row what the right side finds, else what is then made.
///
/// Rows are treated one after the other, each seeing what those before it made.
final class MergeOperator: Operator {
  private let creation: Creation
  private let checks: [NullCheck]
  private let onCreate: ChangeList
  private let onMatch: ChangeList
  private let argument: ArgumentFrame
  private let isNodeMerge: String?
  private var left: Batch?
  private var place = 0
  private var isMatching = false
  private var hasMatched = false
  private let created: Batch
  private var copies: [Column]
  /// What rows that are found get from the row they were found for.
  private let passed: [Int]

  private struct NullCheck {
    let what: String
    let text: (String, String, [(name: String, value: Value)]) -> String
    let subject: String
    let properties: PropertyMap
  }

  init(
    _ node: PlanNode, _ merge: MergeClause, _ compiler: PlanCompiler, input: Operator,
    search: Operator, argument: ArgumentFrame
  ) throws(Failure) {
    creation = try Creation(merge.create, compiler)
    onCreate = try ChangeList(merge.onCreate, compiler)
    onMatch = try ChangeList(merge.onMatch, compiler)
    checks = try Self.checks(merge.create, compiler)
    isNodeMerge = Self.mergedNode(merge.create, compiler.slots)
    self.argument = argument
    let found = Set(node.children[1].live)
    passed = argument.slots.filter { !found.contains($0) }.map(\.index)
    created = Batch(slotCount: compiler.slotCount)
    copies = []
    super.init(node, compiler, inputs: [input, search])
  }

  override func reset() {
    super.reset()
    left = nil
    place = 0
    isMatching = false
  }

  override func produce() throws(Failure) -> Batch? {
    while true {
      if isMatching {
        if let found = try inputs[1].next() {
          hasMatched = true
          argument.pass(passed, to: found)
          try onMatch.apply(found, found.rows)
          return found
        }
        isMatching = false
        place += 1
        if !hasMatched { return try create() }
        continue
      }
      if let left, place < left.count {
        try beginRow(left, left.row(place))
        continue
      }
      guard let next = try inputs[0].next() else { return nil }
      left = next
      place = 0
    }
  }

  private func beginRow(_ batch: Batch, _ row: Int) throws(Failure) {
    argument.set(batch, row: row)
    try checkNulls()
    inputs[1].reset()
    isMatching = true
    hasMatched = false
  }

  /// Makes the pattern for the row at hand.
  private func create() throws(Failure) -> Batch? {
    created.restart(rowCount: 1)
    created.columns = argument.batch.columns
    do {
      try creation.create(created, created.rows)
    } catch {
      throw conflict(error)
    }
    try onCreate.apply(created, created.rows)
    return created
  }

  /// What a lone node's MERGE says when a constraint keeps it from making the node.
  private func conflict(_ failure: Failure) -> Failure {
    guard let name = isNodeMerge, failure.gqlStatus == "22N79" else { return failure }
    return Failure(
      code: failure.code,
      message: "Merge did not find a matching node \(name) and can not create a new node "
        + "due to conflicts with existing unique nodes",
      gqlStatus: "22G03", gqlDescription: "data exception - invalid value type",
      causes: [
        GQLCause(
          gqlStatus: "22N41",
          gqlDescription: "data exception - merge node uniqueness constraint violation. "
            + "The 'MERGE' clause did not find a matching node `\(name)` and cannot create a new "
            + "node due to conflicts with existing uniqueness constraints.",
          message: "The 'MERGE' clause did not find a matching node `\(name)` and cannot create a "
            + "new node due to conflicts with existing uniqueness constraints.")
      ])
  }

  private static func mergedNode(_ pattern: CreatePattern, _ slots: SlotTable) -> String? {
    guard pattern.items.count == 1, case .node(let node) = pattern.items[0] else { return nil }
    return slots[node.slot].name
  }

  // MARK: Nulls

  private static func checks(_ pattern: CreatePattern, _ compiler: PlanCompiler) throws(Failure)
    -> [NullCheck]
  {
    var checks: [NullCheck] = []
    var made: Set<Slot> = []
    for item in pattern.items {
      switch item {
      case .node(let node):
        defer { made.insert(node.slot) }
        // What is made first is not there yet: such values are checked by being made.
        if node.properties?.mentions(made) == true { continue }
        guard let map = try PropertyMap(node.properties, compiler) else { continue }
        checks.append(
          NullCheck(
            what: "node", text: { "(\($0)\($1) {\(Self.shown($2))})" },
            subject: node.labels.map { ":" + text($0) }.joined(), properties: map))
      case .relationship(let relationship):
        defer { made.insert(relationship.slot) }
        if relationship.properties?.mentions(made) == true { continue }
        guard let map = try PropertyMap(relationship.properties, compiler) else { continue }
        let start = shownName(relationship.start, compiler.slots)
        let end = shownName(relationship.end, compiler.slots)
        checks.append(
          NullCheck(
            what: "relationship",
            text: { "(\(start))-[\($0)\($1) {\(Self.shown($2))}]->(\(end))" },
            subject: names(relationship, compiler.slots), properties: map))
      }
    }
    return checks
  }

  private static func shown(_ properties: [(name: String, value: Value)]) -> String {
    properties.map { "\($0.name): \($0.value.literal)" }.joined(separator: ", ")
  }

  private static func shownName(_ slot: Slot, _ slots: SlotTable) -> String {
    slots[slot].isAnonymous ? "" : slots[slot].name
  }

  private static func names(_ relationship: CreatePattern.Relationship, _ slots: SlotTable)
    -> String
  {
    shownName(relationship.slot, slots) + ":" + text(relationship.type)
  }

  private static func text(_ name: NameExpression) -> String {
    if case .name(let text) = name { text } else { "$(…)" }
  }

  /// A null, or NaN, among the properties to merge on can never be found, so it is refused.
  private func checkNulls() throws(Failure) {
    let row = argument.batch
    for check in checks {
      try check.properties.evaluate(row, row.rows)
      let named = try check.properties.named(row: 0, EntityWriter(context: context))
      for property in named {
        guard let problem = Self.problem(property.value) else { continue }
        let shown = check.text(check.subject, "", named)
        let text =
          "The \(check.what) property `\(property.name)` in '\(shown)' is invalid. "
          + "'MERGE' cannot be used with a graph element property value that is \(problem)."
        throw Failure(
          code: "Neo.ClientError.Statement.SemanticError",
          message: "Cannot merge the following \(check.what) because of \(problem) property value "
            + "for '\(property.name)': \(shown)",
          gqlStatus: "22G03", gqlDescription: "data exception - invalid value type",
          causes: [
            GQLCause(
              gqlStatus: "22N31",
              gqlDescription: "data exception - invalid properties in merge pattern. " + text,
              message: text)
          ])
      }
    }
  }

  private static func problem(_ value: Value) -> String? {
    switch value {
    case .null: "null"
    case .float(let number) where number.isNaN: "NaN"
    default: nil
    }
  }
}
