import Diagnostics
import GraphValues
import QueryPlan

/// `StatefulShortestPath`: of all matches of a part, the shortest for each pair of ends.
final class StatefulShortestPathOperator: Operator {
  private let part: ShortestPattern
  private let target: Int
  private let frame: ArgumentFrame
  private let inner: Operator
  private let breadth: BreadthFirstSelection?
  /// Ends that the argument holds: matches must begin or end there.
  private let known: [Int]
  private let passed: [Int]
  /// Whether the end that is sought comes from the row.
  private let isTargetPassed: Bool
  private let buffer: RowBuffer
  private let output: Batch
  private let copies: [Column]
  private var current: Batch?
  private var position = 0
  private var chosen: [Int32] = []
  private var emitted = 0

  init(
    _ node: PlanNode, _ compiler: PlanCompiler, _ input: Operator, _ part: ShortestPattern,
    target: Slot, isInto: Bool, inner: PlanNode
  ) throws(Failure) {
    self.part = part
    self.target = target.index
    known = [part.left, part.right].filter { isInto || $0 != target }.map(\.index)
    var slots = Set(node.children[0].live)
    inner.collectArguments(into: &slots)
    slots.formUnion(compiler.markers.map { Slot($0) })
    slots.formUnion(known.map { Slot($0) })
    frame = ArgumentFrame(
      slotCount: compiler.slotCount, slots: slots.sorted(), parent: compiler.frame)
    self.inner = try compiler.compile(inner, within: frame)
    breadth = try BreadthFirstSelection(compiler, part, target: target, isInto: isInto)
    let filled = Set(inner.live)
    passed = node.live.filter { !filled.contains($0) }.map(\.index) + compiler.markers
    isTargetPassed = !filled.contains(target)
    buffer = RowBuffer(inner.live + [target], compiler.context)
    copies = buffer.slots.map { _ in Column(.values) }
    output = Batch(slotCount: compiler.slotCount)
    super.init(node, compiler, inputs: [input], isRowWise: input.isRowWise)
  }

  override func produce() throws(Failure) -> Batch? {
    while true {
      if emitted < chosen.count {
        let end = min(emitted + context.rowsPerBatch, chosen.count)
        buffer.emit(Array(chosen[emitted..<end]), into: output, copies)
        frame.pass(passed, to: output)
        emitted = end
        return output
      }
      if current == nil {
        guard let batch = try input.next() else { return nil }
        current = batch
        position = 0
      }
      guard let batch = current, position < batch.count else {
        current = nil
        continue
      }
      frame.set(batch, row: batch.row(position))
      position += 1
      try search()
    }
  }

  private func search() throws(Failure) {
    buffer.clear()
    emitted = 0
    if let breadth, try breadth.search(frame.single, into: buffer) {
      chosen = Array(0..<Int32(buffer.count))
      return
    }
    buffer.clear()
    inner.reset()
    while let batch = try inner.next() {
      keepKnownEnds(batch)
      if batch.count == 0 { continue }
      if isTargetPassed, let column = frame.single.columns[target] {
        batch.columns[target] = column
      }
      try buffer.append(batch)
    }
    chosen = choose()
    emitted = 0
  }

  /// Drops matches with another end than the argument's.
  private func keepKnownEnds(_ batch: Batch) {
    for slot in known {
      guard let found = batch.columns[slot], let wanted = frame.single.columns[slot] else {
        continue
      }
      let end = wanted.value(at: 0)
      let rows = batch.rows
      var kept: [UInt16] = []
      for index in 0..<rows.count where found.value(at: rows[index]).isEqual(to: end) {
        kept.append(rows.number(index))
      }
      if kept.count < rows.count { batch.selection = kept }
    }
  }

  /// The rows that the selector keeps, shortest first.
  private func choose() -> [Int32] {
    let lengths = (0..<buffer.count).map(length)
    let order = (0..<Int32(buffer.count)).sorted { (first: Int32, second: Int32) -> Bool in
      let (a, b) = (lengths[Int(first)], lengths[Int(second)])
      return a == b ? first < second : a < b
    }
    var tallies: [UInt64: Tally] = [:]
    var kept: [Int32] = []
    guard let ends = buffer.column(target) else { return order }
    for row in order {
      guard case .node(let end) = ends.value(at: Int(row)) else { continue }
      var tally = tallies[end.raw] ?? Tally()
      if tally.takes(lengths[Int(row)], part.selector) { kept.append(row) }
      tallies[end.raw] = tally
    }
    return kept
  }

  /// What is kept so far for one pair of ends.
  private struct Tally {
    var count = 0
    var groups = 0
    var lastLength = -1

    mutating func takes(_ length: Int, _ selector: ShortestPattern.Selector) -> Bool {
      if length != lastLength {
        groups += 1
        lastLength = length
      }
      count += 1
      switch selector {
      case .legacySingle: return count == 1
      case .shortest(let most): return count <= most
      case .legacyAll, .allShortest: return groups == 1
      case .groups(let most): return groups <= most
      }
    }
  }

  /// How many relationships a match has.
  private func length(_ row: Int) -> Int {
    var sum = 0
    for relationship in part.pattern.relationships {
      guard let column = buffer.column(relationship.slot.index) else { continue }
      if case .list(let list) = column.value(at: row) { sum += list.count } else { sum += 1 }
    }
    for repeated in part.pattern.quantified {
      let inner = Set(repeated.inner.relationships.map(\.slot))
      for group in repeated.groups where inner.contains(group.inner) {
        guard let column = buffer.column(group.outer.index),
          case .list(let list) = column.value(at: row)
        else { continue }
        sum += list.count
      }
    }
    return sum
  }

  override func reset() {
    super.reset()
    current = nil
    chosen = []
    emitted = 0
    buffer.clear()
  }
}
