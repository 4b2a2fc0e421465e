/// The kinds of values, as a set.
struct TypeKinds: OptionSet, Hashable, Sendable {
  let rawValue: UInt32

  static let boolean = Self(rawValue: 1 << 0)
  static let float = Self(rawValue: 1 << 1)
  static let integer = Self(rawValue: 1 << 2)
  static let map = Self(rawValue: 1 << 3)
  static let node = Self(rawValue: 1 << 4)
  static let path = Self(rawValue: 1 << 5)
  static let relationship = Self(rawValue: 1 << 6)
  static let point = Self(rawValue: 1 << 7)
  static let string = Self(rawValue: 1 << 8)
  static let duration = Self(rawValue: 1 << 9)
  static let date = Self(rawValue: 1 << 10)
  static let zonedTime = Self(rawValue: 1 << 11)
  static let localTime = Self(rawValue: 1 << 12)
  static let localDateTime = Self(rawValue: 1 << 13)
  static let zonedDateTime = Self(rawValue: 1 << 14)
  static let vector = Self(rawValue: 1 << 15)
  static let list = Self(rawValue: 1 << 16)

  static let number: Self = [.integer, .float]
  static let instant: Self = [.date, .zonedTime, .localTime, .localDateTime, .zonedDateTime]
  static let entity: Self = [.node, .relationship]
  static let mapLike: Self = [.map, .node, .relationship]
  static let storableScalar: Self = [
    .boolean, .float, .integer, .point, .string, .duration, .date, .zonedTime, .localTime,
    .localDateTime, .zonedDateTime, .vector,
  ]
  static let all = Self(rawValue: (1 << 17) - 1)
}

/// What is known at compile time of an expression's value: the kinds it may have, null aside.
struct StaticType: Hashable, Sendable {
  /// The kinds that it may have.
  var kinds: TypeKinds
  /// Of lists and maps, what is known of their content.
  private var content: Content?

  private indirect enum Content: Hashable, Sendable {
    case element(StaticType)
    case fields([String: StaticType])
  }

  /// Nothing is known.
  static let any = StaticType(.all)
  /// What a stored property can be.
  static let storable = StaticType(
    .storableScalar.union(.list), .element(StaticType(.storableScalar)))
  static let boolean = StaticType(.boolean)
  static let integer = StaticType(.integer)
  static let float = StaticType(.float)
  static let string = StaticType(.string)
  static let map = StaticType(.map)
  static let node = StaticType(.node)
  static let relationship = StaticType(.relationship)
  static let path = StaticType(.path)

  init(_ kinds: TypeKinds) {
    self.kinds = kinds
    content = nil
  }

  private init(_ kinds: TypeKinds, _ content: Content) {
    self.kinds = kinds
    self.content = content
  }

  /// A list of what is known.
  static func list(of element: StaticType) -> StaticType {
    element == .any ? StaticType(.list) : StaticType(.list, .element(element))
  }

  /// A map whose keys are known.
  static func map(of fields: [String: StaticType]) -> StaticType {
    StaticType(.map, .fields(fields))
  }

  /// What the elements of a list are.
  var element: StaticType {
    if case .element(let element)? = content { element } else { .any }
  }

  /// The values under the keys of a map literal; `nil` when keys are not known.
  var fields: [String: StaticType]? {
    if kinds == .map, case .fields(let fields)? = content { fields } else { nil }
  }

  /// Whether nothing is known.
  var isAny: Bool { kinds == .all }

  /// Whether some value of this type is one of `kinds`.
  func mayBe(_ other: TypeKinds) -> Bool { !kinds.isDisjoint(with: other) }

  /// The least type that has a name and takes in both: what is known of a list's elements, of the
  /// results of CASE, of the columns of UNION.
  func joined(with other: StaticType) -> StaticType {
    if self == other { return self }
    if kinds == .list, other.kinds == .list {
      return .list(of: element.joined(with: other.element))
    }
    if kinds == other.kinds { return StaticType(kinds) }
    let both = kinds.union(other.kinds)
    return both.isSubset(of: .number) ? StaticType(both) : .any
  }

  /// What is known of a value that is of this or that type.
  func union(_ other: StaticType) -> StaticType {
    if self == other { return self }
    let kinds = self.kinds.union(other.kinds)
    let lists = (self.kinds.contains(.list), other.kinds.contains(.list))
    switch lists {
    case (true, true): return StaticType(kinds, .element(element.union(other.element)))
    case (true, false):
      return element.isAny ? StaticType(kinds) : StaticType(kinds, .element(element))
    case (false, true):
      return other.element.isAny ? StaticType(kinds) : StaticType(kinds, .element(other.element))
    case (false, false): return StaticType(kinds)
    }
  }
}
