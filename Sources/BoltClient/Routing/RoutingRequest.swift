import Bolt
import Diagnostics
import GraphValues
import QuerySession

extension RoutingFailure {
  /// Why one member gave no table.
  enum AskingError: Error {
    /// All would answer so.
    case final(Failure)
    /// Another may know more.
    case unhelpful(Failure, wasReached: Bool)
  }
}

/// Asks one member of a cluster for the routing table of a database.
struct RoutingRequest {
  private let need: ConnectionSource.Need
  private let settings: ConnectionSettings

  init(_ need: ConnectionSource.Need, _ settings: ConnectionSettings) {
    self.need = need
    self.settings = settings
  }

  /// Asks; after a failure the connection is of no further use.
  func table(
    from connection: BoltConnection
  ) throws(RoutingFailure.AskingError) -> RoutingTable {
    let answer = try answer(connection)
    do {
      return try RoutingTable(metadata: answer, now: .now)
    } catch {
      throw .unhelpful(Self.failure(error, connection.endpoint), wasReached: true)
    }
  }

  private func answer(
    _ connection: BoltConnection
  ) throws(RoutingFailure.AskingError) -> MapValue {
    do {
      // A router that has promised nothing is not waited for without end: others may know more.
      let seconds =
        connection.greeting.silenceSeconds == nil ? settings.options.connectTimeoutSeconds : nil
      let outcome =
        connection.version.hasRoute
        ? try connection.ask(route, timeoutSeconds: seconds) : try callProcedure(connection)
      switch outcome {
      case .success(let metadata): return metadata
      case .failure(let failure):
        throw RoutingTables.isFinal(code: failure.code)
          ? RoutingFailure.AskingError.final(failure) : .unhelpful(failure, wasReached: true)
      case .ignored:
        throw ConnectionProblem.protocolViolation("the request for a routing table was ignored")
      }
    } catch let error as RoutingFailure.AskingError {
      throw error
    } catch let problem as ConnectionProblem {
      throw .unhelpful(
        problem.failureOnLosing(connection.endpoint, .nothing), wasReached: true)
    } catch {
      throw .unhelpful(
        ConnectionProblem.protocolViolation("\(error)")
          .failureOnLosing(connection.endpoint, .nothing), wasReached: true)
    }
  }

  private var route: ClientMessage {
    var extra = MapValue()
    if !need.database.isEmpty { extra["db"] = .string(need.database) }
    if let user = need.impersonatedUser { extra["imp_user"] = .string(user) }
    return .route(
      context: settings.routingContext, bookmarks: need.bookmarks, extra: extra)
  }

  /// Before there was ROUTE, a procedure told the table.
  private func callProcedure(
    _ connection: BoltConnection
  ) throws(ConnectionProblem) -> ControlReply.Outcome {
    let database = need.database.isEmpty ? Value.null : .string(need.database)
    let parameters = MapValue([("context", .map(settings.routingContext)), ("database", database)])
    let statement = RemoteStatement(
      "CALL dbms.routing.getRoutingTable($context, $database)", parameters: parameters,
      transaction: TransactionOptions(), pageSize: nil)
    connection.submit(
      statement, parameters: parameters,
      extra: MapValue([("db", .string("system")), ("mode", .string("r"))]))
    try connection.drain()
    if let failure = statement.failure { return .failure(failure) }
    var row = MapValue()
    if let records = statement.take() {
      for (name, column) in zip(statement.columns, records.columns) { row[name] = column.first }
    }
    return .success(row)
  }

  private static func failure(
    _ problem: RoutingTable.Problem, _ endpoint: ServerEndpoint
  ) -> Failure {
    let reason =
      switch problem {
      case .malformed: "it cannot be read"
      case .noRouters: "it names nobody who could be asked again"
      case .noReaders: "it names nobody who answers statements that read"
      }
    return Failure(
      code: ConnectionProblem.unavailableCode,
      message: "The routing table of \(endpoint) is of no use: \(reason)")
  }
}
