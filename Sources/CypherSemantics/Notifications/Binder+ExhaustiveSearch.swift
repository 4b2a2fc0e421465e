import CypherSyntax
import Diagnostics
import QueryPlan

extension Binder {
  /// Remarks on `shortestPath()` in MATCH where a condition on the whole path may refuse the shortest
  /// ones, so that all paths have to be tried.
  mutating func remark(onExhaustiveSearches match: MatchClause) {
    guard let predicate = match.predicate else { return }
    for pattern in match.patterns {
      guard case .shortest(let shortest) = pattern.kind else { continue }
      var names = Set([pattern.variable?.text].compactMap { $0 })
      for case .relationship(let relationship) in shortest.elements {
        if let name = relationship.variable?.text { names.insert(name) }
      }
      let judging = predicate.conjuncts.filter { $0.judgesWhole(of: names) }
      if judging.isEmpty { continue }
      let texts = judging.map {
        CypherPrinter.text(of: $0, numberingConstantsFrom: notes.numbersOfHops)
      }
      remark(.exhaustiveShortest(texts, at: place(shortest.span.start)))
    }
  }
}

extension RelationshipPattern {
  /// How many numbers its length is given by.
  var numberCount: Int {
    if let length {
      return length.lower == length.upper ? 1 : [length.lower, length.upper].count { $0 != nil }
    }
    switch quantifier?.form {
    case .fixed: return 1
    case .range(let lower, let upper): return [lower, upper].count { $0 != nil }
    default: return 0
    }
  }
}

extension AST.Expression {
  /// The conditions that hold together.
  fileprivate var conjuncts: [AST.Expression] {
    if case .and(let parts) = kind { parts.flatMap(\.conjuncts) } else { [self] }
  }

  /// Whether it reads a path in another way than step by step, as the search does itself.
  fileprivate func judgesWhole(of names: Set<String>) -> Bool {
    if case .quantified(let test) = kind, test.kind == .all || test.kind == .none,
      test.list.stepsOwner.map(names.contains) == true
    {
      guard let predicate = test.predicate else { return false }
      return predicate.freeVariables(hiding: [test.variable.text]).contains {
        names.contains($0.name)
      }
    }
    return freeVariables(hiding: []).contains { names.contains($0.name) }
  }

  /// The path in `nodes(path)` and `relationships(path)`, or the variable itself.
  private var stepsOwner: String? {
    switch kind {
    case .variable(let name): return name.text
    case .function(let call) where call.arguments.count == 1:
      guard case .variable(let name) = call.arguments[0].kind,
        ["nodes", "relationships"].contains(call.name.text.lowercased())
      else { return nil }
      return name.text
    default: return nil
    }
  }
}
