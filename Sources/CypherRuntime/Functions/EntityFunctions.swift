import Diagnostics
import GraphValues

/// Functions of nodes, relationships, paths and maps.
enum EntityFunctions {
  static let table: [String: FunctionBody] = [
    "labels": .entity(labels),
    "type": .entity(type),
    "keys": .entity(keys),
    "properties": .entity(properties),
    "id": .one(id),
    "elementid": .entity(elementID),
    "startnode": .entity(startNode),
    "endnode": .entity(endNode),
    "nodes": .one(nodes),
    "relationships": .one(relationships),
    "length": .one(length),
    "path_length": .one(length),
    "cardinality": .one(cardinality),
  ]

  private static func labels(_ value: Value, _ reader: EntityReader) throws(Failure) -> Value {
    if value.isNull { return .null }
    guard let names = try reader.labels(of: value) else {
      throw .invalidInput("labels", "a Node", value, expected: ["NODE"])
    }
    return .list(names.map { .string($0) })
  }

  private static func type(_ value: Value, _ reader: EntityReader) throws(Failure) -> Value {
    if value.isNull { return .null }
    guard let name = try reader.type(of: value) else {
      throw .invalidInput("type", "a Relationship", value, expected: ["RELATIONSHIP"])
    }
    return .string(name)
  }

  private static func keys(_ value: Value, _ reader: EntityReader) throws(Failure) -> Value {
    switch value {
    case .null: return .null
    case .map(let map): return .list(map.keys.map { .string($0) })
    default: break
    }
    guard let map = try reader.properties(of: value) else {
      throw .argumentType(
        "keys",
        "Invalid input for function 'keys()': Expected a node, a relationship or a literal map "
          + "but got \(value.debugText)", value,
        expected: ["NODE", "RELATIONSHIP", "LITERAL MAP"])
    }
    return .list(map.keys.map { .string($0) })
  }

  private static func properties(_ value: Value, _ reader: EntityReader) throws(Failure) -> Value {
    switch value {
    case .null, .map: return value
    default: break
    }
    guard let map = try reader.properties(of: value) else {
      throw .invalidInput(
        "properties", "a Node, Relationship, or Map", value,
        expected: ["NODE", "RELATIONSHIP", "MAP"])
    }
    return .map(map)
  }

  private static func id(_ value: Value) throws(Failure) -> Value {
    if value.isNull { return .null }
    guard let raw = value.nodeID?.raw ?? value.relationshipID?.raw else {
      throw notEntity("id", value)
    }
    return .integer(Int64(truncatingIfNeeded: raw))
  }

  private static func elementID(_ value: Value, _ reader: EntityReader) throws(Failure) -> Value {
    if value.isNull { return .null }
    guard let text = reader.elementID(of: value) else { throw notEntity("elementId", value) }
    return .string(text)
  }

  private static func notEntity(_ function: String, _ value: Value) -> Failure {
    .argumentType(
      function,
      "Invalid input for function '\(function)()': Expected \(value.debugText) to be a node or "
        + "relationship, but it was `\(value.kindText)`", value,
      expected: ["NODE", "RELATIONSHIP"])
  }

  private static func startNode(_ value: Value, _ reader: EntityReader) throws(Failure) -> Value {
    if value.isNull { return .null }
    guard let ends = try reader.ends(of: value) else { throw notRelationship("startNode", value) }
    return reader.node(ends.start)
  }

  private static func endNode(_ value: Value, _ reader: EntityReader) throws(Failure) -> Value {
    if value.isNull { return .null }
    guard let ends = try reader.ends(of: value) else { throw notRelationship("endNode", value) }
    return reader.node(ends.end)
  }

  private static func notRelationship(_ function: String, _ value: Value) -> Failure {
    .argumentType(
      function,
      "Invalid input for function '\(function)()': Expected \(value.debugText) to be a "
        + "RelationshipValue", value, expected: ["RELATIONSHIP"])
  }

  private static func nodes(_ value: Value) throws(Failure) -> Value {
    switch value {
    case .null: return .null
    case .path(let path): return .list(path.nodes.map { .node($0) })
    case .pathRecord(let path): return .list(path.nodes.map { .nodeRecord($0) })
    default: throw notPath("nodes", value)
    }
  }

  private static func relationships(_ value: Value) throws(Failure) -> Value {
    switch value {
    case .null: return .null
    case .path(let path): return .list(path.relationships.map { .relationship($0) })
    case .pathRecord(let path):
      return .list(path.relationships.map { .relationshipRecord($0) })
    default: throw notPath("relationships", value)
    }
  }

  private static func notPath(_ function: String, _ value: Value) -> Failure {
    .argumentType(
      function,
      "Invalid input for function '\(function)()': Expected \(value.debugText) to be a path",
      value, expected: ["PATH"])
  }

  private static func length(_ value: Value) throws(Failure) -> Value {
    if value.isNull { return .null }
    guard let count = pathLength(value) else {
      throw .invalidInput("length", "a Path", value, expected: ["PATH"])
    }
    return .integer(Int64(count))
  }

  private static func cardinality(_ value: Value) throws(Failure) -> Value {
    switch value {
    case .null: return .null
    case .list(let elements): return .integer(Int64(elements.count))
    case .bytes(let bytes): return .integer(Int64(bytes.count))
    case .map(let map): return .integer(Int64(map.count))
    default: break
    }
    guard let count = pathLength(value) else {
      throw .invalidInput(
        "cardinality", "a Map, List or Path", value, expected: ["MAP", "LIST<ANY>", "PATH"])
    }
    return .integer(Int64(2 * count + 1))
  }

  private static func pathLength(_ value: Value) -> Int? {
    switch value {
    case .path(let path): path.relationships.count
    case .pathRecord(let path): path.relationships.count
    default: nil
    }
  }
}
