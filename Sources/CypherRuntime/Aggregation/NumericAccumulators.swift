import Diagnostics
import GraphValues
import QueryPlan

extension Failure {
  /// An aggregate over a value of a type that it does not take.
  static func aggregate(
    _ name: String, _ message: String, _ value: Value, expected: String
  ) -> Failure {
    var failure = Failure.statement("TypeError", "\(name)(x) \(message)")
    failure.gqlStatus = "22N38"
    failure.gqlDescription =
      "data exception - invalid function argument. Invalid argument to the function \(name)(x)."
    let cause =
      "Expected the value \(value.causeText) to be of type \(expected), but was of type "
      + "\(value.typeText)."
    failure.causes = [
      GQLCause(
        gqlStatus: "22N01", gqlDescription: "data exception - invalid type. " + cause,
        message: cause)
    ]
    return failure
  }

  /// An aggregate that takes numbers and durations got something else.
  static func notSummable(_ name: String, _ value: Value) -> Failure {
    .aggregate(
      name,
      "can only handle numerical values, duration, or null, but received: \(value.kindText)",
      value, expected: "INTEGER, FLOAT or DURATION")
  }

  /// An aggregate got numbers and durations.
  static func mixedSum(_ name: String, _ value: Value, wanted: String) -> Failure {
    .aggregate(name, "cannot mix number and duration", value, expected: wanted)
  }
}

/// `sum(x)`: integers until one does not fit, or until a float comes; durations by themselves.
final class SumAccumulator: Accumulator {
  private enum State {
    case nothing
    case integer(Int64)
    case float(Double)
    case duration(Value)
  }

  private var states: [State] = []

  override func reserve(_ count: Int) { states.grow(to: count, .nothing) }

  override func update(_ column: Column, _ rows: RowSet, _ groups: [Int32]?) throws(Failure) {
    guard groups == nil, !column.hasNulls, !rows.isEmpty else {
      return try super.update(column, rows, groups)
    }
    switch (column.kind, states[0]) {
    case (.integers, .nothing): try addIntegers(column, rows, 0)
    case (.integers, .integer(let sum)): try addIntegers(column, rows, sum)
    case (.floats, .nothing): states[0] = .float(Self.sum(column, rows, 0))
    case (.floats, .float(let sum)): states[0] = .float(Self.sum(column, rows, sum))
    default: try super.update(column, rows, groups)
    }
  }

  private func addIntegers(_ column: Column, _ rows: RowSet, _ start: Int64) throws(Failure) {
    let words = column.wordSpan
    let step = column.isConstant ? 0 : 1
    var sum = start
    var hasOverflown = false
    for index in 0..<rows.count {
      let (next, overflow) = sum.addingReportingOverflow(
        Int64(bitPattern: words[rows[index] &* step]))
      sum = next
      hasOverflown = hasOverflown || overflow
    }
    if hasOverflown {
      try super.update(column, rows, nil)
    } else {
      states[0] = .integer(sum)
    }
  }

  private static func sum(_ column: Column, _ rows: RowSet, _ start: Double) -> Double {
    let words = column.wordSpan
    let step = column.isConstant ? 0 : 1
    var sum = start
    for index in 0..<rows.count { sum += Double(bitPattern: words[rows[index] &* step]) }
    return sum
  }

  override func take(_ value: Value, _ group: Int) throws(Failure) {
    switch (states[group], value) {
    case (.nothing, .integer(let number)): states[group] = .integer(number)
    case (.nothing, .float(let number)): states[group] = .float(number)
    case (.nothing, .duration): states[group] = .duration(value)
    case (.integer(let sum), .integer(let number)):
      let (next, overflow) = sum.addingReportingOverflow(number)
      states[group] = overflow ? .float(Double(sum) + Double(number)) : .integer(next)
    case (.integer(let sum), .float(let number)): states[group] = .float(Double(sum) + number)
    case (.float(let sum), .float(let number)): states[group] = .float(sum + number)
    case (.float(let sum), .integer(let number)): states[group] = .float(sum + Double(number))
    case (.duration(let sum), .duration):
      states[group] = .duration(try sum.computed(.add, value))
    case (.duration, .integer), (.duration, .float):
      throw .mixedSum("SUM", value, wanted: "DURATION")
    case (_, .duration): throw .mixedSum("SUM", value, wanted: "INTEGER or FLOAT")
    default: throw .notSummable("SUM", value)
    }
  }

  override func result(_ group: Int) throws(Failure) -> Value {
    switch states[group] {
    case .nothing: .integer(0)
    case .integer(let sum): .integer(sum)
    case .float(let sum): .float(sum)
    case .duration(let sum): sum
    }
  }

  override func clear() { states.removeAll(keepingCapacity: states.count < 16_384) }
}

/// `avg(x)`: a running mean, so that large numbers do not overflow.
final class AverageAccumulator: Accumulator {
  private enum State {
    case nothing
    case number(mean: Double, count: Double)
    case duration(sum: Value, count: Int64)
  }

  private var states: [State] = []

  override func reserve(_ count: Int) { states.grow(to: count, .nothing) }

  override func take(_ value: Value, _ group: Int) throws(Failure) {
    switch (states[group], value.double, value) {
    case (.nothing, let number?, _): states[group] = .number(mean: number, count: 1)
    case (.number(let mean, let count), let number?, _):
      states[group] = .number(mean: mean + (number - mean) / (count + 1), count: count + 1)
    case (.nothing, nil, .duration): states[group] = .duration(sum: value, count: 1)
    case (.duration(let sum, let count), nil, .duration):
      states[group] = .duration(sum: try sum.computed(.add, value), count: count + 1)
    case (.duration, _?, _): throw .mixedSum("AVG", value, wanted: "DURATION")
    case (.number, nil, .duration): throw .mixedSum("AVG", value, wanted: "INTEGER or FLOAT")
    default: throw .notSummable("AVG", value)
    }
  }

  override func result(_ group: Int) throws(Failure) -> Value {
    switch states[group] {
    case .nothing: return .null
    case .number(let mean, _): return .float(mean)
    case .duration(let sum, let count): return try sum.computed(.divide, .integer(count))
    }
  }

  override func clear() { states.removeAll(keepingCapacity: states.count < 16_384) }
}

/// `stDev(x)`, `stDevP(x)` by running mean and sum of squares.
final class DeviationAccumulator: Accumulator {
  private struct State {
    var count = 0.0
    var mean = 0.0
    var squares = 0.0
  }

  private let isSample: Bool
  private var states: [State] = []

  init(isSample: Bool) { self.isSample = isSample }

  override func reserve(_ count: Int) { states.grow(to: count, State()) }

  override func take(_ value: Value, _ group: Int) throws(Failure) {
    guard let number = value.double else {
      throw .aggregate(
        isSample ? "STDEV" : "STDEVP",
        "can only handle numerical values or null, but received: \(value.kindText)", value,
        expected: "INTEGER or FLOAT")
    }
    var state = states[group]
    state.count += 1
    let distance = number - state.mean
    state.mean += distance / state.count
    state.squares += distance * (number - state.mean)
    states[group] = state
  }

  override func result(_ group: Int) throws(Failure) -> Value {
    let state = states[group]
    if state.count == 0 { return .null }
    let divisor = isSample ? state.count - 1 : state.count
    return .float(divisor > 0 ? (state.squares / divisor).squareRoot() : 0)
  }

  override func clear() { states.removeAll(keepingCapacity: states.count < 16_384) }
}

/// `percentileCont(x, p)`, `percentileDisc(x, p)`.
final class PercentileAccumulator: Accumulator {
  private let isContinuous: Bool
  private let context: ExecutionContext
  private var values: [[Value]] = []
  private var percentiles: [Double?] = []
  private var bytes = 0

  init(isContinuous: Bool, _ context: ExecutionContext) {
    self.isContinuous = isContinuous
    self.context = context
  }

  override func reserve(_ count: Int) {
    values.grow(to: count, [])
    percentiles.grow(to: count, nil)
  }

  override func takeParameter(_ column: Column, _ rows: RowSet, _ groups: [Int32]?)
    throws(Failure)
  {
    for index in 0..<rows.count {
      let group = groups.map { Int($0[index]) } ?? 0
      if percentiles[group] != nil { continue }
      let value = column.value(at: rows[index])
      guard let percentile = value.double, percentile >= 0, percentile <= 1 else {
        throw .percentileOutOfRange(value)
      }
      percentiles[group] = percentile
    }
  }

  override func take(_ value: Value, _ group: Int) throws(Failure) {
    guard value.double != nil else {
      throw .aggregate(
        isContinuous ? "PERCENTILE_CONT" : "PERCENTILE_DISC",
        "can only handle numerical values or null, but received: \(value.kindText)", value,
        expected: "INTEGER or FLOAT")
    }
    values[group].append(value)
    bytes += 24
    try context.memory.hold(24)
  }

  override func result(_ group: Int) throws(Failure) -> Value {
    let sorted = values[group].sorted { $0.order(to: $1) == .less }
    guard !sorted.isEmpty, let percentile = percentiles[group] else { return .null }
    if !isContinuous {
      let place = Int((percentile * Double(sorted.count)).rounded(.up)) - 1
      return sorted[min(max(place, 0), sorted.count - 1)]
    }
    let position = percentile * Double(sorted.count - 1)
    let lower = Int(position.rounded(.down))
    let upper = Int(position.rounded(.up))
    if lower == upper { return sorted[lower] }
    let low = sorted[lower].double ?? 0
    let high = sorted[upper].double ?? 0
    return .float(low * (Double(upper) - position) + high * (position - Double(lower)))
  }

  override func clear() {
    values.removeAll(keepingCapacity: values.count < 16_384)
    percentiles.removeAll(keepingCapacity: percentiles.count < 16_384)
    context.memory.release(bytes)
    bytes = 0
  }
}

extension Failure {
  /// A percentile that is no number between 0 and 1.
  static func percentileOutOfRange(_ value: Value) -> Failure {
    let text = value.isNull ? "NULL" : value.literal
    var failure = Failure.argument(
      "Invalid input '\(text)' is not a valid argument, must be a number in the range 0.0 to 1.0")
    failure.gqlStatus = "22003"
    failure.gqlDescription =
      "data exception - numeric value out of range. The numeric value \(text) is outside the "
      + "required range."
    let cause =
      "Expected 'percentage' to be of type FLOAT and in the range 0 to 1 but found \(text)."
    failure.causes = [
      GQLCause(
        gqlStatus: "22N03",
        gqlDescription: "data exception - specified numeric value out of range. " + cause,
        message: cause)
    ]
    return failure
  }
}
