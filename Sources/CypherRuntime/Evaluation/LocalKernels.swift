import Diagnostics
import GraphValues
import QueryPlan

/// A batch in which a local variable takes the elements of one row's list, while the outer variables
/// that the inner expression reads are constant.
final class LocalFrame {
  let batch: Batch
  private let outer: [(slot: Int, copy: Column)]
  private let locals: [(slot: Int, column: Column)]

  /// Makes a frame for expressions that read `used` slots, of which `locals` are local.
  init(slotCount: Int, used: Set<Slot>, locals: [Slot]) {
    batch = Batch(slotCount: slotCount)
    outer = used.subtracting(locals).sorted().map { ($0.index, Column(.values, capacity: 1)) }
    self.locals = locals.map { ($0.index, Column(.values)) }
    for local in self.locals { batch.columns[local.slot] = local.column }
  }

  /// Takes the outer variables of a row.
  func enter(_ source: Batch, row: Int) {
    for (slot, copy) in outer {
      guard let column = source.columns[slot] else {
        batch.columns[slot] = nil
        continue
      }
      if column.isConstant {
        batch.columns[slot] = column
        continue
      }
      copy.reset(column.kind)
      copy.append(from: column, row: row)
      copy.isConstant = true
      batch.columns[slot] = copy
    }
  }

  /// Gives a local variable some elements, one a row.
  func bind(_ local: Int, to elements: ArraySlice<Value>) {
    let column = locals[local].column
    column.reset(.values)
    for element in elements { column.append(element) }
    batch.restart(rowCount: elements.count)
  }

  /// Gives a local variable one value.
  func bind(_ local: Int, to value: Value) {
    locals[local].column.setConstant(value)
    batch.restart(rowCount: 1)
  }
}

/// `[x IN list WHERE p | e]`.
final class ListComprehensionKernel: Kernel {
  private let list: Kernel
  private let predicate: Kernel?
  private let projection: Kernel?
  private let frame: LocalFrame
  private let context: ExecutionContext
  private let result = Column(.values)

  init(
    list: Kernel, predicate: Kernel?, projection: Kernel?, frame: LocalFrame,
    _ context: ExecutionContext
  ) {
    self.context = context
    self.list = list
    self.predicate = predicate
    self.projection = projection
    self.frame = frame
  }

  override func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column {
    let lists = try list.evaluate(batch, rows)
    result.prepare(.values, rows: batch.rowCount)
    for index in 0..<rows.count {
      let row = rows[index]
      let value = lists.value(at: row)
      if value.isNull { continue }
      frame.enter(batch, row: row)
      result.set(.list(try comprehend(value.listElements)), at: row)
    }
    return result
  }

  private func comprehend(_ elements: [Value]) throws(Failure) -> [Value] {
    try context.checkRoom(elements: elements.count)
    var made: [Value] = []
    made.reserveCapacity(elements.count)
    var start = 0
    var held = 0
    defer { context.memory.release(held) }
    while start < elements.count {
      let end = min(start + Batch.rowsPerBatch, elements.count)
      try context.checkCancelled()
      frame.bind(0, to: elements[start..<end])
      start = end
      let inner = frame.batch
      if let predicate {
        let answers = try predicate.evaluate(inner, inner.rows)
        var kept: [UInt16] = []
        for row in 0..<inner.rowCount where try answers.truth(at: row) == .yes {
          kept.append(UInt16(row))
        }
        inner.selection = kept
      }
      let rows = inner.rows
      if rows.isEmpty { continue }
      let column: Column
      if let projection {
        column = try projection.evaluate(inner, rows)
      } else if let elements = inner.columns[frame.localSlot(0)] {
        column = elements
      } else {
        continue
      }
      for index in 0..<rows.count { made.append(column.value(at: rows[index])) }
      if projection != nil, column.kind == .values {
        let more = column.isConstant ? 0 : column.heapBytes(of: rows)
        held += more
        try context.memory.hold(more)
      }
    }
    return made
  }
}

extension Column {
  /// Bytes that the values of some rows keep outside themselves, by estimate.
  fileprivate func heapBytes(of rows: RowSet) -> Int {
    var bytes = 0
    for index in 0..<rows.count { bytes += value(at: rows[index]).heapBytes }
    return bytes
  }
}

extension LocalFrame {
  /// The slot of a local variable.
  func localSlot(_ local: Int) -> Int { locals[local].slot }
}

/// `all`, `any`, `none` and `single`.
final class QuantifierKernel: Kernel {
  private let quantifier: Quantifier
  private let list: Kernel
  private let predicate: Kernel
  private let frame: LocalFrame
  private let context: ExecutionContext
  private let result = Column(.booleans)

  init(
    _ quantifier: Quantifier, list: Kernel, predicate: Kernel, frame: LocalFrame,
    _ context: ExecutionContext
  ) {
    self.context = context
    self.quantifier = quantifier
    self.list = list
    self.predicate = predicate
    self.frame = frame
  }

  override func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column {
    let lists = try list.evaluate(batch, rows)
    result.prepare(.booleans, rows: batch.rowCount)
    for index in 0..<rows.count {
      let row = rows[index]
      let value = lists.value(at: row)
      if value.isNull {
        result.setNull(at: row)
        continue
      }
      frame.enter(batch, row: row)
      result.set(try answer(value.listElements), at: row)
    }
    return result
  }

  /// Goes through the elements until they decide; failures behind that do not count.
  private func answer(_ elements: [Value]) throws(Failure) -> Truth {
    var tally = Tally()
    var start = 0
    while start < elements.count {
      let end = min(start + Batch.rowsPerBatch, elements.count)
      try context.checkCancelled()
      frame.bind(0, to: elements[start..<end])
      let inner = frame.batch
      do throws(Failure) {
        let answers = try predicate.evaluate(inner, inner.rows)
        var counted = tally
        for row in 0..<inner.rowCount { counted.count(try answers.truth(at: row)) }
        tally = counted
      } catch {
        try countOneByOne(inner.rowCount, &tally)
      }
      if let decided = tally.decided(quantifier) { return decided }
      start = end
    }
    return tally.result(quantifier)
  }

  private func countOneByOne(_ count: Int, _ tally: inout Tally) throws(Failure) {
    for row in 0..<count {
      tally.count(try predicate.value(frame.batch, row: row).truth())
      if tally.decided(quantifier) != nil { return }
    }
  }

  private struct Tally {
    var yes = 0
    var no = 0
    var unknown = 0

    mutating func count(_ truth: Truth) {
      switch truth {
      case .yes: yes += 1
      case .no: no += 1
      case .unknown: unknown += 1
      }
    }

    /// The answer where further elements cannot change it.
    func decided(_ quantifier: Quantifier) -> Truth? {
      switch quantifier {
      case .all: no > 0 ? .no : nil
      case .any: yes > 0 ? .yes : nil
      case .none: yes > 0 ? .no : nil
      case .single: yes > 1 ? .no : nil
      }
    }

    /// The answer at the end of the list.
    func result(_ quantifier: Quantifier) -> Truth {
      if let decided = decided(quantifier) { return decided }
      if unknown > 0 { return .unknown }
      switch quantifier {
      case .all, .none: return .yes
      case .any: return .no
      case .single: return Truth(yes == 1)
      }
    }
  }
}

/// `reduce`.
final class ReduceKernel: Kernel {
  private let initial: Kernel
  private let list: Kernel
  private let step: Kernel
  private let frame: LocalFrame
  private let context: ExecutionContext
  private let result = Column(.values)

  /// Makes a kernel; of the frame's locals the accumulator is the first, the element the second.
  init(
    initial: Kernel, list: Kernel, step: Kernel, frame: LocalFrame, _ context: ExecutionContext
  ) {
    self.initial = initial
    self.list = list
    self.step = step
    self.frame = frame
    self.context = context
  }

  override func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column {
    let lists = try list.evaluate(batch, rows)
    let initials = try initial.evaluate(batch, rows)
    result.prepare(.values, rows: batch.rowCount)
    let one = RowSet(all: 1)
    for index in 0..<rows.count {
      let row = rows[index]
      let value = lists.value(at: row)
      if value.isNull { continue }
      frame.enter(batch, row: row)
      var accumulator = initials.value(at: row)
      var count = 0
      for element in value.listElements {
        frame.bind(0, to: accumulator)
        frame.bind(1, to: element)
        accumulator = try step.evaluate(frame.batch, one).value(at: 0)
        count &+= 1
        if count & 0x3FF == 0 {
          try context.checkCancelled()
          try accumulator.checkNesting()
        }
      }
      try accumulator.checkNesting()
      result.set(accumulator, at: row)
    }
    return result
  }
}

extension Value {
  /// Fails when lists and maps nest so deep that walking them could exhaust the stack.
  func checkNesting() throws(Failure) {
    if nests(deeperThan: Value.deepestNesting) {
      throw .execution("lists and maps may nest \(Value.deepestNesting) levels deep")
    }
  }
}
