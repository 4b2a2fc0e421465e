extension Value {
  /// Whether DISTINCT and grouping see one value.
  ///
  /// As `=`, but null is equivalent to null at any depth and numbers compare exactly. NaN is
  /// equivalent to nothing, not even itself.
  public func isEquivalent(to other: Value) -> Bool {
    switch (self, other) {
    case (.integer(let left), .integer(let right)): left == right
    case (.string(let left), .string(let right)): left.hasSameCodePoints(as: right)
    case (.null, .null): true
    case (.float(let left), .float(let right)): left == right
    case (.integer(let left), .float(let right)): ValueOrder(exact: left, right) == .equal
    case (.float(let left), .integer(let right)): ValueOrder(exact: right, left) == .equal
    case (.boolean(let left), .boolean(let right)): left == right
    case (.list(let left), .list(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.isEquivalent(to: $1) }
    case (.map(let left), .map(let right)): left.isEquivalent(to: right)
    case (.bytes(let left), .bytes(let right)): left == right
    case (.bytes, .list(let elements)), (.list(let elements), .bytes):
      Value.list(elements).isEquivalent(
        to: .list(isBytes ? listElements : other.listElements))
    case (.null, _), (_, .null): false
    default: isSameInstantPointOrEntity(as: other)
    }
  }

  /// Feeds a hasher so that equivalent values hash alike.
  public func hashEquivalent(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0 as UInt8)
    case .integer(let number): hasher.combine(number)
    case .float(let number):
      // A double that is an exact integer must hash as that integer; both zeros are 0.
      if let whole = Int64(exactly: number) {
        hasher.combine(whole)
      } else {
        hasher.combine(number.bitPattern)
      }
    case .string(let text): hasher.combine(text)
    case .boolean(let flag): hasher.combine(flag)
    case .list(let elements):
      hasher.combine(elements.count)
      for element in elements { element.hashEquivalent(into: &hasher) }
    case .map(let map): map.hashEquivalent(into: &hasher)
    case .bytes: Value.list(listElements).hashEquivalent(into: &hasher)
    default: hashInstantPointOrEntity(into: &hasher)
    }
  }

  private var isBytes: Bool { if case .bytes = self { true } else { false } }

  private func hashInstantPointOrEntity(into hasher: inout Hasher) {
    switch self {
    case .date(let date): hasher.combine(date)
    case .localTime(let time): hasher.combine(time)
    case .zonedTime(let time): hasher.combine(time)
    case .localDateTime(let moment): hasher.combine(moment)
    case .zonedDateTime(let moment): hasher.combine(moment)
    case .duration(let duration): hasher.combine(duration)
    case .point(let point): hasher.combine(point)
    case .node(let id): hasher.combine(id)
    case .nodeRecord(let record): hasher.combine(record.id)
    case .relationship(let id): hasher.combine(id)
    case .relationshipRecord(let record): hasher.combine(record.id)
    default:
      guard let path = pathIDs else { return }
      hasher.combine(path.nodes)
      hasher.combine(path.relationships)
    }
  }
}

extension MapValue {
  fileprivate func isEquivalent(to other: MapValue) -> Bool {
    guard count == other.count else { return false }
    return entries.allSatisfy { entry in
      other[entry.key].map { entry.value.isEquivalent(to: $0) } ?? false
    }
  }

  /// The order of keys must not count, so entries are hashed apart and joined by exclusive or.
  fileprivate func hashEquivalent(into hasher: inout Hasher) {
    var joined = 0
    for entry in entries {
      var own = Hasher()
      own.combine(entry.key)
      entry.value.hashEquivalent(into: &own)
      joined ^= own.finalize()
    }
    hasher.combine(joined)
  }
}

/// A value as a key of grouping and DISTINCT: equal keys are equivalent values.
///
/// NaN breaks reflexivity on purpose: each NaN is a group of its own.
@frozen public struct GroupingKey: Hashable, Sendable {
  /// The value itself.
  public let value: Value

  /// Wraps a value.
  @inlinable public init(_ value: Value) { self.value = value }

  /// Whether two values are equivalent.
  @inlinable public static func == (left: Self, right: Self) -> Bool {
    left.value.isEquivalent(to: right.value)
  }

  /// Feeds a hasher with the value's equivalence class.
  @inlinable public func hash(into hasher: inout Hasher) { value.hashEquivalent(into: &hasher) }
}
