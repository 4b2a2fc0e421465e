public import Diagnostics

/// A query or a part of one: what may stand in braces.
///
/// `UNION` and `NEXT` are flat lists, so that long chains are not deep; depth comes from braces only.
public struct Query: Hashable, Sendable {
  /// The shapes of queries.
  public indirect enum Kind: Hashable, Sendable {
    /// Clauses one after the other.
    case single(SingleQuery)
    /// `first UNION arm UNION ALL arm …`, evaluated from the left.
    case union(first: Query, arms: [UnionArm])
    /// `{ query }` as an arm of a union, a branch, or a part of `NEXT`.
    case braced(Query)
    /// `part NEXT part …`, at least two.
    case next([Query])
    /// `WHEN … THEN … ELSE …`.
    case conditional(ConditionalQuery)
  }

  /// What it is made of.
  public var kind: Kind
  /// From first token to last.
  @NotCompared public var span: SourceSpan
}

/// `UNION …` with the query behind it.
public struct UnionArm: Hashable, Sendable {
  /// `UNION ALL`: keeps duplicates.
  public var isAll: Bool
  /// The query behind it; never a union itself unless braced.
  public var query: Query
  /// The words `UNION [ALL | DISTINCT]`.
  @NotCompared public var span: SourceSpan
}

/// Clauses one after the other.
public struct SingleQuery: Hashable, Sendable {
  /// At least one; a `USE` stands among them where it was written.
  public var clauses: [Clause]
  /// From first token to last.
  @NotCompared public var span: SourceSpan
}

/// `WHEN p THEN q … ELSE q`.
public struct ConditionalQuery: Hashable, Sendable {
  /// `WHEN predicate THEN query`.
  public struct Branch: Hashable, Sendable {
    /// Decides whether the branch runs.
    public var predicate: Expression
    /// Braced or single.
    public var query: Query
    /// From `WHEN` to the end of the query.
    @NotCompared public var span: SourceSpan
  }

  /// At least one, tried in this order.
  public var branches: [Branch]
  /// What `ELSE` runs.
  public var otherwise: Query?
  /// From `WHEN` to the end.
  @NotCompared public var span: SourceSpan
}
