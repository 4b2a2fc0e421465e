import Diagnostics
import GraphStore
import GraphValues
import QueryPlan

extension PlanCompiler {
  /// Compiles a call of a scalar function.
  func functionKernel(_ name: String, _ arguments: [Expression]) throws(Failure) -> Kernel {
    let operands = try kernels(arguments)
    let context = context
    let lowered = name.lowercased()
    if lowered == "coalesce" { return CoalesceKernel(operands) }
    if let function = EntityFunction(rawValue: lowered), operands.count == 1 {
      return EntityFunctionKernel(function, operands[0], context)
    }
    throw .statement("SyntaxError", "Unknown function '\(name)'")
  }
}

/// Functions that read the store.
enum EntityFunction: String {
  case id
  case elementID = "elementid"
  case labels
  case type
  case properties
  case keys
  case startNode = "startnode"
  case endNode = "endnode"
}

/// A function of a node, relationship, path or map that reads the store.
final class EntityFunctionKernel: Kernel {
  private let function: EntityFunction
  private let operand: Kernel
  private let context: ExecutionContext
  private let result = Column(.values)

  init(_ function: EntityFunction, _ operand: Kernel, _ context: ExecutionContext) {
    self.function = function
    self.operand = operand
    self.context = context
  }

  override func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column {
    let column = try operand.evaluate(batch, rows)
    if column.isConstant {
      if !rows.isEmpty { result.setConstant(try compute(column.value(at: 0))) }
      return result
    }
    switch function {
    case .id: result.prepare(.integers, rows: batch.rowCount)
    case .startNode, .endNode: result.prepare(.nodes, rows: batch.rowCount)
    default: result.prepare(.values, rows: batch.rowCount)
    }
    for index in 0..<rows.count {
      let row = rows[index]
      result.set(try compute(column.value(at: row)), at: row)
    }
    return result
  }

  private func compute(_ value: Value) throws(Failure) -> Value {
    if value.isNull { return .null }
    switch function {
    case .id: return try identity(value)
    case .elementID: return try elementID(value)
    case .labels: return try labels(value)
    case .type: return try type(value)
    case .properties: return .map(try properties(value))
    case .keys: return .list(try properties(value).keys.map { .string($0) })
    case .startNode: return .node(try header(value, "startNode").start)
    case .endNode: return .node(try header(value, "endNode").end)
    }
  }

  private func identity(_ value: Value) throws(Failure) -> Value {
    if let id = value.nodeID { return .integer(Int64(bitPattern: id.raw)) }
    if let id = value.relationshipID { return .integer(Int64(bitPattern: id.raw)) }
    throw .invalidType(
      "Invalid input for function 'id()': Expected \(value.messageText) to be a node or "
        + "relationship, but it was `\(value.messageType)`", value: value,
      expected: ["NODE", "RELATIONSHIP"])
  }

  private func elementID(_ value: Value) throws(Failure) -> Value {
    if let id = value.nodeID { return .string(context.elementID(id)) }
    if let id = value.relationshipID { return .string(context.elementID(id)) }
    throw .invalidType(
      "Invalid input for function 'elementId()': Expected \(value.messageText) to be a node or "
        + "relationship, but it was `\(value.messageType)`", value: value,
      expected: ["NODE", "RELATIONSHIP"])
  }

  private func labels(_ value: Value) throws(Failure) -> Value {
    if case .nodeRecord(let record) = value { return .list(record.labels.map { .string($0) }) }
    guard case .node(let id) = value else {
      throw .invalidType(
        "Invalid input for function 'labels()': Expected a Node, got: \(value.messageText)",
        value: value, expected: ["NODE"])
    }
    context.storeHits &+= 1
    let tokens = try reading { () throws(StoreError) in try context.transaction.labels(of: id) }
    return .list(tokens.map { .string(context.transaction.name(of: $0)) })
  }

  private func type(_ value: Value) throws(Failure) -> Value {
    if case .relationshipRecord(let record) = value { return .string(record.type) }
    let header = try header(value, "type")
    return .string(context.transaction.name(of: header.type))
  }

  private func header(_ value: Value, _ name: String) throws(Failure) -> RelationshipHeader {
    guard case .relationship(let id) = value else {
      throw .invalidType(
        "Invalid input for function '\(name)()': Expected a Relationship, got: "
          + "\(value.messageText)", value: value, expected: ["RELATIONSHIP"])
    }
    return try context.header(of: id)
  }

  private func properties(_ value: Value) throws(Failure) -> MapValue {
    switch value {
    case .node, .relationship, .map, .nodeRecord, .relationshipRecord:
      return try context.allProperties(of: value)
    default:
      let name = function == .keys ? "keys" : "properties"
      throw .invalidType(
        "Invalid input for function '\(name)()': Expected a node, a relationship or a literal map "
          + "but got \(value.messageText)", value: value,
        expected: ["MAP", "NODE", "RELATIONSHIP"])
    }
  }
}

extension ExecutionContext {
  /// All properties of an entity or entries of a map.
  func allProperties(of value: Value) throws(Failure) -> MapValue {
    switch value {
    case .map(let map): return map
    case .nodeRecord(let record): return record.properties
    case .relationshipRecord(let record): return record.properties
    case .null: return MapValue()
    case .node, .relationship: return try properties(of: value)
    default: throw Failure(ValueError.notAMap(value))
    }
  }

  /// A node's id as text.
  func elementID(_ id: NodeID) -> String { "4:\(databaseID):\(id.raw)" }

  /// A relationship's id as text.
  func elementID(_ id: RelationshipID) -> String { "5:\(databaseID):\(id.raw)" }
}
