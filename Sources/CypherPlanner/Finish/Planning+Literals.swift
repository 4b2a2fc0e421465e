import QueryPlan

extension Planning {
  /// The number of a list of literals, which counts as one constant.
  func literalNumber(_ expression: Expression) -> Int? {
    guard case .list(let items) = expression, !items.isEmpty, items.allSatisfy(\.isLiftedLiteral),
      case .literal(let first) = items[0], let index = first.printedIndex
    else { return nil }
    // Constants that have numbers of their own were no list in the text.
    guard !items.dropFirst().contains(where: { isNumberedLiteral($0) }) else { return nil }
    return literalNumbers[index] ?? index
  }

  private func isNumberedLiteral(_ expression: Expression) -> Bool {
    guard case .literal(let literal) = expression, let index = literal.printedIndex else {
      return false
    }
    return literalNumbers[index] != nil
  }

  /// The constant that arithmetic on numbers of the text counts as, with the place of the first.
  func folded(_ expression: Expression) -> Literal? {
    guard case .arithmetic(let operation, let left, let right) = expression,
      let first = number(left), let second = number(right), first.printedIndex != nil,
      let value = operation.folded(first, second)
    else { return nil }
    return Literal(value, liftedIndex: first.liftedIndex, ordinal: first.ordinal)
  }

  private func number(_ expression: Expression) -> Literal? {
    guard case .literal(let literal) = expression else { return folded(expression) }
    switch literal.content {
    case .integer, .float: return literal.printedIndex == nil ? nil : literal
    default: return nil
    }
  }

  /// Gives the constants of a query the numbers that plans print, a list of constants being one.
  func numberLiterals(of query: BoundQuery) {
    var heads: Set<Int> = []
    var inner: Set<Int> = []
    func visit(_ expression: Expression) {
      if literalNumber(expression) != nil, case .list(let items) = expression {
        for (place, item) in items.enumerated() {
          guard case .literal(let literal) = item, let index = literal.printedIndex else {
            continue
          }
          if place == 0 { heads.insert(index) } else { inner.insert(index) }
        }
        return
      }
      if let literal = folded(expression), let index = literal.printedIndex {
        heads.insert(index)
        return
      }
      if case .literal(let literal) = expression, let index = literal.printedIndex {
        heads.insert(index)
      }
      if case .subquery(let subquery) = expression {
        subquery.query.forEachNumberedExpression(visit)
      }
      for child in expression.children { visit(child) }
    }
    query.forEachNumberedExpression(visit)
    query.forEachBatchSize { size in
      if case .literal(let literal) = size, let ordinal = literal.ordinal { heads.insert(ordinal) }
    }
    for (number, index) in heads.sorted().enumerated() { literalNumbers[index] = number }
  }
}

extension Planning {
  /// The size of the batches of CALL IN TRANSACTIONS, which is numbered though it is fixed.
  func batchText(_ size: Expression) -> String {
    guard case .literal(let literal) = size, let ordinal = literal.ordinal,
      let number = literalNumbers[ordinal]
    else { return text(size) }
    return "$autoint_\(number)"
  }
}

extension ArithmeticOperator {
  /// The result on two numbers, where there is one; its value matters less than its kind.
  fileprivate func folded(_ left: Literal, _ right: Literal) -> Literal.Content? {
    if case .integer(let first) = left.content, case .integer(let second) = right.content {
      let result: (partialValue: Int64, overflow: Bool)
      switch self {
      case .add: result = first.addingReportingOverflow(second)
      case .subtract: result = first.subtractingReportingOverflow(second)
      case .multiply: result = first.multipliedReportingOverflow(by: second)
      case .divide: result = first.dividedReportingOverflow(by: second)
      case .modulo: result = first.remainderReportingOverflow(dividingBy: second)
      case .power: return .float(0)
      case .concatenate: return nil
      }
      return result.overflow ? nil : .integer(result.partialValue)
    }
    return self == .concatenate ? nil : .float(0)
  }
}

extension Literal {
  /// What tells it from the other constants that plans number: equal ones have numbers of their own.
  var printedIndex: Int? { liftedIndex.map { ordinal ?? $0 } }
}

extension Expression {
  /// Whether this is a constant that a cached plan finds anew in each text.
  var isLiftedLiteral: Bool {
    if case .literal(let literal) = self, literal.liftedIndex != nil { true } else { false }
  }
}

extension BoundQuery {
  /// Visits the expressions whose constants plans number, outermost ones only.
  func forEachNumberedExpression(_ visit: (Expression) -> Void) {
    for arm in arms {
      for clause in arm.clauses {
        switch clause {
        case .forEach, .remove, .delete, .loadCSV: continue
        case .callSubquery(let call): call.query.forEachNumberedExpression(visit)
        default: clause.forEachExpression(visit)
        }
      }
    }
  }

  /// Visits the sizes of the batches of CALL IN TRANSACTIONS.
  func forEachBatchSize(_ visit: (Expression) -> Void) {
    for arm in arms {
      for case .callSubquery(let call) in arm.clauses {
        if let rows = call.transactions?.rows { visit(rows) }
        call.query.forEachBatchSize(visit)
      }
    }
  }

  /// Visits the expressions of all clauses, outermost ones only.
  func forEachExpression(_ visit: (Expression) -> Void) {
    for arm in arms { for clause in arm.clauses { clause.forEachExpression(visit) } }
  }
}

extension Clause {
  /// Visits its expressions, outermost ones only.
  func forEachExpression(_ visit: (Expression) -> Void) {
    switch self {
    case .match(let graph, _): graph.forEachExpression(visit)
    case .unwind(let list, _): visit(list)
    case .project(let projection):
      for item in projection.grouping + projection.items { visit(item.expression) }
      for aggregate in projection.aggregates { aggregate.call.arguments.forEach(visit) }
      for key in projection.orderBy { visit(key.expression) }
      for part in [projection.skip, projection.limit, projection.predicate] {
        if let part { visit(part) }
      }
    case .create(let pattern): pattern.expressions.forEach(visit)
    case .merge(let merge):
      merge.pattern.forEachExpression(visit)
      merge.create.expressions.forEach(visit)
      (merge.onCreate + merge.onMatch).flatMap(\.expressions).forEach(visit)
    case .set(let items): items.flatMap(\.expressions).forEach(visit)
    case .remove(let items): items.flatMap(\.expressions).forEach(visit)
    case .delete(let expressions, _): expressions.forEach(visit)
    case .forEach(_, let list, let body):
      visit(list)
      for clause in body { clause.forEachExpression(visit) }
    case .callProcedure(let call):
      call.arguments.forEach(visit)
      if let predicate = call.predicate { visit(predicate) }
    case .callSubquery(let call):
      call.query.forEachExpression(visit)
      if let rows = call.transactions?.rows { visit(rows) }
    case .loadCSV(let clause): visit(clause.url)
    case .finish: break
    }
  }
}

extension PatternGraph {
  /// Visits its expressions, outermost ones only.
  func forEachExpression(_ visit: (Expression) -> Void) {
    predicates.forEach(visit)
    for relationship in relationships {
      if let hop = relationship.hopPredicate { visit(hop.expression) }
    }
    for part in quantified { part.inner.forEachExpression(visit) }
    for part in shortest { part.pattern.forEachExpression(visit) }
  }
}
