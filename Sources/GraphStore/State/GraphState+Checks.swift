public import GraphValues
import KeyValueStore

extension GraphState {
  /// Checks what holds at commit, for all that changed since the last check.
  mutating func verify() throws(StoreError) {
    if deferred.isEmpty { return }
    for node in deferred.deletedWithRelationships.sorted() where try hasRelationships(node) {
      throw .nodeHasRelationships(NodeID(node))
    }
    for node in deferred.nodes.sorted() where try exists(NodeID(node)) {
      for label in try labels(of: node) {
        for constraint in rules.nodeChecks[label] ?? [] {
          try check(constraint, .node(NodeID(node)))
        }
      }
    }
    for relationship in deferred.relationships.sorted() {
      let id = RelationshipID(relationship)
      guard try exists(id) else { continue }
      for constraint in rules.relationshipChecks[try header(of: id).type.raw] ?? [] {
        try check(constraint, .relationship(id))
      }
    }
    deferred = DeferredChecks()
  }

  /// Checks existence and type for one entity.
  func check(_ constraint: ConstraintDescriptor, _ entity: EntityID) throws(StoreError) {
    func fail(_ reason: ConstraintViolation.Reason) throws(StoreError) {
      throw .constraintViolation(
        ConstraintViolation(constraint: constraint, entity: entity, reason: reason))
    }
    switch constraint.kind {
    case .unique: return
    case .key, .existence:
      var missing: [KeyToken] = []
      for key in constraint.keys where try property(key, of: entity).isNull { missing.append(key) }
      if !missing.isEmpty { try fail(.missing(missing)) }
    case .propertyType(let rule):
      for key in constraint.keys {
        let value = try property(key, of: entity)
        if !rule.allows(value) { try fail(.wrongType(value)) }
      }
    }
  }

  func property(_ key: KeyToken, of entity: EntityID) throws(StoreError) -> Value {
    switch entity {
    case .node(let node): try property(key, of: node)
    case .relationship(let relationship): try property(key, of: relationship)
    }
  }
}

extension PropertyTypeRule {
  /// Whether a property may have a value; null is no value.
  public func allows(_ value: Value) -> Bool {
    switch value {
    case .null: return true
    case .list(let elements):
      if listElements.isEmpty { return false }
      return elements.allSatisfy { element in
        Scalar(element).map(listElements.contains) ?? false
      }
    default: return Scalar(value).map(scalars.contains) ?? false
    }
  }
}
