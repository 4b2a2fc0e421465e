import CypherRuntime
import CypherSemantics
import Diagnostics
import GraphStore
import GraphValues
import QueryPlan
import QuerySession

extension EmbeddedSession {
  /// Finds out what has become of the database, when the catalogue has changed since it was looked up.
  ///
  /// - Throws: When the database was stopped or dropped; an open transaction is then gone.
  func followCatalogue() throws(Failure) {
    let version = engine.catalogue.version
    guard version != catalogueVersion else { return }
    do throws(Failure) {
      try checkClient()
      let found = try storing { () throws(StoreError) in
        try engine.catalogue.database(named: descriptor.name)
      }
      guard let found, found.id == descriptor.id else { throw .noSuchDatabase(descriptor.name) }
      guard found.isOnline else { throw .databaseOffline(found.name) }
      let isOtherLanguage = found.language != descriptor.language
      descriptor = found
      catalogueVersion = version
      if isOtherLanguage {
        compiler = StatementCompiler(
          engine: engine, database: descriptor, shared: writer.plans,
          cancellation: watch.cancellation)
      }
    } catch {
      failTransaction()
      throw error
    }
  }

  /// Goes over to the database that has the name of this one now, when this one was dropped; what an
  /// open transaction has seen is gone.
  func followReplacement() async throws(Failure) {
    guard explicit == nil, engine.catalogue.version != catalogueVersion else { return }
    let found = try storing { () throws(StoreError) in
      try engine.catalogue.database(named: descriptor.name)
    }
    guard let found, found.id != descriptor.id, found.isOnline else { return }
    try await use(database: found.name)
  }

  /// Finds out whether a client of a server may still be in; one that came before there were users may.
  ///
  /// - Throws: When its user is no more.
  func checkClient() throws(Failure) {
    guard connection != nil, let user else { return }
    guard try engine.users.has(user.name) else { throw .authorizationExpired }
  }

  // MARK: Other databases

  /// The session on the database that a statement is for, when it is not this one.
  ///
  /// - Throws: When there is no such database, or the user may not run the statement.
  func otherSession(for prepared: PreparedStatement) throws(Failure) -> EmbeddedSession? {
    if let user, user.mustChangePassword {
      guard case .setOwnPassword? = prepared.administration else {
        throw .credentialsExpired(descriptor.name)
      }
    }
    try checkNestedGraphs(prepared)
    guard prepared.goesElsewhere(from: descriptor.name) else { return nil }
    if let action = prepared.administration {
      if case .unsupported(let text) = action { throw .unsupportedAdministration(text) }
      return try session(on: Catalogue.systemName)
    }
    guard let name = prepared.graph else { return nil }
    let other = try session(on: name)
    return other.descriptor.id == descriptor.id ? nil : other
  }

  /// Subqueries may name no other database than the statement's own.
  private func checkNestedGraphs(_ prepared: PreparedStatement) throws(Failure) {
    for name in prepared.nestedGraphs {
      guard let found = try engine.database(named: name) else { throw .noSuchNestedDatabase(name) }
      let own = try prepared.graph.map { (name) throws(Failure) in
        try engine.database(named: name)?.id
      }
      if found.id != own ?? descriptor.id { throw .severalGraphs(name) }
    }
  }

  private func session(on name: String) throws(Failure) -> EmbeddedSession {
    if let known = others[name] { return known }
    let made = try EmbeddedSession(
      engine: engine, database: name, user: user, connection: connection)
    others[name] = made
    return made
  }

  /// Goes on with an open transaction on another database; only one of them may be written to.
  func runElsewhere(
    _ prepared: PreparedStatement, _ request: StatementRequest, _ other: EmbeddedSession,
    _ open: ExplicitTransaction
  ) async throws(Failure) -> any ResultStream {
    if prepared.writes || prepared.administration != nil {
      let written = open.transaction.isWritable ? database : open.writesElsewhere
      if let written, written != other.database {
        throw .writingElsewhere(other.database, from: written)
      }
      open.writesElsewhere = other.database
    }
    if !other.isInTransaction {
      try await other.begin(TransactionOptions(accessMode: open.options.accessMode))
      open.joined.append(other)
    }
    return try await passOn(request, to: other)
  }

  /// Runs a statement in the session on another database; what stops this session stops it too.
  func passOn(_ request: StatementRequest, to other: EmbeddedSession) async throws(Failure)
    -> any ResultStream
  {
    other.forgetCancellation()
    watch.passes(to: other.watch)
    // Told to stop before it could be passed on.
    if watch.isCancelled { throw watch.cancellation.failure }
    var request = request
    // Nothing here would end its transaction.
    request.demandedRows = .max
    return try await other.run(request)
  }

  // MARK: Commands

  /// What SHOW DATABASES and its like read: the open transaction, where it is one on `system`.
  func administrationListings(
    _ transaction: GraphTransaction, _ parameters: [String: Value]
  ) throws(Failure) -> AdministrationListings {
    let read: GraphTransaction
    if descriptor.name == Catalogue.systemName {
      read = transaction
    } else if let joined = others[Catalogue.systemName]?.explicit {
      read = joined.transaction
    } else {
      read = try storing { () throws(StoreError) in try engine.catalogue.beginRead() }
    }
    return AdministrationListings(
      engine: engine, list: CatalogueList(read), parameters: parameters, user: user)
  }

  /// Runs a command on databases or users; this session is on `system`.
  func administer(_ action: AdministrationAction, _ prepared: PreparedStatement)
    async throws(Failure) -> any ResultStream
  {
    if case .unsupported(let text) = action { throw .unsupportedAdministration(text) }
    if let explicit {
      try await upgrade(explicit)
      try run(action, prepared, explicit.transaction)
      explicit.afterCommit = { [engine] () throws(Failure) in try engine.removeDropped() }
    } else {
      try await holdingPlace { () throws(Failure) in
        writer.settleGroup()
        let transaction = try beginWrite()
        defer { transaction.rollback() }
        try run(action, prepared, transaction)
        let snapshotID = transaction.resultingSnapshotID
        try transaction.committing()
        noteCommit(snapshotID)
      }
      try engine.removeDropped()
    }
    if case .setOwnPassword = action { user?.mustChangePassword = false }
    if prepared.producesRows { return try runListing(prepared) }
    return SpooledResult.empty(prepared, isDurable: true)
  }

  private func run(
    _ action: AdministrationAction, _ prepared: PreparedStatement, _ transaction: GraphTransaction
  ) throws(Failure) {
    let commands = AdministrationCommands(
      engine: engine, list: CatalogueList(transaction), parameters: prepared.inputs.parameters,
      actor: user?.name ?? UserList.firstName)
    var counters = QuerySession.UpdateCounters()
    counters.systemUpdates = try commands.run(action)
    prepared.commandCounters = counters
  }
}

extension PreparedStatement {
  /// The database that the statement names with USE.
  var graph: String? { planned.bound.graphs.first { !$0.isNested }?.name.lowercased() }

  /// The databases that subqueries name with USE, as written.
  var nestedGraphs: [String] { planned.bound.graphs.filter(\.isNested).map(\.name) }

  /// The command on databases or users that it is.
  var administration: AdministrationAction? {
    if case .administer(let action, _)? = command { action } else { nil }
  }

  /// Whether it is for another database than the session's.
  func goesElsewhere(from database: String) -> Bool {
    if administration != nil { return database != Catalogue.systemName }
    return graph.map { $0 != database } ?? false
  }
}

extension GraphEngine {
  /// The database of a name or alias.
  func database(named name: String) throws(Failure) -> DatabaseDescriptor? {
    try storing { () throws(StoreError) in try descriptor(named: name) }
  }

  /// Deletes what committed drops have left.
  func removeDropped() throws(Failure) {
    try storing { () throws(StoreError) in
      try catalogue.removeDropped()
      forgetWriters(but: Set(try catalogue.databases().map(\.id)))
    }
  }
}
