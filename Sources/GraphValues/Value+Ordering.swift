extension Value {
  /// How two values stand in the order of ORDER BY, `min` and `max`, which is total over all values.
  ///
  /// Ascending: maps, nodes, relationships, lists, paths, points, zoned date-times, local date-times,
  /// dates, zoned times, local times, durations, strings, booleans, numbers, null. Numbers compare
  /// exactly, NaN behind infinity.
  public func order(to other: Value) -> ValueOrder {
    switch (self, other) {
    case (.integer(let left), .integer(let right)): ValueOrder(left, right)
    case (.string(let left), .string(let right)): left.codePointOrder(to: right)
    case (.float(let left), .float(let right)): ValueOrder(total: left, right)
    case (.integer(let left), .float(let right)): ValueOrder(exact: left, right)
    case (.float(let left), .integer(let right)): ValueOrder(exact: right, left).reversed
    default:
      rank == other.rank ? orderWithinRank(other) : ValueOrder(rank, other.rank)
    }
  }

  /// The place of the value's type in the order of types.
  var rank: UInt8 {
    switch self {
    case .map: 1
    case .node, .nodeRecord: 2
    case .relationship, .relationshipRecord: 3
    case .list, .bytes: 4
    case .path, .pathRecord: 5
    case .point: 6
    case .zonedDateTime: 7
    case .localDateTime: 8
    case .date: 9
    case .zonedTime: 10
    case .localTime: 11
    case .duration: 12
    case .string: 14
    case .boolean: 15
    case .integer, .float: 16
    case .null: 17
    }
  }

  /// The order of two values of one rank.
  func orderWithinRank(_ other: Value) -> ValueOrder {
    switch (self, other) {
    case (.map(let left), .map(let right)): left.order(to: right)
    case (.list(let left), .list(let right)):
      Self.order(left, right) { $0.order(to: $1) }
    case (.point(let left), .point(let right)):
      ValueOrder(left.system.rawValue, right.system.rawValue)
        .then(ValueOrder(total: left.x, right.x)).then(ValueOrder(total: left.y, right.y))
        .then(ValueOrder(total: left.z, right.z))
    case (.boolean(let left), .boolean(let right)): ValueOrder(left ? 1 : 0, right ? 1 : 0)
    case (.bytes, _), (_, .bytes):
      Self.order(listElements, other.listElements) { $0.order(to: $1) }
    case (.integer, _), (.float, _), (.string, _): order(to: other)
    case (.null, _): .equal
    default: orderOfInstantsOrEntities(other)
    }
  }

  private func orderOfInstantsOrEntities(_ other: Value) -> ValueOrder {
    switch (self, other) {
    case (.date(let left), .date(let right)): ValueOrder(left.epochDay, right.epochDay)
    case (.localTime(let left), .localTime(let right)):
      ValueOrder(left.nanosecondOfDay, right.nanosecondOfDay)
    case (.zonedTime(let left), .zonedTime(let right)): left.order(to: right)
    case (.localDateTime(let left), .localDateTime(let right)):
      ValueOrder(left.epochSecond, right.epochSecond)
        .then(ValueOrder(left.nanosecond, right.nanosecond))
    case (.zonedDateTime(let left), .zonedDateTime(let right)): left.order(to: right)
    case (.duration(let left), .duration(let right)): left.order(to: right)
    default: orderOfEntities(other)
    }
  }

  private func orderOfEntities(_ other: Value) -> ValueOrder {
    if let left = nodeID, let right = other.nodeID { return ValueOrder(left, right) }
    if let left = relationshipID, let right = other.relationshipID {
      return ValueOrder(left, right)
    }
    guard let left = pathIDs, let right = other.pathIDs else { return .equal }
    for index in 0..<min(left.nodes.count, right.nodes.count) {
      let byNode = ValueOrder(left.nodes[index], right.nodes[index])
      if byNode != .equal { return byNode }
      guard index < left.relationships.count, index < right.relationships.count else { break }
      let step = ValueOrder(left.relationships[index], right.relationships[index])
      if step != .equal { return step }
    }
    return ValueOrder(left.nodes.count, right.nodes.count)
  }

  /// Element by element; the shorter prefix first.
  private static func order<T>(
    _ left: [T], _ right: [T], by order: (T, T) -> ValueOrder
  ) -> ValueOrder {
    for index in 0..<min(left.count, right.count) {
      let step = order(left[index], right[index])
      if step != .equal { return step }
    }
    return ValueOrder(left.count, right.count)
  }
}

extension MapValue {
  /// By number of keys, then by sorted keys, then by values in the order of all values.
  fileprivate func order(to other: MapValue) -> ValueOrder {
    let left = sortedEntries
    let right = other.sortedEntries
    let byKeys = left.orderOfKeys(to: right)
    guard byKeys == .equal else { return byKeys }
    for (one, two) in zip(left, right) {
      let step = one.value.order(to: two.value)
      if step != .equal { return step }
    }
    return .equal
  }
}

extension ZonedTime {
  /// By instant, then by offset.
  fileprivate func order(to other: ZonedTime) -> ValueOrder {
    let left = nanosecondOfDay &- Int64(offsetSeconds) &* 1_000_000_000
    let right = other.nanosecondOfDay &- Int64(other.offsetSeconds) &* 1_000_000_000
    return ValueOrder(left, right).then(ValueOrder(offsetSeconds, other.offsetSeconds))
  }
}

extension ZonedDateTime {
  /// By instant, then by offset, then by the zone's name, without one first.
  fileprivate func order(to other: ZonedDateTime) -> ValueOrder {
    ValueOrder(epochSecond, other.epochSecond).then(ValueOrder(nanosecond, other.nanosecond))
      .then(ValueOrder(offsetSeconds, other.offsetSeconds))
      .then((zoneName ?? "").codePointOrder(to: other.zoneName ?? ""))
  }
}

extension DurationValue {
  /// By average length, then by months, days, seconds and nanoseconds.
  fileprivate func order(to other: DurationValue) -> ValueOrder {
    ValueOrder(averageSeconds, other.averageSeconds)
      .then(ValueOrder(nanoseconds, other.nanoseconds)).then(ValueOrder(months, other.months))
      .then(ValueOrder(days, other.days)).then(ValueOrder(seconds, other.seconds))
  }

  /// A month counts 30.436875 days, a day 24 hours.
  private var averageSeconds: Int128 {
    Int128(months) * 2_629_746 + Int128(days) * 86_400 + Int128(seconds)
  }
}
