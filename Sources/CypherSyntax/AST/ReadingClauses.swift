public import Diagnostics

/// `USE graph`.
public struct UseClause: Hashable, Sendable {
  /// What is named.
  public enum Target: Hashable, Sendable {
    /// `USE name`, `USE composite.name`.
    case name(QualifiedName)
    /// `USE graph.byName(…)`, `USE graph.byElementId(…)`: a function call.
    case function(Expression)
  }

  /// The graph.
  public var target: Target
  /// The whole clause.
  @NotCompared public var span: SourceSpan
}

/// `[OPTIONAL] MATCH patterns hints WHERE …`.
public struct MatchClause: Hashable, Sendable {
  /// `OPTIONAL MATCH`.
  public var isOptional: Bool
  /// `DIFFERENT RELATIONSHIPS`, `REPEATABLE ELEMENTS`.
  public var mode: MatchMode?
  /// At least one, separated by commas.
  public var patterns: [PathPattern]
  /// `USING …`.
  public var hints: [Hint]
  /// The predicate.
  public var predicate: Expression?
  /// `SEARCH …`; at most one, as a list so that clauses stay small.
  public var searches: [SearchClause]

  /// `SEARCH …`.
  public var search: SearchClause? { searches.first }
  /// The whole clause.
  @NotCompared public var span: SourceSpan
}

/// How often a MATCH may meet one relationship.
public struct MatchMode: Hashable, Sendable {
  /// The two modes.
  public enum Kind: Hashable, Sendable {
    /// `DIFFERENT RELATIONSHIPS`.
    case differentRelationships
    /// `REPEATABLE ELEMENTS`.
    case repeatableElements
  }

  /// Which one.
  public var kind: Kind
  /// The words.
  @NotCompared public var span: SourceSpan
}

/// `USING …` after the patterns of a MATCH.
public struct Hint: Hashable, Sendable {
  /// What is asked for.
  public enum Kind: Hashable, Sendable {
    /// `USING [RANGE | TEXT | POINT] INDEX [SEEK] variable:Label(key, …)`.
    case index(type: IndexType?, isSeek: Bool, variable: Name, label: Name, keys: [Name])
    /// `USING SCAN variable:Label`.
    case scan(variable: Name, label: Name)
    /// `USING JOIN ON variable, …`.
    case join([Name])
  }

  /// What is asked for.
  public var kind: Kind
  /// From `USING` to the end.
  @NotCompared public var span: SourceSpan
}

/// `SEARCH n IN (VECTOR INDEX name FOR e [WHERE p] LIMIT k) [SCORE AS s]`.
public struct SearchClause: Hashable, Sendable {
  /// The kinds of indexes that can be searched.
  public enum Kind: Hashable, Sendable {
    /// Nearest by a vector index.
    case vector
    /// By a full-text query.
    case fulltext
  }

  /// The node or relationship variable that is found.
  public var variable: Name
  /// Which kind of index.
  public var kind: Kind
  /// The index's name.
  public var index: NameOrParameter
  /// What is searched for.
  public var query: Expression
  /// `WHERE` within the parentheses.
  public var predicate: Expression?
  /// `WITH ANALYZER 'name'`.
  public var analyzer: Expression?
  /// `SKIP` or `OFFSET`.
  public var skip: Expression?
  /// `LIMIT`; required, `nil` only beside a failure.
  public var limit: Expression?
  /// `SCORE AS name`.
  public var score: Name?
  /// The whole sub-clause.
  @NotCompared public var span: SourceSpan
}

/// `UNWIND list AS x`, or `FOR x IN list`.
public struct UnwindClause: Hashable, Sendable {
  /// Written as `FOR x IN list` (Cypher 25).
  public var isFor: Bool
  /// What is taken apart.
  public var list: Expression
  /// The new variable.
  public var variable: Name
  /// The whole clause.
  @NotCompared public var span: SourceSpan
}

/// `LET x = e, y = f`.
public struct LetClause: Hashable, Sendable {
  /// One `name = expression`.
  public struct Item: Hashable, Sendable {
    /// The new variable.
    public var variable: Name
    /// Its value.
    public var value: Expression
  }

  /// At least one.
  public var items: [Item]
  /// The whole clause.
  @NotCompared public var span: SourceSpan
}

/// `FILTER [WHERE] p`.
public struct FilterClause: Hashable, Sendable {
  /// The predicate.
  public var predicate: Expression
  /// The whole clause.
  @NotCompared public var span: SourceSpan
}

/// `LOAD CSV [WITH HEADERS] FROM url AS row [FIELDTERMINATOR text]`.
public struct LoadCSVClause: Hashable, Sendable {
  /// `WITH HEADERS`: rows are maps.
  public var hasHeaders: Bool
  /// Where to read from.
  public var url: Expression
  /// The new variable.
  public var variable: Name
  /// The separator of fields, decoded; one character unless wrong.
  public var fieldTerminator: FieldTerminator?
  /// The whole clause.
  @NotCompared public var span: SourceSpan

  /// The string after `FIELDTERMINATOR`.
  public struct FieldTerminator: Hashable, Sendable {
    /// Decoded.
    public var text: String
    /// The string literal.
    @NotCompared public var span: SourceSpan
  }
}
