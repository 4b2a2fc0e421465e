import CypherSyntax
import Diagnostics
import QueryPlan

/// SHOW or TERMINATE with the RETURN behind it.
struct ListingStatement {
  var subject: Subject
  var yield: YieldClause?
  var predicate: AST.Expression?
  var returning: ReturnClause?
  var span: SourceSpan

  /// With the RETURN behind it.
  var wholeSpan: SourceSpan {
    SourceSpan(start: span.start, end: returning?.span.end ?? span.end)
  }

  enum Subject {
    case show(ShowSubject)
    case terminate([AST.Expression])
  }
}

extension AST.Query {
  /// The clauses of a query that begins with SHOW or TERMINATE; `nil` for any other.
  var commandClauses: [AST.Clause]? {
    guard case .single(let single) = kind else { return nil }
    let clauses = single.clauses.filter { !$0.isUse }
    switch clauses.first {
    case .show?, .terminate?: return single.clauses
    default: return nil
    }
  }
}

extension Binder {
  /// Binds SHOW … or TERMINATE … with what follows.
  mutating func bindListing(
    _ clauses: [AST.Clause], _ mode: BoundStatement.Mode
  ) throws(Failure) -> BoundStatement {
    let (listing, others) = try split(clauses)
    if case .show(let subject) = listing.subject, subject.isAdministrative,
      let use = clauses.first(where: \.isUse)
    {
      throw useRefused(at: use.span.start)
    }
    for case .use(let use) in clauses { try noteGraph(use, .statement) }
    if case .show(let subject) = listing.subject, subject.isUnsupported {
      return statement(
        mode,
        .command(.administer(.unsupported(source(listing.wholeSpan)), columns: []), tail: nil),
        [], updates: false)
    }
    let offered = listing.subject.columns
    var columns: [ListingColumn] = []
    var types: [String: StaticType] = [:]
    for column in offered {
      let type = StaticType(of: column.type)
      types[column.name] = type
      columns.append(ListingColumn(name: column.name, slot: newSlot(column.name, type)))
    }
    let command = try bindListingCommand(listing.subject, columns)
    var clausesOut: [Bound.Clause] = []
    var result = try bindListed(
      listing, offered, columns, types, &clausesOut,
      isReturn: listing.returning == nil && others.isEmpty)
    for (place, other) in others.enumerated() {
      result += try bind(
        other, isReturn: listing.returning == nil && place == others.count - 1, &clausesOut)
    }
    starOrder = result.map(\.name)
    if let returning = listing.returning {
      let projected = try bindProjection(
        returning.projection, predicate: nil,
        ProjectionPlace(clause: "RETURN", offset: returning.span.start, isReturn: true))
      clausesOut.append(.project(projected.projection))
      result = projected.columns
    }
    let tail = BoundQuery(arms: [Bound.SingleQuery(clauses: clausesOut)], columns: result)
    return statement(mode, .command(command, tail: tail), result, updates: false)
  }

  /// The first command, with the RETURN at the end, and those behind it.
  private func split(
    _ clauses: [AST.Clause]
  ) throws(Failure) -> (first: ListingStatement, others: [ListingStatement]) {
    var listings: [ListingStatement] = []
    var returning: ReturnClause?
    for clause in clauses where !clause.isUse {
      guard returning == nil else { throw useRefused() }
      if case .returning(let last) = clause, !listings.isEmpty {
        returning = last
      } else {
        listings.append(try listing(clause))
      }
    }
    guard var first = listings.first else { throw useRefused() }
    if listings.count > 1 { for listing in listings { try checkCombined(listing) } }
    first.returning = returning
    return (first, Array(listings.dropFirst()))
  }

  private func listing(_ clause: AST.Clause) throws(Failure) -> ListingStatement {
    switch clause {
    case .show(let show):
      return ListingStatement(
        subject: .show(show.subject), yield: show.yield, predicate: show.predicate,
        span: show.span)
    case .terminate(let terminate):
      if let predicate = terminate.predicate { throw terminateWhere(predicate) }
      return ListingStatement(
        subject: .terminate(terminate.ids), yield: terminate.yield, predicate: nil,
        span: terminate.span)
    default: throw useRefused()
    }
  }

  /// Binds a command that runs for each row of those before it, and what it yields beside theirs.
  private mutating func bind(
    _ listing: ListingStatement, isReturn: Bool, _ clauses: inout [Bound.Clause]
  ) throws(Failure) -> [ResultColumn] {
    let offered = listing.subject.columns
    var columns: [ListingColumn] = []
    var types: [String: StaticType] = [:]
    for column in offered {
      types[column.name] = StaticType(of: column.type)
      columns.append(
        ListingColumn(
          name: column.name, slot: newSlot(column.name, types[column.name] ?? .any)))
    }
    let command = try bindListingCommand(listing.subject, columns)
    let signature = ProcedureSignature(
      name: words(of: listing), inputs: [],
      outputs: offered.map { .init(name: $0.name, type: $0.type) }, mode: .dbms)
    let asked = Set(listing.yield?.items.map(\.column.text) ?? [])
    var call = ProcedureCall(
      signature: signature, arguments: command.ids.map { [$0] } ?? [],
      yields: columns.filter { asked.contains($0.name) }.map {
        .init(column: $0.name, slot: $0.slot)
      })
    call.listing = command
    clauses.append(.callProcedure(call))
    return try bindListed(listing, offered, columns, types, &clauses, isReturn: isReturn)
  }

  private func words(of listing: ListingStatement) -> String {
    source(listing.span).split(separator: " ").prefix(2).joined(separator: " ").uppercased()
  }

  private func useRefused(at offset: Int = 0) -> Failure {
    Failure(
      code: "Neo.ClientError.Statement.SyntaxError",
      message:
        "The `USE` clause is not required for administration commands. Retry your query without the `USE` clause, and it will be routed automatically.",
      gqlStatus: "42N79",
      gqlDescription:
        "syntax error or access rule violation - invalid USE clause. The USE clause is not required for administration commands. Retry the query without the USE clause, and it will be routed automatically.",
      position: SourcePosition(ofByte: offset, in: text))
  }

  private func terminateWhere(_ predicate: AST.Expression) -> Failure {
    let message =
      "`WHERE` is not allowed by itself, please use `TERMINATE TRANSACTION ... YIELD ... WHERE ...` instead"
    return Failure(
      code: "Neo.ClientError.Statement.SyntaxError", message: message, gqlStatus: "42N84",
      gqlDescription:
        "syntax error or access rule violation - TERMINATE TRANSACTION misses YIELD clause. WHERE clause without YIELD clause. Use 'TERMINATE TRANSACTION ... YIELD ... WHERE ...'.",
      position: SourcePosition(ofByte: wordBefore(predicate.span.start), in: text))
  }

  /// Where the word before a place begins.
  func wordBefore(_ offset: Int) -> Int {
    func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }
    var end = min(max(offset, 0), bytes.count)
    while end > 0, !isLetter(bytes[end - 1]) { end -= 1 }
    var start = end
    while start > 0, isLetter(bytes[start - 1]) { start -= 1 }
    return start
  }

  /// Checks a command that stands beside others.
  private func checkCombined(_ listing: ListingStatement) throws(Failure) {
    let head =
      "When combining `\(words(of: listing))` with other show and/or terminate commands, "
    guard let yield = listing.yield else {
      let text = head + "`YIELD` is mandatory."
      throw Failure(
        code: "Neo.ClientError.Statement.SyntaxError", message: text, gqlStatus: "22N93",
        gqlDescription: "data exception - missing YIELD clause. \(text)")
    }
    if yield.includesAll {
      let text = head + "`YIELD *` isn't permitted."
      throw Failure(
        code: "Neo.ClientError.Statement.SyntaxError", message: text, gqlStatus: "22N94",
        gqlDescription: "data exception - invalid YIELD *. \(text)",
        position: SourcePosition(ofByte: yield.span.start, in: self.text))
    }
  }

  /// The projection of YIELD, of WHERE, or of the columns shown without either.
  private mutating func bindListed(
    _ listing: ListingStatement, _ offered: [ListingCatalogue.Column], _ columns: [ListingColumn],
    _ types: [String: StaticType], _ clauses: inout [Bound.Clause], isReturn: Bool
  ) throws(Failure) -> [ResultColumn] {
    var shown: [(name: String, slot: Slot)] = []
    let declared = scope.names
    // What commands before this one yield stays.
    var items = scope.sortedNames.compactMap { scope[$0]?.slot }.map {
      Bound.Projection.Item(slot: $0, expression: .variable($0))
    }
    if let yield = listing.yield, !yield.includesAll {
      for item in yield.items {
        guard let column = columns.first(where: { $0.name == item.column.text }) else {
          if listing.subject.listsUsers {
            throw undefinedVariable(item.column.text, at: item.column.span.start)
          }
          throw noSuchColumn(item.column, offered)
        }
        let name = item.alias ?? item.column
        if declared.contains(name.text) { throw alreadyDeclared(name.text, at: name.span.start) }
        if shown.contains(where: { $0.name == name.text }) {
          if item.alias == nil, scope[name.text]?.slot == column.slot { continue }
          throw alreadyDeclared(name.text, at: name.span.start)
        }
        let type = types[column.name] ?? .any
        let slot = item.alias == nil ? column.slot : newSlot(name.text, type)
        shown.append((name.text, slot))
        items.append(Bound.Projection.Item(slot: slot, expression: .variable(column.slot)))
        scope[name.text] = Variable(slot: slot, type: type, origin: .clause)
      }
    } else {
      for (column, spec) in zip(columns, offered) where listing.yield != nil || spec.isDefault {
        shown.append((column.name, column.slot))
        items.append(Bound.Projection.Item(slot: column.slot, expression: .variable(column.slot)))
        let type = types[column.name] ?? .any
        scope[column.name] = Variable(slot: column.slot, type: type, origin: .clause)
      }
    }
    var projection = Bound.Projection(items: items, isReturn: isReturn)
    if let yield = listing.yield {
      let place = ProjectionPlace(clause: "YIELD", offset: yield.span.start)
      try bindOrder(yield.order, &projection, ProjectionDraft(), place)
      projection.skip = try bindPage("SKIP", yield.skip)
      projection.limit = try bindPage("LIMIT", yield.limit)
    }
    if let predicate = listing.yield?.predicate ?? listing.predicate {
      projection.predicate = try bindCondition(predicate).expression
    }
    clauses.append(.project(projection))
    return shown.map { ResultColumn(name: $0.name, slot: $0.slot) }
  }

  private func noSuchColumn(_ name: Name, _ offered: [ListingCatalogue.Column]) -> Failure {
    let names = offered.map(\.name).sorted().map { "'\($0)'" }
    let list = names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
    return syntaxError(
      "Trying to YIELD non-existing column: `\(name.text)`", at: name.span.start,
      CauseText(
        code: "22N04", name: "invalid input value",
        text: "Invalid input '\(name.text)' for column name. Expected \(list)."))
  }

  private mutating func bindListingCommand(
    _ subject: ListingStatement.Subject, _ columns: [ListingColumn]
  ) throws(Failure) -> Command {
    switch subject {
    case .terminate(let ids):
      return .terminateTransactions(
        ids: try bindStrings(ids) ?? .list([]), columns: columns)
    case .show(let subject): return .show(try bindListing(subject), columns: columns)
    }
  }

  private mutating func bindListing(_ subject: ShowSubject) throws(Failure) -> ShowListing {
    switch subject {
    case .indexes(let type): .indexes(type?.bound)
    case .constraints(let filter): .constraints(filter.kind.bound, filter.entity?.bound)
    case .functions(let filter, _): .functions(filter.bound)
    case .procedures: .procedures
    case .settings(let names): .settings(names: try bindStrings(names))
    case .transactions(let ids): .transactions(ids: try bindStrings(ids))
    case .databases(let name): .databases(name.map { .named(bindName($0)) } ?? .all)
    case .defaultDatabase: .databases(.standard)
    case .homeDatabase: .databases(.home)
    case .currentUser: .users(currentOnly: true, withAuth: false)
    case .users(let withAuth): .users(currentOnly: false, withAuth: withAuth)
    case .aliases(let name): .aliases(name: name.map { bindName($0) })
    case .roles, .privileges, .supportedPrivileges, .servers, .currentGraphType:
      .users(currentOnly: false, withAuth: false)
    }
  }

  /// Strings in the text as a list, or the one expression that gives them.
  private mutating func bindStrings(
    _ expressions: [AST.Expression]
  ) throws(Failure) -> Bound.Expression? {
    var bound: [Bound.Expression] = []
    for expression in expressions { bound.append(try bindExpression(expression)) }
    if bound.isEmpty { return nil }
    return bound.count == 1 ? bound[0] : .list(bound)
  }
}

extension ListingStatement.Subject {
  fileprivate var listsUsers: Bool {
    switch self {
    case .show(.users), .show(.currentUser): true
    default: false
    }
  }

  fileprivate var columns: [ListingCatalogue.Column] {
    switch self {
    case .terminate: ListingCatalogue.terminated
    case .show(let subject): subject.columns
    }
  }
}

extension ShowSubject {
  fileprivate var columns: [ListingCatalogue.Column] {
    switch self {
    case .indexes: ListingCatalogue.indexes
    case .constraints: ListingCatalogue.constraints
    case .functions: ListingCatalogue.functions
    case .procedures: ListingCatalogue.procedures
    case .settings: ListingCatalogue.settings
    case .transactions: ListingCatalogue.transactions
    case .databases: ListingCatalogue.databases
    case .defaultDatabase, .homeDatabase: ListingCatalogue.oneDatabase
    case .users(let withAuth):
      withAuth ? ListingCatalogue.usersWithAuth : ListingCatalogue.users
    case .currentUser: ListingCatalogue.currentUser
    case .aliases: ListingCatalogue.aliases
    case .roles, .privileges, .supportedPrivileges, .servers, .currentGraphType: []
    }
  }

  /// Whether it is routed to the `system` database.
  fileprivate var isAdministrative: Bool {
    switch self {
    case .databases, .defaultDatabase, .homeDatabase, .aliases, .users, .currentUser, .roles,
      .privileges, .supportedPrivileges, .servers:
      true
    default: false
    }
  }

  /// Whether it is a listing that this product does not offer.
  fileprivate var isUnsupported: Bool {
    switch self {
    case .roles, .privileges, .supportedPrivileges, .servers, .currentGraphType: true
    default: false
    }
  }
}

extension ConstraintFilter.Kind {
  fileprivate var bound: ShowListing.ConstraintFilter? {
    switch self {
    case .all: nil
    case .unique, .propertyUnique: .unique
    case .key: .key
    case .existence: .existence
    case .propertyType: .propertyType
    }
  }
}

extension CreateConstraint.Entity {
  fileprivate var bound: SchemaEntity { self == .node ? .node : .relationship }
}

extension FunctionFilter {
  fileprivate var bound: ShowListing.FunctionFilter? {
    switch self {
    case .all: nil
    case .builtIn: .builtIn
    case .userDefined: .userDefined
    }
  }
}
