import Diagnostics
import GraphValues
import QueryPlan

/// `Apply`: runs the right side for the rows of the left, whose columns it passes on.
///
/// A right side that treats each row apart gets a whole batch as its argument, with the row's number
/// in a hidden slot; any other is reset and pulled for one row at a time.
final class ApplyOperator: Operator {
  private let frame: ArgumentFrame
  private let marker: Int?
  private let passed: [Int]
  private let copies: [Column]
  private let rowNumbers = Column(.integers)
  private var sources: [Int32] = []
  private var current: Batch?
  private var position = 0
  private var isRunning = false

  init(
    _ node: PlanNode, _ compiler: PlanCompiler, _ left: Operator, _ right: Operator,
    _ frame: ArgumentFrame, marker: Int?
  ) {
    self.frame = frame
    self.marker = right.isRowWise ? marker : nil
    passed = compiler.passedSlots(of: node)
    copies = passed.map { _ in Column(.values) }
    super.init(node, compiler, inputs: [left, right], isRowWise: left.isRowWise)
  }

  override func produce() throws(Failure) -> Batch? {
    if let marker { return try produceBatches(marker) }
    return try produceRows()
  }

  private func produceBatches(_ marker: Int) throws(Failure) -> Batch? {
    while true {
      if let current {
        if let batch = try inputs[1].next() {
          pass(current, marker, to: batch)
          return batch
        }
        self.current = nil
      }
      guard let batch = try inputs[0].next() else { return nil }
      rowNumbers.fillProgression(from: 0, step: 1, rows: batch.rowCount)
      batch.columns[marker] = rowNumbers
      frame.set(batch)
      inputs[1].reset()
      current = batch
    }
  }

  /// Adds the columns of the left rows that the rows of a batch came from.
  private func pass(_ left: Batch, _ marker: Int, to batch: Batch) {
    guard !passed.isEmpty, let numbers = batch.columns[marker] else { return }
    let isSingle = numbers.isConstant
    sources.removeAll(keepingCapacity: true)
    if !isSingle {
      let words = numbers.wordSpan
      for row in words.indices { sources.append(Int32(truncatingIfNeeded: words[row])) }
    }
    for (index, slot) in passed.enumerated() {
      guard let column = left.columns[slot] else {
        batch.columns[slot] = nil
        continue
      }
      if column.isConstant {
        batch.columns[slot] = column
        continue
      }
      let copy = copies[index]
      if isSingle {
        copy.reset(column.kind)
        copy.append(from: column, row: Int(truncatingIfNeeded: numbers.word(at: 0)))
        copy.isConstant = true
      } else {
        copy.gather(sources, from: column)
      }
      batch.columns[slot] = copy
    }
  }

  private func produceRows() throws(Failure) -> Batch? {
    while true {
      if isRunning {
        if let batch = try inputs[1].next() {
          frame.pass(passed, to: batch)
          return batch
        }
        isRunning = false
      }
      if current == nil {
        guard let batch = try inputs[0].next() else { return nil }
        current = batch
        position = 0
      }
      guard let batch = current, position < batch.count else {
        current = nil
        continue
      }
      frame.set(batch, row: batch.row(position))
      position += 1
      inputs[1].reset()
      isRunning = true
    }
  }

  override func reset() {
    // The right side is reset when a row comes.
    inputs[0].reset()
    current = nil
    position = 0
    isRunning = false
  }
}

/// `SemiApply`, `AntiSemiApply`, `SelectOrSemiApply`: keeps left rows by whether the right side has rows.
final class SemiApplyOperator: Operator {
  private let frame: ArgumentFrame
  private let isNegated: Bool
  private let predicate: Kernel?

  init(
    _ node: PlanNode, _ compiler: PlanCompiler, _ left: Operator, _ right: Operator,
    _ frame: ArgumentFrame, isNegated: Bool, unless predicate: Kernel? = nil
  ) {
    self.frame = frame
    self.isNegated = isNegated
    self.predicate = predicate
    super.init(node, compiler, inputs: [left, right], isRowWise: left.isRowWise)
  }

  override func produce() throws(Failure) -> Batch? {
    guard let batch = try inputs[0].next() else { return nil }
    let rows = batch.rows
    let known = try predicate?.evaluate(batch, rows)
    var kept: [UInt16] = []
    for index in 0..<rows.count {
      let row = rows[index]
      if let known, try known.truth(at: row) == .yes {
        kept.append(rows.number(index))
        continue
      }
      frame.set(batch, row: row)
      inputs[1].reset()
      if try (inputs[1].next() != nil) != isNegated { kept.append(rows.number(index)) }
    }
    if kept.count < rows.count { batch.selection = kept }
    return batch
  }

  override func reset() { inputs[0].reset() }
}

/// `LetSemiApply`, `LetAntiSemiApply`: the answer in a slot.
final class LetSemiApplyOperator: Operator {
  private let frame: ArgumentFrame
  private let slot: Int
  private let isNegated: Bool
  private let answers = Column(.booleans)

  init(
    _ node: PlanNode, _ compiler: PlanCompiler, _ left: Operator, _ right: Operator,
    _ frame: ArgumentFrame, _ slot: Slot, isNegated: Bool
  ) {
    self.frame = frame
    self.slot = slot.index
    self.isNegated = isNegated
    super.init(node, compiler, inputs: [left, right], isRowWise: left.isRowWise)
  }

  override func produce() throws(Failure) -> Batch? {
    guard let batch = try inputs[0].next() else { return nil }
    let rows = batch.rows
    answers.prepare(.booleans, rows: batch.rowCount)
    for index in 0..<rows.count {
      let row = rows[index]
      frame.set(batch, row: row)
      inputs[1].reset()
      let hasRows = try inputs[1].next() != nil
      answers.set(word: hasRows != isNegated ? 1 : 0, at: row)
    }
    batch.columns[slot] = answers
    return batch
  }

  override func reset() { inputs[0].reset() }
}

/// `RollUpApply`: a column of the right side as a list.
final class RollUpApplyOperator: Operator {
  private let frame: ArgumentFrame
  private let list: Int
  private let column: Int
  private let lists = Column(.values)

  init(
    _ node: PlanNode, _ compiler: PlanCompiler, _ left: Operator, _ right: Operator,
    _ frame: ArgumentFrame, _ list: Slot, _ column: Slot
  ) {
    self.frame = frame
    self.list = list.index
    self.column = column.index
    super.init(node, compiler, inputs: [left, right], isRowWise: left.isRowWise)
  }

  override func produce() throws(Failure) -> Batch? {
    guard let batch = try inputs[0].next() else { return nil }
    let rows = batch.rows
    lists.prepare(.values, rows: batch.rowCount)
    for index in 0..<rows.count {
      let row = rows[index]
      frame.set(batch, row: row)
      inputs[1].reset()
      var elements: [Value] = []
      while let found = try inputs[1].next() {
        guard let source = found.columns[column] else { continue }
        for place in 0..<found.count { elements.append(source.value(at: found.row(place))) }
      }
      lists.set(.list(elements), at: row)
    }
    batch.columns[list] = lists
    return batch
  }

  override func reset() { inputs[0].reset() }
}

/// `ConditionalApply`, `AntiConditionalApply`: runs the right side for some rows and passes the others.
final class ConditionalApplyOperator: Operator {
  private let frame: ArgumentFrame
  private let slots: [Int]
  private let passed: [Int]
  private let filledByRight: [Int]
  private let null = Column(.values, capacity: 1)
  private let runsForNulls: Bool
  private let single: RowBuffer
  private let output: Batch
  private let copies: [Column]
  private var current: Batch?
  private var position = 0
  private var isRunning = false

  init(
    _ node: PlanNode, _ compiler: PlanCompiler, _ left: Operator, _ right: Operator,
    _ frame: ArgumentFrame, _ slots: [Slot], runsForNulls: Bool
  ) {
    self.frame = frame
    self.slots = slots.map(\.index)
    self.runsForNulls = runsForNulls
    passed = compiler.passedSlots(of: node)
    filledByRight = node.children[1].live.map(\.index)
    null.setConstant(.null)
    single = RowBuffer(node.live + compiler.markers.map { Slot($0) }, compiler.context)
    copies = single.slots.map { _ in Column(.values) }
    output = Batch(slotCount: compiler.slotCount)
    super.init(node, compiler, inputs: [left, right], isRowWise: left.isRowWise)
  }

  override func produce() throws(Failure) -> Batch? {
    while true {
      if isRunning {
        if let batch = try inputs[1].next() {
          frame.pass(passed, to: batch)
          return batch
        }
        isRunning = false
      }
      if current == nil {
        guard let batch = try inputs[0].next() else { return nil }
        current = batch
        position = 0
      }
      guard let batch = current, position < batch.count else {
        current = nil
        continue
      }
      let row = batch.row(position)
      position += 1
      let hasNull = slots.contains { batch.columns[$0]?.isNull(at: row) ?? true }
      if hasNull == runsForNulls {
        frame.set(batch, row: row)
        inputs[1].reset()
        isRunning = true
        continue
      }
      single.clear()
      try single.append(batch, row: row)
      single.emit(0, 1, into: output, copies)
      for slot in filledByRight where batch.columns[slot] == nil { output.columns[slot] = null }
      return output
    }
  }

  override func reset() {
    inputs[0].reset()
    current = nil
    position = 0
    isRunning = false
  }
}

/// `SubqueryForeach`: runs the right side to its end for each left row, which passes once.
final class SubqueryForeachOperator: Operator {
  private let frame: ArgumentFrame

  init(
    _ node: PlanNode, _ compiler: PlanCompiler, _ left: Operator, _ right: Operator,
    _ frame: ArgumentFrame
  ) {
    self.frame = frame
    super.init(node, compiler, inputs: [left, right], isRowWise: left.isRowWise)
  }

  override func produce() throws(Failure) -> Batch? {
    guard let batch = try inputs[0].next() else { return nil }
    let rows = batch.rows
    for index in 0..<rows.count {
      frame.set(batch, row: rows[index])
      inputs[1].reset()
      while try inputs[1].next() != nil {}
    }
    return batch
  }

  override func reset() { inputs[0].reset() }
}
