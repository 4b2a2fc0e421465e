import GraphStore
import GraphValues
import QueryPlan

/// How indexes and constraints are named and shown.
struct SchemaName {
  let transaction: GraphTransaction

  /// `(:L {p, q})`, `()-[:T {p}]-()`, `(:<any-labels>)`.
  func schema(_ target: SchemaTarget, _ keys: [KeyToken]) -> String {
    schema(
      isNodes: target.isNodes, names: names(of: target),
      properties: keys.map { transaction.name(of: $0) })
  }

  /// The same from names.
  func schema(isNodes: Bool, names: [String], properties: [String]) -> String {
    let keys = properties.isEmpty ? "" : " {" + properties.joined(separator: ", ") + "}"
    let separator = "|"
    let name =
      names.isEmpty
      ? (isNodes ? "<any-labels>" : "<any-types>") : names.joined(separator: separator)
    return isNodes ? "(:\(name)\(keys))" : "()-[:\(name)\(keys)]-()"
  }

  /// The labels or types of a target.
  func names(of target: SchemaTarget) -> [String] {
    switch target {
    case .nodes(let labels): labels.map { transaction.name(of: $0) }
    case .relationships(let types): types.map { transaction.name(of: $0) }
    }
  }

  /// `Index( id=6, name='i', type='RANGE', schema=(:L {p}), indexProvider='range-1.0' )`.
  func text(_ index: IndexDescriptor) -> String {
    let owner = index.owningConstraint.map { ", owningConstraint=\($0.raw)" } ?? ""
    return "Index( id=\(index.id.raw), name='\(index.name)', type='\(index.kind.name)', "
      + "schema=\(schema(index.target, index.keys)), indexProvider='\(index.kind.provider)'\(owner) )"
  }

  /// `Constraint( id=8, name='c', type='NODE PROPERTY UNIQUENESS', schema=(:L {p}), … )`.
  func text(_ constraint: ConstraintDescriptor) -> String {
    let owned = constraint.ownedIndex.map { ", ownedIndex=\($0.raw)" } ?? ""
    return "Constraint( id=\(constraint.id.raw), name='\(constraint.name)', "
      + "type='\(Self.type(constraint.kind, isNodes: constraint.target.isNodes))', "
      + "schema=\(schema(constraint.target, constraint.keys))\(owned), "
      + "graphTypeDependence='\(Self.dependence(constraint.kind))' )"
  }

  /// A constraint that is not made yet.
  func text(
    named name: String?, _ kind: GraphStore.ConstraintKind, _ target: SchemaTarget,
    _ keys: [KeyToken]
  ) -> String {
    let name = name.map { "name='\($0)', " } ?? ""
    var rule = ""
    if case .propertyType(let type) = kind { rule = ", propertyType=\(type.name)" }
    return "Constraint( \(name)type='\(Self.type(kind, isNodes: target.isNodes))', "
      + "schema=\(schema(target, keys)), "
      + "graphTypeDependence='\(Self.dependence(kind))'\(rule) )"
  }

  private static func type(_ kind: GraphStore.ConstraintKind, isNodes: Bool) -> String {
    let entity = isNodes ? "NODE" : "RELATIONSHIP"
    return switch kind {
    case .unique: entity + " PROPERTY UNIQUENESS"
    case .key: entity + " KEY"
    case .existence: entity + " PROPERTY EXISTENCE"
    case .propertyType: entity + " PROPERTY TYPE"
    }
  }

  private static func dependence(_ kind: GraphStore.ConstraintKind) -> String {
    kind.hasIndex ? "UNDESIGNATED" : "INDEPENDENT"
  }
}

extension GraphStore.IndexKind {
  /// The name of the implementation, as listings show it.
  var provider: String {
    switch self {
    case .range: "range-1.0"
    case .text: "text-3.0"
    case .point: "point-1.0"
    case .fulltext: "fulltext-2.0"
    case .lookup: "token-lookup-1.0"
    case .vector: "vector-2026.08"
    }
  }
}
