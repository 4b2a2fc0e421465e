import Diagnostics
import GraphValues
import QueryPlan

extension PatternSolver {
  /// What a condition asks of a property.
  private enum Use {
    case equal(Expression)
    case anyOf(Expression)
    case lower(IndexBound)
    case upper(IndexBound)
    case startsWith(Expression)
    case endsWith(Expression)
    case contains(Expression)
    case exists
    /// The property exists where the condition holds, but the condition must still be checked.
    case implied(isString: Bool)
  }

  /// Seeks and scans of the indexes on a node.
  func indexSeeks(of node: Slot) -> [Leaf] {
    var leaves: [Leaf] = []
    let uses = uses(of: node)
    if uses.isEmpty { return [] }
    for (index, predicate) in problem.predicates.enumerated() {
      guard case .hasLabels(.variable(node), let labels) = predicate.expression else { continue }
      for name in labels.required {
        for statistics in planning.statistics.indexes(.node, name: name) {
          for var found in seeks(statistics, uses: uses) {
            if labels.name != nil { found.solved.insert(index) }
            leaves.append(
              Leaf(
                operation: .nodeIndexSeek(node, statistics.reference, found.seek),
                solved: found.solved, rows: found.rows, costPerRow: found.costPerRow,
                order: order(of: node, statistics, found.seek),
                isHinted: isHinted(node, name, statistics)))
          }
        }
      }
    }
    return leaves
  }

  /// Seeks and scans of the indexes on a relationship.
  func relationshipIndexSeeks(
    of relationship: PatternRelationship, start: Slot, end: Slot
  ) -> [Leaf] {
    guard relationship.types.count == 1, let type = relationship.types.first else { return [] }
    let uses = uses(of: relationship.slot)
    if uses.isEmpty { return [] }
    let isDirected = relationship.direction != .both
    var leaves: [Leaf] = []
    for statistics in planning.statistics.indexes(.relationship, name: type) {
      for found in seeks(statistics, uses: uses) {
        leaves.append(
          Leaf(
            operation: .relationshipIndexSeek(
              relationship.slot, left: start, right: end, statistics.reference, found.seek,
              isDirected: isDirected),
            solved: found.solved, rows: found.rows * (isDirected ? 1 : 2),
            costPerRow: found.costPerRow * Cost.relationshipScanRow / Cost.scanRow,
            isHinted: isHinted(relationship.slot, type, statistics)))
      }
    }
    return leaves
  }

  private func isHinted(_ variable: Slot, _ name: String, _ index: IndexStatistics) -> Bool {
    problem.hints.contains(
      .index(variable: variable, name: name, properties: index.reference.properties))
  }

  private func order(
    of entity: Slot, _ index: IndexStatistics, _ seek: IndexSeek
  ) -> [OrderColumn] {
    guard index.kind == .range, index.reference.properties.count == 1, seek.isOrdered else {
      return []
    }
    return index.reference.properties.map {
      OrderColumn(
        expression: .property(.variable(entity), key: $0), isDescending: false)
    }
  }

  // MARK: Conditions on properties

  private func uses(of entity: Slot) -> [String: [(index: Int, use: Use)]] {
    var found: [String: [(index: Int, use: Use)]] = [:]
    for index in conditionsOfSlot[entity] ?? [] {
      for (key, use) in uses(of: entity, in: problem.predicates[index].expression) {
        found[key, default: []].append((index, use))
      }
    }
    return found
  }

  private func uses(of entity: Slot, in predicate: Expression) -> [(String, Use)] {
    func key(_ expression: Expression) -> String? {
      if case .property(.variable(entity), let key) = expression { key } else { nil }
    }
    switch predicate {
    case .comparison(let op, let left, let right):
      if let key = key(left) {
        return [(key, isKnown(right) ? use(op, right) : .implied(isString: false))]
      }
      if let key = key(right) {
        return [(key, isKnown(left) ? use(op.flipped, left) : .implied(isString: false))]
      }
    case .not(.comparison(_, let left, let right)):
      if let key = key(left) ?? key(right) { return [(key, .implied(isString: false))] }
    case .membership(let value, let list):
      if let key = key(value), isKnown(list) { return [(key, .anyOf(list))] }
    case .stringMatch(let op, let value, let pattern):
      guard let key = key(value) else { break }
      guard isKnown(pattern) else { return [(key, .implied(isString: true))] }
      switch op {
      case .startsWith: return [(key, .startsWith(pattern))]
      case .endsWith: return [(key, .endsWith(pattern)), (key, .implied(isString: true))]
      case .contains: return [(key, .contains(pattern)), (key, .implied(isString: true))]
      case .matches: return [(key, .implied(isString: true))]
      }
    case .isNotNull(let value):
      if let key = key(value) { return [(key, .exists)] }
    default: break
    }
    return []
  }

  private func use(_ op: ComparisonOperator, _ value: Expression) -> Use {
    switch op {
    case .equal: .equal(value)
    case .notEqual: .implied(isString: false)
    case .less: .upper(IndexBound(value: value, isInclusive: false))
    case .lessOrEqual: .upper(IndexBound(value: value, isInclusive: true))
    case .greater: .lower(IndexBound(value: value, isInclusive: false))
    case .greaterOrEqual: .lower(IndexBound(value: value, isInclusive: true))
    }
  }

  // MARK: Seeks

  private struct Seek {
    var seek: IndexSeek
    var solved: Set<Int>
    var rows: Double
    var costPerRow: Double
  }

  private func seeks(
    _ index: IndexStatistics, uses: [String: [(index: Int, use: Use)]]
  ) -> [Seek] {
    switch index.kind {
    case .range: rangeSeeks(index, uses: uses)
    case .text: textSeeks(index, uses: uses)
    case .point: pointSeeks(index, uses: uses)
    case .fulltext, .lookup, .vector: []
    }
  }

  private func rangeSeeks(
    _ index: IndexStatistics, uses: [String: [(index: Int, use: Use)]]
  ) -> [Seek] {
    let properties = index.reference.properties
    // An entity that lacks one of the properties is not in the index.
    guard properties.allSatisfy({ uses[$0] != nil }), let first = uses[properties[0]] else {
      return []
    }
    var prefix: [Expression] = []
    var solved: Set<Int> = []
    for property in properties {
      let equality = uses[property]?.lazy.compactMap { item -> (Int, Expression)? in
        if case .equal(let value) = item.use { (item.index, value) } else { nil }
      }.first
      guard let (place, value) = equality else { break }
      prefix.append(value)
      solved.insert(place)
    }
    let perValue = index.entries / max(1, index.distinctValues)
    if prefix.count == properties.count {
      let rows = index.reference.isUnique ? 1 : max(perValue, 1e-3)
      return [Seek(seek: .equal(prefix), solved: solved, rows: rows, costPerRow: Cost.seekRow)]
    }
    if var range = range(uses[properties[prefix.count]] ?? [], after: prefix, solved, index) {
      range.solved.formUnion(existence(of: properties.dropFirst(prefix.count + 1), uses))
      return [range]
    }
    var found: [Seek] = []
    if properties.count == 1 {
      found += first.compactMap { item in single(item.use, item.index, index) }
    }
    if !prefix.isEmpty {
      let share = index.entries * power(Estimate.equality, prefix.count)
      found.append(
        Seek(
          seek: .range(prefix: prefix, lower: nil, upper: nil),
          solved: solved.union(existence(of: properties.dropFirst(prefix.count), uses)),
          rows: max(perValue, share), costPerRow: Cost.seekRow))
    }
    found.append(
      Seek(
        seek: .scan, solved: existence(of: properties[...], uses), rows: index.entries,
        costPerRow: Cost.scanRow * 0.99))
    return found
  }

  /// The conditions that these properties exist, which hold for whatever is in the index.
  private func existence(
    of properties: ArraySlice<String>, _ uses: [String: [(index: Int, use: Use)]]
  ) -> Set<Int> {
    Set(
      properties.flatMap { uses[$0] ?? [] }.compactMap { item in
        if case .exists = item.use { item.index } else { nil }
      })
  }

  private func range(
    _ uses: [(index: Int, use: Use)], after prefix: [Expression], _ solved: Set<Int>,
    _ index: IndexStatistics
  ) -> Seek? {
    var lower: IndexBound?
    var upper: IndexBound?
    var solved = solved
    for item in uses {
      if case .lower(let bound) = item.use, lower == nil {
        lower = bound
        solved.insert(item.index)
      } else if case .upper(let bound) = item.use, upper == nil {
        upper = bound
        solved.insert(item.index)
      }
    }
    if lower == nil && upper == nil { return nil }
    var share = lower != nil && upper != nil ? 0.12 : Estimate.range
    share *= power(Estimate.equality, prefix.count)
    return Seek(
      seek: .range(prefix: prefix, lower: lower, upper: upper), solved: solved,
      rows: max(index.entries / max(1, index.distinctValues), index.entries * share),
      costPerRow: Cost.seekRow)
  }

  private func single(_ use: Use, _ place: Int, _ index: IndexStatistics) -> Seek? {
    let perValue = index.entries / max(1, index.distinctValues)
    switch use {
    case .anyOf(let list):
      return Seek(
        seek: .anyOf(list), solved: [place],
        rows: min(index.entries, perValue * Estimate.elements(of: list)), costPerRow: Cost.seekRow)
    case .startsWith(let pattern):
      return Seek(
        seek: .startsWith(pattern), solved: [place], rows: index.entries * Estimate.stringMatch,
        costPerRow: Cost.seekRow)
    default: return nil
    }
  }

  /// A TEXT index holds strings only: it serves where nothing else can meet the condition.
  private func textSeeks(
    _ index: IndexStatistics, uses: [String: [(index: Int, use: Use)]]
  ) -> [Seek] {
    guard index.reference.properties.count == 1 else { return [] }
    let perValue = index.entries / max(1, index.distinctValues)
    return (uses[index.reference.properties[0]] ?? []).compactMap { item in
      let few = index.entries * Estimate.stringMatch
      let seek: IndexSeek
      var rows = few
      var solved: Set<Int> = [item.index]
      switch item.use {
      case .equal(let value):
        guard value.isStringLiteral else { return nil }
        (seek, rows) = (.equal([value]), perValue)
      case .anyOf(let list):
        guard case .list(let items) = list, items.allSatisfy(\.isStringLiteral) else { return nil }
        (seek, rows) = (.anyOf(list), perValue * Double(items.count))
      case .startsWith(let value): seek = .startsWith(value)
      case .endsWith(let value): seek = .endsWith(value)
      case .contains(let value): seek = .contains(value)
      case .implied(isString: true):
        (seek, rows, solved) = (.scan, index.entries, [])
      default: return nil
      }
      let isScan = if case .scan = seek { true } else { false }
      return Seek(
        seek: seek, solved: solved, rows: rows,
        costPerRow: isScan ? Cost.scanRow * 0.99 : Cost.seekRow * 1.01)
    }
  }

  private func pointSeeks(
    _ index: IndexStatistics, uses: [String: [(index: Int, use: Use)]]
  ) -> [Seek] {
    guard index.reference.properties.count == 1 else { return [] }
    return (uses[index.reference.properties[0]] ?? []).compactMap { item in
      guard case .equal(let value) = item.use, case .function(let name, _) = value,
        name.lowercased() == "point"
      else { return nil }
      return Seek(
        seek: .equal([value]), solved: [item.index],
        rows: index.entries / max(1, index.distinctValues), costPerRow: Cost.seekRow)
    }
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }
}

extension IndexSeek {
  /// Whether rows come in the order of ORDER BY: all values are of one kind.
  var isOrdered: Bool {
    switch self {
    case .equal, .startsWith: true
    case .range(_, let lower, let upper): lower != nil || upper != nil
    case .scan, .anyOf, .endsWith, .contains: false
    }
  }
}

extension ComparisonOperator {
  /// The operator with its sides exchanged.
  var flipped: Self {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}

extension Expression {
  /// Whether this is a string of the text.
  var isStringLiteral: Bool {
    if case .literal(let literal) = self, case .string = literal.content { true } else { false }
  }
}

extension LabelExpression {
  /// Names without which this cannot hold.
  var required: [String] {
    switch self {
    case .name(let name): [name]
    case .and(let parts): parts.flatMap(\.required)
    default: []
    }
  }
}
