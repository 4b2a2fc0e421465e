public import Diagnostics

/// One clause of a query.
public indirect enum Clause: Hashable, Sendable {
  /// `USE graph`.
  case use(UseClause)
  /// `[OPTIONAL] MATCH`.
  case match(MatchClause)
  /// `UNWIND list AS x`, or `FOR x IN list`.
  case unwind(UnwindClause)
  /// `WITH`.
  case with(WithClause)
  /// `RETURN`.
  case returning(ReturnClause)
  /// `FINISH`.
  case finish(FinishClause)
  /// `LET x = e, y = f`.
  case letting(LetClause)
  /// `FILTER [WHERE] p`.
  case filter(FilterClause)
  /// `ORDER BY … SKIP … LIMIT …` on its own.
  case orderAndPage(OrderAndPageClause)
  /// `CREATE` or `INSERT`.
  case create(CreateClause)
  /// `MERGE`.
  case merge(MergeClause)
  /// `SET`.
  case set(SetClause)
  /// `REMOVE`.
  case remove(RemoveClause)
  /// `[DETACH | NODETACH] DELETE`.
  case delete(DeleteClause)
  /// `FOREACH (x IN list | …)`.
  case foreach(ForeachClause)
  /// `[OPTIONAL] CALL procedure(…) YIELD …`.
  case callProcedure(CallProcedureClause)
  /// `[OPTIONAL] CALL (…) { … } [IN TRANSACTIONS …]`.
  case callSubquery(CallSubqueryClause)
  /// `LOAD CSV`.
  case loadCSV(LoadCSVClause)
  /// `SHOW …`.
  case show(ShowClause)
  /// `TERMINATE TRANSACTIONS …`.
  case terminate(TerminateClause)

  /// From the clause's first token to its last.
  public var span: SourceSpan {
    switch self {
    case .use(let clause): clause.span
    case .match(let clause): clause.span
    case .unwind(let clause): clause.span
    case .with(let clause): clause.span
    case .returning(let clause): clause.span
    case .finish(let clause): clause.span
    case .letting(let clause): clause.span
    case .filter(let clause): clause.span
    case .orderAndPage(let clause): clause.span
    case .create(let clause): clause.span
    case .merge(let clause): clause.span
    case .set(let clause): clause.span
    case .remove(let clause): clause.span
    case .delete(let clause): clause.span
    case .foreach(let clause): clause.span
    case .callProcedure(let clause): clause.span
    case .callSubquery(let clause): clause.span
    case .loadCSV(let clause): clause.span
    case .show(let clause): clause.span
    case .terminate(let clause): clause.span
    }
  }
}
