import Diagnostics
import GraphStore
import GraphValues
import QueryPlan

/// Removes properties and labels for each row.
final class RemoveOperator: Operator {
  private enum Removal {
    case property(Kernel, TokenReference<KeyToken>)
    case dynamicProperty(Kernel, key: Kernel)
    case labels(Int, NameList)
  }

  private let removals: [Removal]
  private let writer: EntityWriter

  init(_ node: PlanNode, _ items: [RemoveItem], _ compiler: PlanCompiler, input: Operator)
    throws(Failure)
  {
    writer = EntityWriter(context: compiler.context)
    var removals: [Removal] = []
    for item in items {
      switch item {
      case .property(let entity, let key):
        removals.append(
          .property(try compiler.kernel(entity), compiler.context.tokens.key(key)))
      case .dynamicProperty(let entity, let key):
        removals.append(
          .dynamicProperty(try compiler.kernel(entity), key: try compiler.kernel(key)))
      case .labels(let slot, let names):
        removals.append(.labels(slot.index, try NameList(names, compiler)))
      }
    }
    self.removals = removals
    super.init(node, compiler, inputs: [input])
  }

  override func produce() throws(Failure) -> Batch? {
    guard let batch = try input.next() else { return nil }
    let rows = batch.rows
    for index in 0..<rows.count {
      for removal in removals { try apply(removal, batch, rows[index]) }
    }
    return batch
  }

  private func apply(_ removal: Removal, _ batch: Batch, _ row: Int) throws(Failure) {
    switch removal {
    case .property(let kernel, let key):
      guard let entity = try EntityID.ofOwner(try kernel.value(batch, row: row)),
        let token = key.resolve(context.transaction)
      else { return }
      try writer.removeProperty(entity, token)
    case .dynamicProperty(let kernel, let key):
      let name = try ChangeList.keyName(try key.value(batch, row: row))
      guard let entity = try EntityID.ofOwner(try kernel.value(batch, row: row)),
        let token = context.transaction.key(named: name)
      else { return }
      try writer.removeProperty(entity, token)
    case .labels(let slot, let names):
      guard case .node(let node)? = try EntityID.of(batch.columns[slot]?.value(at: row) ?? .null)
      else { return }
      let tokens = try names.knownTokens(batch, row: row, context)
      guard try !writer.isDeleted(.node(node)) else { return }
      try writer.removeLabels(tokens, from: node)
    }
  }
}

extension EntityID {
  /// The entity whose property is removed; `nil` for null.
  fileprivate static func ofOwner(_ value: Value) throws(Failure) -> EntityID? {
    switch value {
    case .null, .node, .relationship, .nodeRecord, .relationshipRecord: return try of(value)
    default:
      let text = value.debugText
      var failure = Failure.argument(
        "The expression should have been a node or a relationship, but got \(text)")
      failure.gqlStatus = "22G03"
      failure.gqlDescription = "data exception - invalid value type"
      let cause =
        "Invalid input '\(text)' for an expression. Expected to be NODE or RELATIONSHIP."
      failure.causes = [
        GQLCause(
          gqlStatus: "22N27", gqlDescription: "data exception - invalid entity type. " + cause,
          message: cause)
      ]
      throw failure
    }
  }
}

extension EntityWriter {
  /// Removes a property; nothing when the entity was deleted.
  func removeProperty(_ entity: EntityID, _ key: KeyToken) throws(Failure) {
    guard try !isDeleted(entity) else { return }
    try setProperty(entity, key, to: .null)
  }

  /// Whether an entity was deleted.
  func isDeleted(_ entity: EntityID) throws(Failure) -> Bool {
    try writing { () throws(StoreError) in
      switch entity {
      case .node(let id): try context.transaction.isDeleted(id)
      case .relationship(let id): try context.transaction.isDeleted(id)
      }
    }
  }
}
