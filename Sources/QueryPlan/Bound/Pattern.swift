public import GraphValues

/// What a MATCH looks for: nodes, relationships between them, and conditions.
///
/// Labels, property maps and inline WHEREs of the text are among `predicates`.
public struct PatternGraph: Hashable, Sendable {
  /// Nodes in the order of the text, each once; those bound before are in `boundNodes` as well.
  public var nodes: [Slot] = []
  /// Relationships in the order of the text.
  public var relationships: [PatternRelationship] = []
  /// Quantified parts.
  public var quantified: [QuantifiedPattern] = []
  /// `shortestPath()`, `allShortestPaths()`, `SHORTEST k` and their like.
  public var shortest: [ShortestPattern] = []
  /// Path variables, to be put together after matching.
  public var paths: [NamedPath] = []
  /// Conditions, to be met all.
  ///
  /// Those on elements of variable-length parts stand there.
  public var predicates: [Expression] = []
  /// Slots that are bound before this pattern and that it uses.
  public var arguments: Set<Slot> = []
  /// Whether a relationship may occur more than once (`REPEATABLE ELEMENTS`).
  public var allowsRepeatedRelationships = false
  /// `USING INDEX`, `USING SCAN`, `USING JOIN`.
  public var hints: [PlanningHint] = []

  /// Makes an empty pattern.
  public init() {}

  /// Lets relationships occur more than once, within its parts too.
  public mutating func allowRepeatedRelationships() {
    allowsRepeatedRelationships = true
    for index in relationships.indices { relationships[index].mayRepeat = true }
    for index in quantified.indices { quantified[index].inner.allowRepeatedRelationships() }
    for index in shortest.indices { shortest[index].pattern.allowRepeatedRelationships() }
  }
}

/// A relationship of a pattern, plain or of variable length.
public struct PatternRelationship: Hashable, Sendable {
  /// Its variable: a relationship, or a list of them when `length` is given.
  public var slot: Slot
  /// The node on its left in the text.
  public var left: Slot
  /// The node on its right in the text.
  public var right: Slot
  /// Seen from the left node.
  public var direction: Direction
  /// The types allowed; empty allows all.
  public var types: [String]
  /// The number of hops of a variable-length relationship; `nil` for one plain hop.
  public var length: HopRange?
  /// A condition that each hop of a variable-length relationship meets: the slot stands for the hop.
  public var hopPredicate: HopPredicate?
  /// Whether the variable was bound before this pattern.
  public var isBound: Bool
  /// Whether the walk of a variable-length relationship may use a relationship more than once.
  public var mayRepeat = false

  /// Makes a relationship.
  public init(
    slot: Slot, left: Slot, right: Slot, direction: Direction, types: [String],
    length: HopRange? = nil, hopPredicate: HopPredicate? = nil, isBound: Bool = false
  ) {
    self.slot = slot
    self.left = left
    self.right = right
    self.direction = direction
    self.types = types
    self.length = length
    self.hopPredicate = hopPredicate
    self.isBound = isBound
  }
}

/// How often something repeats.
public struct HopRange: Hashable, Sendable {
  /// At least so often.
  public var minimum: Int
  /// At most so often; `nil` without bound.
  public var maximum: Int?

  /// Makes a range.
  public init(minimum: Int, maximum: Int?) {
    self.minimum = minimum
    self.maximum = maximum
  }
}

/// A condition on each hop.
public struct HopPredicate: Hashable, Sendable {
  /// Stands for the hop's relationship in `expression`.
  public var slot: Slot
  /// The condition.
  public var expression: Expression

  /// Makes a condition.
  public init(slot: Slot, expression: Expression) {
    self.slot = slot
    self.expression = expression
  }
}

/// `((a)-[r]->(b) WHERE p){1,3}` between two nodes.
public struct QuantifiedPattern: Hashable, Sendable {
  /// The node before the first iteration.
  public var left: Slot
  /// The node after the last iteration.
  public var right: Slot
  /// The inner pattern; its variables hold one iteration's elements.
  public var inner: PatternGraph
  /// The inner node that an iteration starts at.
  public var innerStart: Slot
  /// The inner node that an iteration ends at, which is the next one's start.
  public var innerEnd: Slot
  /// How many iterations.
  public var range: HopRange
  /// Outer lists that gather an inner variable over the iterations.
  public var groups: [GroupVariable]

  /// Makes a quantified pattern.
  public init(
    left: Slot, right: Slot, inner: PatternGraph, innerStart: Slot, innerEnd: Slot, range: HopRange,
    groups: [GroupVariable]
  ) {
    self.left = left
    self.right = right
    self.inner = inner
    self.innerStart = innerStart
    self.innerEnd = innerEnd
    self.range = range
    self.groups = groups
  }
}

/// An inner variable of a quantified pattern and the list that gathers it.
public struct GroupVariable: Hashable, Sendable {
  /// One iteration's value.
  public var inner: Slot
  /// All iterations' values.
  public var outer: Slot

  /// Makes a pair.
  public init(inner: Slot, outer: Slot) {
    self.inner = inner
    self.outer = outer
  }
}

/// A part of which only shortest matches are wanted.
public struct ShortestPattern: Hashable, Sendable {
  /// Which of the matches between two ends are kept.
  public enum Selector: Hashable, Sendable {
    /// `shortestPath()`: one of the shortest.
    case legacySingle
    /// `allShortestPaths()`.
    case legacyAll
    /// `ANY k` or `SHORTEST k`.
    case shortest(Int)
    /// `ALL SHORTEST`.
    case allShortest
    /// `SHORTEST k GROUPS`.
    case groups(Int)
  }

  /// Which matches are kept.
  public var selector: Selector
  /// The part: its ends are its first and last node in text order.
  ///
  /// The legacy forms hold exactly one relationship of variable length.
  public var pattern: PatternGraph
  /// The first node.
  public var left: Slot
  /// The last node.
  public var right: Slot

  /// Makes a shortest part.
  public init(selector: Selector, pattern: PatternGraph, left: Slot, right: Slot) {
    self.selector = selector
    self.pattern = pattern
    self.left = left
    self.right = right
  }
}

/// `p = …`: a path variable and what it consists of.
public struct NamedPath: Hashable, Sendable {
  /// The path variable.
  public var slot: Slot
  /// Its elements from start to end.
  public var elements: [PathElement]

  /// Makes a named path.
  public init(slot: Slot, elements: [PathElement]) {
    self.slot = slot
    self.elements = elements
  }
}

/// What users tell the planner to do.
public enum PlanningHint: Hashable, Sendable {
  /// `USING [RANGE|TEXT|POINT] INDEX [SEEK] v:L(k, …)`.
  case index(variable: Slot, name: String, properties: [String])
  /// `USING SCAN v:L`.
  case scan(variable: Slot, name: String)
  /// `USING JOIN ON v, …`.
  case join([Slot])
}
