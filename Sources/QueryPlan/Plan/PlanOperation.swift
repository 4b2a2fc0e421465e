public import GraphValues

/// What an operator does.
///
/// Names follow those that Neo4j's EXPLAIN prints (`name`).
///
/// Slots named by an operation are filled by it unless its comment says that they are read. Inputs
/// pass their live slots on unless said otherwise.
public indirect enum PlanOperation: Sendable {
  // MARK: Leaves

  /// The row that an enclosing apply hands in, or one empty row at the root: the slots are read.
  case argument([Slot])
  /// No row at all.
  case emptyRow
  /// All nodes.
  case allNodesScan(Slot)
  /// All nodes with a label, by ascending id.
  case nodeByLabelScan(Slot, label: String)
  /// Nodes with one of some labels, each once, by ascending id.
  case unionNodeByLabelsScan(Slot, labels: [String])
  /// Nodes with all of some labels.
  case intersectionNodeByLabelsScan(Slot, labels: [String])
  /// Nodes with all of some labels and none of others.
  case subtractionNodeByLabelsScan(Slot, labels: [String], excluded: [String])
  /// Nodes by `id(n)`: the expression gives an integer, or a list when `isList`.
  case nodeByIDSeek(Slot, ids: Expression, isList: Bool, isElementID: Bool)
  /// Nodes by an index.
  case nodeIndexSeek(Slot, IndexReference, IndexSeek)
  /// All relationships, from `left` to `right`; both ways when undirected (a loop once).
  case allRelationshipsScan(Slot, left: Slot, right: Slot, isDirected: Bool)
  /// Relationships of some types.
  case relationshipTypeScan(Slot, left: Slot, right: Slot, types: [String], isDirected: Bool)
  /// Relationships by `id(r)`.
  case relationshipByIDSeek(
    Slot, left: Slot, right: Slot, ids: Expression, isList: Bool, isElementID: Bool,
    isDirected: Bool)
  /// Relationships by an index.
  case relationshipIndexSeek(
    Slot, left: Slot, right: Slot, IndexReference, IndexSeek, isDirected: Bool)
  /// A product of node counts; `nil` counts all nodes.
  case nodeCountFromCountStore(Slot, labels: [String?])
  /// A relationship count with at most one label; no types count all.
  case relationshipCountFromCountStore(
    Slot, startLabel: String?, types: [String], endLabel: String?, isDirected: Bool)

  // MARK: Expanding: one input, `from` is read

  /// From each row's node along its relationships.
  case expandAll(Expansion)
  /// Between two nodes that are both known: `to` is read as well.
  case expandInto(Expansion)
  /// As `expandAll`, with one row of nulls where nothing meets the predicates.
  case optionalExpandAll(Expansion, predicates: [Expression])
  /// As `expandInto`, with one row of nulls where nothing meets the predicates.
  case optionalExpandInto(Expansion, predicates: [Expression])
  /// Walks of several hops without repeating a relationship.
  case varLengthExpand(Expansion, VariableLength)
  /// Shortest paths of the legacy forms between two known nodes; fills the path and, if live, the
  /// list of relationships.
  case shortestPath(ShortestPathSearch)
  /// `SHORTEST`, `ANY` and their like over any part: `inner` yields, from an argument that holds the
  /// end other than `target` (both ends when `isInto`), every match of the part with all its slots
  /// and those of `part.pattern.paths`; of these, as the selector says, the shortest are kept for
  /// each pair of ends. Where the part is one repetition, a search by breadth does without `inner`.
  case statefulShortestPath(ShortestPattern, target: Slot, isInto: Bool, inner: PlanNode)
  /// Iterations of a quantified pattern: the input gives `left`, the right child one iteration from
  /// its argument `innerStart` to `innerEnd`. Two inputs. When reversed, the input gives `right`, the
  /// right child goes from `innerEnd` to `innerStart`, and the lists come out in the order of the
  /// text all the same. Unless the inner pattern allows it, no relationship of
  /// `innerRelationships` occurs twice in a walk, nor one that is in `uniqueAgainst` (slots of relationships or of lists of them).
  case repeatTrail(
    QuantifiedPattern, uniqueAgainst: [Slot], innerRelationships: [Slot], isInto: Bool,
    isReversed: Bool)
  /// The ends of a relationship that is known; slots already bound are read and compared.
  case projectEndpoints(
    Slot, left: Slot, right: Slot, isLeftBound: Bool, isRightBound: Bool, types: [String],
    direction: Direction, length: HopRange?)

  // MARK: One input

  /// Keeps rows for which all are true.
  case filter([Expression])
  /// Computes slots.
  case projection([Projection.Item])
  /// Groups and aggregates; only the slots named here live on.
  case eagerAggregation(grouping: [Projection.Item], aggregates: [Projection.Aggregate])
  /// As `eagerAggregation` over input sorted by the grouping keys.
  case orderedAggregation(grouping: [Projection.Item], aggregates: [Projection.Aggregate])
  /// Drops rows whose items repeat; only the slots named here live on.
  case distinct([Projection.Item])
  /// As `distinct` over input in the order of the only item.
  case orderedDistinct(Projection.Item)
  /// Sorts by slots.
  case sort([SortKey])
  /// Sorts by slots and keeps the first rows.
  case top([SortKey], limit: Expression)
  /// Sorts rows that come sorted by the first so many of the slots, and keeps the first rows where there
  /// is a limit.
  case partialSort([SortKey], sorted: Int, limit: Expression?)
  /// Drops the first rows.
  case skip(Expression)
  /// Keeps the first rows and stops.
  case limit(Expression)
  /// Keeps the first rows but reads the input to its end, because writes are below.
  case exhaustiveLimit(Expression)
  /// One row for each element.
  case unwind(Expression, Slot)
  /// The input, or one row with these slots null when it has none. The arguments are kept.
  case optional(nulls: [Slot])
  /// Where several properties of entities are first read for the operators above.
  case cacheProperties([Expression])
  /// Reads the input to its end before the first row leaves.
  case eager(reason: String)
  /// Calls a procedure for each row.
  case procedureCall(ProcedureCall)
  /// Reads a file for each row.
  case loadCSV(LoadCSVClause)
  /// Drops all rows, having read them.
  case emptyResult
  /// The root of queries.
  case produceResults([ResultColumn])

  // MARK: Two inputs

  /// Runs the right side for each row of the left, whose slots the right side's `argument` reads.
  case apply
  /// Keeps left rows for which the right side has a row (`isNegated`: has none).
  case semiApply(isNegated: Bool)
  /// As `semiApply`, passing all rows and the answer in a slot.
  case letSemiApply(Slot, isNegated: Bool)
  /// Keeps left rows that meet the predicate or for which the right side has a row.
  case selectOrSemiApply(Expression, isNegated: Bool)
  /// The right side's column as a list.
  case rollUpApply(list: Slot, column: Slot)
  /// Runs the right side for left rows in which none of the slots is null; passes others on with the
  /// right side's slots null.
  case conditionalApply([Slot])
  /// Runs the right side for left rows in which one of the slots is null.
  case antiConditionalApply([Slot])
  /// Pairs every left with every right row.
  case cartesianProduct
  /// Joins rows that agree on nodes; the left side is the build side.
  case nodeHashJoin([Slot])
  /// Joins rows on two expressions that are equal: left's and right's.
  case valueHashJoin(Expression, Expression)
  /// As `nodeHashJoin`, keeping left rows without partner.
  case leftOuterHashJoin([Slot])
  /// Left rows, then right rows: each side's slots move to the result's.
  case union(left: [Slot], right: [Slot], into: [Slot])
  /// Runs the right side, which yields nothing, for each left row.
  case subqueryForeach
  /// `CALL { … } IN TRANSACTIONS`; `isUnit` without columns.
  case transactionApply(TransactionBatching, isUnit: Bool, columns: [Slot])

  // MARK: Writing: one input

  /// Creates nodes and relationships.
  case create(CreatePattern)
  /// Two inputs: the right side looks for the pattern from each left row's argument; where it finds
  /// nothing, `create` makes it.
  case merge(MergeClause)
  /// Changes properties and labels.
  case set([SetItem])
  /// Removes properties and labels.
  case remove([RemoveItem])
  /// Deletes entities.
  case delete([Expression], isDetaching: Bool)
  /// Runs updating clauses for each element; `argument`-rooted chains in order.
  case forEach(Slot, list: Expression, body: PlanNode)

  // MARK: Schema and administration: leaves that yield rows or change something

  /// Anything that is not a query on the graph.
  case command(Command)
}

/// A step along relationships.
public struct Expansion: Hashable, Sendable {
  /// The node that is known.
  public var from: Slot
  /// The relationship, or the list of them for several hops.
  public var relationship: Slot
  /// The node at the other end.
  public var to: Slot
  /// Seen from `from`.
  public var direction: Direction
  /// The types allowed; empty allows all.
  public var types: [String]

  /// Makes a step.
  public init(from: Slot, relationship: Slot, to: Slot, direction: Direction, types: [String]) {
    self.from = from
    self.relationship = relationship
    self.to = to
    self.direction = direction
    self.types = types
  }
}

/// How walks of several hops go.
public struct VariableLength: Hashable, Sendable {
  /// What is wanted of the walks.
  public enum Mode: Hashable, Sendable {
    /// Each walk is a row.
    case all
    /// Each walk to a known node is a row.
    case into
    /// Each end node once, in no order: the relationship list is not filled.
    case pruning
  }

  /// How many hops.
  public var range: HopRange
  /// What is wanted.
  public var mode: Mode
  /// A condition on each hop.
  public var hopPredicate: HopPredicate?
  /// A condition on each node after the first, over `nodeSlot`.
  public var nodePredicate: HopPredicate?
  /// Relationships, or lists of them, that the walk must not use.
  public var uniqueAgainst: [Slot]
  /// Whether the pattern was written from `to` to `from`, so that the list is to be reversed.
  public var isReversed: Bool
  /// Whether a walk may use a relationship more than once.
  public var mayRepeat = false

  /// Makes a description.
  public init(
    range: HopRange, mode: Mode, hopPredicate: HopPredicate? = nil,
    nodePredicate: HopPredicate? = nil, uniqueAgainst: [Slot] = [], isReversed: Bool = false
  ) {
    self.range = range
    self.mode = mode
    self.hopPredicate = hopPredicate
    self.nodePredicate = nodePredicate
    self.uniqueAgainst = uniqueAgainst
    self.isReversed = isReversed
  }
}

/// `shortestPath((a)-[r:T*..n]-(b))` between known ends.
public struct ShortestPathSearch: Hashable, Sendable {
  /// The step: `from` and `to` are read.
  public var expansion: Expansion
  /// How many hops.
  public var range: HopRange
  /// A condition on each hop.
  public var hopPredicate: HopPredicate?
  /// The path variable, filled with a path.
  public var path: Slot
  /// All shortest ones, or any one.
  public var isAll: Bool
  /// Conditions on whole paths (over `path`); the search goes on until one meets them.
  public var predicates: [Expression]
  /// Whether both ends may be one node; the legacy forms fail then, unless no hop is needed.
  public var allowsCommonEnds: Bool

  /// Makes a search.
  public init(
    expansion: Expansion, range: HopRange, hopPredicate: HopPredicate?, path: Slot, isAll: Bool,
    predicates: [Expression], allowsCommonEnds: Bool = false
  ) {
    self.expansion = expansion
    self.range = range
    self.hopPredicate = hopPredicate
    self.path = path
    self.isAll = isAll
    self.predicates = predicates
    self.allowsCommonEnds = allowsCommonEnds
  }
}

/// A sort key of a row.
public struct SortKey: Hashable, Sendable {
  /// What to sort by.
  public var slot: Slot
  /// Whether greatest first.
  public var isDescending: Bool

  /// Makes a key.
  public init(slot: Slot, isDescending: Bool) {
    self.slot = slot
    self.isDescending = isDescending
  }
}

/// An index that a plan uses, by what it covers.
public struct IndexReference: Hashable, Sendable {
  /// Its name in the catalogue.
  public var name: String
  /// The label or relationship type.
  public var entityName: String
  /// Its properties in order.
  public var properties: [String]
  /// Whether a uniqueness constraint owns it.
  public var isUnique: Bool
  /// RANGE, TEXT or POINT.
  public var kind: IndexKind
  /// Whether what is found comes greatest first, where it comes in an order.
  public var isDescending = false

  /// Makes a reference.
  public init(
    name: String, entityName: String, properties: [String], isUnique: Bool,
    kind: IndexKind = .range
  ) {
    self.name = name
    self.entityName = entityName
    self.properties = properties
    self.isUnique = isUnique
    self.kind = kind
  }
}

/// What is sought in an index.
public enum IndexSeek: Hashable, Sendable {
  /// All properties equal these expressions, in order; null finds nothing.
  case equal([Expression])
  /// The first property is one of the list's elements, each once.
  case anyOf(Expression)
  /// The leading properties equal `prefix`, the next lies within the bounds.
  case range(prefix: [Expression], lower: IndexBound?, upper: IndexBound?)
  /// The first property starts with the string.
  case startsWith(Expression)
  /// The first property ends with the string.
  case endsWith(Expression)
  /// The first property contains the string.
  case contains(Expression)
  /// All entries: the properties are not null.
  case scan
}

/// An end of a range.
public struct IndexBound: Hashable, Sendable {
  /// The value.
  public var value: Expression
  /// Whether the value itself belongs to the range.
  public var isInclusive: Bool

  /// Makes a bound.
  public init(value: Expression, isInclusive: Bool) {
    self.value = value
    self.isInclusive = isInclusive
  }
}
