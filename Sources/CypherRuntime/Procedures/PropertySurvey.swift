import Diagnostics
import GraphStore
import GraphValues

/// What a scan of all nodes or relationships learns of their properties.
struct PropertySurvey {
  private struct Property {
    var count = 0
    var types: Set<String> = []
  }

  private var count = 0
  private var order: [KeyToken] = []
  private var properties: [KeyToken: Property] = [:]

  private mutating func add(_ entries: [(key: KeyToken, value: Value)], isCypher25: Bool) {
    count += 1
    for (key, value) in entries {
      if properties[key] == nil { order.append(key) }
      properties[key, default: Property()].count += 1
      properties[key, default: Property()].types.insert(
        isCypher25 ? value.typeText : Self.storedName(of: value))
    }
  }

  /// Name, types and whether all have it, for each property; one row of nulls when there is none.
  private func rows(_ transaction: GraphTransaction) -> [[Value]] {
    if order.isEmpty { return [[.null, .null, .boolean(false)]] }
    return order.compactMap { key in
      guard let property = properties[key] else { return nil }
      return [
        .string(transaction.name(of: key)),
        .list(property.types.sorted().map { .string($0) }),
        .boolean(property.count == count),
      ]
    }
  }

  static func nodeRows(
    _ arguments: [Value], _ context: ProcedureContext
  ) throws(Failure) -> [[Value]] {
    let transaction = context.transaction
    var order: [[LabelToken]] = []
    var surveys: [[LabelToken]: PropertySurvey] = [:]
    try context.reading { () throws(StoreError) in
      let cursor = transaction.scanNodes()
      let column = Column(.nodes)
      while true {
        column.reset(.nodes)
        let count = try cursor.fill(column, limit: 1_024)
        if count == 0 { break }
        for row in 0..<count {
          let id = NodeID(column.word(at: row))
          let labels = try transaction.labels(of: id)
          if surveys[labels] == nil { order.append(labels) }
          surveys[labels, default: PropertySurvey()].add(
            try transaction.properties(of: id), isCypher25: context.functions.isCypher25)
        }
      }
    }
    return order.flatMap { labels -> [[Value]] in
      let names = labels.map { transaction.name(of: $0) }.sorted()
      let head: [Value] = [.string(typeText(names)), .list(names.map { .string($0) })]
      return surveys[labels].map { $0.rows(transaction).map { head + $0 } } ?? []
    }
  }

  static func relationshipRows(
    _ arguments: [Value], _ context: ProcedureContext
  ) throws(Failure) -> [[Value]] {
    let transaction = context.transaction
    var order: [TypeToken] = []
    var surveys: [TypeToken: PropertySurvey] = [:]
    try context.reading { () throws(StoreError) in
      let cursor = transaction.scanRelationships()
      let column = Column(.relationships)
      let types = Column(.integers)
      while true {
        column.reset(.relationships)
        types.reset(.integers)
        let count = try cursor.fill(column, typeTokens: types, limit: 1_024)
        if count == 0 { break }
        for row in 0..<count {
          let type = TypeToken(UInt32(truncatingIfNeeded: types.word(at: row)))
          if surveys[type] == nil { order.append(type) }
          surveys[type, default: PropertySurvey()].add(
            try transaction.properties(of: RelationshipID(column.word(at: row))),
            isCypher25: context.functions.isCypher25)
        }
      }
    }
    return order.flatMap { type -> [[Value]] in
      let head = Value.string(typeText([transaction.name(of: type)]))
      return surveys[type].map { $0.rows(transaction).map { [head] + $0 } } ?? []
    }
  }

  private static func typeText(_ names: [String]) -> String {
    names.map { ":`" + $0 + "`" }.joined()
  }

  /// The name of a stored value's type as Cypher 5 gives it: `Long`, `StringArray`.
  private static func storedName(of value: Value) -> String {
    guard case .list(let elements) = value else { return value.kindText }
    return (elements.first?.kindText ?? "String") + "Array"
  }
}
