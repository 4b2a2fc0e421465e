import Diagnostics
import GraphValues
import QueryPlan

/// The integers of `range()`, which need not be in memory to be counted, picked and looked for.
struct IntegerRange {
  private let start: Int64
  private let step: Int64
  /// How many there are.
  let count: Int64

  /// The range that the arguments of a call describe.
  init(_ arguments: [Value]) throws(Failure) {
    start = try Self.bound(arguments[0], "start")
    let end = try Self.bound(arguments[1], "end")
    step = arguments.count > 2 ? try Self.bound(arguments[2], "step") : 1
    guard step != 0 else {
      throw .argumentRange(
        "range", argument: "step", 1...Int64.max, found: 0,
        message: "Step argument to 'range()' cannot be zero")
    }
    if step > 0 ? start > end : start < end {
      count = 0
    } else {
      count = Int64(clamping: (Int128(end) - Int128(start)) / Int128(step) + 1)
    }
  }

  private static func bound(_ value: Value, _ name: String) throws(Failure) -> Int64 {
    switch value {
    case .integer(let number): return number
    case .float(let number): return ConversionFunctions.saturated(number)
    default: throw .notNumber("range", argument: name, value)
    }
  }

  /// All of them.
  ///
  /// With a context, as far as the statement has room for them and is not told to stop.
  func elements(_ context: ExecutionContext? = nil) throws(Failure) -> [Value] {
    guard count <= LargestValue.elements else {
      throw Failure(
        code: "Neo.ClientError.General.OutOfMemoryError",
        message: "A list of \(count) elements does not fit into memory; unwind the range instead.")
    }
    try context?.checkRoom(elements: Int(count))
    var elements: [Value] = []
    elements.reserveCapacity(Int(count))
    var next = start
    while elements.count < Int(count) {
      try context?.checkCancelled()
      for _ in 0..<min(1 << 16, Int(count) - elements.count) {
        elements.append(.integer(next))
        next = next &+ step
      }
    }
    return elements
  }

  /// `range(…)[index]`.
  func element(at index: Value) throws(Failure) -> Value {
    guard case .integer(let number) = index else {
      if index.isNull { return .null }
      throw Failure(ValueError.listIndexNotInteger(list: .list(try elements()), index: index))
    }
    let place = number < 0 ? number + count : number
    guard place >= 0, place < count else { return .null }
    return .integer(start + place * step)
  }

  /// `value IN range(…)`.
  func holds(_ value: Value) -> Value {
    if count == 0 { return .boolean(false) }
    let number: Int64
    switch value {
    case .null: return .null
    case .integer(let whole): number = whole
    case .float(let double):
      guard let whole = Int64(exactly: double) else { return .boolean(false) }
      number = whole
    default: return .boolean(false)
    }
    let distance = Int128(number) - Int128(start)
    let place = distance / Int128(step)
    return .boolean(distance % Int128(step) == 0 && place >= 0 && place < Int128(count))
  }
}

extension PlanCompiler {
  /// A kernel that uses a range without making its list: of its size, an element or membership.
  ///
  /// `nil` where the list is anything but a call of `range`.
  func rangeKernel(
    _ list: Expression, with others: [Expression] = [],
    _ compute: @escaping (IntegerRange, [Value]) throws(Failure) -> Value
  ) throws(Failure) -> Kernel? {
    guard case .function(let name, let arguments) = list, name.lowercased() == "range",
      arguments.count == 2 || arguments.count == 3
    else { return nil }
    let operands = try kernels(others + arguments)
    return ManyKernel(operands) { (values) throws(Failure) in
      let range = try IntegerRange(Array(values.dropFirst(others.count)))
      return try compute(range, Array(values.prefix(others.count)))
    }
  }
}
