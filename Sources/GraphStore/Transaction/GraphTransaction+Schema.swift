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
  ) throws(StoreError) -> IndexDescriptor { throw .schemaNameTaken(name) }

  /// Drops an index that belongs to no constraint.
  public func dropIndex(_ id: SchemaRuleID) throws(StoreError) {}

  /// Creates a constraint, checks the data against it, and creates its index where it has one.
  ///
  /// - Throws: `constraintCreationFailed` when the data break it, `schemaNameTaken`.
  public func createConstraint(
    named name: String, _ kind: ConstraintKind, on target: SchemaTarget, _ keys: [KeyToken],
    options: MapValue = MapValue()
  ) throws(StoreError) -> ConstraintDescriptor { throw .schemaNameTaken(name) }

  /// Drops a constraint with its index.
  public func dropConstraint(_ id: SchemaRuleID) throws(StoreError) {}
}

extension GraphTransaction {
  func createLookupIndexes() throws(StoreError) {}
}
