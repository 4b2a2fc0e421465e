/// The columns of a batch by slot.
///
/// A statement of thousands of UNION arms or clauses has as many slots, and operators that each have
/// a batch; only few of them are live in one place. There the columns are kept in a dictionary, so
/// that all batches together take no more than what is live in them.
public struct BatchColumns {
  /// From how many slots on a place for each of them would be too much.
  private static let mostPlaces = 1_000

  /// How many slots there are.
  public let slotCount: Int
  private var places: [Column?]
  private var live: [Int: Column] = [:]
  private let isSparse: Bool

  /// No columns, for a statement with so many slots.
  init(slotCount: Int) {
    self.slotCount = slotCount
    isSparse = slotCount > Self.mostPlaces
    places = isSparse ? [] : Array(repeating: nil, count: slotCount)
  }

  /// The column of a slot; `nil` where the slot is not live.
  public subscript(slot: Int) -> Column? {
    get { isSparse ? live[slot] : places[slot] }
    set {
      if isSparse {
        live[slot] = newValue
      } else {
        places[slot] = newValue
      }
    }
  }

  /// The slots that have a column, in no order.
  public var liveSlots: [Int] {
    isSparse ? Array(live.keys) : places.indices.filter { places[$0] != nil }
  }

  /// Forgets all columns.
  public mutating func removeAll() {
    live.removeAll()
    for slot in places.indices { places[slot] = nil }
  }
}
