import CypherSyntax
import Diagnostics
import QueryPlan

extension Binder {
  mutating func bindAdministration(
    _ command: AdministrationCommand
  ) throws(Failure) -> AdministrationAction {
    switch command.kind {
    case .createDatabase(let create):
      if create.isComposite { return .unsupported(text) }
      if create.orReplace, create.ifNotExists {
        throw bothRefused("database", create.name, at: command.span.start)
      }
      return .createDatabase(
        name: bindName(create.name), ifNotExists: create.ifNotExists, orReplace: create.orReplace,
        options: try create.options.bind(&self))
    case .dropDatabase(let drop):
      return .dropDatabase(name: bindName(drop.name), ifExists: drop.ifExists)
    case .alterDatabase(let alter): return bindAlterDatabase(alter)
    case .startDatabase(let name, _): return .startDatabase(name: bindName(name))
    case .stopDatabase(let name, _): return .stopDatabase(name: bindName(name))
    case .createAlias(let create):
      if create.remote != nil { return .unsupported(text) }
      return .createAlias(
        name: bindName(create.name), target: bindName(create.target),
        ifNotExists: create.ifNotExists, orReplace: create.orReplace)
    case .alterAlias(let alter):
      guard let target = alter.target, alter.remote == nil else { return .unsupported(text) }
      return .alterAlias(
        name: bindName(alter.name), ifExists: alter.ifExists, target: bindName(target))
    case .dropAlias(let name, let ifExists):
      return .dropAlias(name: bindName(name), ifExists: ifExists)
    case .createUser(let create):
      if create.orReplace, create.ifNotExists {
        throw bothRefused("user", create.name, at: command.span.start)
      }
      return .createUser(
        name: bindName(create.name), ifNotExists: create.ifNotExists,
        orReplace: create.orReplace, try bindUserChange(create.settings))
    case .alterUser(let alter):
      if alter.changesNothing { throw emptyAlteration(at: command.span.start) }
      var change = try bindUserChange(alter.settings)
      change.removesHomeDatabase = alter.removesHomeDatabase
      return .alterUser(name: bindName(alter.name), ifExists: alter.ifExists, change)
    case .renameUser(let from, let ifExists, let to):
      return .renameUser(from: bindName(from), to: bindName(to), ifExists: ifExists)
    case .dropUser(let name, let ifExists):
      return .dropUser(name: bindName(name), ifExists: ifExists)
    case .setOwnPassword(let old, let new):
      return .setOwnPassword(old: try bindExpression(old), new: try bindExpression(new))
    case .unsupported: return .unsupported(text)
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

  private func duplicatePassword(_ password: AST.Expression) -> Failure {
    syntaxError(
      "Duplicate `SET PASSWORD` clause.", at: wordBefore(password.span.start),
      CauseText(
        code: "42N19", name: "duplicate clause", text: "Duplicate `SET PASSWORD` clause."))
  }

  private mutating func bindAlterDatabase(_ alter: AlterDatabase) -> AdministrationAction {
    for action in alter.actions {
      if case .access(let isReadOnly) = action {
        return .alterDatabase(
          name: bindName(alter.name), ifExists: alter.ifExists, isReadOnly: isReadOnly)
      }
    }
    return .unsupported(text)
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
      case .auth(_, let inner, _):
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
