import GraphValues
import QueryPlan

/// A step of a pattern between two nodes.
enum Connection {
  /// A relationship, plain or of variable length.
  case relationship(PatternRelationship)
  /// A quantified part.
  case quantified(QuantifiedPattern)

  /// The node on its left in the text.
  var left: Slot {
    switch self {
    case .relationship(let relationship): relationship.left
    case .quantified(let part): part.left
    }
  }

  /// The node on its right in the text.
  var right: Slot {
    switch self {
    case .relationship(let relationship): relationship.right
    case .quantified(let part): part.right
    }
  }

  /// What it fills besides nodes.
  var filledSlots: [Slot] {
    switch self {
    case .relationship(let relationship): relationship.isBound ? [] : [relationship.slot]
    case .quantified(let part): part.groups.map(\.outer)
    }
  }

  /// Slots that must be known before it is walked, besides a node.
  var required: Set<Slot> {
    switch self {
    case .relationship(let relationship):
      let bound: Set<Slot> = relationship.isBound ? [relationship.slot] : []
      guard let hop = relationship.hopPredicate else { return bound }
      return hop.expression.slots.subtracting([hop.slot]).union(bound)
    case .quantified(let part):
      return part.inner.predicates.slots.subtracting(part.inner.filledSlots)
    }
  }
}

/// A condition of a pattern.
struct Predicate {
  /// What must be true.
  var expression: Expression
  /// What must be known for it.
  var slots: Set<Slot>
  /// The fraction of rows that meet it.
  var selectivity: Double

  /// The node and the name when this says that a node has one label.
  var label: (node: Slot, name: String)? {
    if case .hasLabels(.variable(let slot), .name(let name)) = expression {
      (slot, name)
    } else {
      nil
    }
  }
}

/// What MATCH clauses that are solved together look for.
struct PatternProblem {
  /// Slots that are known before.
  var arguments: Set<Slot>
  /// The nodes to be found, bound ones included.
  var nodes: [Slot] = []
  /// The steps between them.
  var connections: [Connection] = []
  /// Shortest parts, found when both ends are.
  var shortest: [ShortestPattern] = []
  /// Path variables.
  var paths: [NamedPath] = []
  /// Conditions.
  var predicates: [Predicate] = [] {
    didSet { indexLabels() }
  }
  /// Where among the conditions the labels of a node stand.
  private var labelPredicates: [Slot: [Int]] = [:]
  /// What users told to do.
  var hints: [PlanningHint] = []

  init(_ graphs: [PatternGraph], arguments: Set<Slot>, planning: Planning) {
    self.arguments = arguments
    for graph in graphs { planning.noteDirections(graph) }
    var expressions: [Expression] = []
    for graph in graphs {
      add(graph)
      expressions += graph.predicates.map(\.normalised).flatMap(\.conjuncts)
        .map(\.withListsForAlternatives)
      if !graph.allowsRepeatedRelationships { expressions += uniqueness(in: graph, planning) }
    }
    // Steps from null find nothing; a bound node alone has to be looked at.
    let walked = Set(connections.flatMap { [$0.left, $0.right] })
    for node in nodes
    where arguments.contains(node) && !planning.neverNull.contains(node) && !walked.contains(node) {
      expressions.append(.isNotNull(.variable(node)))
    }
    let names = Self.names(of: expressions, connections)
    var seen: Set<Expression> = []
    predicates = expressions.filter { seen.insert($0).inserted }.map {
      Predicate(
        expression: $0, slots: $0.slots, selectivity: planning.selectivity($0, names: names))
    }
    indexLabels()
  }

  private mutating func indexLabels() {
    labelPredicates = [:]
    for (index, predicate) in predicates.enumerated() {
      if let label = predicate.label { labelPredicates[label.node, default: []].append(index) }
    }
  }

  /// Labels of nodes and types of relationships that conditions and steps ask for.
  private static func names(
    of conditions: [Expression], _ connections: [Connection]
  ) -> [Slot: [String]] {
    var names: [Slot: [String]] = [:]
    for case .hasLabels(.variable(let slot), let labels) in conditions {
      names[slot, default: []] += labels.required
    }
    for case .relationship(let relationship) in connections where relationship.types.count == 1 {
      names[relationship.slot] = relationship.types
    }
    return names
  }

  private mutating func add(_ graph: PatternGraph) {
    var inner: Set<Slot> = []
    for part in graph.shortest { inner.formUnion(part.pattern.nodes) }
    for part in graph.shortest { inner.subtract([part.left, part.right]) }
    connections += graph.relationships.map { .relationship($0) }
    connections += graph.quantified.map { .quantified($0) }
    var candidates = graph.nodes.filter { !inner.contains($0) }
    candidates += connections.flatMap { [$0.left, $0.right] }
    candidates += graph.shortest.flatMap { [$0.left, $0.right] }
    for node in candidates where !nodes.contains(node) { nodes.append(node) }
    shortest += graph.shortest
    paths += graph.paths
    hints += graph.hints
  }

  /// Conditions that no relationship is matched twice in one clause.
  private mutating func uniqueness(in graph: PatternGraph, _ planning: Planning) -> [Expression] {
    var carriers: [(slot: Slot, types: Set<String>)] = graph.relationships.map {
      ($0.slot, Set($0.types))
    }
    let total = graph.relationships.count + graph.quantified.count
    if total > 1 {
      for part in graph.quantified { carriers += groups(of: part, planning) }
    }
    var conditions: [Expression] = []
    for (index, later) in carriers.enumerated() {
      for earlier in carriers[..<index].reversed() {
        let canBeSame =
          later.types.isEmpty || earlier.types.isEmpty
          || !later.types.isDisjoint(with: earlier.types)
        if canBeSame { conditions.append(.areDisjoint(later.slot, earlier.slot)) }
      }
    }
    return conditions
  }

  /// The lists of relationships of a quantified part; inner relationships without one get one.
  private mutating func groups(
    of part: QuantifiedPattern, _ planning: Planning
  ) -> [(slot: Slot, types: Set<String>)] {
    var copy = part
    var found: [(slot: Slot, types: Set<String>)] = []
    for relationship in part.inner.relationships {
      if let group = part.groups.first(where: { $0.inner == relationship.slot }) {
        found.append((group.outer, Set(relationship.types)))
      } else {
        let outer = planning.anonymous(.relationshipList)
        copy.groups.append(GroupVariable(inner: relationship.slot, outer: outer))
        found.append((outer, Set(relationship.types)))
      }
    }
    let place = connections.firstIndex {
      if case .quantified(let other) = $0 { other == part } else { false }
    }
    if let place { connections[place] = .quantified(copy) }
    return found
  }

  /// Nodes, relationships and groups that steps and leaves fill.
  var filledSlots: Set<Slot> {
    connections.reduce(into: Set(nodes)) { $0.formUnion($1.filledSlots) }.subtracting(arguments)
  }

  /// The labels that `node` must have, of conditions in `among`.
  func labels(of node: Slot, among applied: Set<Int>) -> Set<String> {
    var names: Set<String> = []
    for index in labelPredicates[node] ?? [] where applied.contains(index) {
      if let label = predicates[index].label { names.insert(label.name) }
    }
    return names
  }
}
