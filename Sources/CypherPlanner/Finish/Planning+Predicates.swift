import QueryPlan

extension Planning {
  /// Predicates in the order in which a filter tries them: those first that cost little and drop much.
  func ordered(_ predicates: [Expression]) -> [Expression] {
    predicates.enumerated().sorted { left, right in
      let (one, other) = (rank(left.element), rank(right.element))
      return one == other ? left.offset < right.offset : one < other
    }.map(\.element)
  }

  /// Predicates as a filter prints them; equally good ones stand in parentheses.
  func text(_ predicates: [Expression]) -> String {
    var groups: [(rank: Double, texts: [String])] = []
    for predicate in predicates {
      let rank = rank(predicate)
      let text = if case .or = predicate { "(" + text(predicate) + ")" } else { text(predicate) }
      if let last = groups.last, last.rank == rank, rank > 0 {
        groups[groups.count - 1].texts.append(text)
      } else {
        groups.append((rank, [text]))
      }
    }
    if groups.count == 1 { return groups[0].texts.joined(separator: " AND ") }
    return groups.map { group in
      let joined = group.texts.joined(separator: " AND ")
      return group.texts.count > 1 ? "(" + joined + ")" : joined
    }.joined(separator: " AND ")
  }

  private func rank(_ predicate: Expression) -> Double {
    switch predicate {
    case .areDisjoint: 0
    case .literal: -1
    case .hasLabels: 3
    case .nestedPlan: 4
    default:
      predicate.contains(where: { if case .nestedPlan = $0 { true } else { false } })
        ? 4 : 1 + Estimate.selectivity(predicate, in: self)
    }
  }
}
