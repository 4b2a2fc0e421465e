public import Diagnostics
public import GraphStore
public import GraphValues

/// What a run of a statement is given.
public struct RunInputs {
  /// The transaction to read and write in.
  public var transaction: GraphTransaction
  /// What the client sends along.
  public var parameters: [String: Value]
  /// The literals of this text, by `Literal.liftedIndex`.
  public var literals: [Value]
  /// Clocks and defaults for functions.
  public var functions: FunctionContext
  /// Bytes that the statement may keep in memory; 0 for no bound.
  public var memoryLimitBytes: Int
  /// What the engine around the runtime offers.
  public var surroundings: Surroundings
  /// Tells the run to stop.
  public var cancellation: Cancellation

  /// Puts inputs together.
  public init(
    transaction: GraphTransaction, parameters: [String: Value] = [:], literals: [Value] = [],
    functions: FunctionContext, memoryLimitBytes: Int = 0,
    surroundings: Surroundings = Surroundings(), cancellation: Cancellation = Cancellation()
  ) {
    self.transaction = transaction
    self.parameters = parameters
    self.literals = literals
    self.functions = functions
    self.memoryLimitBytes = memoryLimitBytes
    self.surroundings = surroundings
    self.cancellation = cancellation
  }
}

/// Everything that one execution of a statement needs; one per compiled plan, given new inputs for
/// each run.
public final class ExecutionContext {
  /// The transaction in use.
  public internal(set) var transaction: GraphTransaction
  /// What the client sent along.
  public internal(set) var parameters: [String: Value] = [:]
  /// The literals of the text being run.
  public internal(set) var literals: [Value] = []
  /// Clocks and defaults for functions.
  public internal(set) var functions: FunctionContext
  /// What the statement has changed so far.
  public var counters = UpdateCounters()
  /// Tells the run to stop.
  public internal(set) var cancellation: Cancellation
  /// Reads of the store so far, for PROFILE.
  var storeHits = 0
  /// Counts runs, so that operators and kernels can tell what they computed in an earlier one.
  private(set) var run = 0
  /// Whether the plan writes, so that what it reads may change while it runs.
  var writes = false
  /// Names that the plan uses.
  let tokens = TokenReferences()
  /// Whether an expression asks for the line of LOAD CSV, which then reads record by record.
  var asksForLine = false
  /// The file that LOAD CSV reads, as messages show it.
  var loadedFile: String?
  /// Whether the last record of that file was read.
  var isLoadedToEnd = false
  /// What the engine does for `CALL { … } IN TRANSACTIONS`.
  public var transactionControl: (any TransactionControl)? { surroundings.transactionControl }
  /// How nodes and relationships are told apart in text: `4:<this>:<id>`.
  public var databaseID: String { surroundings.databaseID }
  /// What the engine around the runtime offers.
  public internal(set) var surroundings: Surroundings
  /// The most rows of a batch; smaller in tests.
  public var rowsPerBatch = Batch.rowsPerBatch
  /// What sorting, grouping and the like hold.
  var memory = MemoryMeter()
  /// Whether a list or path was taken as a condition in this run.
  public internal(set) var hasListAsCondition = false
  /// How deep plans within expressions are running.
  var nestingDepth = 0
  private weak var store: Store?

  init(_ inputs: RunInputs) {
    transaction = inputs.transaction
    functions = inputs.functions
    surroundings = inputs.surroundings
    cancellation = inputs.cancellation
  }

  /// Takes new inputs.
  func begin(_ inputs: RunInputs) {
    if store !== inputs.transaction.store {
      store = inputs.transaction.store
      tokens.forget()
    }
    transaction = inputs.transaction
    parameters = inputs.parameters
    literals = inputs.literals
    functions = inputs.functions
    surroundings = inputs.surroundings
    cancellation = inputs.cancellation
    counters = UpdateCounters()
    memory = MemoryMeter(limitBytes: inputs.memoryLimitBytes)
    storeHits = 0
    nestingDepth = 0
    hasListAsCondition = false
    loadedFile = nil
    run &+= 1
  }

  /// Fails when the statement was told to stop.
  func checkCancelled() throws(Failure) {
    if cancellation.isCancelled { throw cancellation.failure }
  }
}

/// Commits in the middle of a statement, for `CALL { … } IN TRANSACTIONS`.
public protocol TransactionControl: AnyObject {
  /// Begins the transaction of a batch of rows.
  func beginBatch() throws(Failure) -> GraphTransaction
  /// Commits it.
  func commitBatch() throws(Failure)
  /// Undoes it.
  func rollbackBatch()
  /// The transaction that outer rows are read in.
  var outerTransaction: GraphTransaction { get }
  /// A snapshot with all batches so far, for what follows them; valid until the next is committed.
  func transactionBehindBatches() throws(Failure) -> GraphTransaction
  /// The transaction that writes what follows the last batch, committed at the end of the statement.
  func writingBehindBatches() throws(Failure) -> GraphTransaction
  /// How the running batch is named in a status report.
  var batchTransactionID: String { get }
}

/// Counts what operators hold in memory and fails beyond a limit.
struct MemoryMeter {
  /// Bytes held now.
  private(set) var bytes = 0
  /// Most bytes held at once.
  private(set) var peakBytes = 0
  private let limitBytes: Int

  init(limitBytes: Int = 0) { self.limitBytes = limitBytes }

  /// Counts bytes that are held from now on.
  mutating func hold(_ more: Int) throws(Failure) {
    bytes += more
    if bytes > peakBytes { peakBytes = bytes }
    if limitBytes > 0 && bytes > limitBytes { throw .outOfMemory(limitBytes: limitBytes) }
  }

  /// Counts bytes that are not held any more.
  mutating func release(_ fewer: Int) { bytes = max(0, bytes - fewer) }
}
