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
  /// CREATE INDEX. An absent name is made up.
  case createIndex(
    name: Expression?, IndexKind, SchemaEntity, labels: [String], properties: [String],
    ifNotExists: Bool, options: Expression?)
  /// DROP INDEX.
  case dropIndex(name: Expression, ifExists: Bool)
  /// CREATE CONSTRAINT.
  case createConstraint(
    name: Expression?, ConstraintKind, SchemaEntity, label: String, properties: [String],
    ifNotExists: Bool, options: Expression?)
  /// DROP CONSTRAINT.
  case dropConstraint(name: Expression, ifExists: Bool)
  /// SHOW … : rows of the named listing with all its columns, which operators above filter and project.
  case show(ShowListing, columns: [Projection.Item])
  /// CREATE, DROP, START, STOP DATABASE and the like: what to do, on which name.
  case administer(AdministrationAction)
}

/// What SHOW lists.
///
/// Items of the command's `columns` name listing columns by `parameter`-free expressions
/// `.literal(.string(columnName))`.
public enum ShowListing: Hashable, Sendable {
  /// SHOW INDEXES, of one kind or all.
  case indexes(IndexKind?)
  /// SHOW CONSTRAINTS.
  case constraints(filter: String)
  /// SHOW FUNCTIONS: all, built in or user defined.
  case functions(filter: String)
  /// SHOW PROCEDURES.
  case procedures
  /// SHOW SETTINGS.
  case settings(names: Expression?)
  /// SHOW TRANSACTIONS.
  case transactions(ids: Expression?)
  /// SHOW DATABASES, one of them, the default or the home one.
  case databases(filter: String, name: Expression?)
  /// SHOW USERS, CURRENT USER.
  case users(currentOnly: Bool)
}

/// An action on the `system` database.
public enum AdministrationAction: Hashable, Sendable {
  /// CREATE DATABASE.
  case createDatabase(name: Expression, ifNotExists: Bool, orReplace: Bool)
  /// DROP DATABASE.
  case dropDatabase(name: Expression, ifExists: Bool)
  /// START DATABASE.
  case startDatabase(name: Expression)
  /// STOP DATABASE.
  case stopDatabase(name: Expression)
}
