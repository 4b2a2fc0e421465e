import Diagnostics
import GraphValues
import QueryPlan

/// `CartesianProduct`: pairs every left row with every right row, which are kept in memory.
final class CartesianProductOperator: Operator {
  private let buffer: RowBuffer
  private let leftSlots: [Int]
  private let output: Batch
  private let copies: [Column]
  private let leftCopies: [Column]
  private var isFilled = false
  private var current: Batch?
  private var position = 0
  private var rightPosition = 0

  init(_ node: PlanNode, _ compiler: PlanCompiler, _ inputs: [Operator]) {
    let rightLive = Set(node.children[1].live)
    buffer = RowBuffer(node.live.filter { rightLive.contains($0) }, compiler.context)
    let kept = Set(buffer.slots)
    leftSlots = node.live.map(\.index).filter { !kept.contains($0) }
    copies = buffer.slots.map { _ in Column(.values) }
    leftCopies = leftSlots.map { _ in Column(.values, capacity: 1) }
    output = Batch(slotCount: compiler.slotCount)
    super.init(node, compiler, inputs: inputs)
  }

  override func produce() throws(Failure) -> Batch? {
    while true {
      if current == nil {
        guard let batch = try inputs[0].next() else { return nil }
        current = batch
        position = 0
        rightPosition = 0
        // The right side is read when there is a left row at all.
        if !isFilled {
          while let right = try inputs[1].next() { try buffer.append(right) }
          isFilled = true
        }
        if buffer.count == 0 { return nil }
      }
      guard let batch = current, position < batch.count else {
        current = nil
        continue
      }
      let row = batch.row(position)
      let length = min(context.rowsPerBatch, buffer.count - rightPosition)
      buffer.emit(rightPosition, length, into: output, copies)
      for (index, slot) in leftSlots.enumerated() {
        guard let column = batch.columns[slot] else {
          output.columns[slot] = nil
          continue
        }
        let copy = leftCopies[index]
        copy.reset(column.kind)
        copy.append(from: column, row: row)
        copy.isConstant = true
        output.columns[slot] = copy
      }
      rightPosition += length
      if rightPosition == buffer.count {
        rightPosition = 0
        position += 1
      }
      return output
    }
  }

  override func reset() {
    super.reset()
    isFilled = false
    current = nil
    buffer.clear()
  }
}

/// `NodeHashJoin`, `ValueHashJoin`, `NodeLeftOuterHashJoin`.
///
/// The left rows are kept in memory, in chains by the group of their keys; right rows look their
/// partners up. Keys that are null, or not equal to themselves, have no partner.
final class HashJoinOperator: Operator {
  private let leftKeys: [Kernel]
  private let rightKeys: [Kernel]
  private let isOuter: Bool
  private let table: GroupTable
  private let buffer: RowBuffer
  private let output: Batch
  private let copies: [Column]
  private let rightSlots: [Int]
  private let rightCopies: [Column]
  /// The newest row of each group, and for each row the one before it in its group; -1 ends a chain.
  private var heads: [Int32] = []
  private var links: [Int32] = []
  private var isMatched: [Bool] = []
  private var phase = Phase.building
  private var current: Batch?
  private var position = 0
  private var chain: Int32 = -1
  private var groups: [Int32] = []
  private var unmatched = 0

  private enum Phase {
    case building
    case probing
    case leftOver
    case done
  }

  init(
    _ node: PlanNode, _ compiler: PlanCompiler, _ inputs: [Operator], _ leftKeys: [Kernel],
    _ rightKeys: [Kernel], isOuter: Bool
  ) {
    self.leftKeys = leftKeys
    self.rightKeys = rightKeys
    self.isOuter = isOuter
    table = GroupTable(keyCount: leftKeys.count, compiler.context)
    let leftLive = Set(node.children[0].live)
    buffer = RowBuffer(node.live.filter { leftLive.contains($0) }, compiler.context)
    let kept = Set(buffer.slots)
    rightSlots = node.live.map(\.index).filter { !kept.contains($0) }
    copies = buffer.slots.map { _ in Column(.values) }
    rightCopies = rightSlots.map { _ in Column(.values) }
    output = Batch(slotCount: compiler.slotCount)
    super.init(node, compiler, inputs: inputs)
  }

  override func produce() throws(Failure) -> Batch? {
    if phase == .building {
      try build()
      phase = buffer.count == 0 ? .done : .probing
    }
    if phase == .probing {
      if let batch = try probe() { return batch }
      phase = isOuter ? .leftOver : .done
    }
    if phase == .leftOver, let batch = emitUnmatched() { return batch }
    phase = .done
    return nil
  }

  private func build() throws(Failure) {
    while let batch = try inputs[0].next() {
      let rows = batch.rows
      var columns: [Column] = []
      for key in leftKeys { columns.append(try key.evaluate(batch, rows)) }
      let first = buffer.count
      try buffer.append(batch)
      groups.removeAll(keepingCapacity: true)
      try table.assign(columns, rows, to: &groups)
      heads.grow(to: table.count, -1)
      for index in 0..<rows.count {
        let canMatch = columns.allSatisfy { $0.canJoin(at: rows[index]) }
        links.append(canMatch ? heads[Int(groups[index])] : -1)
        if canMatch { heads[Int(groups[index])] = Int32(first + index) }
        if isOuter { isMatched.append(false) }
      }
    }
  }

  private func probe() throws(Failure) -> Batch? {
    while true {
      if current == nil {
        guard let batch = try inputs[1].next() else { return nil }
        current = batch
        position = 0
        chain = -1
        try lookUp(batch)
      }
      guard let batch = current else { return nil }
      var leftRows: [Int32] = []
      var rightRows: [Int32] = []
      while leftRows.count < context.rowsPerBatch {
        if chain < 0 {
          guard position < batch.count else { break }
          let group = groups[position]
          chain = group < 0 ? -1 : heads[Int(group)]
          position += 1
          if chain < 0 { continue }
        }
        leftRows.append(chain)
        rightRows.append(Int32(batch.row(position - 1)))
        if isOuter { isMatched[Int(chain)] = true }
        chain = links[Int(chain)]
      }
      let isExhausted = chain < 0 && position >= batch.count
      if isExhausted { current = nil }
      if leftRows.isEmpty { continue }
      buffer.emit(leftRows, into: output, copies)
      for (index, slot) in rightSlots.enumerated() {
        guard let column = batch.columns[slot] else {
          output.columns[slot] = nil
          continue
        }
        rightCopies[index].gather(rightRows, from: column)
        output.columns[slot] = rightCopies[index]
      }
      return output
    }
  }

  /// Finds the group of each right row; -1 where there is none.
  private func lookUp(_ batch: Batch) throws(Failure) {
    let rows = batch.rows
    var columns: [Column] = []
    for key in rightKeys { columns.append(try key.evaluate(batch, rows)) }
    groups.removeAll(keepingCapacity: true)
    table.find(columns, rows, to: &groups)
    for index in 0..<rows.count where !columns.allSatisfy({ $0.canJoin(at: rows[index]) }) {
      groups[index] = -1
    }
  }

  private func emitUnmatched() -> Batch? {
    var rows: [Int32] = []
    while unmatched < buffer.count && rows.count < context.rowsPerBatch {
      if !isMatched[unmatched] { rows.append(Int32(unmatched)) }
      unmatched += 1
    }
    if rows.isEmpty { return nil }
    buffer.emit(rows, into: output, copies)
    for (index, slot) in rightSlots.enumerated() {
      rightCopies[index].setConstant(.null)
      output.columns[slot] = rightCopies[index]
    }
    return output
  }

  override func reset() {
    super.reset()
    phase = .building
    current = nil
    table.clear()
    buffer.clear()
    heads.removeAll(keepingCapacity: true)
    links.removeAll(keepingCapacity: true)
    isMatched.removeAll(keepingCapacity: true)
    unmatched = 0
  }
}

extension Column {
  /// Whether a row's value can be equal to another: no null is in it, and no NaN.
  fileprivate func canJoin(at row: Int) -> Bool {
    switch kind {
    case .nodes, .relationships, .integers, .booleans: !isNull(at: row)
    case .floats, .values:
      value(at: row).isEqual(to: value(at: row))
    }
  }
}

/// `Union`: left rows, then right rows, in slots of their own.
final class UnionOperator: Operator {
  private let left: [Int]
  private let right: [Int]
  private let target: [Int]
  private let output: Batch
  private let others: [Int]
  private var isOnRight = false

  init(
    _ node: PlanNode, _ compiler: PlanCompiler, _ inputs: [Operator], _ left: [Slot],
    _ right: [Slot], _ into: [Slot]
  ) {
    self.left = left.map(\.index)
    self.right = right.map(\.index)
    target = into.map(\.index)
    let moved = Set(target)
    others = node.live.map(\.index).filter { !moved.contains($0) }
    output = Batch(slotCount: compiler.slotCount)
    super.init(node, compiler, inputs: inputs)
  }

  override func produce() throws(Failure) -> Batch? {
    if !isOnRight {
      if let batch = try inputs[0].next() { return move(batch, left) }
      isOnRight = true
    }
    guard let batch = try inputs[1].next() else { return nil }
    return move(batch, right)
  }

  private func move(_ batch: Batch, _ slots: [Int]) -> Batch {
    for slot in others { output.columns[slot] = batch.columns[slot] }
    for (slot, destination) in zip(slots, target) {
      output.columns[destination] = batch.columns[slot]
    }
    output.restart(rowCount: batch.rowCount)
    if let selection = batch.selection { output.selection = selection }
    return output
  }

  override func reset() {
    super.reset()
    isOnRight = false
  }
}
