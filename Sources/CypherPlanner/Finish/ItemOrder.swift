import QueryPlan

/// The order in which plans list the items of a projection.
///
/// Up to four stand as in the text. Servers keep more of them in a tree by the hashes of their names,
/// five bits a level, whose order scripts that compare plans have come to see: single names of a level
/// first, then those that share their bits, level by level.
enum ItemOrder {
  private static let most = 4

  /// The places of names in the order of plans.
  static func places(of names: [String]) -> [Int] {
    guard names.count > most else { return Array(names.indices) }
    let hashes = names.map(hash)
    return level(Array(names.indices), hashes, shift: 0)
  }

  private static func level(_ places: [Int], _ hashes: [UInt32], shift: UInt32) -> [Int] {
    if shift >= 32 { return places }
    var groups: [[Int]] = Array(repeating: [], count: 32)
    for place in places { groups[Int(hashes[place] >> shift & 31)].append(place) }
    let single = groups.filter { $0.count == 1 }.flatMap { $0 }
    return groups.filter { $0.count > 1 }.reduce(single) {
      $0 + level($1, hashes, shift: shift + 5)
    }
  }

  /// The spread hash of a variable: MurmurHash3 of its kind and its name.
  private static func hash(_ name: String) -> UInt32 {
    var hash = Murmur.hash([text("Variable"), text(name)], counted: 1)
    hash = hash &+ ~(hash << 9)
    hash ^= hash >> 14
    hash = hash &+ (hash << 4)
    return hash ^ (hash >> 10)
  }

  /// The sum over UTF-16 units that Java gives a text.
  private static func text(_ text: String) -> UInt32 {
    text.utf16.reduce(0) { 31 &* $0 &+ UInt32($1) }
  }
}

/// MurmurHash3 of 32 bits over words.
private enum Murmur {
  private static let seed: UInt32 = 0xcafe_babe

  /// `counted` tells how many of the words count for the length.
  static func hash(_ words: [UInt32], counted: UInt32) -> UInt32 {
    var hash = seed
    for word in words {
      let mixed = rotated(word &* 0xcc9e_2d51, 15) &* 0x1b87_3593
      hash = rotated(hash ^ mixed, 13) &* 5 &+ 0xe654_6b64
    }
    hash ^= counted
    hash = (hash ^ (hash >> 16)) &* 0x85eb_ca6b
    hash = (hash ^ (hash >> 13)) &* 0xc2b2_ae35
    return hash ^ (hash >> 16)
  }

  private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word << count | word >> (32 - count)
  }
}

extension Planning {
  /// Remembers in which order plans list the items of a projection.
  func noteOrder(of slots: [Slot]) {
    if slots.count < 5 { return }
    for (rank, place) in ItemOrder.places(of: slots.map { self.slots[$0].name }).enumerated() {
      itemRanks[slots[place]] = rank
    }
  }

  /// Items in the order of plans.
  func inPlanOrder<Item>(_ items: [Item], _ slot: (Item) -> Slot) -> [Item] {
    if itemRanks.isEmpty || items.count < 2 { return items }
    let ranks = items.compactMap { itemRanks[slot($0)] }
    guard ranks.count == items.count else { return items }
    return zip(ranks, items).sorted { $0.0 < $1.0 }.map(\.1)
  }
}
