/// The columns that SHOW and TERMINATE yield.
public enum ListingCatalogue {
  /// A column.
  public struct Column: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// Its type, null aside.
    public var type: CypherType
    /// Whether it is there without YIELD.
    public var isDefault: Bool

    /// Makes a column.
    public init(_ name: String, _ type: CypherType, isDefault: Bool) {
      self.name = name
      self.type = type
      self.isDefault = isDefault
    }
  }

  /// SHOW INDEXES.
  public static let indexes: [Column] = [
    Column("id", .integer, isDefault: true),
    Column("name", .string, isDefault: true),
    Column("state", .string, isDefault: true),
    Column("populationPercent", .float, isDefault: true),
    Column("type", .string, isDefault: true),
    Column("entityType", .string, isDefault: true),
    Column("labelsOrTypes", .list(.string), isDefault: true),
    Column("properties", .list(.string), isDefault: true),
    Column("indexProvider", .string, isDefault: true),
    Column("owningConstraint", .string, isDefault: true),
    Column("lastRead", .zonedDateTime, isDefault: true),
    Column("readCount", .integer, isDefault: true),
    Column("trackedSince", .zonedDateTime, isDefault: false),
    Column("options", .map, isDefault: false),
    Column("failureMessage", .string, isDefault: false),
    Column("createStatement", .string, isDefault: false),
  ]

  /// SHOW CONSTRAINTS.
  public static let constraints: [Column] = [
    Column("id", .integer, isDefault: true),
    Column("name", .string, isDefault: true),
    Column("type", .string, isDefault: true),
    Column("entityType", .string, isDefault: true),
    Column("labelsOrTypes", .list(.string), isDefault: true),
    Column("properties", .list(.string), isDefault: true),
    Column("ownedIndex", .string, isDefault: true),
    Column("propertyType", .string, isDefault: true),
    Column("options", .map, isDefault: false),
    Column("createStatement", .string, isDefault: false),
  ]

  /// SHOW FUNCTIONS.
  public static let functions: [Column] = [
    Column("name", .string, isDefault: true),
    Column("category", .string, isDefault: true),
    Column("description", .string, isDefault: true),
    Column("signature", .string, isDefault: false),
    Column("isBuiltIn", .boolean, isDefault: false),
    Column("argumentDescription", .list(.map), isDefault: false),
    Column("returnDescription", .string, isDefault: false),
    Column("aggregating", .boolean, isDefault: false),
    Column("rolesExecution", .list(.string), isDefault: false),
    Column("rolesBoostedExecution", .list(.string), isDefault: false),
    Column("isDeprecated", .boolean, isDefault: false),
    Column("deprecatedBy", .string, isDefault: false),
  ]

  /// SHOW PROCEDURES.
  public static let procedures: [Column] = [
    Column("name", .string, isDefault: true),
    Column("description", .string, isDefault: true),
    Column("mode", .string, isDefault: true),
    Column("worksOnSystem", .boolean, isDefault: true),
    Column("signature", .string, isDefault: false),
    Column("argumentDescription", .list(.map), isDefault: false),
    Column("returnDescription", .list(.map), isDefault: false),
    Column("admin", .boolean, isDefault: false),
    Column("rolesExecution", .list(.string), isDefault: false),
    Column("rolesBoostedExecution", .list(.string), isDefault: false),
    Column("isDeprecated", .boolean, isDefault: false),
    Column("deprecatedBy", .string, isDefault: false),
    Column("option", .map, isDefault: false),
  ]

  /// SHOW SETTINGS.
  public static let settings: [Column] = [
    Column("name", .string, isDefault: true),
    Column("value", .string, isDefault: true),
    Column("isDynamic", .boolean, isDefault: true),
    Column("defaultValue", .string, isDefault: true),
    Column("description", .string, isDefault: true),
    Column("startupValue", .string, isDefault: false),
    Column("isExplicitlySet", .boolean, isDefault: false),
    Column("validValues", .string, isDefault: false),
    Column("isDeprecated", .boolean, isDefault: false),
  ]

  /// SHOW TRANSACTIONS.
  public static let transactions: [Column] = [
    Column("database", .string, isDefault: true),
    Column("transactionId", .string, isDefault: true),
    Column("currentQueryId", .string, isDefault: true),
    Column("outerTransactionId", .string, isDefault: false),
    Column("connectionId", .string, isDefault: true),
    Column("clientAddress", .string, isDefault: true),
    Column("username", .string, isDefault: true),
    Column("metaData", .map, isDefault: false),
    Column("currentQuery", .string, isDefault: true),
    Column("parameters", .map, isDefault: false),
    Column("planner", .string, isDefault: false),
    Column("runtime", .string, isDefault: false),
    Column("indexes", .list(.map), isDefault: false),
    Column("startTime", .string, isDefault: true),
    Column("currentQueryStartTime", .string, isDefault: false),
    Column("protocol", .string, isDefault: false),
    Column("requestUri", .string, isDefault: false),
    Column("status", .string, isDefault: true),
    Column("currentQueryStatus", .string, isDefault: false),
    Column("statusDetails", .string, isDefault: false),
    Column("resourceInformation", .map, isDefault: false),
    Column("activeLockCount", .integer, isDefault: false),
    Column("currentQueryActiveLockCount", .integer, isDefault: false),
    Column("elapsedTime", .duration, isDefault: true),
    Column("cpuTime", .duration, isDefault: false),
    Column("waitTime", .duration, isDefault: false),
    Column("idleTime", .duration, isDefault: false),
    Column("currentQueryElapsedTime", .duration, isDefault: false),
    Column("currentQueryCpuTime", .duration, isDefault: false),
    Column("currentQueryWaitTime", .duration, isDefault: false),
    Column("currentQueryIdleTime", .duration, isDefault: false),
    Column("currentQueryAllocatedBytes", .integer, isDefault: false),
    Column("allocatedDirectBytes", .integer, isDefault: false),
    Column("estimatedUsedHeapMemory", .integer, isDefault: false),
    Column("pageHits", .integer, isDefault: false),
    Column("pageFaults", .integer, isDefault: false),
    Column("currentQueryPageHits", .integer, isDefault: false),
    Column("currentQueryPageFaults", .integer, isDefault: false),
    Column("initializationStackTrace", .string, isDefault: false),
  ]

  /// TERMINATE TRANSACTIONS.
  public static let terminated: [Column] = [
    Column("transactionId", .string, isDefault: true),
    Column("username", .string, isDefault: true),
    Column("message", .string, isDefault: true),
  ]

  /// SHOW DATABASES.
  public static let databases: [Column] = [
    Column("name", .string, isDefault: true),
    Column("type", .string, isDefault: true),
    Column("aliases", .list(.string), isDefault: true),
    Column("access", .string, isDefault: true),
    Column("databaseID", .string, isDefault: false),
    Column("serverID", .string, isDefault: false),
    Column("address", .string, isDefault: true),
    Column("role", .string, isDefault: true),
    Column("writer", .boolean, isDefault: true),
    Column("requestedStatus", .string, isDefault: true),
    Column("currentStatus", .string, isDefault: true),
    Column("statusMessage", .string, isDefault: true),
    Column("default", .boolean, isDefault: true),
    Column("home", .boolean, isDefault: true),
    Column("currentPrimariesCount", .integer, isDefault: false),
    Column("currentSecondariesCount", .integer, isDefault: false),
    Column("requestedPrimariesCount", .integer, isDefault: false),
    Column("requestedSecondariesCount", .integer, isDefault: false),
    Column("creationTime", .zonedDateTime, isDefault: false),
    Column("lastStartTime", .zonedDateTime, isDefault: false),
    Column("lastStopTime", .zonedDateTime, isDefault: false),
    Column("store", .string, isDefault: false),
    Column("lastCommittedTxn", .integer, isDefault: false),
    Column("replicationLag", .integer, isDefault: false),
    Column("constituents", .list(.string), isDefault: true),
    Column("defaultLanguage", .string, isDefault: false),
    Column("options", .map, isDefault: false),
  ]

  /// SHOW DEFAULT DATABASE and SHOW HOME DATABASE.
  public static let oneDatabase: [Column] = [
    Column("name", .string, isDefault: true),
    Column("type", .string, isDefault: true),
    Column("aliases", .list(.string), isDefault: true),
    Column("access", .string, isDefault: true),
    Column("databaseID", .string, isDefault: false),
    Column("serverID", .string, isDefault: false),
    Column("address", .string, isDefault: true),
    Column("role", .string, isDefault: true),
    Column("writer", .boolean, isDefault: true),
    Column("requestedStatus", .string, isDefault: true),
    Column("currentStatus", .string, isDefault: true),
    Column("statusMessage", .string, isDefault: true),
    Column("currentPrimariesCount", .integer, isDefault: false),
    Column("currentSecondariesCount", .integer, isDefault: false),
    Column("requestedPrimariesCount", .integer, isDefault: false),
    Column("requestedSecondariesCount", .integer, isDefault: false),
    Column("creationTime", .zonedDateTime, isDefault: false),
    Column("lastStartTime", .zonedDateTime, isDefault: false),
    Column("lastStopTime", .zonedDateTime, isDefault: false),
    Column("store", .string, isDefault: false),
    Column("lastCommittedTxn", .integer, isDefault: false),
    Column("replicationLag", .integer, isDefault: false),
    Column("constituents", .list(.string), isDefault: true),
    Column("defaultLanguage", .string, isDefault: false),
    Column("options", .map, isDefault: false),
  ]

  /// SHOW ALIASES FOR DATABASES.
  public static let aliases: [Column] = [
    Column("name", .string, isDefault: true),
    Column("composite", .string, isDefault: true),
    Column("database", .string, isDefault: true),
    Column("location", .string, isDefault: true),
    Column("url", .string, isDefault: true),
    Column("user", .string, isDefault: true),
    Column("driver", .map, isDefault: false),
    Column("defaultLanguage", .string, isDefault: false),
    Column("properties", .map, isDefault: false),
  ]

  /// What a command on a database yields with WAIT.
  public static let waited: [Column] = [
    Column("address", .string, isDefault: true),
    Column("state", .string, isDefault: true),
    Column("message", .string, isDefault: true),
    Column("success", .boolean, isDefault: true),
  ]

  /// SHOW USERS.
  public static let users: [Column] = [
    Column("user", .string, isDefault: true),
    Column("roles", .list(.string), isDefault: true),
    Column("passwordChangeRequired", .boolean, isDefault: true),
    Column("suspended", .boolean, isDefault: true),
    Column("home", .string, isDefault: true),
    Column("tags", .list(.string), isDefault: false),
  ]

  /// SHOW USERS WITH AUTH.
  public static let usersWithAuth: [Column] = [
    Column("user", .string, isDefault: true),
    Column("roles", .list(.string), isDefault: true),
    Column("passwordChangeRequired", .boolean, isDefault: true),
    Column("suspended", .boolean, isDefault: true),
    Column("home", .string, isDefault: true),
    Column("provider", .string, isDefault: true),
    Column("auth", .map, isDefault: true),
    Column("tags", .list(.string), isDefault: false),
  ]

  /// SHOW CURRENT USER.
  public static let currentUser: [Column] = [
    Column("user", .string, isDefault: true),
    Column("roles", .list(.string), isDefault: true),
    Column("passwordChangeRequired", .boolean, isDefault: true),
    Column("suspended", .boolean, isDefault: true),
    Column("home", .string, isDefault: true),
    Column("tags", .list(.string), isDefault: false),
  ]
}
