public import GraphValues

/// The indexes and constraints of a database as one transaction sees them.
public struct Schema: Sendable {
  /// All indexes by ascending id, those behind constraints too.
  public internal(set) var indexes: [IndexDescriptor] = []
  /// All constraints by ascending id.
  public internal(set) var constraints: [ConstraintDescriptor] = []

  /// The index of a name.
  public func index(named name: String) -> IndexDescriptor? { indexes.first { $0.name == name } }

  /// The constraint of a name.
  public func constraint(named name: String) -> ConstraintDescriptor? {
    constraints.first { $0.name == name }
  }

  /// The index of an id.
  public func index(_ id: SchemaRuleID) -> IndexDescriptor? { indexes.first { $0.id == id } }

  /// The constraint of an id.
  public func constraint(_ id: SchemaRuleID) -> ConstraintDescriptor? {
    constraints.first { $0.id == id }
  }

  /// The index with exactly this kind, target and properties, in this order.
  public func index(_ kind: IndexKind, on target: SchemaTarget, _ keys: [KeyToken])
    -> IndexDescriptor?
  {
    indexes.first { $0.kind == kind && $0.target == target && $0.keys == keys }
  }

  /// The constraints, of any kind, with exactly this target and these properties, in this order.
  public func constraints(on target: SchemaTarget, _ keys: [KeyToken]) -> [ConstraintDescriptor] {
    constraints.filter { $0.target == target && $0.keys == keys }
  }

  /// The RANGE indexes on nodes with a label.
  public func rangeIndexes(on label: LabelToken) -> [IndexDescriptor] {
    indexes.filter { $0.kind == .range && $0.target == .nodes([label]) }
  }

  /// The RANGE indexes on relationships of a type.
  public func rangeIndexes(on type: TypeToken) -> [IndexDescriptor] {
    indexes.filter { $0.kind == .range && $0.target == .relationships([type]) }
  }
}
