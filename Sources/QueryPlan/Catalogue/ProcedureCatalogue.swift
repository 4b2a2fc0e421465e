/// Tells which procedures there are.
public protocol ProcedureCatalogue: Sendable {
  /// The procedure of a whole name such as `db.labels`, letter case counting; `nil` when there is none.
  func signature(named name: String) -> ProcedureSignature?
}

/// A catalogue without procedures.
public struct EmptyProcedureCatalogue: ProcedureCatalogue {
  /// Makes it.
  public init() {}

  /// Always `nil`.
  public func signature(named name: String) -> ProcedureSignature? { nil }
}
