import Diagnostics
import GraphValues
import QueryPlan

/// `Filter`.
final class FilterOperator: Operator {
  private let predicates: [Kernel]
  private let conjunction: Kernel
  private let truths = Column(.booleans)

  init(_ node: PlanNode, _ compiler: PlanCompiler, _ input: Operator, _ predicates: [Expression])
    throws(Failure)
  {
    self.predicates = try compiler.conditions(predicates)
    conjunction = JunctionKernel(self.predicates, isConjunction: true)
    super.init(node, compiler, inputs: [input], isRowWise: input.isRowWise)
  }

  override func produce() throws(Failure) -> Batch? {
    guard let batch = try input.next() else { return nil }
    try batch.filter(predicates, conjunction: conjunction, truths)
    return batch
  }
}

extension Batch {
  /// Keeps the rows for which all predicates are true.
  ///
  /// Each predicate is computed for the rows that those before it left. Where one fails, all are
  /// computed as one conjunction, in which a later one may still decide against the row.
  func filter(_ predicates: [Kernel], conjunction: Kernel, _ truths: Column) throws(Failure) {
    for predicate in predicates {
      if count == 0 { return }
      do throws(Failure) {
        try keepRows(where: try predicate.evaluate(self, rows), truths)
      } catch {
        if predicates.count == 1 { throw error }
        try keepRows(where: try conjunction.evaluate(self, rows), truths)
        return
      }
    }
  }

  private func keepRows(where column: Column, _ truths: Column) throws(Failure) {
    if column.kind == .booleans {
      keepRows(whereTrue: column)
      return
    }
    let rows = rows
    if column.isConstant {
      if try column.truth(at: 0) != .yes { keepNoRows() }
      return
    }
    truths.prepare(.booleans, rows: rowCount)
    for index in 0..<rows.count {
      let row = rows[index]
      truths.set(try column.truth(at: row), at: row)
    }
    keepRows(whereTrue: truths)
  }
}

/// `Projection`.
final class ProjectionOperator: Operator {
  private let items: [(slot: Int, kernel: Kernel)]
  /// Why the row behind those of the last batch has no result.
  private var failure: Failure?

  init(
    _ node: PlanNode, _ compiler: PlanCompiler, _ input: Operator, _ items: [Projection.Item]
  ) throws(Failure) {
    var compiled: [(slot: Int, kernel: Kernel)] = []
    for item in items { compiled.append((item.slot.index, try compiler.kernel(item.expression))) }
    self.items = compiled
    super.init(node, compiler, inputs: [input], isRowWise: input.isRowWise)
  }

  override func reset() {
    super.reset()
    failure = nil
  }

  /// Rows before one that fails are yielded, as a row by row engine would.
  override func produce() throws(Failure) -> Batch? {
    if let failure { throw failure }
    guard let batch = try input.next() else { return nil }
    do throws(Failure) {
      try compute(batch, batch.rows)
    } catch {
      let sound = soundRows(batch)
      guard sound > 0 else { throw error }
      batch.keepRange(0, sound)
      try compute(batch, batch.rows)
      failure = error
    }
    return batch
  }

  private func compute(_ batch: Batch, _ rows: RowSet) throws(Failure) {
    for (slot, kernel) in items { batch.columns[slot] = try kernel.evaluate(batch, rows) }
  }

  /// How many of the first rows have a result.
  private func soundRows(_ batch: Batch) -> Int {
    let rows = batch.rows
    for index in 0..<rows.count {
      do throws(Failure) {
        try compute(batch, RowSet([UInt16(rows[index])]))
      } catch {
        return index
      }
    }
    return rows.count
  }
}

/// `EmptyResult`: reads all rows and drops them.
final class EmptyResultOperator: Operator {
  init(_ node: PlanNode, _ compiler: PlanCompiler, _ input: Operator) {
    super.init(node, compiler, inputs: [input])
  }

  override func produce() throws(Failure) -> Batch? {
    while try input.next() != nil {}
    return nil
  }
}

/// `Unwind`.
final class UnwindOperator: ExpandingOperator {
  private let list: Kernel
  private let range: RangeKernel?
  private var lists = Column(.values)
  private var column = Column(.values)
  private var elements: [Value] = []
  private var position = 0
  private var progression: Progression?

  init(
    _ node: PlanNode, _ compiler: PlanCompiler, _ input: Operator, _ list: Expression, _ slot: Slot
  ) throws(Failure) {
    // `range` is not made into a list of as many values first.
    range = try RangeKernel(list, compiler)
    self.list = try compiler.kernel(list)
    super.init(node, compiler, input)
    column = makeColumn(slot, .values)
  }

  override func begin(_ source: Batch) throws(Failure) {
    if range == nil { lists = try list.evaluate(source, source.rows) }
  }

  override func open(_ source: Batch, _ row: Int) throws(Failure) -> Bool {
    position = 0
    progression = nil
    if let range {
      switch try range.progression(source, row) {
      case .some(let found):
        progression = found
        return found.remaining > 0
      case .none: elements = try list.value(source, row: row).listElements
      }
    } else {
      elements = lists.value(at: row).listElements
    }
    return !elements.isEmpty
  }

  override func fill(_ limit: Int) throws(Failure) -> Int {
    if let progression { return fillProgression(progression, limit) }
    let end = min(position + limit, elements.count)
    let count = end - position
    for element in elements[position..<end] { column.append(element) }
    position = end
    isRowDone = position == elements.count
    return count
  }

  private func fillProgression(_ current: Progression, _ limit: Int) -> Int {
    var current = current
    let count = Int(min(UInt64(limit), current.remaining))
    if column.count == 0 {
      column.fillProgression(from: current.next, step: current.step, rows: count)
    } else {
      for index in 0..<count {
        column.append(.integer(current.next &+ Int64(index) &* current.step))
      }
    }
    current.next = current.next &+ Int64(count) &* current.step
    current.remaining -= UInt64(count)
    progression = current
    isRowDone = current.remaining == 0
    return count
  }

  override func clearColumns() { column.reset(.values) }

  override func reset() {
    super.reset()
    elements = []
  }
}

/// Integers at equal distances that are still to come.
struct Progression {
  var next: Int64
  var step: Int64
  var remaining: UInt64
}

/// The arguments of a call of `range` whose list nobody needs as a whole.
final class RangeKernel {
  private let arguments: [Kernel]

  init?(_ expression: Expression, _ compiler: PlanCompiler) throws(Failure) {
    guard case .function(let name, let arguments) = expression, name.lowercased() == "range",
      arguments.count == 2 || arguments.count == 3
    else { return nil }
    self.arguments = try compiler.kernels(arguments)
  }

  /// The integers for a row; `nil` when the arguments are not plain integers, so that the function
  /// itself must say what that means.
  func progression(_ batch: Batch, _ row: Int) throws(Failure) -> Progression? {
    var numbers: [Int64] = []
    for argument in arguments {
      guard case .integer(let number) = try argument.value(batch, row: row) else { return nil }
      numbers.append(number)
    }
    let (first, last, step) = (numbers[0], numbers[1], numbers.count == 3 ? numbers[2] : 1)
    if step == 0 { return nil }
    if step > 0 ? first > last : first < last {
      return Progression(next: first, step: step, remaining: 0)
    }
    let distance =
      step > 0
      ? UInt64(bitPattern: last) &- UInt64(bitPattern: first)
      : UInt64(bitPattern: first) &- UInt64(bitPattern: last)
    let (count, overflow) = (distance / step.magnitude).addingReportingOverflow(1)
    return Progression(next: first, step: step, remaining: overflow ? UInt64.max : count)
  }
}
