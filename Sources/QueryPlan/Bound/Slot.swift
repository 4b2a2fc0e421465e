/// A variable's index in a row, the same throughout a statement.
public struct Slot: Hashable, Comparable, Sendable {
  /// The index, from 0.
  public let index: Int

  /// Wraps an index.
  @inlinable public init(_ index: Int) { self.index = index }

  /// Orders by index.
  @inlinable public static func < (left: Self, right: Self) -> Bool { left.index < right.index }
}

/// What is known at compile time of the value in a slot.
public enum SlotKind: Sendable, Hashable {
  /// A node or null.
  case node
  /// A relationship or null.
  case relationship
  /// A list of relationships (variable length) or null.
  case relationshipList
  /// A path or null.
  case path
  /// Anything else.
  case value
}

/// The variables of a statement by slot.
public struct SlotTable: Sendable {
  /// A variable: its name as users wrote it or `anon_3`, and what it holds.
  public struct Entry: Sendable {
    /// The name; planner-made ones are `anon_N` as in plans.
    public var name: String
    /// What it holds.
    public var kind: SlotKind
    /// Whether users did not name it.
    public var isAnonymous: Bool
  }

  /// The variables; a slot's index is its place here.
  public private(set) var entries: [Entry] = []
  private var anonymousCount = 0

  /// Makes an empty table.
  public init() {}

  /// How many slots a row has.
  public var count: Int { entries.count }

  /// Makes a slot for a variable that users named.
  public mutating func add(_ name: String, _ kind: SlotKind) -> Slot {
    entries.append(Entry(name: name, kind: kind, isAnonymous: false))
    return Slot(entries.count - 1)
  }

  /// Makes a slot for a variable without a name.
  public mutating func addAnonymous(_ kind: SlotKind) -> Slot {
    entries.append(Entry(name: "anon_\(anonymousCount)", kind: kind, isAnonymous: true))
    anonymousCount += 1
    return Slot(entries.count - 1)
  }

  /// Gives a variable that had no name the one that users gave it.
  public mutating func name(_ slot: Slot, _ name: String) {
    entries[slot.index].name = name
    entries[slot.index].isAnonymous = false
  }

  /// The variable of a slot.
  public subscript(slot: Slot) -> Entry {
    get { entries[slot.index] }
    set { entries[slot.index] = newValue }
  }
}
