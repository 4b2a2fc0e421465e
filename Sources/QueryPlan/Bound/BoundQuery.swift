/// A query after semantic analysis: one or more single queries joined by UNION.
public struct BoundQuery: Hashable, Sendable {
  /// The queries, left to right; more than one means UNION.
  public var arms: [SingleQuery]
  /// Whether UNION drops repeated rows.
  public var isDistinctUnion: Bool
  /// The result's columns; of a UNION, slots of their own that each arm's columns are moved to.
  public var columns: [ResultColumn]
  /// For each arm, its slots in the order of `columns`; empty without UNION.
  public var armColumns: [[Slot]]

  /// Makes a query.
  public init(
    arms: [SingleQuery], isDistinctUnion: Bool = false, columns: [ResultColumn],
    armColumns: [[Slot]] = []
  ) {
    self.arms = arms
    self.isDistinctUnion = isDistinctUnion
    self.columns = columns
    self.armColumns = armColumns
  }
}

/// A column of a result.
public struct ResultColumn: Hashable, Sendable {
  /// The alias, or the item's text.
  public var name: String
  /// Where its value is.
  public var slot: Slot
  /// For an unaliased item whose text contains literals: the byte range of the text that the name was
  /// taken from, so that the same plan can serve other literals.
  public var sourceStart: Int?
  /// The end of that range.
  public var sourceEnd: Int?

  /// Makes a column.
  public init(name: String, slot: Slot, sourceStart: Int? = nil, sourceEnd: Int? = nil) {
    self.name = name
    self.slot = slot
    self.sourceStart = sourceStart
    self.sourceEnd = sourceEnd
  }
}

/// Clauses in the order they act.
public struct SingleQuery: Hashable, Sendable {
  /// The clauses.
  public var clauses: [Clause]

  /// Makes a query of clauses.
  public init(clauses: [Clause]) { self.clauses = clauses }
}

/// One clause, bound.
public indirect enum Clause: Hashable, Sendable {
  /// MATCH and OPTIONAL MATCH, their WHERE among the pattern's predicates.
  case match(PatternGraph, isOptional: Bool)
  /// UNWIND.
  case unwind(list: Expression, Slot)
  /// WITH, RETURN, and the standalone ORDER BY, SKIP and LIMIT.
  case project(Projection)
  /// CREATE and INSERT.
  case create(CreatePattern)
  /// MERGE.
  case merge(MergeClause)
  /// SET.
  case set([SetItem])
  /// REMOVE.
  case remove([RemoveItem])
  /// DELETE and DETACH DELETE.
  case delete([Expression], isDetaching: Bool)
  /// FOREACH; the body holds updating clauses only.
  case forEach(Slot, list: Expression, body: [Clause])
  /// CALL of a procedure.
  case callProcedure(ProcedureCall)
  /// CALL { … }.
  case callSubquery(SubqueryCall)
  /// LOAD CSV.
  case loadCSV(LoadCSVClause)
  /// FINISH: no rows, no columns.
  case finish
}

/// WITH or RETURN.
///
/// Order of work: group and aggregate where there are `aggregates`, then compute `items`, drop
/// repeated rows, sort, skip, limit, filter. `orderBy` may use the items' slots and, when nothing is
/// aggregated and `isDistinct` is false, all slots from before.
public struct Projection: Hashable, Sendable {
  /// An expression and the slot that receives it.
  public struct Item: Hashable, Sendable {
    /// Where the value goes.
    public var slot: Slot
    /// How it is computed; `.variable(slot)` when it is there already.
    public var expression: Expression

    /// Makes an item.
    public init(slot: Slot, expression: Expression) {
      self.slot = slot
      self.expression = expression
    }
  }

  /// An aggregate and the slot that receives it.
  public struct Aggregate: Hashable, Sendable {
    /// Where the value goes.
    public var slot: Slot
    /// What is aggregated.
    public var call: AggregateCall

    /// Makes an aggregate.
    public init(slot: Slot, call: AggregateCall) {
      self.slot = slot
      self.call = call
    }
  }

  /// A sort key.
  public struct SortItem: Hashable, Sendable {
    /// What to sort by.
    public var expression: Expression
    /// Whether greatest first.
    public var isDescending: Bool

    /// Makes a key.
    public init(expression: Expression, isDescending: Bool) {
      self.expression = expression
      self.isDescending = isDescending
    }
  }

  /// What the projection yields: only these slots live on.
  public var items: [Item]
  /// Whether this aggregates; then `grouping` and `aggregates` come first and `items` use their slots.
  public var isAggregating: Bool
  /// Grouping keys.
  public var grouping: [Item]
  /// Aggregates.
  public var aggregates: [Aggregate]
  /// Whether repeated rows are dropped.
  public var isDistinct: Bool
  /// Sort keys.
  public var orderBy: [SortItem]
  /// Rows to drop.
  public var skip: Expression?
  /// Rows to keep.
  public var limit: Expression?
  /// WHERE of a WITH, acting last.
  public var predicate: Expression?
  /// Whether this is the RETURN that ends a query.
  public var isReturn: Bool

  /// Makes a projection.
  public init(
    items: [Item], isAggregating: Bool = false, grouping: [Item] = [],
    aggregates: [Aggregate] = [], isDistinct: Bool = false, orderBy: [SortItem] = [],
    skip: Expression? = nil, limit: Expression? = nil, predicate: Expression? = nil,
    isReturn: Bool = false
  ) {
    self.items = items
    self.isAggregating = isAggregating
    self.grouping = grouping
    self.aggregates = aggregates
    self.isDistinct = isDistinct
    self.orderBy = orderBy
    self.skip = skip
    self.limit = limit
    self.predicate = predicate
    self.isReturn = isReturn
  }
}

/// A label, type or key given by name or computed.
public enum NameExpression: Hashable, Sendable {
  /// The name.
  case name(String)
  /// `$(e)`: a string or list of strings.
  case dynamic(Expression)
}

/// What CREATE makes, in order; later items may use slots of earlier ones.
public struct CreatePattern: Hashable, Sendable {
  /// A new node.
  public struct Node: Hashable, Sendable {
    /// Its variable.
    public var slot: Slot
    /// Its labels.
    public var labels: [NameExpression]
    /// A map of properties; null values are left out.
    public var properties: Expression?

    /// Makes a node to create.
    public init(slot: Slot, labels: [NameExpression], properties: Expression?) {
      self.slot = slot
      self.labels = labels
      self.properties = properties
    }
  }

  /// A new relationship.
  public struct Relationship: Hashable, Sendable {
    /// Its variable.
    public var slot: Slot
    /// Its type.
    public var type: NameExpression
    /// Where it starts.
    public var start: Slot
    /// Where it ends.
    public var end: Slot
    /// A map of properties; null values are left out.
    public var properties: Expression?

    /// Makes a relationship to create.
    public init(
      slot: Slot, type: NameExpression, start: Slot, end: Slot, properties: Expression?
    ) {
      self.slot = slot
      self.type = type
      self.start = start
      self.end = end
      self.properties = properties
    }
  }

  /// One step.
  public enum Item: Hashable, Sendable {
    /// Make a node.
    case node(Node)
    /// Make a relationship.
    case relationship(Relationship)
  }

  /// The steps.
  public var items: [Item]
  /// Path variables, to be put together afterwards.
  public var paths: [NamedPath]

  /// Makes a pattern to create.
  public init(items: [Item], paths: [NamedPath] = []) {
    self.items = items
    self.paths = paths
  }
}

/// MERGE: the same pattern to match and to create.
public struct MergeClause: Hashable, Sendable {
  /// What to look for.
  ///
  /// Property conditions compare with the same expressions that `create` uses.
  public var pattern: PatternGraph
  /// What to make when nothing is found.
  ///
  /// A null property here is an error.
  public var create: CreatePattern
  /// After making.
  public var onCreate: [SetItem]
  /// For each row found.
  public var onMatch: [SetItem]

  /// Makes a merge.
  public init(
    pattern: PatternGraph, create: CreatePattern, onCreate: [SetItem], onMatch: [SetItem]
  ) {
    self.pattern = pattern
    self.create = create
    self.onCreate = onCreate
    self.onMatch = onMatch
  }
}

/// One change of SET.
public indirect enum SetItem: Hashable, Sendable {
  /// `e.k = v`; neighbours of one variable are gathered in `properties`.
  case property(Expression, key: String, value: Expression)
  /// Several `v.k = e` of one variable, all evaluated before the first is written.
  case properties(Expression, [MapItem])
  /// `e[k] = v`.
  case dynamicProperty(Expression, key: Expression, value: Expression)
  /// `e = map`.
  case replaceProperties(Expression, map: Expression)
  /// `e += map`.
  case mergeProperties(Expression, map: Expression)
  /// `v:A:B`.
  case labels(Slot, [NameExpression])
}

/// One change of REMOVE.
public enum RemoveItem: Hashable, Sendable {
  /// `e.k`.
  case property(Expression, key: String)
  /// `e[k]`.
  case dynamicProperty(Expression, key: Expression)
  /// `v:A:B`.
  case labels(Slot, [NameExpression])
}

/// CALL of a procedure.
public struct ProcedureCall: Hashable, Sendable {
  /// What YIELD takes.
  public struct Yield: Hashable, Sendable {
    /// The procedure's column.
    public var column: String
    /// Where it goes.
    public var slot: Slot

    /// Makes a yield.
    public init(column: String, slot: Slot) {
      self.column = column
      self.slot = slot
    }
  }

  /// The procedure.
  public var signature: ProcedureSignature
  /// One for each of its inputs; those left out have their defaults here.
  public var arguments: [Expression]
  /// The columns taken.
  public var yields: [Yield]
  /// WHERE after YIELD.
  public var predicate: Expression?
  /// OPTIONAL CALL.
  public var isOptional: Bool
  /// SHOW or TERMINATE behind another command, in a procedure's place: the signature tells its
  /// columns, the argument its ids, if it takes any.
  public var listing: Command?

  /// Makes a call.
  public init(
    signature: ProcedureSignature, arguments: [Expression], yields: [Yield],
    predicate: Expression? = nil, isOptional: Bool = false
  ) {
    self.signature = signature
    self.arguments = arguments
    self.yields = yields
    self.predicate = predicate
    self.isOptional = isOptional
  }
}

/// CALL { … }.
public struct SubqueryCall: Hashable, Sendable {
  /// Outer variables that the query sees, in their own slots.
  public var imports: [Slot]
  /// The query.
  public var query: BoundQuery
  /// Whether it returns nothing, so that each row passes through once.
  public var isUnit: Bool
  /// OPTIONAL CALL.
  public var isOptional: Bool
  /// IN TRANSACTIONS.
  public var transactions: TransactionBatching?

  /// Makes a call.
  public init(
    imports: [Slot], query: BoundQuery, isUnit: Bool, isOptional: Bool = false,
    transactions: TransactionBatching? = nil
  ) {
    self.imports = imports
    self.query = query
    self.isUnit = isUnit
    self.isOptional = isOptional
    self.transactions = transactions
  }
}

/// IN TRANSACTIONS and what it says.
public struct TransactionBatching: Hashable, Sendable {
  /// What happens when a batch fails.
  public enum ErrorAction: String, Hashable, Sendable {
    /// The statement fails.
    case fail = "FAIL"
    /// The batch is skipped.
    case proceed = "CONTINUE"
    /// No further batches run.
    case stop = "BREAK"
  }

  /// OF n ROWS; 1,000 when not given.
  public var rows: Expression?
  /// ON ERROR.
  public var onError: ErrorAction
  /// REPORT STATUS AS.
  public var status: Slot?
  /// Whether clauses behind it write as well; the planner finds out.
  public var precedesWrites = false

  /// Makes a batching.
  public init(rows: Expression?, onError: ErrorAction, status: Slot?) {
    self.rows = rows
    self.onError = onError
    self.status = status
  }
}

/// LOAD CSV.
public struct LoadCSVClause: Hashable, Sendable {
  /// The address of the file.
  public var url: Expression
  /// The row's variable.
  public var slot: Slot
  /// Whether the first line names the columns, so that rows are maps.
  public var hasHeaders: Bool
  /// FIELDTERMINATOR.
  public var fieldTerminator: String?

  /// Makes a clause.
  public init(url: Expression, slot: Slot, hasHeaders: Bool, fieldTerminator: String?) {
    self.url = url
    self.slot = slot
    self.hasHeaders = hasHeaders
    self.fieldTerminator = fieldTerminator
  }
}

/// A query inside an expression.
public struct Subquery: Hashable, Sendable {
  /// What is wanted of it.
  public enum Kind: Hashable, Sendable {
    /// Whether there is a row.
    case exists
    /// How many rows there are.
    case count
    /// The only column, as a list.
    case collect
    /// The only column of the first row, or null: `shortestPath()` as an expression.
    case first
  }

  /// What is wanted.
  public var kind: Kind
  /// The query; its outer variables are in their own slots.
  public var query: BoundQuery
  /// Outer slots that it uses.
  public var arguments: Set<Slot>
  /// Whether the text was a bare pattern or a pattern comprehension.
  public var isPattern: Bool

  /// Makes a subquery.
  public init(kind: Kind, query: BoundQuery, arguments: Set<Slot>, isPattern: Bool) {
    self.kind = kind
    self.query = query
    self.arguments = arguments
    self.isPattern = isPattern
  }
}
