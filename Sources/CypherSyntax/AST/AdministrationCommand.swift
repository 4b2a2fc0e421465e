public import Diagnostics

/// A command on databases, aliases, users, roles, privileges or servers.
public struct AdministrationCommand: Hashable, Sendable {
  /// What to do.
  public enum Kind: Hashable, Sendable {
    /// `CREATE [OR REPLACE] [COMPOSITE] DATABASE …`.
    case createDatabase(CreateDatabase)
    /// `DROP [COMPOSITE] DATABASE …`.
    case dropDatabase(DropDatabase)
    /// `ALTER DATABASE …`.
    case alterDatabase(AlterDatabase)
    /// `START DATABASE name`.
    case startDatabase(NameOrParameter, Waiting?)
    /// `STOP DATABASE name`.
    case stopDatabase(NameOrParameter, Waiting?)
    /// `CREATE [OR REPLACE] ALIAS … FOR DATABASE …`.
    case createAlias(CreateAlias)
    /// `ALTER ALIAS … SET DATABASE …`.
    case alterAlias(AlterAlias)
    /// `DROP ALIAS name [IF EXISTS] FOR DATABASE`.
    case dropAlias(name: NameOrParameter, ifExists: Bool)
    /// `CREATE [OR REPLACE] USER …`.
    case createUser(CreateUser)
    /// `ALTER USER …`.
    case alterUser(AlterUser)
    /// `RENAME USER a [IF EXISTS] TO b`.
    case renameUser(from: NameOrParameter, ifExists: Bool, to: NameOrParameter)
    /// `DROP USER name [IF EXISTS]`.
    case dropUser(name: NameOrParameter, ifExists: Bool)
    /// `ALTER CURRENT USER SET PASSWORD FROM old TO new`.
    case setOwnPassword(old: Expression, new: Expression)
    /// A command that is recognised by its first words and checked no further.
    case unsupported(Unsupported)
  }

  /// What to do.
  public var kind: Kind
  /// `USE …` before the command, for the semantic check to refuse.
  public var use: UseClause?
  /// The whole command.
  @NotCompared public var span: SourceSpan
}

/// Commands that an embedded database has no use for.
public enum Unsupported: String, Hashable, Sendable {
  /// `CREATE ROLE`.
  case createRole = "CREATE ROLE"
  /// `DROP ROLE`.
  case dropRole = "DROP ROLE"
  /// `RENAME ROLE`.
  case renameRole = "RENAME ROLE"
  /// `GRANT …`.
  case grant = "GRANT"
  /// `DENY …`.
  case deny = "DENY"
  /// `REVOKE …`.
  case revoke = "REVOKE"
  /// `ENABLE SERVER`, `ALTER SERVER`, `RENAME SERVER`, `DROP SERVER`, `DEALLOCATE`, `REALLOCATE`.
  case server = "SERVER"
  /// `ALTER CURRENT GRAPH TYPE SET …`.
  case graphTypeSet = "ALTER CURRENT GRAPH TYPE SET"
  /// `ALTER CURRENT GRAPH TYPE ADD …`.
  case graphTypeAdd = "ALTER CURRENT GRAPH TYPE ADD"
  /// `ALTER CURRENT GRAPH TYPE ALTER …`.
  case graphTypeAlter = "ALTER CURRENT GRAPH TYPE ALTER"
  /// `ALTER CURRENT GRAPH TYPE DROP …`.
  case graphTypeDrop = "ALTER CURRENT GRAPH TYPE DROP"
  /// `DEFINE FUNCTION`, `DEFINE PROCEDURE`.
  case define = "DEFINE"
}

/// `WAIT [n SECONDS]` or `NOWAIT`.
public enum Waiting: Hashable, Sendable {
  /// `NOWAIT`, the default.
  case noWait
  /// `WAIT`, with a number of seconds or without.
  case wait(seconds: Int64?)
}

/// `CREATE [OR REPLACE] [COMPOSITE] DATABASE name …`.
public struct CreateDatabase: Hashable, Sendable {
  /// `OR REPLACE`.
  public var orReplace: Bool
  /// `COMPOSITE`.
  public var isComposite: Bool
  /// The database.
  public var name: NameOrParameter
  /// `IF NOT EXISTS`.
  public var ifNotExists: Bool
  /// `TOPOLOGY …` stands there.
  public var hasTopology: Bool
  /// `DEFAULT LANGUAGE CYPHER n`: the number as typed.
  public var defaultLanguage: Name?
  /// `OPTIONS {…}` or `OPTIONS $map`.
  public var options: Expression?
  /// `WAIT`, `NOWAIT`.
  public var waiting: Waiting?
}

/// `DROP [COMPOSITE] DATABASE name …`.
public struct DropDatabase: Hashable, Sendable {
  /// What happens to aliases.
  public enum AliasAction: Hashable, Sendable {
    /// `RESTRICT`: refuse.
    case restrict
    /// `CASCADE ALIASES`: drop them.
    case cascade
  }

  /// What happens to the data.
  public enum DataAction: Hashable, Sendable {
    /// `DESTROY DATA`.
    case destroy
    /// `DUMP DATA`.
    case dump
  }

  /// `COMPOSITE`.
  public var isComposite: Bool
  /// The database.
  public var name: NameOrParameter
  /// `IF EXISTS`.
  public var ifExists: Bool
  /// `RESTRICT`, `CASCADE ALIASES`.
  public var aliasAction: AliasAction?
  /// `DUMP DATA`, `DESTROY DATA`.
  public var dataAction: DataAction?
  /// `WAIT`, `NOWAIT`.
  public var waiting: Waiting?
}

/// `ALTER DATABASE name [IF EXISTS] …`.
public struct AlterDatabase: Hashable, Sendable {
  /// What is changed.
  public enum Action: Hashable, Sendable {
    /// `SET ACCESS READ ONLY`, `SET ACCESS READ WRITE`.
    case access(isReadOnly: Bool)
    /// `SET DEFAULT LANGUAGE CYPHER n`: the number as typed.
    case defaultLanguage(Name)
    /// `SET OPTION key value`.
    case setOption(Name, Expression)
    /// `REMOVE OPTION key`.
    case removeOption(Name)
    /// `SET TOPOLOGY …`.
    case topology
  }

  /// The database.
  public var name: NameOrParameter
  /// `IF EXISTS`.
  public var ifExists: Bool
  /// At least one.
  public var actions: [Action]
  /// `WAIT`, `NOWAIT`.
  public var waiting: Waiting?
}

/// `CREATE [OR REPLACE] ALIAS name [IF NOT EXISTS] FOR DATABASE target …`.
public struct CreateAlias: Hashable, Sendable {
  /// `OR REPLACE`.
  public var orReplace: Bool
  /// The alias.
  public var name: NameOrParameter
  /// `IF NOT EXISTS`.
  public var ifNotExists: Bool
  /// What it stands for.
  public var target: NameOrParameter
  /// `AT url USER …`.
  public var remote: RemoteAlias?
  /// `DEFAULT LANGUAGE CYPHER n`: the number as typed.
  public var defaultLanguage: Name?
  /// `PROPERTIES {…}` or `PROPERTIES $map`.
  public var properties: Expression?
}

/// `AT url [USER name PASSWORD p] [DRIVER {…}]` of an alias.
public struct RemoteAlias: Hashable, Sendable {
  /// The address.
  public var url: Expression?
  /// The user.
  public var user: NameOrParameter?
  /// The password.
  public var password: Expression?
  /// `OIDC CREDENTIAL FORWARDING`.
  public var forwardsCredentials: Bool
  /// `DRIVER {…}`.
  public var driver: Expression?
}

/// `ALTER ALIAS name [IF EXISTS] SET DATABASE …`.
public struct AlterAlias: Hashable, Sendable {
  /// The alias.
  public var name: NameOrParameter
  /// `IF EXISTS`.
  public var ifExists: Bool
  /// `TARGET database`.
  public var target: NameOrParameter?
  /// Parts of a remote alias.
  public var remote: RemoteAlias?
  /// `DEFAULT LANGUAGE CYPHER n`: the number as typed.
  public var defaultLanguage: Name?
  /// `PROPERTIES {…}` or `PROPERTIES $map`.
  public var properties: Expression?
}

/// One `SET …` of a user command.
public enum UserSetting: Hashable, Sendable {
  /// `SET [PLAINTEXT | ENCRYPTED] PASSWORD 'p' [CHANGE [NOT] REQUIRED]`.
  case password(Expression, isEncrypted: Bool, changeRequired: Bool?)
  /// `SET PASSWORD CHANGE [NOT] REQUIRED`.
  case passwordChange(isRequired: Bool)
  /// `SET STATUS ACTIVE`, `SET STATUS SUSPENDED`.
  case status(isSuspended: Bool)
  /// `SET HOME DATABASE name`.
  case homeDatabase(NameOrParameter)
  /// `SET AUTH [PROVIDER] 'name' { SET … }`: the settings inside, and `SET ID` where there is one.
  case auth(provider: Expression, settings: [UserSetting], id: Expression?)
}

/// `CREATE [OR REPLACE] USER name [IF NOT EXISTS] SET …`.
public struct CreateUser: Hashable, Sendable {
  /// `OR REPLACE`.
  public var orReplace: Bool
  /// The user.
  public var name: NameOrParameter
  /// `IF NOT EXISTS`.
  public var ifNotExists: Bool
  /// In the order written.
  public var settings: [UserSetting]
}

/// `ALTER USER name [IF EXISTS] SET … REMOVE …`.
public struct AlterUser: Hashable, Sendable {
  /// The user.
  public var name: NameOrParameter
  /// `IF EXISTS`.
  public var ifExists: Bool
  /// In the order written.
  public var settings: [UserSetting]
  /// `REMOVE HOME DATABASE`.
  public var removesHomeDatabase: Bool
  /// `REMOVE AUTH 'provider'`: a string, list or parameter each.
  public var removedProviders: [Expression]
  /// `REMOVE ALL AUTH`.
  public var removesAllAuth: Bool
}
