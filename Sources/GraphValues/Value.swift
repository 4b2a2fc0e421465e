/// Any value that a Cypher expression can have.
///
/// Inside the engine nodes, relationships and paths are references (`node`, `relationship`, `path`);
/// at the door results carry records with labels and properties (`nodeRecord`,
/// `relationshipRecord`, `pathRecord`). Swift's `==` is deliberately not defined here as Cypher's
/// equality: see `Value+Equality.swift` for equality with `null`, and `Value+Equivalence.swift` for
/// the equivalence that grouping and `DISTINCT` use, which is also `Hashable`.
public enum Value: Sendable {
  /// The absence of a value.
  case null
  /// BOOLEAN.
  case boolean(Bool)
  /// INTEGER, 64-bit two's complement.
  case integer(Int64)
  /// FLOAT, IEEE binary64.
  case float(Double)
  /// STRING.
  case string(String)
  /// A byte array, which only parameters bring in.
  case bytes([UInt8])
  /// LIST.
  case list([Value])
  /// MAP.
  case map(MapValue)
  /// DATE.
  case date(CalendarDate)
  /// LOCAL TIME.
  case localTime(LocalTime)
  /// ZONED TIME.
  case zonedTime(ZonedTime)
  /// LOCAL DATETIME.
  case localDateTime(LocalDateTime)
  /// ZONED DATETIME.
  indirect case zonedDateTime(ZonedDateTime)
  /// DURATION.
  indirect case duration(DurationValue)
  /// POINT.
  indirect case point(PointValue)
  /// A reference to a node of the store in use.
  case node(NodeID)
  /// A reference to a relationship of the store in use.
  case relationship(RelationshipID)
  /// A path of references.
  case path(PathReference)
  /// A node with its labels and properties, independent of any store.
  case nodeRecord(NodeRecord)
  /// A relationship with its type, ends and properties, independent of any store.
  case relationshipRecord(RelationshipRecord)
  /// A path with all its nodes and relationships, independent of any store.
  case pathRecord(PathRecord)

  /// Whether this is `null`.
  @inlinable public var isNull: Bool {
    if case .null = self { true } else { false }
  }
}

/// A map from strings to values; keeps the order in which keys came, which carries no meaning.
///
/// Keys are unique: setting a key again replaces its value in place.
public struct MapValue: Sendable {
  /// The entries in the order they came, each key once.
  public private(set) var entries: [(key: String, value: Value)]

  /// Makes a map; of a repeated key the last value wins and keeps the first one's place.
  public init(_ entries: [(key: String, value: Value)] = []) {
    self.entries = []
    self.entries.reserveCapacity(entries.count)
    if entries.count <= 16 {
      for entry in entries { self[entry.key] = entry.value }
      return
    }
    var places: [String: Int] = [:]
    for entry in entries {
      if let place = places[entry.key] {
        self.entries[place].value = entry.value
      } else {
        places[entry.key] = self.entries.count
        self.entries.append(entry)
      }
    }
  }

  /// How many keys there are.
  public var count: Int { entries.count }

  /// Whether there are no keys.
  public var isEmpty: Bool { entries.isEmpty }

  /// The keys in the order they came.
  public var keys: [String] { entries.map(\.key) }

  /// The value of a key; `nil` when the key is absent.
  ///
  /// Setting `nil` removes the key.
  ///
  /// Linear in the number of keys: maps in queries are small.
  public subscript(key: String) -> Value? {
    get { entries.first { $0.key == key }?.value }
    set {
      let place = entries.firstIndex { $0.key == key }
      switch (place, newValue) {
      case (let place?, let value?): entries[place].value = value
      case (let place?, nil): entries.remove(at: place)
      case (nil, let value?): entries.append((key, value))
      case (nil, nil): break
      }
    }
  }
}

/// A path within the store in use: alternating nodes and relationships, at least one node.
public final class PathReference: Sendable {
  /// The nodes from start to end, one more than relationships.
  public let nodes: [NodeID]
  /// The relationships in the order walked.
  public let relationships: [RelationshipID]

  /// Makes a path.
  ///
  /// - Parameters:
  ///   - nodes: At least one, one more than `relationships`.
  ///   - relationships: May be walked against their direction.
  public init(nodes: [NodeID], relationships: [RelationshipID]) {
    precondition(
      nodes.count == relationships.count + 1, "a path alternates nodes and relationships")
    self.nodes = nodes
    self.relationships = relationships
  }
}

/// A node as a client receives it.
public final class NodeRecord: Sendable {
  /// The node's id in its database.
  public let id: NodeID
  /// The id as text, which the server chose.
  public let elementID: String
  /// Names of its labels, as stored.
  public let labels: [String]
  /// Its properties, as stored.
  public let properties: MapValue

  /// Makes a record of a node; all parts are independent of a store.
  public init(id: NodeID, elementID: String, labels: [String], properties: MapValue) {
    self.id = id
    self.elementID = elementID
    self.labels = labels
    self.properties = properties
  }
}

/// A relationship as a client receives it.
public final class RelationshipRecord: Sendable {
  /// The relationship's id in its database.
  public let id: RelationshipID
  /// The id as text, which the server chose.
  public let elementID: String
  /// Where it starts.
  public let start: NodeID
  /// Where it ends.
  public let end: NodeID
  /// The start node's id as text.
  public let startElementID: String
  /// The end node's id as text.
  public let endElementID: String
  /// The name of its type.
  public let type: String
  /// Its properties, as stored.
  public let properties: MapValue

  /// Makes a record of a relationship; all parts are independent of a store.
  public init(
    id: RelationshipID, elementID: String, start: NodeID, end: NodeID, startElementID: String,
    endElementID: String, type: String, properties: MapValue
  ) {
    self.id = id
    self.elementID = elementID
    self.start = start
    self.end = end
    self.startElementID = startElementID
    self.endElementID = endElementID
    self.type = type
    self.properties = properties
  }
}

/// A path as a client receives it.
public final class PathRecord: Sendable {
  /// The nodes from start to end, one more than relationships.
  public let nodes: [NodeRecord]
  /// The relationships in the order walked; the direction walked shows in their ends.
  public let relationships: [RelationshipRecord]

  /// Makes a record of a path.
  public init(nodes: [NodeRecord], relationships: [RelationshipRecord]) {
    precondition(
      nodes.count == relationships.count + 1, "a path alternates nodes and relationships")
    self.nodes = nodes
    self.relationships = relationships
  }
}
