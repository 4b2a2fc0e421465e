import Diagnostics
import GraphValues
import QueryPlan

/// The number of rows that a SKIP or LIMIT gives, computed once a run.
struct RowQuota {
  private let kernel: Kernel
  private let clause: String

  init(_ kernel: Kernel, clause: String) {
    self.kernel = kernel
    self.clause = clause
  }

  /// The number, which must be a non-negative integer.
  func read(_ compiled: Batch) throws(Failure) -> Int {
    let value = try kernel.value(compiled, row: 0)
    if case .integer(let number) = value, number >= 0 { return Int(number) }
    if value.isNull {
      throw .invalidType(
        "Expected a numeric value for \(clause), but got null", value: value,
        expected: ["INTEGER", "FLOAT"])
    }
    throw .invalidQuota(value, clause)
  }
}

extension Failure {
  /// A SKIP or LIMIT that is no non-negative integer.
  static func invalidQuota(_ value: Value, _ clause: String) -> Failure {
    let text = value.isNull ? "NULL" : value.literal
    var failure = Failure.argument(
      "\(clause): Invalid input. '\(text)' is not a valid value. Must be a non-negative integer.")
    failure.gqlStatus = "22003"
    failure.gqlDescription =
      "data exception - numeric value out of range. The numeric value \(text) is outside the "
      + "required range."
    let cause =
      "Expected 'value' to be of type INTEGER and in the range 0 to \(Int64.max) but found \(text)."
    failure.causes = [
      GQLCause(
        gqlStatus: "22N03",
        gqlDescription: "data exception - specified numeric value out of range. " + cause,
        message: cause)
    ]
    return failure
  }
}

/// `Skip`.
final class SkipOperator: Operator {
  private let quota: RowQuota
  private let frame: ArgumentFrame
  private var remaining: Int?

  init(_ node: PlanNode, _ compiler: PlanCompiler, _ input: Operator, _ count: Expression)
    throws(Failure)
  {
    quota = RowQuota(try compiler.kernel(count), clause: "SKIP")
    frame = compiler.frame
    super.init(node, compiler, inputs: [input])
  }

  override func produce() throws(Failure) -> Batch? {
    var toSkip: Int
    if let remaining { toSkip = remaining } else { toSkip = try quota.read(frame.batch) }
    while let batch = try input.next() {
      if toSkip == 0 {
        remaining = 0
        return batch
      }
      let count = batch.count
      if count <= toSkip {
        toSkip -= count
        continue
      }
      batch.keepRange(toSkip, count)
      remaining = 0
      return batch
    }
    remaining = toSkip
    return nil
  }

  override func reset() {
    super.reset()
    remaining = nil
  }
}

/// `Limit` and `ExhaustiveLimit`.
final class LimitOperator: Operator {
  private let quota: RowQuota
  private let frame: ArgumentFrame
  private let isExhaustive: Bool
  private var remaining: Int?

  init(
    _ node: PlanNode, _ compiler: PlanCompiler, _ input: Operator, _ count: Expression,
    isExhaustive: Bool
  ) throws(Failure) {
    quota = RowQuota(try compiler.kernel(count), clause: "LIMIT")
    frame = compiler.frame
    self.isExhaustive = isExhaustive
    super.init(node, compiler, inputs: [input])
  }

  override func produce() throws(Failure) -> Batch? {
    let allowed: Int
    if let remaining { allowed = remaining } else { allowed = try quota.read(frame.batch) }
    remaining = allowed
    if allowed == 0 {
      if isExhaustive { while try input.next() != nil {} }
      return nil
    }
    guard let batch = try input.next() else { return nil }
    let count = batch.count
    if count > allowed { batch.keepRange(0, allowed) }
    remaining = max(0, allowed - count)
    return batch
  }

  override func reset() {
    super.reset()
    remaining = nil
  }
}
