public import Diagnostics

/// What parsing a statement yields: the tree as far as it goes, and what is wrong.
public struct ParseResult: Sendable {
  /// The tree; `nil` where the text is too broken to have one.
  public var statement: Statement?
  /// What is wrong, in text order; empty for a statement that may go on to the semantic check.
  public var failures: [Failure]
  /// Ordinals of number and string tokens that the tree takes in otherwise than as
  /// `ExpressionKind.literal`: bounds of quantifiers, versions, field terminators …
  ///
  /// A plan serves statements of the same template only if these have the same values.
  public var fixedLiterals: [Int]

  /// Makes a result.
  public init(statement: Statement?, failures: [Failure], fixedLiterals: [Int] = []) {
    self.statement = statement
    self.failures = failures
    self.fixedLiterals = fixedLiterals
  }
}

/// The door to the parser.
public enum CypherParser {
  /// The depth that no tree exceeds, counting nested expressions, patterns and queries.
  ///
  /// Deeper text is answered with a syntax error, so that code that walks trees may recurse.
  public static let maximumDepth = 1_000
}
