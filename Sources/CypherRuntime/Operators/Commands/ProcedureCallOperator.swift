import Diagnostics
import GraphValues
import QueryPlan

/// Calls a procedure, or asks for a listing, for each row of the input and joins its rows to it.
final class ProcedureCallOperator: Operator {
  private let call: ProcedureCall
  private let arguments: [Kernel]
  private let procedure: Procedure?
  private let output: Batch
  private let yields: [(column: Int, values: Column, slot: Int)]
  private let carried: [(slot: Int, column: Column)]
  private var source: Batch?
  private var place = 0
  private var sourceRow = 0
  private var pending: ArraySlice<[Value]> = []

  init(_ node: PlanNode, _ call: ProcedureCall, _ compiler: PlanCompiler, input: Operator)
    throws(Failure)
  {
    self.call = call
    arguments = try compiler.kernels(call.arguments)
    procedure = compiler.context.surroundings.procedures.procedure(named: call.signature.name)
    guard procedure != nil || call.listing != nil else {
      throw .execution("a procedure that is gone: \(call.signature.name)")
    }
    output = Batch(slotCount: compiler.slotCount)
    var yields: [(column: Int, values: Column, slot: Int)] = []
    for yield in call.yields {
      guard let column = call.signature.outputs.firstIndex(where: { $0.name == yield.column })
      else { throw .execution("a column that the procedure does not yield: \(yield.column)") }
      yields.append((column, Column(.values), yield.slot.index))
    }
    self.yields = yields
    let filled = Set(yields.map(\.slot))
    carried = node.live.filter { !filled.contains($0.index) }.map { ($0.index, Column(.values)) }
    super.init(node, compiler, inputs: [input])
  }

  override func reset() {
    super.reset()
    source = nil
    place = 0
    pending = []
  }

  override func produce() throws(Failure) -> Batch? {
    while true {
      if let source, !pending.isEmpty {
        let rows = pending.prefix(Batch.rowsPerBatch)
        pending = pending.dropFirst(rows.count)
        fill(source, sourceRow, rows)
        return output
      }
      guard let source, place < source.count else {
        guard let next = try input.next() else { return nil }
        source = next
        place = 0
        continue
      }
      sourceRow = source.row(place)
      place += 1
      pending = try rows(for: source, sourceRow)[...]
    }
  }

  private func rows(for batch: Batch, _ row: Int) throws(Failure) -> [[Value]] {
    var values: [Value] = []
    for (index, argument) in arguments.enumerated() {
      let value = try argument.value(batch, row: row)
      let inputs = call.signature.inputs
      values.append(
        inputs.indices.contains(index) ? try value.coerced(to: inputs[index].type) : value)
    }
    if let listing = call.listing { return try rows(of: listing, values.first) }
    context.storeHits &+= 1
    guard let procedure else { return [] }
    let rows = try procedure.body(
      values,
      ProcedureContext(
        transaction: context.transaction, functions: context.functions,
        databaseName: context.surroundings.databaseName, databaseID: context.databaseID,
        services: context.surroundings.services))
    // A procedure without columns passes each row through.
    if call.signature.outputs.isEmpty { return [[]] }
    if rows.isEmpty && call.isOptional {
      return [Array(repeating: .null, count: call.signature.outputs.count)]
    }
    return rows
  }

  /// The rows of a listing, narrowed to ids.
  private func rows(of listing: Command, _ ids: Value?) throws(Failure) -> [[Value]] {
    guard let source = context.surroundings.listings else {
      throw .execution("a listing without an engine to ask")
    }
    var command = listing
    var parameters = context.parameters
    if let ids {
      // No parameter of a statement has an empty name.
      command.ids = .parameter("")
      parameters[""] = ids
    }
    return try source.rows(command, parameters: parameters).map { row in
      call.signature.outputs.map { row[$0.name] ?? .null }
    }
  }

  private func fill(_ source: Batch, _ row: Int, _ rows: ArraySlice<[Value]>) {
    output.restart(rowCount: rows.count)
    for carry in carried {
      let column = source.columns[carry.slot]
      carry.column.setConstant(column?.value(at: row) ?? .null)
      output.columns[carry.slot] = carry.column
    }
    for yield in yields {
      yield.values.reset(.values)
      for row in rows { yield.values.append(row[yield.column]) }
      output.columns[yield.slot] = yield.values
    }
  }
}
