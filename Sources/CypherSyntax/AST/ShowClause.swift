public import Diagnostics

/// `SHOW subject [YIELD … | WHERE …]`; a `RETURN` behind it is the next clause.
public struct ShowClause: Hashable, Sendable {
  /// What is shown.
  public var subject: ShowSubject
  /// `YIELD …` with its own order, page and predicate.
  public var yield: YieldClause?
  /// `WHERE` without `YIELD`.
  public var predicate: Expression?
  /// The whole clause.
  @NotCompared public var span: SourceSpan
}

/// What `SHOW` shows.
public enum ShowSubject: Hashable, Sendable {
  /// `SHOW [type] INDEXES`; `nil` for all.
  case indexes(IndexType?)
  /// `SHOW [kind] CONSTRAINTS`.
  case constraints(ConstraintFilter)
  /// `SHOW [ALL | BUILT IN | USER DEFINED] FUNCTIONS [EXECUTABLE …]`.
  case functions(FunctionFilter, executable: ExecutableBy?)
  /// `SHOW PROCEDURES [EXECUTABLE …]`.
  case procedures(executable: ExecutableBy?)
  /// `SHOW SETTINGS ['name', …]`; strings, or one expression that gives them.
  case settings([Expression])
  /// `SHOW TRANSACTIONS ['id', …]`; strings, or one expression that gives them.
  case transactions([Expression])
  /// `SHOW DATABASES`, `SHOW DATABASE name`.
  case databases(NameOrParameter?)
  /// `SHOW DEFAULT DATABASE`.
  case defaultDatabase
  /// `SHOW HOME DATABASE`.
  case homeDatabase
  /// `SHOW ALIASES [name] FOR DATABASES`.
  case aliases(NameOrParameter?)
  /// `SHOW USERS [WITH AUTH]`.
  case users(withAuth: Bool)
  /// `SHOW CURRENT USER`.
  case currentUser
  /// `SHOW [ALL | POPULATED] ROLES [WITH USERS]`.
  case roles(isPopulated: Bool, withUsers: Bool)
  /// `SHOW [ALL | USER … | ROLE …] PRIVILEGES [AS [REVOKE] COMMANDS]`.
  case privileges(PrivilegeFilter, asCommands: Bool, asRevoke: Bool)
  /// `SHOW SUPPORTED PRIVILEGES`.
  case supportedPrivileges
  /// `SHOW SERVERS`.
  case servers
  /// `SHOW CURRENT GRAPH TYPE`.
  case currentGraphType
}

/// Which constraints to show.
public struct ConstraintFilter: Hashable, Sendable {
  /// The kinds.
  public enum Kind: Hashable, Sendable {
    /// All.
    case all
    /// `UNIQUE`, `UNIQUENESS`.
    case unique
    /// `PROPERTY UNIQUE`, `PROPERTY UNIQUENESS`: the words of Cypher 25.
    case propertyUnique
    /// `KEY`.
    case key
    /// `[PROPERTY] EXIST`, `EXISTENCE`.
    case existence
    /// `PROPERTY TYPE`.
    case propertyType
  }

  /// Which kind.
  public var kind: Kind
  /// `NODE`, `RELATIONSHIP`, or both.
  public var entity: CreateConstraint.Entity?
}

/// Which functions to show.
public enum FunctionFilter: Hashable, Sendable {
  /// Nothing or `ALL`.
  case all
  /// `BUILT IN`.
  case builtIn
  /// `USER DEFINED`.
  case userDefined
}

/// `EXECUTABLE [BY …]`.
public enum ExecutableBy: Hashable, Sendable {
  /// `EXECUTABLE`, `EXECUTABLE BY CURRENT USER`.
  case currentUser
  /// `EXECUTABLE BY name`.
  case user(Name)
}

/// Whose privileges to show.
public enum PrivilegeFilter: Hashable, Sendable {
  /// Nothing or `ALL`.
  case all
  /// `USER [name, …]`; none for oneself.
  case users([NameOrParameter])
  /// `ROLE name, …`.
  case roles([NameOrParameter])
}

/// `TERMINATE TRANSACTIONS 'id', … [YIELD …]`.
public struct TerminateClause: Hashable, Sendable {
  /// Strings, or one expression that gives them.
  public var ids: [Expression]
  /// `YIELD …`.
  public var yield: YieldClause?
  /// `WHERE` without `YIELD`, for the semantic check to refuse.
  public var predicate: Expression?
  /// The whole clause.
  @NotCompared public var span: SourceSpan
}
