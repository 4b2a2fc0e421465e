import Diagnostics

extension Parser {
  /// `SHOW subject [YIELD … | WHERE …]`.
  mutating func show() throws(SyntaxAbort) -> ShowClause {
    let first = index
    advance()
    let subject = try showSubject()
    try refuseOldWords(subject, first)
    var clause = ShowClause(subject: subject, yield: nil, predicate: nil, span: here)
    if at(.yield) {
      clause.yield = try yieldClause(hasPage: true)
    } else if accept(.where) {
      clause.predicate = try expression()
    }
    clause.span = spanFrom(first)
    return clause
  }

  /// `TERMINATE TRANSACTIONS ids [YIELD …]`.
  mutating func terminate() throws(SyntaxAbort) -> TerminateClause {
    let first = index
    advance()
    try expectAny(.transaction, .transactions)
    if index == collectAt { expected.formUnion(["a string", "an expression"]) }
    var clause = TerminateClause(ids: try idList(), yield: nil, predicate: nil, span: here)
    if clause.ids.isEmpty { throw SyntaxAbort() }
    if at(.yield) {
      clause.yield = try yieldClause(hasPage: true)
    } else if accept(.where) {
      clause.predicate = try expression()
    }
    clause.span = spanFrom(first)
    return clause
  }

  private mutating func refuseOldWords(_ subject: ShowSubject, _ first: Int) throws(SyntaxAbort) {
    let command: String
    switch subject {
    case .indexes: command = "SHOW INDEXES"
    case .constraints: command = "SHOW CONSTRAINTS"
    default: return
    }
    if version == .cypher5, index == collectAt { expected.formUnion(["'BRIEF'", "'VERBOSE'"]) }
    guard version == .cypher5, isAt(.brief) || isAt(.verbose) else { return }
    throw abort(
      SyntaxFailures.oldSyntax(
        "`\(command)` no longer allows the `BRIEF` and `VERBOSE` keywords,\nplease omit `BRIEF` and use `YIELD *` instead of `VERBOSE`."
      ), at: here)
  }

  private mutating func showSubject() throws(SyntaxAbort) -> ShowSubject {
    if index == collectAt { noteSubjects() }
    guard token.kind == .name, let keyword = token.keyword else { throw SyntaxAbort() }
    switch keyword {
    case .all:
      advance()
      return try allSubject()
    case .index, .indexes, .range, .text, .point, .lookup, .fulltext, .vector, .btree:
      return try indexSubject()
    case .constraint, .constraints, .unique, .uniqueness, .node, .rel, .relationship, .exist,
      .existence, .exists, .property, .key:
      return .constraints(try constraintFilter())
    case .function, .functions, .built,
      .user where peek(1).keyword == .defined:
      return try functionSubject()
    case .procedure, .procedures:
      advance()
      return .procedures(executable: try executable())
    case .setting, .settings:
      advance()
      return .settings(try idList())
    case .transaction, .transactions:
      advance()
      return .transactions(try idList())
    default:
      return try administrationSubject(keyword)
    }
  }

  private mutating func noteSubjects() {
    expected.formUnion([
      "'ALIAS'", "'ALIASES'", "'ALL'", "'BTREE'", "'CONSTRAINT'", "'CONSTRAINTS'", "'DATABASE'",
      "'DEFAULT DATABASE'", "'HOME DATABASE'", "'DATABASES'", "'EXIST'", "'EXISTENCE'",
      "'EXISTS'", "'FULLTEXT'", "'FUNCTION'", "'FUNCTIONS'", "'BUILT IN'", "'INDEX'",
      "'INDEXES'", "'KEY'", "'LOOKUP'", "'NODE'", "'POINT'", "'POPULATED'", "'PRIVILEGE'",
      "'PRIVILEGES'", "'PROCEDURE'", "'PROCEDURES'", "'PROPERTY'", "'RANGE'", "'REL'",
      "'RELATIONSHIP'", "'ROLE'", "'ROLES'", "'SERVER'", "'SERVERS'", "'SETTING'", "'SETTINGS'",
      "'SUPPORTED'", "'TEXT'", "'TRANSACTION'", "'TRANSACTIONS'", "'UNIQUE'", "'UNIQUENESS'",
      "'USER'", "'CURRENT USER'", "'USERS'", "'VECTOR'",
    ])
    if version >= .cypher25 {
      expected.subtract(["'BTREE'", "'EXISTS'", "'CURRENT USER'"])
      expected.formUnion(["'AUTH'", "'CURRENT'"])
    }
  }

  private mutating func allSubject() throws(SyntaxAbort) -> ShowSubject {
    switch token.keyword {
    case .index, .indexes: return try indexSubject()
    case .constraint, .constraints: return .constraints(try constraintFilter())
    case .function, .functions: return try functionSubject()
    case .role, .roles:
      advance()
      return .roles(isPopulated: false, withUsers: try withUsers())
    case .privilege, .privileges: return try privileges(.all)
    default: throw SyntaxAbort()
    }
  }

  private mutating func indexSubject() throws(SyntaxAbort) -> ShowSubject {
    var type: IndexType?
    if !isAt(.index), !isAt(.indexes) {
      if isAt(.btree) {
        guard version < .cypher25 else { throw SyntaxAbort() }
        throw abort(
          SyntaxFailures.oldSyntax(
            "Invalid index type b-tree, please omit the `BTREE` filter."), at: here)
      }
      type = token.keyword.flatMap { IndexType(rawValue: $0.text) }
      advance()
    }
    try expectAny(.index, .indexes)
    return .indexes(type)
  }

  private mutating func constraintFilter() throws(SyntaxAbort) -> ConstraintFilter {
    if isAt(.exists) {
      guard version < .cypher25 else { throw SyntaxAbort() }
      throw abort(
        SyntaxFailures.oldSyntax(
          "`SHOW CONSTRAINTS` no longer allows the `EXISTS` keyword, please use `EXIST` or `PROPERTY EXISTENCE` instead."
        ), at: here)
    }
    var filter = ConstraintFilter(kind: .all, entity: nil)
    if let word = acceptAny(.node, .relationship, .rel) {
      filter.entity = word == .node ? .node : .relationship
    }
    let hasProperty = accept(.property)
    if acceptAny(.unique, .uniqueness) != nil {
      filter.kind = hasProperty ? .propertyUnique : .unique
    } else if acceptAny(.exist, .existence) != nil {
      filter.kind = .existence
    } else if hasProperty {
      try expect(.type)
      filter.kind = .propertyType
    } else if accept(.key) {
      filter.kind = .key
    } else if filter.entity != nil {
      throw SyntaxAbort()
    }
    try expectAny(.constraint, .constraints)
    return filter
  }

  private mutating func functionSubject() throws(SyntaxAbort) -> ShowSubject {
    var filter = FunctionFilter.all
    if accept(.built) {
      try expect(.in)
      filter = .builtIn
    } else if accept(.user) {
      try expect(.defined)
      filter = .userDefined
    }
    try expectAny(.function, .functions)
    return .functions(filter, executable: try executable())
  }

  private mutating func executable() throws(SyntaxAbort) -> ExecutableBy? {
    if !isAt(.function), isAt(.execute) { return nil }
    guard accept(.executable) else { return nil }
    guard accept(.by) else { return .currentUser }
    if isAt(.current), peek(1).keyword == .user {
      advance()
      advance()
      return .currentUser
    }
    return .user(try name())
  }

  /// Strings or expressions with commas between them; none where the command ends.
  private mutating func idList() throws(SyntaxAbort) -> [Expression] {
    switch token.kind {
    case .endOfText, .semicolon, .rightBrace: return []
    case .name:
      switch token.keyword {
      case .yield, .where, .return, .show, .terminate, .union, .next, .match, .with, .call:
        return []
      default: break
      }
    default: break
    }
    var ids = [try expression()]
    while accept(.comma) { ids.append(try expression()) }
    return ids
  }

  // MARK: - Administration

  private mutating func administrationSubject(_ keyword: Keyword) throws(SyntaxAbort)
    -> ShowSubject
  {
    advance()
    switch keyword {
    case .database, .databases:
      return .databases(try optionalName())
    case .default, .home:
      try expect(.database)
      return keyword == .default ? .defaultDatabase : .homeDatabase
    case .alias, .aliases:
      let name = isAt(.for) && peek(1).kind == .name ? nil : try nameOrParameter()
      try expect(.for)
      try expectAny(.database, .databases)
      return .aliases(name)
    case .users: return .users(withAuth: try withAuth())
    case .user: return try userSubject()
    case .current: return try currentSubject()
    case .role, .roles:
      if let names = try grantees(), isAt(.privilege) || isAt(.privileges) {
        return try privileges(.roles(names))
      }
      return .roles(isPopulated: false, withUsers: try withUsers())
    case .populated:
      try expectAny(.role, .roles)
      return .roles(isPopulated: true, withUsers: try withUsers())
    case .privilege, .privileges:
      index -= 1
      return try privileges(.all)
    case .supported:
      try expectAny(.privilege, .privileges)
      return .supportedPrivileges
    case .server, .servers: return .servers
    default:
      index -= 1
      throw SyntaxAbort()
    }
  }

  private mutating func currentSubject() throws(SyntaxAbort) -> ShowSubject {
    if version >= .cypher25, accept(.graph) {
      try expect(.type)
      return .currentGraphType
    }
    try expect(.user)
    return .currentUser
  }

  private mutating func userSubject() throws(SyntaxAbort) -> ShowSubject {
    if isAt(.privilege) || isAt(.privileges) { return try privileges(.users([])) }
    if let names = try grantees() {
      guard at(.privilege) || at(.privileges) else { throw SyntaxAbort() }
      return try privileges(.users(names))
    }
    return .users(withAuth: try withAuth())
  }

  /// Names before `PRIVILEGES`; `nil` where the command goes on otherwise.
  private mutating func grantees() throws(SyntaxAbort) -> [NameOrParameter]? {
    switch token.kind {
    case .parameter, .quotedName: break
    case .name:
      switch token.keyword {
      case .yield, .where, .with, .return, .privilege, .privileges: return nil
      default: break
      }
    default: return nil
    }
    var names = [try nameOrParameter()]
    told[index] = ["'PRIVILEGE'", "'PRIVILEGES'"]
    while accept(.comma) { names.append(try nameOrParameter()) }
    return names
  }

  private mutating func optionalName() throws(SyntaxAbort) -> NameOrParameter? {
    switch token.kind {
    case .parameter, .quotedName: return try nameOrParameter()
    case .name:
      switch token.keyword {
      case .yield, .where, .return: return nil
      default: return try nameOrParameter()
      }
    default: return nil
    }
  }

  private mutating func withAuth() throws(SyntaxAbort) -> Bool {
    guard accept(.with) else { return false }
    try expect(.auth)
    return true
  }

  private mutating func withUsers() throws(SyntaxAbort) -> Bool {
    guard accept(.with) else { return false }
    try expectAny(.user, .users)
    return true
  }

  private mutating func privileges(_ filter: PrivilegeFilter) throws(SyntaxAbort) -> ShowSubject {
    try expectAny(.privilege, .privileges)
    guard accept(.as) else { return .privileges(filter, asCommands: false, asRevoke: false) }
    let isRevoke = accept(.revoke)
    try expect(.commands)
    return .privileges(filter, asCommands: true, asRevoke: isRevoke)
  }
}
