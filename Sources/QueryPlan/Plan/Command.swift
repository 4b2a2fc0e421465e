/// What entity a schema object is about.
public enum SchemaEntity: Hashable, Sendable {
  /// Nodes with a label (several for fulltext).
  case node
  /// Relationships of a type.
  case relationship
}

/// The kinds of indexes.
public enum IndexKind: String, Hashable, Sendable {
  /// Ordered values.
  case range = "RANGE"
  /// Substrings.
  case text = "TEXT"
  /// Points.
  case point = "POINT"
  /// Words.
  case fulltext = "FULLTEXT"
  /// Tokens.
  case lookup = "LOOKUP"
  /// Nearest neighbours.
  case vector = "VECTOR"
}

/// The kinds of constraints.
public enum ConstraintKind: Hashable, Sendable {
  /// No two entities share the values.
  case unique
  /// Unique, and all properties exist.
  case key
  /// The property exists.
  case existence
  /// The property has a type.
  case propertyType(CypherType)
}

/// A statement that is not a query on the graph.
public enum Command: Hashable, Sendable {
  /// CREATE INDEX.
  case createIndex(IndexDefinition)
  /// DROP INDEX.
  case dropIndex(name: Expression, ifExists: Bool)
  /// CREATE CONSTRAINT.
  case createConstraint(ConstraintDefinition)
  /// DROP CONSTRAINT.
  case dropConstraint(name: Expression, ifExists: Bool)
  /// SHOW …: one row for each thing listed; the statement's tail filters and projects them.
  case show(ShowListing, columns: [ListingColumn])
  /// TERMINATE TRANSACTIONS: one row for each transaction named.
  case terminateTransactions(ids: Expression, columns: [ListingColumn])
  /// CREATE, DROP, START, STOP DATABASE and the like; with WAIT it yields a row.
  case administer(AdministrationAction, columns: [ListingColumn])
}

extension Command {
  /// The ids or names that a listing is narrowed to; setting them does nothing where there are none.
  public var ids: Expression? {
    get {
      switch self {
      case .terminateTransactions(let ids, _): ids
      case .show(.transactions(let ids), _): ids
      case .show(.settings(let names), _): names
      default: nil
      }
    }
    set {
      guard ids != nil, let newValue else { return }
      switch self {
      case .terminateTransactions(_, let columns):
        self = .terminateTransactions(ids: newValue, columns: columns)
      case .show(.transactions, let columns):
        self = .show(.transactions(ids: newValue), columns: columns)
      case .show(.settings, let columns):
        self = .show(.settings(names: newValue), columns: columns)
      default: break
      }
    }
  }
}

/// A column that a listing yields and the slot that receives it.
public struct ListingColumn: Hashable, Sendable {
  /// The column's name.
  public var name: String
  /// Where its value goes.
  public var slot: Slot

  /// Makes a column.
  public init(name: String, slot: Slot) {
    self.name = name
    self.slot = slot
  }
}

/// What CREATE INDEX asks for.
public struct IndexDefinition: Hashable, Sendable {
  /// The name, a string at run time; absent when it is to be made up.
  public var name: Expression?
  /// Which kind.
  public var kind: IndexKind
  /// Nodes or relationships.
  public var entity: SchemaEntity
  /// The labels or types; none for LOOKUP, several for FULLTEXT.
  public var labels: [String]
  /// The property keys in order; none for LOOKUP.
  public var properties: [String]
  /// Whether an existing one is no error.
  public var ifNotExists: Bool
  /// OPTIONS: a map at run time.
  public var options: Expression?

  /// Makes a definition.
  public init(
    name: Expression?, kind: IndexKind, entity: SchemaEntity, labels: [String],
    properties: [String], ifNotExists: Bool, options: Expression?
  ) {
    self.name = name
    self.kind = kind
    self.entity = entity
    self.labels = labels
    self.properties = properties
    self.ifNotExists = ifNotExists
    self.options = options
  }
}

/// What CREATE CONSTRAINT asks for.
public struct ConstraintDefinition: Hashable, Sendable {
  /// The name, a string at run time; absent when it is to be made up.
  public var name: Expression?
  /// Which kind.
  public var kind: ConstraintKind
  /// Nodes or relationships.
  public var entity: SchemaEntity
  /// The label or type.
  public var label: String
  /// The property keys in order.
  public var properties: [String]
  /// Whether an existing one is no error.
  public var ifNotExists: Bool
  /// OPTIONS: a map at run time.
  public var options: Expression?

  /// Makes a definition.
  public init(
    name: Expression?, kind: ConstraintKind, entity: SchemaEntity, label: String,
    properties: [String], ifNotExists: Bool, options: Expression?
  ) {
    self.name = name
    self.kind = kind
    self.entity = entity
    self.label = label
    self.properties = properties
    self.ifNotExists = ifNotExists
    self.options = options
  }
}

/// What SHOW lists.
public enum ShowListing: Hashable, Sendable {
  /// The kinds of constraints that SHOW CONSTRAINTS may be narrowed to.
  public enum ConstraintFilter: Hashable, Sendable {
    /// Uniqueness.
    case unique
    /// Keys.
    case key
    /// Existence.
    case existence
    /// Property types.
    case propertyType
  }

  /// The origins that SHOW FUNCTIONS may be narrowed to.
  public enum FunctionFilter: Hashable, Sendable {
    /// Part of the language.
    case builtIn
    /// Brought by others.
    case userDefined
  }

  /// Which databases SHOW DATABASES lists.
  public enum DatabaseFilter: Hashable, Sendable {
    /// All.
    case all
    /// The default one.
    case standard
    /// The user's home database.
    case home
    /// One by name, a string at run time.
    case named(Expression)
  }

  /// SHOW INDEXES, of one kind or all.
  case indexes(IndexKind?)
  /// SHOW CONSTRAINTS, of one kind or all, on one kind of entity or both.
  case constraints(ConstraintFilter?, SchemaEntity?)
  /// SHOW FUNCTIONS.
  case functions(FunctionFilter?)
  /// SHOW PROCEDURES.
  case procedures
  /// SHOW SETTINGS, of some names, a string or list at run time, or all.
  case settings(names: Expression?)
  /// SHOW TRANSACTIONS, of some ids, a string or list at run time, or all.
  case transactions(ids: Expression?)
  /// SHOW DATABASES.
  case databases(DatabaseFilter)
  /// SHOW ALIASES FOR DATABASES, of one name, a string at run time, or all.
  case aliases(name: Expression?)
  /// SHOW USERS, one row for each way to log in WITH AUTH, or SHOW CURRENT USER.
  case users(currentOnly: Bool, withAuth: Bool)
}

/// An action on the `system` database.
public enum AdministrationAction: Hashable, Sendable {
  /// CREATE DATABASE.
  case createDatabase(name: Expression, ifNotExists: Bool, orReplace: Bool, DatabaseSettings)
  /// DROP DATABASE, with its aliases or not, with a copy of its data or without.
  case dropDatabase(name: Expression, ifExists: Bool, cascades: Bool, dumps: Bool)
  /// ALTER DATABASE … SET.
  case alterDatabase(name: Expression, ifExists: Bool, DatabaseSettings)
  /// START DATABASE.
  case startDatabase(name: Expression)
  /// STOP DATABASE.
  case stopDatabase(name: Expression)
  /// CREATE ALIAS of a database of this server.
  case createAlias(name: Expression, target: Expression, ifNotExists: Bool, orReplace: Bool)
  /// ALTER ALIAS … SET DATABASE TARGET.
  case alterAlias(name: Expression, ifExists: Bool, target: Expression)
  /// DROP ALIAS.
  case dropAlias(name: Expression, ifExists: Bool)
  /// CREATE USER.
  case createUser(name: Expression, ifNotExists: Bool, orReplace: Bool, UserChange)
  /// ALTER USER.
  case alterUser(name: Expression, ifExists: Bool, UserChange)
  /// RENAME USER.
  case renameUser(from: Expression, to: Expression, ifExists: Bool)
  /// DROP USER.
  case dropUser(name: Expression, ifExists: Bool)
  /// ALTER CURRENT USER SET PASSWORD.
  case setOwnPassword(old: Expression, new: Expression)
  /// A command that this product does not offer, by its first words.
  case unsupported(String)
}

/// What CREATE DATABASE and ALTER DATABASE set.
public struct DatabaseSettings: Hashable, Sendable {
  /// Whether nothing may be written.
  public var isReadOnly: Bool?
  /// The version that statements without one are in, `5` or `25`.
  public var language: String?
  /// OPTIONS: a map at run time.
  public var options: Expression?

  /// Makes settings of nothing.
  public init() {}
}

/// What CREATE USER and ALTER USER set.
public struct UserChange: Hashable, Sendable {
  /// The new password, a string at run time.
  public var password: Expression?
  /// Whether the password is given as a hash.
  public var isEncrypted = false
  /// Whether the user must change the password at the next log-in.
  public var changeRequired: Bool?
  /// Whether the user may not log in.
  public var isSuspended: Bool?
  /// The home database, a string at run time.
  public var homeDatabase: Expression?
  /// Whether the home database is taken away.
  public var removesHomeDatabase = false
  /// A way to log in other than by password that is to be set: its name, a string at run time.
  public var otherProvider: Expression?
  /// Whether ways to log in are taken away.
  public var removesProviders = false

  /// Makes a change of nothing.
  public init() {}
}
