public import Diagnostics
public import GraphValues

/// What a statement did, told after its last record.
public struct ResultSummary: Sendable {
  /// What kinds of effects a statement can have.
  public enum QueryType: String, Sendable {
    /// Reads only.
    case readOnly = "r"
    /// Reads and writes.
    case readWrite = "rw"
    /// Writes only.
    case writeOnly = "w"
    /// Changes the schema or administers.
    case schemaWrite = "s"
  }

  /// The kind of statement.
  public var queryType: QueryType
  /// What was changed.
  public var counters: UpdateCounters
  /// Warnings and information about the statement.
  public var notifications: [Notification]
  /// The plan, of EXPLAIN and PROFILE.
  public var plan: PlanDescription?
  /// Whether the plan carries what really happened (PROFILE).
  public var isProfiled: Bool
  /// Milliseconds until the first record could be had.
  public var availableAfterMilliseconds: Int
  /// Milliseconds from then to the last.
  public var consumedAfterMilliseconds: Int
  /// The database it ran on.
  public var database: String

  /// Makes a summary.
  public init(
    queryType: QueryType, counters: UpdateCounters = UpdateCounters(),
    notifications: [Notification] = [], plan: PlanDescription? = nil, isProfiled: Bool = false,
    availableAfterMilliseconds: Int = 0, consumedAfterMilliseconds: Int = 0, database: String = ""
  ) {
    self.queryType = queryType
    self.counters = counters
    self.notifications = notifications
    self.plan = plan
    self.isProfiled = isProfiled
    self.availableAfterMilliseconds = availableAfterMilliseconds
    self.consumedAfterMilliseconds = consumedAfterMilliseconds
    self.database = database
  }
}

/// What a statement changed, under the names that Bolt uses.
public struct UpdateCounters: Sendable, Hashable {
  /// Nodes created.
  public var nodesCreated = 0
  /// Nodes deleted.
  public var nodesDeleted = 0
  /// Relationships created.
  public var relationshipsCreated = 0
  /// Relationships deleted.
  public var relationshipsDeleted = 0
  /// Properties set or removed.
  public var propertiesSet = 0
  /// Labels put on nodes.
  public var labelsAdded = 0
  /// Labels taken from nodes.
  public var labelsRemoved = 0
  /// Indexes created.
  public var indexesAdded = 0
  /// Indexes dropped.
  public var indexesRemoved = 0
  /// Constraints created.
  public var constraintsAdded = 0
  /// Constraints dropped.
  public var constraintsRemoved = 0
  /// Changes to the `system` database.
  public var systemUpdates = 0

  /// Makes counters of 0.
  public init() {}

  /// Whether anything in a graph or its schema was changed.
  public var containsUpdates: Bool {
    nodesCreated + nodesDeleted + relationshipsCreated + relationshipsDeleted + propertiesSet
      + labelsAdded + labelsRemoved + indexesAdded + indexesRemoved + constraintsAdded
      + constraintsRemoved > 0
  }
}

/// A remark about a statement that did not fail.
public struct Notification: Sendable, Hashable {
  /// The Neo4j code, such as `Neo.ClientNotification.Statement.CartesianProduct`.
  public var code: String
  /// A short title.
  public var title: String
  /// What is remarked.
  public var description: String
  /// `WARNING` or `INFORMATION`.
  public var severity: String
  /// Such as `PERFORMANCE`, `DEPRECATION`, `UNRECOGNIZED`.
  public var category: String
  /// Five characters such as `03N90`.
  public var gqlStatus: String
  /// The GQL status description, whole.
  public var gqlDescription: String
  /// Where in the statement.
  public var position: SourcePosition?

  /// Makes a notification.
  public init(
    code: String, title: String, description: String, severity: String, category: String,
    gqlStatus: String, gqlDescription: String, position: SourcePosition?
  ) {
    self.code = code
    self.title = title
    self.description = description
    self.severity = severity
    self.category = category
    self.gqlStatus = gqlStatus
    self.gqlDescription = gqlDescription
    self.position = position
  }
}

/// An operator of a plan with its children, as EXPLAIN and PROFILE show it.
public struct PlanDescription: Sendable {
  /// The operator's name as Neo4j prints it, such as `NodeByLabelScan`, without `@database`.
  public var operatorType: String
  /// Names of the variables that are known after it.
  public var identifiers: [String]
  /// `Details`, `EstimatedRows`, `Id`, `Rows`, `DbHits` and the like.
  public var arguments: MapValue
  /// Its inputs, left first.
  public var children: [PlanDescription]

  /// Makes a description.
  public init(
    operatorType: String, identifiers: [String], arguments: MapValue, children: [PlanDescription]
  ) {
    self.operatorType = operatorType
    self.identifiers = identifiers
    self.arguments = arguments
    self.children = children
  }
}
