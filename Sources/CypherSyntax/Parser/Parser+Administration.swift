import Diagnostics

extension Parser {
  /// A command on databases, users and the like; `nil`, with nothing read, where none begins.
  mutating func administrationCommand(
    use: UseClause?, first: Int
  ) throws(SyntaxAbort) -> AdministrationCommand? {
    guard token.kind == .name, let keyword = token.keyword else { return nil }
    let kind: AdministrationCommand.Kind?
    switch keyword {
    case .create: kind = try createCommand()
    case .drop: kind = try dropCommand()
    case .alter: kind = try alterCommand()
    case .rename: kind = try renameCommand()
    case .start, .stop:
      advance()
      try expect(.database)
      let name = try nameOrParameter("a database name")
      let waiting = try waiting()
      kind = keyword == .start ? .startDatabase(name, waiting) : .stopDatabase(name, waiting)
    case .grant, .deny, .revoke: kind = try privilegeCommand(keyword)
    case .enable, .deallocate, .reallocate, .dryrun: kind = skip(.server)
    case .define where version >= .cypher25: kind = skip(.define)
    default: kind = nil
    }
    guard let kind else { return nil }
    return AdministrationCommand(kind: kind, use: use, span: spanFrom(first))
  }

  /// GRANT, DENY and REVOKE: only the first word of what is granted is read.
  private mutating func privilegeCommand(
    _ keyword: Keyword
  ) throws(SyntaxAbort) -> AdministrationCommand.Kind {
    advance()
    if keyword == .revoke, isAt(.grant) || isAt(.deny) { advance() }
    let words: Set<String> = [
      "ACCESS", "ALIAS", "ALL", "ALTER", "ASSIGN", "COMPOSITE", "CONSTRAINT", "CONSTRAINTS",
      "CREATE", "DATABASE", "DELETE", "DROP", "EXECUTE", "IMMUTABLE", "IMPERSONATE", "INDEX",
      "INDEXES", "MATCH", "MERGE", "NAME", "LOAD", "WRITE", "PRIVILEGE", "READ", "REMOVE",
      "RENAME", "ROLE", "ROLES", "SERVER", "SET", "SHOW", "START", "STOP", "TERMINATE",
      "TRANSACTION", "TRAVERSE", "USER",
    ]
    if index == collectAt {
      let shown = words.map { $0 == "LOAD" || $0 == "WRITE" ? "'\($0) ON'" : "'\($0)'" }
      expected.formUnion(shown)
    }
    guard token.kind == .name, words.contains(text(of: index).uppercased()) else {
      throw SyntaxAbort()
    }
    return skip(keyword == .grant ? .grant : keyword == .deny ? .deny : .revoke)
  }

  /// Takes in the rest of a command that is not read further.
  private mutating func skip(_ command: Unsupported) -> AdministrationCommand.Kind {
    while !isAt(.endOfText), !isAt(.semicolon) {
      fix(index)
      advance()
    }
    return .unsupported(command)
  }

  private mutating func createCommand() throws(SyntaxAbort) -> AdministrationCommand.Kind? {
    let orReplace = peek(1).keyword == .or && peek(2).keyword == .replace
    let offset = orReplace ? 3 : 1
    let word = peek(offset)
    guard word.kind == .name, peek(offset + 1).kind != .equal else {
      noteCreateWords()
      return nil
    }
    switch word.keyword {
    case .database, .composite, .alias, .user: break
    case .role, .immutable: return skip(.createRole)
    default:
      noteCreateWords()
      return nil
    }
    for _ in 0..<offset { advance() }
    switch word.keyword {
    case .alias: return .createAlias(try createAlias(orReplace))
    case .user: return .createUser(try createUser(orReplace))
    default: return .createDatabase(try createDatabase(orReplace))
    }
  }

  /// What may stand behind CREATE, for the failure that the clause's parser will meet there.
  private mutating func noteCreateWords() {
    guard index + 1 == collectAt else { return }
    expected.formUnion([
      "'ALIAS'", "'CONSTRAINT'", "'DATABASE'", "'COMPOSITE DATABASE'", "'IMMUTABLE'", "'INDEX'",
      "'BTREE INDEX'",
      "'FULLTEXT INDEX'", "'LOOKUP INDEX'", "'POINT INDEX'", "'RANGE INDEX'", "'TEXT INDEX'",
      "'VECTOR INDEX'", "'OR REPLACE'", "'ROLE'", "'USER'",
    ])
    if version >= .cypher25 {
      expected.remove("'BTREE INDEX'")
      expected.formUnion(["'AUTH RULE'", "'REPLICA DATABASE'"])
    }
  }

  private mutating func dropCommand() throws(SyntaxAbort) -> AdministrationCommand.Kind? {
    advance()
    if accept(.alias) {
      let name = try nameOrParameter()
      let ifExists = try ifExists()
      try expect(.for)
      try expect(.database)
      return .dropAlias(name: name, ifExists: ifExists)
    }
    if index == collectAt { expected.formUnion(["'CONSTRAINT'", "'INDEX'"]) }
    if version >= .cypher25 { note("'AUTH RULE'") }
    if at(.composite) || at(.database) { return .dropDatabase(try dropDatabase()) }
    if at(.role) { return skip(.dropRole) }
    if at(.server) { return skip(.server) }
    try expect(.user)
    let name = try nameOrParameter()
    return .dropUser(name: name, ifExists: try ifExists())
  }

  private mutating func alterCommand() throws(SyntaxAbort) -> AdministrationCommand.Kind? {
    advance()
    if accept(.alias) { return .alterAlias(try alterAlias()) }
    note(version < .cypher25 ? "'CURRENT USER SET PASSWORD FROM'" : "'CURRENT'")
    if isAt(.current) {
      advance()
      if version >= .cypher25, isAt(.graph) { return try graphType() }
      try expect(.user)
      try expect(.set)
      try expect(.password)
      try expect(.from)
      let old = try stringOrParameter()
      try expect(.to)
      return .setOwnPassword(old: old, new: try stringOrParameter())
    }
    if accept(.database) { return .alterDatabase(try alterDatabase()) }
    if at(.server) { return skip(.server) }
    if version >= .cypher25, index == collectAt { expected.formUnion(["'AUTH RULE'", "'USERS'"]) }
    try expect(.user)
    return .alterUser(try alterUser())
  }

  private mutating func graphType() throws(SyntaxAbort) -> AdministrationCommand.Kind {
    advance()
    try expect(.type)
    switch token.keyword {
    case .set: return skip(.graphTypeSet)
    case .add: return skip(.graphTypeAdd)
    case .alter: return skip(.graphTypeAlter)
    case .drop: return skip(.graphTypeDrop)
    default: throw SyntaxAbort()
    }
  }

  private mutating func renameCommand() throws(SyntaxAbort) -> AdministrationCommand.Kind? {
    advance()
    if at(.role) { return skip(.renameRole) }
    if at(.server) { return skip(.server) }
    try expect(.user)
    let name = try nameOrParameter()
    let ifExists = try ifExists()
    try expect(.to)
    return .renameUser(from: name, ifExists: ifExists, to: try nameOrParameter())
  }

  /// `WAIT [n [SECONDS]]`, `NOWAIT`.
  private mutating func waiting() throws(SyntaxAbort) -> Waiting? {
    if accept(.nowait) { return .noWait }
    guard accept(.wait) else { return nil }
    guard at(.integerLiteral), let seconds = unsignedInteger() else { return .wait(seconds: nil) }
    _ = acceptAny(.sec, .second, .seconds)
    return .wait(seconds: Int64(clamping: seconds))
  }

  /// A string literal or a parameter.
  mutating func stringOrParameter() throws(SyntaxAbort) -> Expression {
    if let parameter = parameter() {
      return Expression(.parameter(parameter), span: parameter.span)
    }
    note("a string")
    guard isAt(.stringLiteral) else { throw SyntaxAbort() }
    return try atom()
  }

  // MARK: - Databases

  private mutating func createDatabase(_ orReplace: Bool) throws(SyntaxAbort) -> CreateDatabase {
    let isComposite = accept(.composite)
    try expect(.database)
    let name = try nameOrParameter("a database name")
    var command = CreateDatabase(
      orReplace: orReplace, isComposite: isComposite, name: name, ifNotExists: try ifNotExists(),
      hasTopology: false, defaultLanguage: nil, options: nil, waiting: nil)
    command.defaultLanguage = try defaultLanguage()
    if isAt(.set), peek(1).keyword == .topology || peek(1).keyword == .default {
      advance()
      command.defaultLanguage = try defaultLanguage() ?? command.defaultLanguage
    }
    if accept(.topology) {
      try topology()
      command.hasTopology = true
    }
    if accept(.options) { command.options = try mapOrParameter() }
    command.waiting = try waiting()
    return command
  }

  private mutating func defaultLanguage() throws(SyntaxAbort) -> Name? {
    note("'DEFAULT LANGUAGE CYPHER'")
    guard isAt(.default) else { return nil }
    advance()
    try expect(.language)
    try expect(.cypher)
    guard at(.integerLiteral) else { throw SyntaxAbort() }
    let version = Name(text(of: index), span: here)
    fix(index)
    advance()
    return version
  }

  private mutating func topology() throws(SyntaxAbort) {
    repeat {
      if parameter() == nil {
        guard at(.integerLiteral), unsignedInteger() != nil else { throw SyntaxAbort() }
      }
      try expectAny(.primary, .primaries, .secondary, .secondaries)
    } while at(.integerLiteral) || at(.parameter)
  }

  private mutating func dropDatabase() throws(SyntaxAbort) -> DropDatabase {
    let isComposite = accept(.composite)
    try expect(.database)
    var command = DropDatabase(
      isComposite: isComposite, name: try nameOrParameter("a database name"),
      ifExists: try ifExists(),
      aliasAction: nil, dataAction: nil, waiting: nil)
    if accept(.restrict) {
      command.aliasAction = .restrict
    } else if accept(.cascade) {
      try expectAny(.alias, .aliases)
      command.aliasAction = .cascade
    }
    if let word = acceptAny(.dump, .destroy) {
      try expect(.data)
      command.dataAction = word == .dump ? .dump : .destroy
    }
    command.waiting = try waiting()
    return command
  }

  private mutating func alterDatabase() throws(SyntaxAbort) -> AlterDatabase {
    var command = AlterDatabase(
      name: try nameOrParameter("a database name"), ifExists: try ifExists(), actions: [],
      waiting: nil)
    note("'REMOVE OPTION'")
    while at(.set) || isAt(.remove) {
      let isSet = isAt(.set)
      advance()
      if !isSet {
        try expect(.option)
        command.actions.append(.removeOption(try name()))
      } else {
        command.actions.append(try databaseAction())
      }
    }
    if command.actions.isEmpty { throw SyntaxAbort() }
    command.waiting = try waiting()
    return command
  }

  private mutating func databaseAction() throws(SyntaxAbort) -> AlterDatabase.Action {
    if accept(.access) {
      try expect(.read)
      let isReadOnly = token.kind == .name && text(of: index).uppercased() == "ONLY"
      if index == collectAt { expected.insert("'ONLY'") }
      if isReadOnly { advance() } else { try expect(.write) }
      return .access(isReadOnly: isReadOnly)
    }
    if at(.default), let version = try defaultLanguage() { return .defaultLanguage(version) }
    if accept(.topology) {
      try topology()
      return .topology
    }
    try expect(.option)
    let key = try name()
    return .setOption(key, try expression())
  }

  // MARK: - Aliases

  private mutating func createAlias(_ orReplace: Bool) throws(SyntaxAbort) -> CreateAlias {
    advance()
    let name = try nameOrParameter()
    let ifNotExists = try ifNotExists()
    try expect(.for)
    try expect(.database)
    var alias = CreateAlias(
      orReplace: orReplace, name: name, ifNotExists: ifNotExists, target: try nameOrParameter(),
      remote: nil, defaultLanguage: nil, properties: nil)
    if at(.at) { alias.remote = try remote() }
    alias.defaultLanguage = try defaultLanguage()
    if accept(.properties) { alias.properties = try mapOrParameter() }
    return alias
  }

  private mutating func remote() throws(SyntaxAbort) -> RemoteAlias {
    var remote = RemoteAlias(
      url: nil, user: nil, password: nil, forwardsCredentials: false, driver: nil)
    while try remotePart(&remote) {}
    return remote
  }

  private mutating func remotePart(_ remote: inout RemoteAlias) throws(SyntaxAbort) -> Bool {
    if accept(.at) {
      remote.url = try stringOrParameter()
    } else if accept(.user) {
      remote.user = try nameOrParameter()
    } else if accept(.password) {
      remote.password = try stringOrParameter()
    } else if accept(.oidc) {
      try expect(.credential)
      try expect(.forwarding)
      remote.forwardsCredentials = true
    } else if accept(.driver) {
      remote.driver = try mapOrParameter()
    } else {
      return false
    }
    return true
  }

  private mutating func alterAlias() throws(SyntaxAbort) -> AlterAlias {
    var alias = AlterAlias(
      name: try nameOrParameter(), ifExists: try ifExists(), target: nil, remote: nil,
      defaultLanguage: nil, properties: nil)
    try expect(.set)
    try expect(.database)
    var remote = RemoteAlias(
      url: nil, user: nil, password: nil, forwardsCredentials: false, driver: nil)
    var hasRemote = false
    let first = index
    while true {
      if accept(.target) {
        alias.target = try nameOrParameter()
      } else if accept(.properties) {
        alias.properties = try mapOrParameter()
      } else if at(.default) {
        alias.defaultLanguage = try defaultLanguage()
      } else if try remotePart(&remote) {
        hasRemote = true
      } else {
        break
      }
    }
    if index == first { throw SyntaxAbort() }
    if hasRemote { alias.remote = remote }
    return alias
  }
}
