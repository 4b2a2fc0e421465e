import GraphValues
import QueryPlan

extension PatternSolver {
  /// Rows of a part of the pattern for one row of the argument, whatever way they were found.
  ///
  /// Conditions count as independent of each other; a step's count is that of its relationships
  /// between nodes with the labels asked for so far.
  func estimate(nodes: Set<Slot>, steps: Set<Int>, solved: Set<Int>) -> Double {
    let all = max(1, planning.statistics.nodeCount)
    var rows = 1.0
    for node in nodes where !problem.arguments.contains(node) { rows *= all }
    for step in steps.sorted() { rows *= factor(of: problem.connections[step], solved: solved) }
    for index in solved.sorted() where !isAboutArgumentsOnly(index) {
      rows *= problem.predicates[index].selectivity
    }
    return rows
  }

  private func isAboutArgumentsOnly(_ index: Int) -> Bool {
    guard problem.predicates[index].label != nil else { return false }
    return problem.predicates[index].slots.isSubset(of: problem.arguments)
      && problem.predicates[index].slots.allSatisfy { planning.knownLabels[$0] != nil }
  }

  /// The fraction of pairs of nodes that a step connects, counting each way once.
  private func factor(of connection: Connection, solved: Set<Int>) -> Double {
    let left = labels(of: connection.left, solved: solved)
    let right = labels(of: connection.right, solved: solved)
    let pairs = nodeCount(left) * nodeCount(right)
    switch connection {
    case .relationship(let relationship):
      let all = max(1, planning.statistics.nodeCount)
      if relationship.isBound { return 2 / (all * all) }
      guard let length = relationship.length else {
        return count(relationship.types, relationship.direction, left, right) / pairs
      }
      let first = count(relationship.types, relationship.direction, left, []) / nodeCount(left)
      let later = count(relationship.types, relationship.direction, [], []) / all
      return walks(length, first: first, later: later) / all
    case .quantified(let part):
      let all = max(1, planning.statistics.nodeCount)
      var degree = 1.0
      for inner in part.inner.relationships {
        degree *= count(inner.types, inner.direction, [], []) / all
      }
      return walks(part.range, first: degree, later: degree) / all
    }
  }

  /// The most hops that the least length of a walk counts for.
  private static let mostHops = 100

  private func walks(_ range: HopRange, first: Double, later: Double) -> Double {
    var total = range.minimum == 0 ? 1.0 : 0
    var walk = first
    // Of walks that long there are hardly any, and a length is any number that a text has.
    let least = min(range.minimum, Self.mostHops)
    let last = min(range.maximum ?? least + 16, least + 16)
    if last < 1 { return total }
    for hops in 1...last {
      if hops >= least { total += walk }
      walk *= later * (0..<hops).reduce(1) { product, _ in product * 0.99 }
    }
    return max(total, 1e-6)
  }

  private func labels(of node: Slot, solved: Set<Int>) -> Set<String> {
    problem.labels(of: node, among: solved).union(
      problem.arguments.contains(node) ? planning.knownLabels[node] ?? [] : [])
  }

  private func nodeCount(_ labels: Set<String>) -> Double {
    let all = max(1, planning.statistics.nodeCount)
    return labels.reduce(all) { $0 * min(1, Estimate.nodeCount($1, in: planning) / all) }
  }

  /// How many relationships lie between nodes with these labels; both ways when undirected.
  func count(
    _ types: [String], _ direction: Direction, _ left: Set<String>, _ right: Set<String>
  ) -> Double {
    switch direction {
    case .outgoing: count(types, from: left, to: right)
    case .incoming: count(types, from: right, to: left)
    case .both: count(types, from: left, to: right) + count(types, from: right, to: left)
    }
  }

  private func count(_ types: [String], from start: Set<String>, to end: Set<String>) -> Double {
    let statistics = planning.statistics
    var total = 0.0
    for type in types.isEmpty ? [nil] : types.map(Optional.some) {
      var least = statistics.relationshipCount(type: type, start: nil, end: nil)
      for label in start {
        least = min(least, statistics.relationshipCount(type: type, start: label, end: nil))
      }
      for label in end {
        least = min(least, statistics.relationshipCount(type: type, start: nil, end: label))
      }
      total += least
    }
    return max(total, 1e-3)
  }
}
