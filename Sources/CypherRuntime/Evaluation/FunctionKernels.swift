import Diagnostics
import GraphStore
import GraphValues
import QueryPlan

extension PlanCompiler {
  /// Compiles a call of a scalar function.
  func functionKernel(_ name: String, _ arguments: [Expression]) throws(Failure) -> Kernel {
    if name.lowercased() == "size", let list = arguments.first,
      let kernel = try rangeKernel(
        list, { (range, _) throws(Failure) in .integer(range.count) })
    {
      return kernel
    }
    return MeteredKernel(try unmeteredKernel(name, arguments), context)
  }

  private func unmeteredKernel(_ name: String, _ arguments: [Expression]) throws(Failure) -> Kernel
  {
    let operands = try kernels(arguments)
    let context = context
    if name.lowercased() == "range" {
      return ManyKernel(operands) { (values) throws(Failure) in
        .list(try IntegerRange(values).elements(context))
      }
    }
    if name.lowercased() == "coalesce" { return CoalesceKernel(operands) }
    guard let body = FunctionRegistry.body(of: name, argumentCount: operands.count) else {
      throw .statement("SyntaxError", "Unknown function '\(name)'")
    }
    let isDeterministic = Self.isDeterministic(name)
    if name.lowercased() == "linenumber" { context.asksForLine = true }
    switch body {
    case .none(let compute):
      return ManyKernel([], isDeterministic: isDeterministic, isRunConstant: isDeterministic) {
        (_) throws(Failure) in try compute(context.functions)
      }
    case .one(let compute) where operands.count == 1 && isDeterministic:
      return UnaryKernel(operands[0], compute)
    case .one(let compute):
      return ManyKernel(operands, isDeterministic: isDeterministic) { (values) throws(Failure) in
        try compute(values[0])
      }
    case .two(let compute):
      return BinaryKernel(operands[0], operands[1], compute)
    case .many(let compute):
      return ManyKernel(operands, isDeterministic: isDeterministic) { (values) throws(Failure) in
        try compute(values, context.functions)
      }
    case .entity(let compute):
      let readsEnds = ["startnode", "endnode"].contains(name.lowercased())
      return UnaryKernel(operands[0]) { (value) throws(Failure) in
        context.storeHits &+= 1
        if readsEnds, try context.isRemoved(value) { return .null }
        return try compute(value, context.entityReader)
      }
    }
  }

  /// Whether a function gives the same for the same arguments throughout a statement.
  private static func isDeterministic(_ name: String) -> Bool {
    let name = name.lowercased()
    return
      !(name.hasPrefix("rand") || name.hasSuffix(".realtime") || name == "linenumber"
      || name == "file"
      || name.hasPrefix("apoc."))
  }
}

extension ExecutionContext {
  /// What functions read entities with.
  var entityReader: EntityReader { EntityReader(transaction: transaction, databaseID: databaseID) }

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

  /// Whether a value is a relationship that this transaction deleted.
  func isRemoved(_ value: Value) throws(Failure) -> Bool {
    guard transaction.isWritable, case .relationship(let id) = value else { return false }
    return try reading { () throws(StoreError) in try !transaction.exists(id) }
  }

  /// A node's id as text.
  func elementID(_ id: NodeID) -> String { "4:\(databaseID):\(id.raw)" }

  /// A relationship's id as text.
  func elementID(_ id: RelationshipID) -> String { "5:\(databaseID):\(id.raw)" }
}
