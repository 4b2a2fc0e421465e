import Diagnostics

extension Parser {
  mutating func createUser(_ orReplace: Bool) throws(SyntaxAbort) -> CreateUser {
    advance()
    var command = CreateUser(
      orReplace: orReplace, name: try nameOrParameter(), ifNotExists: try ifNotExists(),
      settings: [])
    guard at(.set) else { throw SyntaxAbort() }
    while accept(.set) { command.settings.append(try userSetting()) }
    return command
  }

  mutating func alterUser() throws(SyntaxAbort) -> AlterUser {
    var command = AlterUser(
      name: try nameOrParameter(), ifExists: try ifExists(), settings: [],
      removesHomeDatabase: false, removedProviders: [], removesAllAuth: false)
    while true {
      if accept(.set) {
        command.settings.append(try userSetting())
      } else if accept(.remove) {
        try removal(&command)
      } else {
        return command
      }
    }
  }

  private mutating func removal(_ command: inout AlterUser) throws(SyntaxAbort) {
    if accept(.home) {
      try expect(.database)
      command.removesHomeDatabase = true
    } else if accept(.all) {
      try expect(.auth)
      command.removesAllAuth = true
    } else {
      try expect(.auth)
      _ = accept(.provider)
      command.removedProviders.append(try expression())
    }
  }

  /// What follows `SET` in a user command.
  private mutating func userSetting() throws(SyntaxAbort) -> UserSetting {
    if at(.password), peek(1).keyword == .change {
      advance()
      advance()
      return .passwordChange(isRequired: try changeRequirement())
    }
    if accept(.status) {
      guard let word = acceptAny(.active, .suspended) else { throw SyntaxAbort() }
      return .status(isSuspended: word == .suspended)
    }
    if accept(.home) {
      try expect(.database)
      return .homeDatabase(try nameOrParameter())
    }
    if accept(.auth) { return try authSetting() }
    let isEncrypted = isAt(.encrypted)
    _ = acceptAny(.plaintext, .encrypted)
    try expect(.password)
    if !isEncrypted { note("'CHANGE'") }
    let password = try stringOrParameter()
    let required = accept(.change) ? try changeRequirement() : nil
    return .password(password, isEncrypted: isEncrypted, changeRequired: required)
  }

  /// `[NOT] REQUIRED`.
  private mutating func changeRequirement() throws(SyntaxAbort) -> Bool {
    let isNegated = accept(.not)
    try expect(.required)
    return !isNegated
  }

  private mutating func authSetting() throws(SyntaxAbort) -> UserSetting {
    _ = accept(.provider)
    let provider = try stringOrParameter()
    try expect(.leftBrace)
    try enter()
    var settings: [UserSetting] = []
    var id: Expression?
    while accept(.set) {
      if accept(.id) {
        id = try stringOrParameter()
      } else {
        settings.append(try userSetting())
      }
    }
    leave()
    try expect(.rightBrace)
    return .auth(provider: provider, settings: settings, id: id)
  }
}
