import Diagnostics
import GraphStore
import GraphValues

/// Reads nodes and relationships for functions, whether they are references or records.
struct EntityReader {
  /// Where references are read.
  let transaction: GraphTransaction
  /// The middle part of element ids.
  let databaseID: String

  /// The names of a node's labels; `nil` when the value is no node.
  func labels(of value: Value) throws(Failure) -> [String]? {
    switch value {
    case .node(let id):
      let tokens = try reading { () throws(StoreError) in try transaction.labels(of: id) }
      return tokens.map { transaction.name(of: $0) }
    case .nodeRecord(let record): return record.labels
    default: return nil
    }
  }

  /// The name of a relationship's type; `nil` when the value is no relationship.
  func type(of value: Value) throws(Failure) -> String? {
    switch value {
    case .relationship(let id):
      let header = try reading { () throws(StoreError) in try transaction.header(of: id) }
      return transaction.name(of: header.type)
    case .relationshipRecord(let record): return record.type
    default: return nil
    }
  }

  /// The ends of a relationship; `nil` when the value is no relationship.
  func ends(of value: Value) throws(Failure) -> (start: NodeID, end: NodeID)? {
    switch value {
    case .relationship(let id):
      let header = try reading { () throws(StoreError) in try transaction.header(of: id) }
      return (header.start, header.end)
    case .relationshipRecord(let record): return (record.start, record.end)
    default: return nil
    }
  }

  /// A node as a value: a reference, or the record of one that only a procedure shows.
  func node(_ id: NodeID) -> Value {
    SchemaGraph.node(id, transaction).map { .nodeRecord($0) } ?? .node(id)
  }

  /// The properties of a node or relationship, none of a deleted one; `nil` when the value is neither.
  func properties(of value: Value) throws(Failure) -> MapValue? {
    let entries: [(key: KeyToken, value: Value)]
    switch value {
    case .node(let id):
      entries = try reading { () throws(StoreError) in
        try transaction.exists(id) ? transaction.properties(of: id) : []
      }
    case .relationship(let id):
      entries = try reading { () throws(StoreError) in
        try transaction.exists(id) ? transaction.properties(of: id) : []
      }
    case .nodeRecord(let record): return record.properties
    case .relationshipRecord(let record): return record.properties
    default: return nil
    }
    return MapValue(entries.map { (transaction.name(of: $0.key), $0.value) })
  }

  /// The id as text; `nil` when the value is neither node nor relationship.
  func elementID(of value: Value) -> String? {
    switch value {
    case .node(let id): "4:\(databaseID):\(id.raw)"
    case .relationship(let id): "5:\(databaseID):\(id.raw)"
    case .nodeRecord(let record): record.elementID
    case .relationshipRecord(let record): record.elementID
    default: nil
    }
  }
}
