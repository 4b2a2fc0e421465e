public import Diagnostics
public import GraphValues
public import QueryPlan

/// A plan turned into operators: compiled once, run any number of times, one run at a time.
///
/// `begin` takes the inputs of a run, `next` gives its batches until `nil`. A run may be left at any
/// time by the next `begin`. Not `Sendable`: it belongs to the thread that runs it, and its transaction
/// is dropped by `end`.
public final class CompiledPlan {
  /// The plan.
  public let plan: StatementPlan
  /// The inputs, counters and limits of the current run.
  public let context: ExecutionContext
  private let root: Operator
  private let profiled: [ObjectIdentifier: Operator]
  private var isFresh = true

  /// Rows of an operator, and bytes of sorting and grouping, whose room is kept for the next run.
  private static let keptRows = 256
  private static let keptBytes = 16 << 10

  /// Compiles a plan.
  ///
  /// - Parameters:
  ///   - plan: Made for the store of the inputs.
  ///   - inputs: Those of the first run, which begins with this.
  /// - Throws: A failure when the plan asks for something that does not exist, such as a function.
  public init(_ plan: StatementPlan, _ inputs: RunInputs) throws(Failure) {
    self.plan = plan
    context = ExecutionContext(inputs)
    context.begin(inputs)
    let compiler = PlanCompiler(context: context, plan: plan)
    root = try compiler.compile(plan.root)
    profiled = compiler.operators
  }

  /// Starts a run.
  public func begin(_ inputs: RunInputs) {
    context.begin(inputs)
    if !isFresh { root.reset() }
    root.clearProfile()
    isFresh = false
  }

  /// The next rows of the result, at least one; `nil` at the end.
  ///
  /// Columns are those of the plan, by their slots. The batch is valid until the next call.
  public func next() throws(Failure) -> Batch? {
    isFresh = false
    do throws(Failure) {
      return try root.next()
    } catch {
      throw error.whileLoading(context)
    }
  }

  /// Ends a run, whose inputs are let go of.
  ///
  /// - Returns: Whether the operators hold little, so that they may be kept for another run.
  public func end() -> Bool {
    var room = Self.keptBytes
    let isSmall =
      context.parameters.values.allSatisfy { $0.fits(in: &room) }
      && context.literals.allSatisfy { $0.fits(in: &room) }
      && context.memory.peakBytes <= Self.keptBytes
      && profiled.values.allSatisfy { $0.rowsProduced <= Self.keptRows }
    context.parameters = [:]
    context.literals = []
    return isSmall
  }

  /// Reads the run to its end and drops the rows.
  public func drain() throws(Failure) {
    while try next() != nil {}
  }

  /// What an operator of the plan did in this run.
  public func profile(of node: PlanNode) -> OperatorProfile {
    guard let found = profiled[ObjectIdentifier(node)] else {
      return OperatorProfile(rows: 0, storeHits: 0)
    }
    if found.node !== node { return OperatorProfile(rows: found.rowsProduced, storeHits: 0) }
    let below = found.inputs.reduce(0) { $0 + $1.inclusiveHits }
    return OperatorProfile(
      rows: found.rowsProduced, storeHits: max(0, found.inclusiveHits - below))
  }

  /// Bytes held at once by sorting, grouping and the like in this run, at most.
  public var peakMemoryBytes: Int { context.memory.peakBytes }
}

/// What one operator did in a run.
public struct OperatorProfile: Hashable, Sendable {
  /// Rows that it yielded.
  public var rows: Int
  /// Reads of the store that it did itself.
  public var storeHits: Int

  /// Puts figures together.
  public init(rows: Int, storeHits: Int) {
    self.rows = rows
    self.storeHits = storeHits
  }
}

extension Value {
  /// Takes about the bytes that the value needs from `room`, as long as they are there.
  fileprivate func fits(in room: inout Int) -> Bool {
    room -= MemoryLayout<Value>.stride
    switch self {
    case .string(let text): room -= text.utf8.count
    case .bytes(let bytes): room -= bytes.count
    case .list(let values): return room > 0 && values.allSatisfy { $0.fits(in: &room) }
    case .map(let map): return room > 0 && map.entries.allSatisfy { $0.value.fits(in: &room) }
    default: break
    }
    return room > 0
  }
}
