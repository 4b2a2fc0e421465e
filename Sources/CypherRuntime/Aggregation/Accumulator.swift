import Diagnostics
import GraphValues
import QueryPlan

/// The state of an aggregating function for every group.
class Accumulator {
  /// Makes room for groups 0 to `count - 1`; new ones are empty.
  func reserve(_ count: Int) {}

  /// Takes rows of `count(*)`.
  func countRows(_ count: Int, _ groups: [Int32]?) {}

  /// Takes the second argument, of which the first row of each group counts.
  func takeParameter(_ column: Column, _ rows: RowSet, _ groups: [Int32]?) throws(Failure) {}

  /// Takes values in; `groups` has one number per row, `nil` when all belong to group 0.
  func update(_ column: Column, _ rows: RowSet, _ groups: [Int32]?) throws(Failure) {
    for index in 0..<rows.count {
      let value = column.value(at: rows[index])
      if value.isNull { continue }
      try take(value, groups.map { Int($0[index]) } ?? 0)
    }
  }

  /// Takes one value that is not null.
  func take(_ value: Value, _ group: Int) throws(Failure) {}

  /// The result for a group.
  func result(_ group: Int) throws(Failure) -> Value { .null }

  /// Forgets all groups.
  func clear() {}

  /// Makes the state of a function.
  static func make(_ function: AggregateFunction, _ context: ExecutionContext) -> Accumulator {
    switch function {
    case .countAll, .count: CountAccumulator()
    case .sum: SumAccumulator()
    case .average: AverageAccumulator()
    case .minimum: ExtremeAccumulator(isMaximum: false)
    case .maximum: ExtremeAccumulator(isMaximum: true)
    case .collect: CollectAccumulator(context)
    case .sampleDeviation: DeviationAccumulator(isSample: true)
    case .populationDeviation: DeviationAccumulator(isSample: false)
    case .percentileContinuous: PercentileAccumulator(isContinuous: true, context)
    case .percentileDiscrete: PercentileAccumulator(isContinuous: false, context)
    }
  }
}

extension Array {
  /// Appends copies of a value until there are `count` elements.
  mutating func grow(to count: Int, _ value: Element) {
    while self.count < count { append(value) }
  }
}

/// `count(*)`, `count(x)`.
final class CountAccumulator: Accumulator {
  private var counts: [Int64] = []

  override func reserve(_ count: Int) { counts.grow(to: count, 0) }

  override func countRows(_ count: Int, _ groups: [Int32]?) {
    if let groups {
      for group in groups { counts[Int(group)] += 1 }
    } else {
      counts[0] += Int64(count)
    }
  }

  override func update(_ column: Column, _ rows: RowSet, _ groups: [Int32]?) throws(Failure) {
    if column.isConstant {
      if !rows.isEmpty && !column.isNull(at: 0) { countRows(rows.count, groups) }
      return
    }
    if column.kind != .values && !column.hasNulls {
      countRows(rows.count, groups)
      return
    }
    for index in 0..<rows.count where !column.isNull(at: rows[index]) {
      counts[groups.map { Int($0[index]) } ?? 0] += 1
    }
  }

  override func result(_ group: Int) throws(Failure) -> Value { .integer(counts[group]) }

  override func clear() { counts.removeAll(keepingCapacity: counts.count < 16_384) }
}

/// `min(x)`, `max(x)` by the order of all values.
final class ExtremeAccumulator: Accumulator {
  private let isMaximum: Bool
  private var best: [Value] = []

  init(isMaximum: Bool) { self.isMaximum = isMaximum }

  override func reserve(_ count: Int) { best.grow(to: count, .null) }

  override func update(_ column: Column, _ rows: RowSet, _ groups: [Int32]?) throws(Failure) {
    guard groups == nil, column.kind == .integers, !column.hasNulls, !rows.isEmpty else {
      return try super.update(column, rows, groups)
    }
    let words = column.wordSpan
    let step = column.isConstant ? 0 : 1
    var found = Int64(bitPattern: words[rows[0] &* step])
    for index in 1..<rows.count {
      let next = Int64(bitPattern: words[rows[index] &* step])
      found = isMaximum ? max(found, next) : min(found, next)
    }
    try take(.integer(found), 0)
  }

  override func take(_ value: Value, _ group: Int) throws(Failure) {
    if best[group].isNull {
      best[group] = value
      return
    }
    let order = value.order(to: best[group])
    if order == (isMaximum ? .greater : .less) { best[group] = value }
  }

  override func result(_ group: Int) throws(Failure) -> Value { best[group] }

  override func clear() { best.removeAll(keepingCapacity: best.count < 16_384) }
}

/// `collect(x)`.
final class CollectAccumulator: Accumulator {
  private var lists: [[Value]] = []
  private var bytes = 0
  private let context: ExecutionContext

  init(_ context: ExecutionContext) { self.context = context }

  override func reserve(_ count: Int) { lists.grow(to: count, []) }

  override func update(_ column: Column, _ rows: RowSet, _ groups: [Int32]?) throws(Failure) {
    var added = 0
    for index in 0..<rows.count {
      let value = column.value(at: rows[index])
      if value.isNull { continue }
      added += 24 + value.heapBytes
      lists[groups.map { Int($0[index]) } ?? 0].append(value)
    }
    bytes += added
    try context.memory.hold(added)
  }

  override func result(_ group: Int) throws(Failure) -> Value { .list(lists[group]) }

  override func clear() {
    lists.removeAll(keepingCapacity: lists.count < 16_384)
    context.memory.release(bytes)
    bytes = 0
  }
}
