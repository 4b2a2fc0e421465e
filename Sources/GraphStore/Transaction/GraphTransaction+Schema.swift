public import GraphValues

extension GraphTransaction {
  /// Creates an index and fills it from the data.
  ///
  /// The caller has looked for equivalent rules; only the name is checked.
  ///
  /// - Throws: `schemaNameTaken`.
  public func createIndex(
    named name: String, _ kind: IndexKind, on target: SchemaTarget, _ keys: [KeyToken],
    options: MapValue = MapValue()
  ) throws(StoreError) -> IndexDescriptor {
    try state.createIndex(name, kind, target, keys, options)
  }

  /// Drops an index that belongs to no constraint.
  ///
  /// - Throws: `schemaRuleNotFound`.
  public func dropIndex(_ id: SchemaRuleID) throws(StoreError) { try state.dropIndex(id) }

  /// Creates a constraint, checks the data against it, and creates its index where it has one.
  ///
  /// - Throws: `constraintCreationFailed` when the data break it, `schemaNameTaken`. The statement
  ///   must be rolled back then.
  public func createConstraint(
    named name: String, _ kind: ConstraintKind, on target: SchemaTarget, _ keys: [KeyToken],
    options: MapValue = MapValue()
  ) throws(StoreError) -> ConstraintDescriptor {
    try state.createConstraint(name, kind, target, keys, options)
  }

  /// Drops a constraint with its index.
  ///
  /// - Throws: `schemaRuleNotFound`.
  public func dropConstraint(_ id: SchemaRuleID) throws(StoreError) {
    try state.dropConstraint(id)
  }
}
