import Diagnostics
import GraphStore
import GraphValues

/// The graph of `db.schema.visualization`: a node for each label, a relationship for each type between
/// labels of its ends.
enum SchemaGraph {
  static func rows(
    _ arguments: [Value], _ context: ProcedureContext
  ) throws(Failure) -> [[Value]] {
    let transaction = context.transaction
    return try context.reading { () throws(StoreError) in
      var nodes: [LabelToken: NodeRecord] = [:]
      var order: [LabelToken] = []
      for label in transaction.labels where try transaction.nodeCount(label) > 0 {
        nodes[label] = node(label, transaction)
        order.append(label)
      }
      let relationships = try relationships(order, nodes, transaction)
      return [
        [
          .list(order.compactMap { nodes[$0] }.map { .nodeRecord($0) }),
          .list(relationships.map { .relationshipRecord($0) }),
        ]
      ]
    }
  }

  /// Ids of what is only shown are negative, so that they meet no stored ones.
  private static func id(_ number: UInt32) -> UInt64 { UInt64(bitPattern: -1 - Int64(number)) }

  /// The node that stands for a label, by the id it is shown with; `nil` for ids of stored nodes.
  static func node(_ id: NodeID, _ transaction: GraphTransaction) -> NodeRecord? {
    let number = -1 - Int64(bitPattern: id.raw)
    guard number >= 0, let raw = UInt32(exactly: number) else { return nil }
    return node(LabelToken(raw), transaction)
  }

  private static func node(_ label: LabelToken, _ transaction: GraphTransaction) -> NodeRecord {
    let name = transaction.name(of: label)
    let schema = transaction.schema
    let indexes = schema.indexes.filter { index in
      guard case .nodes(let labels) = index.target else { return false }
      return labels.contains(label) && index.owningConstraint == nil
    }
    let constraints = schema.constraints.filter { $0.target == .nodes([label]) }
    let names = indexes.map { index in
      Value.string(index.keys.map { transaction.name(of: $0) }.joined(separator: ","))
    }
    return NodeRecord(
      id: NodeID(id(label.raw)), elementID: "-\(label.raw + 1)", labels: [name],
      properties: MapValue([
        ("name", .string(name)), ("indexes", .list(names)),
        ("constraints", .list(constraints.map { .string(text(of: $0, name, transaction)) })),
      ]))
  }

  private static func text(
    of constraint: ConstraintDescriptor, _ label: String, _ transaction: GraphTransaction
  ) -> String {
    let type =
      switch constraint.kind {
      case .unique: "NODE PROPERTY UNIQUENESS"
      case .key: "NODE KEY"
      case .existence: "NODE PROPERTY EXISTENCE"
      case .propertyType: "NODE PROPERTY TYPE"
      }
    let keys = constraint.keys.map { transaction.name(of: $0) }.joined(separator: ", ")
    let index = constraint.ownedIndex.map { ", ownedIndex=\($0.raw)" } ?? ""
    return "Constraint( id=\(constraint.id.raw), name='\(constraint.name)', type='\(type)', "
      + "schema=(:\(label) {\(keys)})\(index), graphTypeDependence='UNDESIGNATED' )"
  }

  private static func relationships(
    _ labels: [LabelToken], _ nodes: [LabelToken: NodeRecord], _ transaction: GraphTransaction
  ) throws(StoreError) -> [RelationshipRecord] {
    var records: [RelationshipRecord] = []
    for type in transaction.types {
      var starts: [NodeRecord] = []
      var ends: [NodeRecord] = []
      for label in labels {
        guard let node = nodes[label] else { continue }
        if try transaction.relationshipCount(type: type, start: label) ?? 0 > 0 {
          starts.append(node)
        }
        if try transaction.relationshipCount(type: type, end: label) ?? 0 > 0 { ends.append(node) }
      }
      let name = transaction.name(of: type)
      for start in starts {
        for end in ends {
          let number = UInt32(truncatingIfNeeded: records.count)
          records.append(
            RelationshipRecord(
              id: RelationshipID(id(number)), elementID: "-\(number + 1)", start: start.id,
              end: end.id, startElementID: start.elementID, endElementID: end.elementID,
              type: name, properties: MapValue([("name", .string(name))])))
        }
      }
    }
    return records
  }
}
