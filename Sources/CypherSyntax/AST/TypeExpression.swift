public import Diagnostics

/// The right side of `IS :: T`, and the type of a property constraint.
public struct TypeExpression: Hashable, Sendable {
  /// What types are made of.
  public indirect enum Kind: Hashable, Sendable {
    /// A type without parts.
    case simple(SimpleType)
    /// `LIST<T>`, `T LIST`, `ARRAY<T>`.
    case list(TypeExpression)
    /// `A | B`, `ANY<A | B>`: at least two.
    case union([TypeExpression])
    /// `VECTOR<T>(n)`: either part may be absent.
    case vector(coordinate: VectorCoordinate?, dimensions: UInt64?)
  }

  /// What it is made of.
  public var kind: Kind
  /// `NOT NULL` or `!`.
  public var isNotNull: Bool
  /// The whole type.
  @NotCompared public var span: SourceSpan
}

/// Types that have no parts, under their main names.
public enum SimpleType: String, Hashable, Sendable, CaseIterable {
  /// Also `BOOL`.
  case boolean = "BOOLEAN"
  /// Also `VARCHAR`.
  case string = "STRING"
  /// Also `INT`, `SIGNED INTEGER`.
  case integer = "INTEGER"
  /// 64 bits.
  case float = "FLOAT"
  /// A day.
  case date = "DATE"
  /// Also `TIME WITHOUT TIME ZONE`.
  case localTime = "LOCAL TIME"
  /// Also `TIME WITH TIME ZONE`.
  case zonedTime = "ZONED TIME"
  /// Also `TIMESTAMP WITHOUT TIME ZONE`.
  case localDateTime = "LOCAL DATETIME"
  /// Also `TIMESTAMP WITH TIME ZONE`.
  case zonedDateTime = "ZONED DATETIME"
  /// An amount of time.
  case duration = "DURATION"
  /// A point of any system.
  case point = "POINT"
  /// 128 bits (Cypher 25).
  case uuid = "UUID"
  /// Also `VERTEX`, `ANY NODE`.
  case node = "NODE"
  /// Also `EDGE`, `ANY RELATIONSHIP`.
  case relationship = "RELATIONSHIP"
  /// Also `ANY MAP`.
  case map = "MAP"
  /// A path.
  case path = "PATH"
  /// The type of `null`.
  case null = "NULL"
  /// The empty type.
  case nothing = "NOTHING"
  /// All that can be stored.
  case propertyValue = "PROPERTY VALUE"
  /// Also `ANY VALUE`.
  case any = "ANY"
}

/// The types of a vector's coordinates, under their main names.
public enum VectorCoordinate: String, Hashable, Sendable, CaseIterable {
  /// Also `INTEGER64`, `INT`, `INT64`, `SIGNED INTEGER`.
  case integer64 = "INTEGER"
  /// Also `INT32`.
  case integer32 = "INTEGER32"
  /// Also `INT16`.
  case integer16 = "INTEGER16"
  /// Also `INT8`.
  case integer8 = "INTEGER8"
  /// Also `FLOAT64`.
  case float64 = "FLOAT"
  /// 32 bits.
  case float32 = "FLOAT32"
}
