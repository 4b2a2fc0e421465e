import Bolt
import Diagnostics
import GraphValues
import QuerySession

/// What the last SUCCESS of a result says.
struct SummaryMetadata {
  /// What the statement did.
  var summary: ResultSummary
  /// The version spoken.
  var version: BoltVersion
  /// What the client wants to hear.
  var filter: NotificationFilter
  /// Whether the result has columns.
  var hasColumns: Bool
  /// Whether it had any record.
  var hasRecords: Bool
  /// What stands for the state afterwards; of statements outside explicit transactions only.
  var bookmark: String?
  /// Milliseconds from the first record to the last.
  var milliseconds: Int

  /// The metadata.
  var map: MapValue {
    var entries: [(key: String, value: Value)] = []
    entries.reserveCapacity(8)
    if let bookmark { entries.append(("bookmark", .string(bookmark))) }
    let counters = summary.counters.boltEntries
    if !counters.isEmpty { entries.append(("stats", .map(MapValue(counters)))) }
    entries.append(("type", .string(summary.queryType.rawValue)))
    let told = summary.notifications.filter {
      filter.passes(severity: $0.severity, category: $0.category)
    }
    if version.hasStatuses {
      entries.append(("statuses", .list(statuses(told))))
    } else if !told.isEmpty {
      entries.append(("notifications", .list(told.map { .map($0.boltNotification(version)) })))
    }
    if let plan = summary.plan {
      let described = plan.boltMap(database: summary.database, isProfiled: summary.isProfiled)
      entries.append((summary.isProfiled ? "profile" : "plan", .map(described)))
    }
    entries.append(("t_last", .integer(Int64(milliseconds))))
    entries.append(("db", .string(summary.database)))
    return MapValue(entries)
  }

  /// The outcome first or last, as the classes of statuses are ordered: no data, warnings, success,
  /// information.
  private func statuses(_ told: [Notification]) -> [Value] {
    let isExplained = summary.plan != nil && !summary.isProfiled
    let outcome: Value =
      if !hasColumns || isExplained {
        Self.omittedResult
      } else if hasRecords {
        Self.success
      } else {
        Self.noData
      }
    var ranked: [(rank: Int, status: Value)] = [
      (hasColumns && !hasRecords && !isExplained ? 0 : 2, outcome)
    ]
    for notification in told {
      let rank =
        switch notification.gqlStatus.prefix(2) {
        case "02": 0
        case "01": 1
        case "00": 2
        default: 3
        }
      ranked.append((rank, .map(notification.boltStatus)))
    }
    return (0...3).flatMap { rank in ranked.filter { $0.rank == rank }.map(\.status) }
  }

  private static let success = outcome("00000", "note: successful completion")
  private static let omittedResult = outcome(
    "00001", "note: successful completion - omitted result")
  private static let noData = outcome("02000", "note: no data")

  private static func outcome(_ status: String, _ description: String) -> Value {
    .map(
      MapValue([
        ("gql_status", .string(status)), ("status_description", .string(description)),
      ]))
  }
}

extension UpdateCounters {
  /// What is not 0, under the names of the protocol.
  var boltEntries: [(key: String, value: Value)] {
    let graph: [(String, Int)] = [
      ("nodes-created", nodesCreated), ("nodes-deleted", nodesDeleted),
      ("relationships-created", relationshipsCreated),
      ("relationships-deleted", relationshipsDeleted), ("properties-set", propertiesSet),
      ("labels-added", labelsAdded), ("labels-removed", labelsRemoved),
      ("indexes-added", indexesAdded), ("indexes-removed", indexesRemoved),
      ("constraints-added", constraintsAdded), ("constraints-removed", constraintsRemoved),
    ]
    var entries: [(key: String, value: Value)] = []
    if containsUpdates { entries.append(("contains-updates", .boolean(true))) }
    for (name, count) in graph where count != 0 {
      entries.append((name, .integer(Int64(count))))
    }
    if systemUpdates != 0 {
      entries.append(("contains-system-updates", .boolean(true)))
      entries.append(("system-updates", .integer(Int64(systemUpdates))))
    }
    return entries
  }
}

extension Notification {
  /// The form up to 5.4.
  func boltNotification(_ version: BoltVersion) -> MapValue {
    var map = MapValue([
      ("code", .string(code)), ("title", .string(title)), ("description", .string(description)),
      ("severity", .string(severity)),
    ])
    if version.hasNotificationFilters { map["category"] = .string(category) }
    if let position { map["position"] = .map(MapValue(position)) }
    return map
  }

  /// The form from 5.6.
  var boltStatus: MapValue {
    var record = MapValue([
      ("_classification", .string(category)), ("_severity", .string(severity)),
    ])
    if let position { record["_position"] = .map(MapValue(position)) }
    return MapValue([
      ("gql_status", .string(gqlStatus)), ("status_description", .string(gqlDescription)),
      ("neo4j_code", .string(code)), ("title", .string(title)),
      ("description", .string(description)), ("diagnostic_record", .map(record)),
    ])
  }
}

extension PlanDescription {
  /// The plan as the protocol has it.
  func boltMap(database: String, isProfiled: Bool) -> MapValue {
    var map = MapValue([
      ("operatorType", .string("\(operatorType)@\(database)")), ("args", .map(arguments)),
      ("identifiers", .list(identifiers.map { .string($0) })),
    ])
    if isProfiled {
      map["dbHits"] = arguments["DbHits"] ?? .integer(0)
      map["rows"] = arguments["Rows"] ?? .integer(0)
      map["pageCacheHits"] = arguments["PageCacheHits"] ?? .integer(0)
      map["pageCacheMisses"] = arguments["PageCacheMisses"] ?? .integer(0)
      map["pageCacheHitRatio"] = .float(0)
    }
    if !children.isEmpty {
      map["children"] = .list(
        children.map { .map($0.boltMap(database: database, isProfiled: isProfiled)) })
    }
    return map
  }
}
