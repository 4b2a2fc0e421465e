extension Value {
  /// Whether two values are equal as `=` has it: `nil` when that is not known because of a null.
  ///
  /// INTEGER and FLOAT compare as two doubles; NaN equals nothing; values of different types are
  /// unequal. Lists and maps join the answers of their parts by three-valued AND. Entities are equal
  /// when their ids are, whether they are references or records. Strings compare by code points.
  ///
  /// - Complexity: Linear in the size of the smaller value; the depth of values is bounded where
  ///   they are made.
  public func equals(_ other: Value) -> Bool? {
    switch (self, other) {
    case (.integer(let left), .integer(let right)): left == right
    case (.string(let left), .string(let right)): left.hasSameCodePoints(as: right)
    case (.null, _), (_, .null): nil
    case (.float(let left), .float(let right)): left == right
    case (.integer(let left), .float(let right)): Double(left) == right
    case (.float(let left), .integer(let right)): left == Double(right)
    case (.boolean(let left), .boolean(let right)): left == right
    case (.list(let left), .list(let right)): Self.areEqual(left, right)
    case (.map(let left), .map(let right)): left.equals(right)
    case (.bytes(let left), .bytes(let right)): left == right
    case (.bytes, .list), (.list, .bytes): Self.areEqual(listElements, other.listElements)
    default: isSameInstantPointOrEntity(as: other)
    }
  }

  /// Whether `=` is exactly true.
  @inlinable public func isEqual(to other: Value) -> Bool { equals(other) == true }

  private static func areEqual(_ left: [Value], _ right: [Value]) -> Bool? {
    guard left.count == right.count else { return false }
    var isKnown = true
    for index in left.indices {
      switch left[index].equals(right[index]) {
      case true?: continue
      case false?: return false
      case nil: isKnown = false
      }
    }
    return isKnown ? true : nil
  }

  /// Equality of values that hold no nulls and are neither numbers nor texts.
  func isSameInstantPointOrEntity(as other: Value) -> Bool {
    switch (self, other) {
    case (.date(let left), .date(let right)): left == right
    case (.localTime(let left), .localTime(let right)): left == right
    case (.zonedTime(let left), .zonedTime(let right)): left == right
    case (.localDateTime(let left), .localDateTime(let right)): left == right
    case (.zonedDateTime(let left), .zonedDateTime(let right)): left == right
    case (.duration(let left), .duration(let right)): left == right
    case (.point(let left), .point(let right)): left == right
    default: isSameEntity(as: other)
    }
  }

  private func isSameEntity(as other: Value) -> Bool {
    if let node = nodeID { return node == other.nodeID }
    if let relationship = relationshipID { return relationship == other.relationshipID }
    guard let left = pathIDs, let right = other.pathIDs else { return false }
    return left.nodes == right.nodes && left.relationships == right.relationships
  }
}

extension Value {
  /// The id of a node, be it a reference or a record; `nil` for all else.
  @inlinable public var nodeID: NodeID? {
    switch self {
    case .node(let id): id
    case .nodeRecord(let record): record.id
    default: nil
    }
  }

  /// The id of a relationship, be it a reference or a record; `nil` for all else.
  @inlinable public var relationshipID: RelationshipID? {
    switch self {
    case .relationship(let id): id
    case .relationshipRecord(let record): record.id
    default: nil
    }
  }

  /// The ids along a path, be it a reference or a record; `nil` for all else.
  public var pathIDs: (nodes: [NodeID], relationships: [RelationshipID])? {
    switch self {
    case .path(let path): (path.nodes, path.relationships)
    case .pathRecord(let path): (path.nodes.map(\.id), path.relationships.map(\.id))
    default: nil
    }
  }
}

extension MapValue {
  /// Equality of maps as `=` has it: unequal key sets decide at once, a null value counts as a key.
  func equals(_ other: MapValue) -> Bool? {
    guard count == other.count else { return false }
    var isKnown = true
    // All keys first: a missing one decides whatever the values are.
    for entry in entries where other[entry.key] == nil { return false }
    for entry in entries {
      guard let value = other[entry.key] else { return false }
      switch entry.value.equals(value) {
      case true?: continue
      case false?: return false
      case nil: isKnown = false
      }
    }
    return isKnown ? true : nil
  }
}
