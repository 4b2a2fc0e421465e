/// A type as `IS :: T` and signatures name it.
public indirect enum CypherType: Hashable, Sendable {
  /// Everything, null included.
  case any
  /// `NOTHING`: no value at all.
  case nothing
  /// `NULL`.
  case null
  /// `BOOLEAN`.
  case boolean
  /// `INTEGER`.
  case integer
  /// `FLOAT`.
  case float
  /// `INTEGER | FLOAT`, of signatures.
  case number
  /// `STRING`.
  case string
  /// `DATE`.
  case date
  /// `LOCAL TIME`.
  case localTime
  /// `ZONED TIME`.
  case zonedTime
  /// `LOCAL DATETIME`.
  case localDateTime
  /// `ZONED DATETIME`.
  case zonedDateTime
  /// `DURATION`.
  case duration
  /// `POINT`.
  case point
  /// `NODE`.
  case node
  /// `RELATIONSHIP`.
  case relationship
  /// `PATH`.
  case path
  /// `MAP`.
  case map
  /// `LIST<T>`.
  case list(CypherType)
  /// `PROPERTY VALUE`.
  case propertyValue
  /// One of several.
  case union([CypherType])
  /// The type without null: `T NOT NULL`.
  case notNull(CypherType)
}
