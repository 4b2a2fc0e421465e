public import GraphValues

/// The kinds of constraints, for nodes and relationships alike.
public enum ConstraintKind: Hashable, Sendable {
  /// No two entities have the same values; entities without one of the properties are exempt.
  case unique
  /// All properties are there and no two entities have the same values.
  case key
  /// The property is there.
  case existence
  /// The property, where it is there, has one of these types.
  case propertyType(PropertyTypeRule)

  /// Whether an index backs it.
  public var hasIndex: Bool {
    switch self {
    case .unique, .key: true
    case .existence, .propertyType: false
    }
  }
}

/// A union of property types.
public struct PropertyTypeRule: Hashable, Sendable {
  /// The types of single values, in the order in which unions print.
  public enum Scalar: UInt8, Hashable, Sendable, CaseIterable {
    /// BOOLEAN.
    case boolean
    /// STRING.
    case string
    /// INTEGER.
    case integer
    /// FLOAT.
    case float
    /// DATE.
    case date
    /// LOCAL TIME.
    case localTime
    /// ZONED TIME.
    case zonedTime
    /// LOCAL DATETIME.
    case localDateTime
    /// ZONED DATETIME.
    case zonedDateTime
    /// DURATION.
    case duration
    /// POINT.
    case point
  }
  /// Types allowed as such.
  public let scalars: Set<Scalar>
  /// Types allowed as elements of lists (`LIST<T NOT NULL>`), each list of one or of all of these.
  public let listElements: Set<Scalar>
  /// The normalised text of the type, as `SHOW CONSTRAINTS` prints it.
  public let name: String

  /// Makes a union; `name` is the caller's normalised text.
  public init(scalars: Set<Scalar>, listElements: Set<Scalar>, name: String) {
    self.scalars = scalars
    self.listElements = listElements
    self.name = name
  }
}

/// A constraint of the schema.
public struct ConstraintDescriptor: Sendable {
  /// Its id.
  public let id: SchemaRuleID
  /// Its name, unique among indexes and constraints, save for its own index.
  public let name: String
  /// What it demands.
  public let kind: ConstraintKind
  /// Of which entities; exactly one label or type.
  public let target: SchemaTarget
  /// The properties in order.
  public let keys: [KeyToken]
  /// The index behind it.
  public let ownedIndex: SchemaRuleID?
  /// The options given at its creation.
  public let options: MapValue

  /// Puts a description together.
  public init(
    id: SchemaRuleID, name: String, kind: ConstraintKind, target: SchemaTarget, keys: [KeyToken],
    ownedIndex: SchemaRuleID?, options: MapValue
  ) {
    self.id = id
    self.name = name
    self.kind = kind
    self.target = target
    self.keys = keys
    self.ownedIndex = ownedIndex
    self.options = options
  }
}
