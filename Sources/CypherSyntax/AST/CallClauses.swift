public import Diagnostics

/// `[OPTIONAL] CALL procedure[(arguments)] [YIELD …]`.
public struct CallProcedureClause: Hashable, Sendable {
  /// `OPTIONAL CALL`.
  public var isOptional: Bool
  /// The procedure.
  public var procedure: QualifiedName
  /// `nil` without parentheses: arguments come from parameters of the same names.
  public var arguments: [Expression]?
  /// What is kept, with its predicate.
  public var yield: YieldClause?
  /// The whole clause.
  @NotCompared public var span: SourceSpan
}

/// `[OPTIONAL] CALL [(scope)] { query } [IN TRANSACTIONS …]`.
public struct CallSubqueryClause: Hashable, Sendable {
  /// What a scope clause imports.
  public enum Scope: Hashable, Sendable {
    /// `(*)`.
    case all
    /// `(a, b)`; may be empty.
    case variables([Name])
  }

  /// `OPTIONAL CALL`.
  public var isOptional: Bool
  /// `nil` for the old form, where an importing `WITH` may be the first clause.
  public var scope: Scope?
  /// The query in the braces.
  public var query: Query
  /// `IN TRANSACTIONS …`.
  public var transactions: InTransactions?
  /// The whole clause.
  @NotCompared public var span: SourceSpan
}

/// `IN [[n] CONCURRENT] TRANSACTIONS …`.
public struct InTransactions: Hashable, Sendable {
  /// `CONCURRENT` stands there.
  public var isConcurrent: Bool
  /// The number before `CONCURRENT`.
  public var concurrency: Expression?
  /// `OF n ROWS`; more than one is for the semantic check to refuse.
  public var batchSizes: [BatchSize]
  /// `ON ERROR …`; more than one is for the semantic check to refuse.
  public var errorBehaviours: [ErrorBehaviour]
  /// `REPORT STATUS AS name`; more than one is for the semantic check to refuse.
  public var reports: [Report]
  /// `DISJOINT BY …`, which changes nothing.
  public var disjointBy: [Expression]
  /// From `IN` to the end.
  @NotCompared public var span: SourceSpan

  /// `OF n ROWS`.
  public struct BatchSize: Hashable, Sendable {
    /// Rows per transaction.
    public var rows: Expression
    /// The words and the number.
    @NotCompared public var span: SourceSpan
  }

  /// `ON ERROR …`.
  public struct ErrorBehaviour: Hashable, Sendable {
    /// What to do after a failed transaction.
    public enum Kind: Hashable, Sendable {
      /// End the query.
      case fail
      /// Go on with the next batch.
      case proceed
      /// Run no further batch, end without failure.
      case stop
    }

    /// What to do, after all tries where there are several.
    public var kind: Kind
    /// `RETRY …` stands before it.
    public var isRetry: Bool
    /// `FOR n SECONDS` of `RETRY`.
    public var retrySeconds: Expression?
    /// From `ON` to the end.
    @NotCompared public var span: SourceSpan
  }

  /// `REPORT STATUS AS name`.
  public struct Report: Hashable, Sendable {
    /// The variable.
    public var variable: Name
    /// From `REPORT` to the end.
    @NotCompared public var span: SourceSpan
  }
}
