public import Diagnostics
public import GraphValues
public import QueryPlan
public import CypherRuntime
import GraphStore
import QuerySession

extension EmbeddedSession {
  /// Runs a command that changes the schema, in a transaction that writes.
  func run(_ command: Command, _ prepared: PreparedStatement, _ transaction: GraphTransaction)
    throws(Failure) -> any ResultStream
  {
    let commands = SchemaCommands(
      transaction: transaction, parameters: prepared.inputs.parameters)
    let outcome = try commands.run(command)
    prepared.commandCounters = outcome.counters
    prepared.notifications += outcome.notifications
    return SpooledResult.empty(prepared, isDurable: true)
  }

  /// Runs a command that lists something.
  func runListing(_ prepared: PreparedStatement) throws(Failure) -> any ResultStream {
    if let explicit {
      try begin(prepared, explicit.transaction)
      return stream(prepared, explicit.transaction, isOwner: false)
    }
    let transaction = try beginRead()
    listed = transaction
    try begin(prepared, transaction)
    return stream(prepared, transaction, isOwner: true)
  }
}

extension EmbeddedSession: ListingSource {
  /// The rows of a SHOW command, or of a command on a database that was waited for.
  public func rows(_ command: Command, parameters: [String: Value]) throws(Failure)
    -> [[String: Value]]
  {
    let transactions = TransactionListings(
      engine: engine, parameters: parameters, session: self)
    switch command {
    case .administer: return [engine.waitedRow]
    case .terminateTransactions(let ids, _): return try transactions.terminate(ids)
    default: break
    }
    guard case .show(let listing, _) = command else { return [] }
    guard let transaction = explicit?.transaction ?? listed else { return [] }
    let schema = SchemaListings(transaction: transaction)
    let others = CatalogueListings(engine: engine)
    switch listing {
    case .indexes(let kind): return schema.indexes(kind)
    case .constraints(let filter, let entity): return schema.constraints(filter, entity)
    case .functions(let filter): return others.functions(filter)
    case .procedures: return others.procedures()
    case .settings(let names):
      return try others.settings(
        try names.map { (names) throws(Failure) in
          try ConstantExpression.value(names, parameters)
        })
    case .transactions(let ids): return try transactions.rows(ids)
    case .databases, .aliases, .users:
      return try administrationListings(transaction, parameters).rows(listing)
    }
  }
}
