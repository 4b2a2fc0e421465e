import Bolt
import Diagnostics
import GraphValues
import QuerySession
import ServerKit
import TestKit

/// What a recorded client wanted of its server, so that ours can want it of the same answers.
enum RecordedDeed {
  /// A statement, alone or within a transaction.
  case run(StatementRequest, RecordedResult)
  case begin(TransactionOptions)
  case commit
  case rollback
  /// Goes to another database; a FAILURE that this ends with.
  case use(String, failure: MapValue?)
}

/// What the server told of one statement.
struct RecordedResult {
  var columns: [String] = []
  var records: [[Value]] = []
  /// What the last page ended with.
  var end = MapValue()
  var failure: MapValue?
  /// Whether the client dropped what was left.
  var isDiscarded = false
  /// Whether the client stopped it.
  var isStopped = false
}

/// Turns a recorded connection into a script for a server, and into what the client is to do.
///
/// The requests that are expected are the recorded ones, put as our client puts them: its own order of
/// keys, the bookmarks of all earlier work on the same database, and a look at each database that it
/// goes to.
struct RecordedScript {
  private(set) var steps: [Step] = []
  private(set) var deeds: [RecordedDeed] = []
  /// The database that the first work wants; empty for the home database.
  private(set) var firstDatabase = ""
  /// Records asked for at a time.
  private(set) var fetchSize = 1000
  /// With what the client is not let in, or does not find its database.
  private(set) var connectFailure: MapValue?

  private let connection: RecordedConnection
  private let port: Int
  /// Answers to ROUTE by the database asked for, of the whole conversation.
  private let tables: [String: RecordedExchange]
  private let isRouting: Bool
  private let stop: @Sendable () -> Void
  private var database = ""
  private var routed: Set<String> = []
  private var bookmarks: [String: String] = [:]
  private var isInTransaction = false
  private var place = 0

  init(
    _ connection: RecordedConnection, port: Int, tables: [String: RecordedExchange],
    isRouting: Bool, stop: @escaping @Sendable () -> Void
  ) {
    self.connection = connection
    self.port = port
    self.tables = tables
    self.isRouting = isRouting
    self.stop = stop
    let first = connection.exchanges.lazy.compactMap { Self.database(of: $0.request) }.first
    // Who asked for a table of no database in particular was given the home database's name.
    firstDatabase = tables[""] == nil ? first ?? "" : ""
    for case .pull(let demand) in connection.exchanges.map(\.request) {
      // Those that ask for all at once are put into a group, which does the same.
      if let count = demand.count { fetchSize = count }
    }
    logIn()
    if connectFailure == nil { proceed() }
  }

  private var next: RecordedExchange? {
    place < connection.exchanges.count ? connection.exchanges[place] : nil
  }

  private static func database(of request: ClientMessage) -> String? {
    switch request {
    case .run(_, _, let extra), .begin(let extra):
      if case .string(let name)? = extra["db"] { name } else { "" }
    default: nil
    }
  }

  // MARK: Connecting

  private mutating func logIn() {
    steps = [.hello] + connection.handshake.map { .send($0) }
    if connection.handshake.count > 1 {
      steps.append(.bytes([0, 0, connection.version.minor, connection.version.major, 0]))
    }
    steps += [
      .dialect(PackStreamDialect(connection.version)), .client("HELLO …"), .client("LOGON …"),
    ]
    for exchange in connection.exchanges.prefix(2) { answer(exchange) }
    place = 2
    connectFailure = connection.exchanges[1].failure
    if connectFailure != nil { return steps.append(.close) }
    database = firstDatabase
    connectFailure = look(at: firstDatabase)
    if connectFailure != nil { steps += .goodbye }
  }

  /// The steps of going to a database; the FAILURE that this ends with.
  private mutating func look(at name: String) -> MapValue? {
    if isRouting, !routed.contains(name), let table = tables[name] {
      let asked = name.isEmpty ? "{}" : "{db: '\(name)'}"
      steps.append(
        .client("ROUTE {address: '127.0.0.1:\(port)'} \(bookmarksSeen(name)) \(asked)"))
      answer(table)
      if table.failure != nil { return table.failure }
      routed.formUnion([name, canonical(name)])
    }
    skipWhatOursDoesNotSend()
    guard case .run("CALL db.ping()", _, _)? = next?.request else {
      if let failing = next, failing.failure != nil, Self.isMissing(failing) {
        // The recorded client found out by the statement itself.
        return refusedLook(failing)
      }
      steps += .ping(canonical(name))
      return nil
    }
    let opening = connection.exchanges[place]
    let page = connection.exchanges[place + 1]
    place += 2
    if opening.failure != nil { return refusedLook(opening) }
    steps += [.client("RUN CALL db.ping() …"), .client("PULL …")]
    answer(opening)
    answer(page)
    note(page.success, of: name)
    return nil
  }

  /// The steps of a look at a database that fails as a recorded request did.
  private mutating func refusedLook(_ opening: RecordedExchange) -> MapValue? {
    steps += [.client("RUN CALL db.ping() …"), .client("PULL …")]
    answer(opening)
    steps += [.client("RESET"), .ignored, .success()]
    return opening.failure
  }

  private static func isMissing(_ exchange: RecordedExchange) -> Bool {
    exchange.failure?["neo4j_code"]?.asText == "Neo.ClientError.Database.DatabaseNotFound"
  }

  private func canonical(_ name: String) -> String { name.isEmpty ? "neo4j" : name }

  // MARK: Working

  private mutating func proceed() {
    skipWhatOursDoesNotSend()
    while let exchange = next {
      let wanted = isInTransaction ? nil : Self.database(of: exchange.request)
      if let wanted, canonical(wanted) != canonical(database) {
        let failure = look(at: wanted)
        deeds.append(.use(wanted, failure: failure))
        if failure == nil { database = wanted } else { skipStatement() }
      } else {
        perform(exchange)
      }
      skipWhatOursDoesNotSend()
    }
    steps += .goodbye
  }

  /// Passes over RESET between statements, which ours sends when something fails, over ROUTE, which it
  /// sends where it needs one, and over what the community's server refuses to anybody.
  private mutating func skipWhatOursDoesNotSend() {
    while let exchange = next {
      switch exchange.request {
      case .reset, .route, .goodbye: place += 1
      case .run(_, _, let extra) where extra["imp_user"] != nil: skipStatement()
      default: return
      }
    }
  }

  private mutating func skipStatement() {
    place += 1
    while case .pull? = next?.request { place += 1 }
  }

  private mutating func perform(_ exchange: RecordedExchange) {
    switch exchange.request {
    case .run(let text, let parameters, let extra): run(text, parameters, extra)
    case .begin(let extra):
      steps.append(.client("BEGIN \(Sample.text(expected(extra)))"))
      answer(exchange)
      deeds.append(.begin(Self.options(extra)))
      isInTransaction = true
      place += 1
    case .commit, .rollback:
      steps.append(.client(Step.text(of: exchange.request)))
      answer(exchange)
      if case .commit = exchange.request {
        deeds.append(.commit)
        note(exchange.success, of: database)
      } else {
        deeds.append(.rollback)
      }
      isInTransaction = false
      place += 1
    default: place += 1
    }
  }

  private mutating func run(_ text: String, _ parameters: MapValue, _ extra: MapValue) {
    let opening = connection.exchanges[place]
    place += 1
    var pages: [RecordedExchange] = []
    while let exchange = next {
      switch exchange.request {
      case .pull, .discard: pages.append(exchange)
      default: break
      }
      guard pages.last?.request.name == exchange.request.name else { break }
      place += 1
    }
    var result = RecordedResult()
    if case .reset? = next?.request,
      pages.last?.failure?["neo4j_code"]?.asText?
        .hasSuffix("Transaction.Terminated") == true
    {
      result.isStopped = true
    }
    let said = isInTransaction ? MapValue() : expected(extra)
    steps.append(.client("RUN \(text) \(Sample.text(parameters)) \(Sample.text(said))"))
    script(opening, pages, &result)
    var isGrouped = false
    if case .pull(let demand)? = pages.first?.request { isGrouped = demand.count == nil }
    deeds.append(
      .run(
        StatementRequest(
          text, parameters: parameters, isGrouped: isGrouped,
          transaction: isInTransaction ? TransactionOptions() : Self.options(extra)), result))
    if result.failure != nil {
      isInTransaction = false
    } else if !isInTransaction {
      note(result.end, of: database)
    }
  }

  /// What the server does once it has read RUN.
  private mutating func script(
    _ opening: RecordedExchange, _ pages: [RecordedExchange], _ result: inout RecordedResult
  ) {
    if let metadata = opening.success { result.columns = metadata.texts(under: "fields") }
    for (number, page) in pages.enumerated() {
      steps.append(.client(Step.text(of: page.request)))
      if case .discard = page.request { result.isDiscarded = true }
      if number == 0 { answer(opening) }
      if result.isStopped { steps += [.call(stop), .client("RESET")] }
      if number == 0, let failure = opening.failure {
        result.failure = failure
        steps += [.client("RESET"), .ignored, .success()]
        return
      }
      answer(page)
      for case .record(let values) in page.answers { result.records.append(values) }
      if let failure = page.failure {
        result.failure = failure
        steps += result.isStopped ? [.success()] : [.client("RESET"), .success()]
        return
      }
      result.end = page.success ?? result.end
    }
  }

  private mutating func answer(_ exchange: RecordedExchange) {
    for message in exchange.answers {
      if case .success(let metadata) = message, case .map(let table)? = metadata["rt"] {
        steps.append(.success(["rt": Sample(.map(table.readdressed(to: "127.0.0.1:\(port)")))]))
      } else {
        steps.append(.server(message))
      }
    }
  }

  // MARK: What our client says beside a statement

  private func expected(_ extra: MapValue) -> MapValue {
    var map = MapValue()
    let seen = bookmarksSeen(database)
    if !seen.isEmpty { map["bookmarks"] = .list(seen.map { .string($0) }) }
    for key in ["tx_timeout", "tx_metadata", "mode"] {
      if let value = extra[key], !value.isNull { map[key] = value }
    }
    let name = database.isEmpty && isRouting ? canonical(database) : database
    if !name.isEmpty { map["db"] = .string(name) }
    return map
  }

  private static func options(_ extra: MapValue) -> TransactionOptions {
    var options = TransactionOptions()
    if case .integer(let milliseconds)? = extra["tx_timeout"] {
      options.timeoutMilliseconds = milliseconds
    }
    if case .map(let notes)? = extra["tx_metadata"] { options.metadata = notes }
    if extra["mode"]?.asText == "r" { options.accessMode = .read }
    return options
  }

  private func bookmarksSeen(_ name: String) -> [String] {
    let own = bookmarks[canonical(name)].map { [$0] } ?? []
    guard canonical(name) != "system", let other = bookmarks["system"] else { return own }
    return own + [other]
  }

  private mutating func note(_ metadata: MapValue?, of name: String) {
    if let bookmark = metadata?["bookmark"]?.asText { bookmarks[canonical(name)] = bookmark }
  }
}

extension Value {
  /// The text that it is.
  var asText: String? { if case .string(let text) = self { text } else { nil } }
}

extension MapValue {
  /// The texts of a list.
  func texts(under key: String) -> [String] {
    guard case .list(let items)? = self[key] else { return [] }
    return items.compactMap(\.asText)
  }

  /// A routing table with one member in all roles.
  fileprivate func readdressed(to address: String) -> MapValue {
    var table = self
    if case .list(let roles)? = self["servers"] {
      table["servers"] = .list(
        roles.map { role in
          guard case .map(var map) = role else { return role }
          map["addresses"] = .list([.string(address)])
          return .map(map)
        })
    }
    return table
  }
}
