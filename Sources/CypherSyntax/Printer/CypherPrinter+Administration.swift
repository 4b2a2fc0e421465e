// Databases, aliases and users.

extension CypherPrinter {
  mutating func administration(_ command: AdministrationCommand) {
    if let use = command.use {
      self.use(use)
      write(" ")
    }
    switch command.kind {
    case .createDatabase(let command): createDatabase(command)
    case .dropDatabase(let command): dropDatabase(command)
    case .alterDatabase(let command): alterDatabase(command)
    case .startDatabase(let name, let waiting): database("START", name, waiting)
    case .stopDatabase(let name, let waiting): database("STOP", name, waiting)
    case .createAlias(let command): createAlias(command)
    case .alterAlias(let command): alterAlias(command)
    case .dropAlias(let name, let ifExists):
      write("DROP ALIAS ")
      existing(name, ifExists)
      write(" FOR DATABASE")
    case .createUser(let command): createUser(command)
    case .alterUser(let command): alterUser(command)
    case .renameUser(let from, let ifExists, let to):
      write("RENAME USER ")
      existing(from, ifExists)
      write(" TO ")
      nameOrParameter(to)
    case .dropUser(let name, let ifExists):
      write("DROP USER ")
      existing(name, ifExists)
    case .setOwnPassword(let old, let new):
      write("ALTER CURRENT USER SET PASSWORD FROM ")
      expression(old)
      write(" TO ")
      expression(new)
    case .unsupported(let command): write(command.rawValue)
    }
  }

  private mutating func existing(_ name: NameOrParameter, _ ifExists: Bool) {
    nameOrParameter(name)
    if ifExists { write(" IF EXISTS") }
  }

  private mutating func database(_ word: String, _ name: NameOrParameter, _ waiting: Waiting?) {
    write("\(word) DATABASE ")
    nameOrParameter(name)
    self.waiting(waiting)
  }

  private mutating func waiting(_ waiting: Waiting?) {
    switch waiting {
    case .noWait: write(" NOWAIT")
    case .wait(let seconds): write(seconds.map { " WAIT \($0) SECONDS" } ?? " WAIT")
    case nil: break
    }
  }

  private mutating func language(_ version: Name?) {
    if let version { write(" DEFAULT LANGUAGE CYPHER \(version.text)") }
  }

  private mutating func createDatabase(_ command: CreateDatabase) {
    write(command.orReplace ? "CREATE OR REPLACE " : "CREATE ")
    write(command.isComposite ? "COMPOSITE DATABASE " : "DATABASE ")
    nameOrParameter(command.name)
    if command.ifNotExists { write(" IF NOT EXISTS") }
    language(command.defaultLanguage)
    if command.hasTopology { write(" TOPOLOGY 1 PRIMARY") }
    options(command.options)
    waiting(command.waiting)
  }

  private mutating func dropDatabase(_ command: DropDatabase) {
    write(command.isComposite ? "DROP COMPOSITE DATABASE " : "DROP DATABASE ")
    existing(command.name, command.ifExists)
    switch command.aliasAction {
    case .restrict: write(" RESTRICT")
    case .cascade: write(" CASCADE ALIASES")
    case nil: break
    }
    switch command.dataAction {
    case .dump: write(" DUMP DATA")
    case .destroy: write(" DESTROY DATA")
    case nil: break
    }
    waiting(command.waiting)
  }

  private mutating func alterDatabase(_ command: AlterDatabase) {
    write("ALTER DATABASE ")
    existing(command.name, command.ifExists)
    for action in command.actions {
      switch action {
      case .access(let isReadOnly):
        write(isReadOnly ? " SET ACCESS READ ONLY" : " SET ACCESS READ WRITE")
      case .defaultLanguage(let version): write(" SET DEFAULT LANGUAGE CYPHER \(version.text)")
      case .setOption(let key, let value):
        write(" SET OPTION ")
        plainName(key)
        write(" ")
        expression(value)
      case .removeOption(let key):
        write(" REMOVE OPTION ")
        plainName(key)
      case .topology: write(" SET TOPOLOGY 1 PRIMARY")
      }
    }
    waiting(command.waiting)
  }

  // MARK: - Aliases

  private mutating func createAlias(_ command: CreateAlias) {
    write(command.orReplace ? "CREATE OR REPLACE ALIAS " : "CREATE ALIAS ")
    nameOrParameter(command.name)
    if command.ifNotExists { write(" IF NOT EXISTS") }
    write(" FOR DATABASE ")
    nameOrParameter(command.target)
    if let remote = command.remote { self.remote(remote) }
    language(command.defaultLanguage)
    aliasProperties(command.properties)
  }

  private mutating func alterAlias(_ command: AlterAlias) {
    write("ALTER ALIAS ")
    existing(command.name, command.ifExists)
    write(" SET DATABASE")
    if let target = command.target {
      write(" TARGET ")
      nameOrParameter(target)
    }
    if let remote = command.remote { self.remote(remote) }
    language(command.defaultLanguage)
    aliasProperties(command.properties)
  }

  private mutating func aliasProperties(_ properties: Expression?) {
    guard let properties else { return }
    write(" PROPERTIES ")
    expression(properties)
  }

  private mutating func remote(_ remote: RemoteAlias) {
    if let url = remote.url {
      write(" AT ")
      expression(url)
    }
    if let user = remote.user {
      write(" USER ")
      nameOrParameter(user)
    }
    if let password = remote.password {
      write(" PASSWORD ")
      expression(password)
    }
    if remote.forwardsCredentials { write(" OIDC CREDENTIAL FORWARDING") }
    if let driver = remote.driver {
      write(" DRIVER ")
      expression(driver)
    }
  }

  // MARK: - Users

  private mutating func createUser(_ command: CreateUser) {
    write(command.orReplace ? "CREATE OR REPLACE USER " : "CREATE USER ")
    nameOrParameter(command.name)
    if command.ifNotExists { write(" IF NOT EXISTS") }
    for setting in command.settings {
      write(" SET ")
      self.setting(setting)
    }
  }

  private mutating func alterUser(_ command: AlterUser) {
    write("ALTER USER ")
    existing(command.name, command.ifExists)
    if command.removesHomeDatabase { write(" REMOVE HOME DATABASE") }
    if command.removesAllAuth { write(" REMOVE ALL AUTH") }
    for provider in command.removedProviders {
      write(" REMOVE AUTH ")
      expression(provider)
    }
    for setting in command.settings {
      write(" SET ")
      self.setting(setting)
    }
  }

  private mutating func setting(_ setting: UserSetting) {
    switch setting {
    case .password(let password, let isEncrypted, let changeRequired):
      write(isEncrypted ? "ENCRYPTED PASSWORD " : "PASSWORD ")
      expression(password)
      if let changeRequired {
        write(changeRequired ? " CHANGE REQUIRED" : " CHANGE NOT REQUIRED")
      }
    case .passwordChange(let isRequired):
      write(isRequired ? "PASSWORD CHANGE REQUIRED" : "PASSWORD CHANGE NOT REQUIRED")
    case .status(let isSuspended): write(isSuspended ? "STATUS SUSPENDED" : "STATUS ACTIVE")
    case .homeDatabase(let name):
      write("HOME DATABASE ")
      nameOrParameter(name)
    case .auth(let provider, let settings, let id):
      write("AUTH ")
      expression(provider)
      enclosed(" {", " }") { printer in
        for setting in settings {
          printer.write(" SET ")
          printer.setting(setting)
        }
        if let id {
          printer.write(" SET ID ")
          printer.expression(id)
        }
      }
    }
  }
}
