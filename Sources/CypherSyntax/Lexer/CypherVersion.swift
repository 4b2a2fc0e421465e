/// The versions of the language.
public enum CypherVersion: Int, Hashable, Sendable, Comparable {
  /// Neo4j 5's language, and of later versions by default.
  case cypher5 = 5
  /// The version that grows.
  case cypher25 = 25

  /// Orders by number.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
