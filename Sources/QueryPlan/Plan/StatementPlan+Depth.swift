public import Diagnostics

extension StatementPlan {
  /// How many operators may stand on top of each other: trees are walked, and rows are pulled, by
  /// recursion.
  public static let maximumDepth = 1_000

  /// What a statement gets whose plan would be deeper.
  public static let tooDeep = Failure(
    code: "Neo.ClientError.Statement.SyntaxError",
    message:
      "The query has too many clauses: its plan would be deeper than \(maximumDepth) operators.")
}
