public import GraphValues

/// Identifies an index or a constraint within one store; both count from one counter.
public struct SchemaRuleID: Hashable, Comparable, Sendable {
  /// The number as stored.
  public let raw: UInt32

  /// Wraps a stored number.
  @inlinable public init(_ raw: UInt32) { self.raw = raw }

  /// Orders by number, which is order of creation.
  @inlinable public static func < (left: Self, right: Self) -> Bool { left.raw < right.raw }
}

/// What an index or constraint is about.
public enum SchemaTarget: Hashable, Sendable {
  /// Nodes with one of these labels; empty for all nodes (LOOKUP).
  case nodes([LabelToken])
  /// Relationships of one of these types; empty for all relationships (LOOKUP).
  case relationships([TypeToken])

  /// Whether it is about nodes.
  public var isNodes: Bool { if case .nodes = self { true } else { false } }

  /// The tokens' numbers, labels or types.
  public var rawTokens: [UInt32] {
    switch self {
    case .nodes(let labels): labels.map(\.raw)
    case .relationships(let types): types.map(\.raw)
    }
  }
}

/// The kinds of indexes.
public enum IndexKind: UInt8, Hashable, Sendable, CaseIterable {
  /// Ordered by value, serves equality, ranges, prefixes and order.
  case range = 0
  /// Strings only.
  case text = 1
  /// Points only.
  case point = 2
  /// Words of strings, by procedures only.
  case fulltext = 3
  /// Labels of nodes or types of relationships.
  case lookup = 4
  /// Vectors, by procedures only.
  case vector = 5

  /// The name as `SHOW INDEXES` gives it.
  public var name: String {
    switch self {
    case .range: "RANGE"
    case .text: "TEXT"
    case .point: "POINT"
    case .fulltext: "FULLTEXT"
    case .lookup: "LOOKUP"
    case .vector: "VECTOR"
    }
  }
}

/// An index of the schema.
public struct IndexDescriptor: Sendable {
  /// Its id.
  public let id: SchemaRuleID
  /// Its name, unique among indexes and constraints.
  public let name: String
  /// Its kind.
  public let kind: IndexKind
  /// What it indexes.
  public let target: SchemaTarget
  /// The properties in order; empty for LOOKUP.
  public let keys: [KeyToken]
  /// The provider and settings as `SHOW INDEXES` lists them.
  public let options: MapValue
  /// The constraint that it backs.
  public let owningConstraint: SchemaRuleID?

  /// Puts a description together.
  public init(
    id: SchemaRuleID, name: String, kind: IndexKind, target: SchemaTarget, keys: [KeyToken],
    options: MapValue, owningConstraint: SchemaRuleID?
  ) {
    self.id = id
    self.name = name
    self.kind = kind
    self.target = target
    self.keys = keys
    self.options = options
    self.owningConstraint = owningConstraint
  }
}

/// How much an index holds.
public struct IndexStatistics: Sendable {
  /// How many entities it has.
  public let entryCount: Int
  /// How many different values (of all its properties together) it has.
  public let distinctCount: Int

  /// Puts figures together.
  public init(entryCount: Int, distinctCount: Int) {
    self.entryCount = entryCount
    self.distinctCount = distinctCount
  }
}
