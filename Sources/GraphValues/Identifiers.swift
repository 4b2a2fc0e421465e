/// Identifies a node within one database; dense, counted from 0.
public struct NodeID: Hashable, Comparable, Sendable {
  /// The number as stored.
  public let raw: UInt64

  /// Wraps a stored number.
  @inlinable public init(_ raw: UInt64) { self.raw = raw }

  /// Orders by number, which is order of creation.
  @inlinable public static func < (left: Self, right: Self) -> Bool { left.raw < right.raw }
}

/// Identifies a relationship within one database; dense, counted from 0.
public struct RelationshipID: Hashable, Comparable, Sendable {
  /// The number as stored.
  public let raw: UInt64

  /// Wraps a stored number.
  @inlinable public init(_ raw: UInt64) { self.raw = raw }

  /// Orders by number, which is order of creation.
  @inlinable public static func < (left: Self, right: Self) -> Bool { left.raw < right.raw }
}

/// The interned name of a label within one store.
public struct LabelToken: Hashable, Comparable, Sendable {
  /// The number as stored.
  public let raw: UInt32

  /// Wraps a stored number.
  @inlinable public init(_ raw: UInt32) { self.raw = raw }

  /// Orders by number.
  @inlinable public static func < (left: Self, right: Self) -> Bool { left.raw < right.raw }
}

/// The interned name of a relationship type within one store.
public struct TypeToken: Hashable, Comparable, Sendable {
  /// The number as stored.
  public let raw: UInt32

  /// Wraps a stored number.
  @inlinable public init(_ raw: UInt32) { self.raw = raw }

  /// Orders by number.
  @inlinable public static func < (left: Self, right: Self) -> Bool { left.raw < right.raw }
}

/// The interned name of a property key within one store.
public struct KeyToken: Hashable, Comparable, Sendable {
  /// The number as stored.
  public let raw: UInt32

  /// Wraps a stored number.
  @inlinable public init(_ raw: UInt32) { self.raw = raw }

  /// Orders by number.
  @inlinable public static func < (left: Self, right: Self) -> Bool { left.raw < right.raw }
}

/// Which ends of a relationship to follow, seen from a node.
public enum Direction: UInt8, Hashable, Sendable {
  /// Relationships that start at the node.
  case outgoing
  /// Relationships that end at the node.
  case incoming
  /// Both; a loop counts once.
  case both

  /// The same relationships seen from their other end.
  public var reversed: Direction {
    switch self {
    case .outgoing: .incoming
    case .incoming: .outgoing
    case .both: .both
    }
  }
}
