import CypherSyntax
import Diagnostics
import QueryPlan

extension Binder {
  /// Binds a command on databases or users; one that waits yields a row.
  mutating func bindAdministration(
    _ command: AdministrationCommand, _ mode: BoundStatement.Mode
  ) throws(Failure) -> BoundStatement {
    let action = try bindAdministration(command)
    guard command.kind.waits, !isCypher25 else {
      return statement(
        mode, .command(.administer(action, columns: []), tail: nil), [], updates: true,
        isSchemaChange: true)
    }
    var columns: [ListingColumn] = []
    var items: [Bound.Projection.Item] = []
    for column in ListingCatalogue.waited {
      let slot = newSlot(column.name, StaticType(of: column.type))
      columns.append(ListingColumn(name: column.name, slot: slot))
      items.append(Bound.Projection.Item(slot: slot, expression: .variable(slot)))
    }
    let result = columns.map { ResultColumn(name: $0.name, slot: $0.slot) }
    let projection = Bound.Projection(items: items, isReturn: true)
    let tail = BoundQuery(
      arms: [Bound.SingleQuery(clauses: [.project(projection)])], columns: result)
    return statement(
      mode, .command(.administer(action, columns: columns), tail: tail), result, updates: true,
      isSchemaChange: true)
  }

  private mutating func bindAdministration(
    _ command: AdministrationCommand
  ) throws(Failure) -> AdministrationAction {
    switch command.kind {
    case .createDatabase(let create): return try bindCreateDatabase(create, command)
    case .dropDatabase(let drop):
      if drop.isComposite { return .unsupported(source(command.span)) }
      return .dropDatabase(
        name: bindName(drop.name), ifExists: drop.ifExists,
        cascades: drop.aliasAction == .cascade, dumps: drop.dataAction == .dump)
    case .alterDatabase(let alter): return try bindAlterDatabase(alter, command)
    case .startDatabase(let name, _): return .startDatabase(name: bindName(name))
    case .stopDatabase(let name, _): return .stopDatabase(name: bindName(name))
    case .createAlias(let create):
      if create.remote != nil || create.properties != nil {
        return .unsupported(source(command.span))
      }
      return .createAlias(
        name: bindName(create.name), target: bindName(create.target),
        ifNotExists: create.ifNotExists, orReplace: create.orReplace)
    case .alterAlias(let alter):
      guard let target = alter.target, alter.remote == nil else {
        return .unsupported(source(command.span))
      }
      return .alterAlias(
        name: bindName(alter.name), ifExists: alter.ifExists, target: bindName(target))
    case .dropAlias(let name, let ifExists):
      return .dropAlias(name: bindName(name), ifExists: ifExists)
    case .createUser(let create):
      if create.orReplace, create.ifNotExists {
        throw bothRefused("user", create.name, at: command.span.start)
      }
      let change = try bindUserChange(create.settings)
      if change.password == nil, change.changeRequired != nil {
        throw passwordMissing(command.span)
      }
      return .createUser(
        name: bindName(create.name), ifNotExists: create.ifNotExists,
        orReplace: create.orReplace, change)
    case .alterUser(let alter):
      if alter.changesNothing { throw emptyAlteration(at: command.span.start) }
      var change = try bindUserChange(alter.settings)
      change.removesHomeDatabase = alter.removesHomeDatabase
      change.removesProviders = alter.removesAllAuth || !alter.removedProviders.isEmpty
      return .alterUser(name: bindName(alter.name), ifExists: alter.ifExists, change)
    case .renameUser(let from, let ifExists, let to):
      return .renameUser(from: bindName(from), to: bindName(to), ifExists: ifExists)
    case .dropUser(let name, let ifExists):
      return .dropUser(name: bindName(name), ifExists: ifExists)
    case .setOwnPassword(let old, let new):
      return .setOwnPassword(old: try bindExpression(old), new: try bindExpression(new))
    case .unsupported: return .unsupported(source(command.span))
    }
  }

  private func bothRefused(
    _ what: String, _ name: NameOrParameter, at offset: Int
  ) -> Failure {
    let written: String
    switch name {
    case .name(let name): written = name.text
    case .parameter(let parameter): written = "$\(parameter.name)"
    }
    return syntaxError(
      "Failed to create the specified \(what) '\(written)': cannot have both `OR REPLACE` and `IF NOT EXISTS`.",
      at: offset,
      CauseText(
        code: "42N14", name: "invalid use of command",
        text: "OR REPLACE cannot be used together with 'IF NOT EXISTS'."))
  }

  private func emptyAlteration(at offset: Int) -> Failure {
    Failure(
      code: "Neo.ClientError.Statement.SyntaxError",
      message: "`ALTER USER` requires at least one clause.", gqlStatus: "42N94",
      gqlDescription:
        "syntax error or access rule violation - incomplete ALTER USER command. 'ALTER USER' requires at least one clause.",
      position: SourcePosition(ofByte: offset, in: text))
  }

  private func passwordMissing(_ span: SourceSpan) -> Failure {
    let offset = lastWord("CHANGE", in: span) ?? span.start
    return Failure(
      code: "Neo.ClientError.Statement.SyntaxError",
      message: "Clause `SET PASSWORD` is mandatory for auth provider `native`.",
      gqlStatus: "42N97",
      gqlDescription:
        "syntax error or access rule violation - missing mandatory auth clause. Clause `SET PASSWORD` is mandatory for auth provider `native`.",
      position: SourcePosition(ofByte: offset, in: text))
  }

  /// Where a keyword stands last.
  private func lastWord(_ word: String, in span: SourceSpan) -> Int? {
    SyntaxToken.tokens(in: text).last { token in
      token.kind == .name && Int(token.start) >= span.start && Int(token.end) <= span.end
        && String(decoding: bytes[Int(token.start)..<Int(token.end)], as: UTF8.self).uppercased()
          == word
    }.map { Int($0.start) }
  }

  private func duplicatePassword(_ password: AST.Expression) -> Failure {
    syntaxError(
      "Duplicate `SET PASSWORD` clause.", at: wordBefore(password.span.start),
      CauseText(
        code: "42N19", name: "duplicate clause", text: "Duplicate `SET PASSWORD` clause."))
  }

  private mutating func bindCreateDatabase(
    _ create: CreateDatabase, _ command: AdministrationCommand
  ) throws(Failure) -> AdministrationAction {
    if create.orReplace, create.ifNotExists {
      throw bothRefused("database", create.name, at: command.span.start)
    }
    if create.isComposite || create.hasTopology { return .unsupported(source(command.span)) }
    var settings = DatabaseSettings()
    settings.options = try create.options.bind(&self)
    settings.language = try create.defaultLanguage.map { (name) throws(Failure) in
      try language(name)
    }
    return .createDatabase(
      name: bindName(create.name), ifNotExists: create.ifNotExists, orReplace: create.orReplace,
      settings)
  }

  private mutating func bindAlterDatabase(
    _ alter: AlterDatabase, _ command: AdministrationCommand
  ) throws(Failure) -> AdministrationAction {
    var settings = DatabaseSettings()
    for action in alter.actions {
      switch action {
      case .access(let isReadOnly): settings.isReadOnly = isReadOnly
      case .defaultLanguage(let name): settings.language = try language(name)
      case .setOption, .removeOption, .topology: return .unsupported(source(command.span))
      }
    }
    return .alterDatabase(name: bindName(alter.name), ifExists: alter.ifExists, settings)
  }

  private func language(_ name: Name) throws(Failure) -> String {
    if name.text == "5" || name.text == "25" { return name.text }
    throw syntaxError(
      "Invalid Cypher version '\(name.text)'. Valid Cypher versions are: 5, 25",
      at: name.span.start,
      CauseText(
        code: "22N04", name: "invalid input value",
        text: "Invalid input '\(name.text)' for Cypher version. Expected 'CYPHER 5' or 'CYPHER 25'."
      ))
  }

  private mutating func bindUserChange(
    _ settings: [UserSetting]
  ) throws(Failure) -> UserChange {
    var change = UserChange()
    for setting in settings {
      switch setting {
      case .password(let password, let isEncrypted, let changeRequired):
        if change.password != nil { throw duplicatePassword(password) }
        change.password = try bindExpression(password)
        change.isEncrypted = isEncrypted
        change.changeRequired = changeRequired ?? change.changeRequired
      case .passwordChange(let isRequired): change.changeRequired = isRequired
      case .status(let isSuspended): change.isSuspended = isSuspended
      case .homeDatabase(let name): change.homeDatabase = bindName(name)
      case .auth(let provider, let inner, _):
        let bound = try bindExpression(provider)
        guard case .literal(let name) = bound, name.content == .string("native") else {
          change.otherProvider = bound
          continue
        }
        let native = try bindUserChange(inner)
        change.password = native.password ?? change.password
        change.changeRequired = native.changeRequired ?? change.changeRequired
        change.isEncrypted = native.isEncrypted
      }
    }
    return change
  }
}

extension AlterUser {
  fileprivate var changesNothing: Bool {
    settings.isEmpty && !removesHomeDatabase && removedProviders.isEmpty && !removesAllAuth
  }
}

extension AST.Expression? {
  fileprivate func bind(_ binder: inout Binder) throws(Failure) -> Bound.Expression? {
    guard let self else { return nil }
    return try binder.bindExpression(self)
  }
}

extension AdministrationCommand.Kind {
  fileprivate var waits: Bool {
    let waiting: Waiting? =
      switch self {
      case .createDatabase(let create): create.waiting
      case .dropDatabase(let drop): drop.waiting
      case .alterDatabase(let alter): alter.waiting
      case .startDatabase(_, let waiting), .stopDatabase(_, let waiting): waiting
      default: nil
      }
    if case .wait? = waiting { return true }
    return false
  }
}
