import CypherSyntax
import QueryPlan

// The tree and its bound form use the same words; these two say which one is meant.

/// Types of the tree that the parser makes.
enum AST {
  typealias Expression = CypherSyntax.Expression
  typealias Literal = CypherSyntax.Literal
  typealias Clause = CypherSyntax.Clause
  typealias Query = CypherSyntax.Query
  typealias SingleQuery = CypherSyntax.SingleQuery
  typealias Projection = CypherSyntax.Projection
  typealias ProjectionItem = CypherSyntax.ProjectionItem
  typealias LabelExpression = CypherSyntax.LabelExpression
  typealias MergeClause = CypherSyntax.MergeClause
  typealias LoadCSVClause = CypherSyntax.LoadCSVClause
  typealias SetItem = CypherSyntax.SetItem
  typealias RemoveItem = CypherSyntax.RemoveItem
  typealias Quantifier = CypherSyntax.Quantifier
  typealias NormalForm = CypherSyntax.NormalForm
  typealias ComparisonOperator = CypherSyntax.ComparisonOperator
}

/// Types of bound queries.
enum Bound {
  typealias Expression = QueryPlan.Expression
  typealias Literal = QueryPlan.Literal
  typealias Clause = QueryPlan.Clause
  typealias SingleQuery = QueryPlan.SingleQuery
  typealias Projection = QueryPlan.Projection
  typealias LabelExpression = QueryPlan.LabelExpression
  typealias MergeClause = QueryPlan.MergeClause
  typealias LoadCSVClause = QueryPlan.LoadCSVClause
  typealias SetItem = QueryPlan.SetItem
  typealias RemoveItem = QueryPlan.RemoveItem
  typealias NormalForm = QueryPlan.NormalForm
  typealias ComparisonOperator = QueryPlan.ComparisonOperator
}
