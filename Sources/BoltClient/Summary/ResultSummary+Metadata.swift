import Diagnostics
import GraphValues
import QuerySession

/// What a statement's replies said besides its records.
struct StatementMetadata: Sendable {
  /// The reply to RUN.
  var run = MapValue()
  /// The reply to the last PULL or DISCARD.
  var end = MapValue()
  /// What the client measured, for servers that do not tell.
  var availableAfterMilliseconds = 0
  /// What the client measured, for servers that do not tell.
  var consumedAfterMilliseconds = 0
  /// How many columns and records there were.
  var hasColumns = false
  var hasRecords = false

  /// The database that either reply names.
  var database: String? { end.text("db") ?? run.text("db") }
}

extension ResultSummary {
  /// Reads a summary; whatever is missing or is not what it should be is left out.
  ///
  /// - Parameters:
  ///   - metadata: What the server said.
  ///   - database: The database that was asked for.
  init(_ metadata: StatementMetadata, database: String) {
    let end = metadata.end
    let profile = end.map("profile")
    self.init(
      queryType: end.text("type").flatMap { QueryType(rawValue: $0) } ?? .readOnly,
      counters: UpdateCounters(statistics: end.map("stats") ?? MapValue()),
      notifications: Notification.all(in: end),
      plan: (profile ?? end.map("plan")).map { PlanDescription(metadata: $0, depth: 0) },
      isProfiled: profile != nil,
      availableAfterMilliseconds: metadata.run.integer("t_first") ?? end.integer("t_first")
        ?? metadata.availableAfterMilliseconds,
      consumedAfterMilliseconds: end.integer("t_last") ?? metadata.consumedAfterMilliseconds,
      database: metadata.database ?? database)
  }
}

extension UpdateCounters {
  /// Reads what `stats` holds; unknown keys count for nothing.
  init(statistics: MapValue) {
    self.init()
    for (key, value) in statistics.entries {
      guard case .integer(let number) = value, let place = Self.places[key] else { continue }
      self[keyPath: place] = Int(clamping: number)
    }
  }

  private static var places: [String: WritableKeyPath<UpdateCounters, Int>] {
    [
      "nodes-created": \.nodesCreated, "nodes-deleted": \.nodesDeleted,
      "relationships-created": \.relationshipsCreated,
      "relationships-deleted": \.relationshipsDeleted,
      "properties-set": \.propertiesSet, "labels-added": \.labelsAdded,
      "labels-removed": \.labelsRemoved, "indexes-added": \.indexesAdded,
      "indexes-removed": \.indexesRemoved, "constraints-added": \.constraintsAdded,
      "constraints-removed": \.constraintsRemoved, "system-updates": \.systemUpdates,
    ]
  }
}

extension PlanDescription {
  /// Deeper operators are left out: no planner makes such trees.
  private static let greatestDepth = 1000

  /// Reads an operator with its children.
  init(metadata: MapValue, depth: Int) {
    var name = metadata.text("operatorType") ?? ""
    // The database stands behind the name, as in `ProduceResults@neo4j`.
    if let at = name.firstIndex(of: "@") { name = String(name[..<at]) }
    var arguments = metadata.map("args") ?? MapValue()
    // Servers tell these beside the arguments, under names that begin small.
    for (key, argument) in Self.figures where arguments[argument] == nil {
      if let value = metadata[key] { arguments[argument] = value }
    }
    var children: [PlanDescription] = []
    if depth < Self.greatestDepth, case .list(let list)? = metadata["children"] {
      for case .map(let child) in list {
        children.append(PlanDescription(metadata: child, depth: depth + 1))
      }
    }
    self.init(
      operatorType: name, identifiers: metadata.texts("identifiers"), arguments: arguments,
      children: children)
  }

  private static let figures = [
    ("dbHits", "DbHits"), ("rows", "Rows"), ("time", "Time"), ("pageCacheHits", "PageCacheHits"),
    ("pageCacheMisses", "PageCacheMisses"), ("pageCacheHitRatio", "PageCacheHitRatio"),
  ]
}

extension MapValue {
  /// The text under a key; `nil` for anything else.
  func text(_ key: String) -> String? {
    if case .string(let text)? = self[key] { text } else { nil }
  }

  /// The number under a key; `nil` for anything else.
  func integer(_ key: String) -> Int? {
    if case .integer(let number)? = self[key] { Int(clamping: number) } else { nil }
  }

  /// The truth value under a key; `nil` for anything else.
  func boolean(_ key: String) -> Bool? {
    if case .boolean(let value)? = self[key] { value } else { nil }
  }

  /// The map under a key; `nil` for anything else.
  func map(_ key: String) -> MapValue? {
    if case .map(let map)? = self[key] { map } else { nil }
  }

  /// The maps of the list under a key; empty for anything else.
  func maps(_ key: String) -> [MapValue] {
    guard case .list(let list)? = self[key] else { return [] }
    return list.compactMap { if case .map(let map) = $0 { map } else { nil } }
  }

  /// The texts of the list under a key; empty for anything else.
  func texts(_ key: String) -> [String] {
    guard case .list(let list)? = self[key] else { return [] }
    return list.compactMap { if case .string(let text) = $0 { text } else { nil } }
  }
}
