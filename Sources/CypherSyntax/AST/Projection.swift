public import Diagnostics

/// `WITH projection [WHERE p]`.
public struct WithClause: Hashable, Sendable {
  /// Items, order and page.
  public var projection: Projection
  /// Acts after the page.
  public var predicate: Expression?
  /// The whole clause.
  @NotCompared public var span: SourceSpan
}

/// `RETURN projection`.
public struct ReturnClause: Hashable, Sendable {
  /// Items, order and page.
  public var projection: Projection
  /// The whole clause.
  @NotCompared public var span: SourceSpan
}

/// `FINISH`.
public struct FinishClause: Hashable, Sendable {
  /// The word.
  @NotCompared public var span: SourceSpan
}

/// `ORDER BY … SKIP … LIMIT …` as a clause of its own.
public struct OrderAndPageClause: Hashable, Sendable {
  /// Sort keys; may be empty.
  public var order: [SortItem]
  /// `SKIP` or `OFFSET`.
  public var skip: Expression?
  /// `LIMIT`.
  public var limit: Expression?
  /// The whole clause.
  @NotCompared public var span: SourceSpan
}

/// What stands behind `WITH` and `RETURN`.
public struct Projection: Hashable, Sendable {
  /// `DISTINCT`, `ALL`, or nothing.
  public var quantifier: SetQuantifier?
  /// Whether the items begin with `*`.
  public var includesAll: Bool
  /// Where the `*` stands.
  @NotCompared public var starSpan: SourceSpan?
  /// The items besides `*`; may be empty only with it.
  public var items: [ProjectionItem]
  /// `GROUP BY …` (Cypher 25).
  public var grouping: GroupBy?
  /// Sort keys; may be empty.
  public var order: [SortItem]
  /// `SKIP` or `OFFSET`.
  public var skip: Expression?
  /// `LIMIT`.
  public var limit: Expression?
  /// From the quantifier or first item to the end of the page.
  @NotCompared public var span: SourceSpan

  /// Whether duplicates are removed.
  public var isDistinct: Bool { quantifier == .distinct }
}

/// `DISTINCT` or `ALL`.
public enum SetQuantifier: Hashable, Sendable {
  /// Without duplicates.
  case distinct
  /// With duplicates; the same as nothing.
  case all
}

/// `expression [AS name]`.
public struct ProjectionItem: Hashable, Sendable {
  /// The value.
  public var expression: Expression
  /// The name after `AS`.
  public var alias: Name?
  /// The expression's text, blanks and comments around it left out: an unaliased column's name.
  ///
  /// Parentheses around the whole expression belong to it.
  @NotCompared public var sourceSpan: SourceSpan
  /// Index of the expression's first token in the statement's tokens, comments not counted.
  @NotCompared public var firstToken: Int
  /// Index of the expression's last token.
  @NotCompared public var lastToken: Int
  /// Expression and alias.
  @NotCompared public var span: SourceSpan
}

/// `GROUP BY …` of Cypher 25.
public struct GroupBy: Hashable, Sendable {
  /// What is grouped by.
  public enum Keys: Hashable, Sendable {
    /// `GROUP BY ALL`: the implicit rule.
    case all
    /// `GROUP BY ()`: one group, also of no rows; else the expressions.
    case expressions([Expression])
  }

  /// What is grouped by.
  public var keys: Keys
  /// From `GROUP` to the end.
  @NotCompared public var span: SourceSpan
}

/// `expression [ASC | DESC]`.
public struct SortItem: Hashable, Sendable {
  /// The key.
  public var expression: Expression
  /// `DESC` or `DESCENDING`.
  public var isDescending: Bool
  /// Expression and direction.
  @NotCompared public var span: SourceSpan
}

/// `YIELD …` of a procedure call, of `SHOW` and `TERMINATE`.
public struct YieldClause: Hashable, Sendable {
  /// `column [AS name]`.
  public struct Item: Hashable, Sendable {
    /// The column.
    public var column: Name
    /// The variable that it gets; the column's name where absent.
    public var alias: Name?
    /// Both.
    @NotCompared public var span: SourceSpan
  }

  /// `YIELD *`.
  public var includesAll: Bool
  /// The columns; empty with `*`.
  public var items: [Item]
  /// Sort keys, after `SHOW` and `TERMINATE` only.
  public var order: [SortItem]
  /// `SKIP` or `OFFSET`, after `SHOW` and `TERMINATE` only.
  public var skip: Expression?
  /// `LIMIT`, after `SHOW` and `TERMINATE` only.
  public var limit: Expression?
  /// The predicate.
  public var predicate: Expression?
  /// From `YIELD` to the end.
  @NotCompared public var span: SourceSpan
}
