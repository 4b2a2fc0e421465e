import CypherSyntax

extension AST.Expression {
  /// The expressions directly inside, patterns and subqueries left out.
  var children: [AST.Expression] {
    switch kind {
    case .literal, .parameter, .variable, .countAll, .pattern, .exists, .count, .collect: []
    case .patternComprehension(let comprehension):
      [comprehension.projection] + (comprehension.predicate.map { [$0] } ?? [])
    case .interpolatedString(let parts): parts.compactMap { $0.expression }
    case .property(let base, _), .unary(_, let base), .not(let base), .isNull(let base),
      .isNotNull(let base), .isTyped(let base, _, _), .isNormalized(let base, _, _),
      .labelTest(let base, _):
      [base]
    case .index(let left, let right), .binary(_, let left, let right): [left, right]
    case .chain(let base, let links): [base] + links.flatMap(\.operands)
    case .slice(let base, let lower, let upper): [base] + [lower, upper].compactMap { $0 }
    case .list(let items), .and(let items), .or(let items), .xor(let items): items
    case .map(let entries): entries.map(\.value)
    case .mapProjection(let projection): projection.items.compactMap { $0.value }
    case .listComprehension(let list):
      [list.list] + [list.predicate, list.projection].compactMap { $0 }
    case .quantified(let quantified): [quantified.list] + [quantified.predicate].compactMap { $0 }
    case .reduce(let reduce): reduce.children
    case .allReduce(let reduce, let predicate): reduce.children + [predicate]
    case .caseWhen(let expression): expression.children
    case .function(let call): call.arguments
    case .comparison(let first, let links): [first] + links.map(\.operand)
    }
  }
}

extension InterpolatedPart {
  fileprivate var expression: AST.Expression? {
    if case .expression(let expression) = self { expression } else { nil }
  }
}

extension MapProjection.Item {
  fileprivate var value: AST.Expression? {
    if case .entry(let entry) = self { entry.value } else { nil }
  }
}

extension Reduce {
  fileprivate var children: [AST.Expression] { [initial, list] + [step].compactMap { $0 } }
}

extension CaseExpression {
  fileprivate var children: [AST.Expression] {
    [operand, otherwise].compactMap { $0 }
      + branches.flatMap { $0.tests.compactMap { $0.expression } + [$0.result] }
  }
}

extension CaseExpression.Test {
  fileprivate var expression: AST.Expression? {
    switch self {
    case .expression(let expression), .comparison(_, let expression), .binary(_, let expression):
      expression
    case .isNull, .isTyped, .isNormalized, .labels: nil
    }
  }
}
