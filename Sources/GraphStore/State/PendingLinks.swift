import KeyValueStore

/// New adjacency and members that are not in their trees yet.
///
/// Made one by one, they would touch pages all over; sorted, a page is touched once. Whoever reads
/// adjacency or members flushes first.
struct PendingLinks {
  struct Entry: Comparable {
    let node: UInt64
    let word: UInt32
    let neighbour: UInt64
    let relationship: UInt64

    static func < (left: Self, right: Self) -> Bool {
      if left.node != right.node { return left.node < right.node }
      if left.word != right.word { return left.word < right.word }
      if left.neighbour != right.neighbour { return left.neighbour < right.neighbour }
      return left.relationship < right.relationship
    }
  }

  struct Member {
    /// Kind and token, which are sorted by first.
    let owner: UInt64
    let id: UInt64

    init(_ kind: LinkKey, _ token: UInt32, _ id: UInt64) {
      owner = UInt64(kind.rawValue) << 32 | UInt64(token)
      self.id = id
    }

    var kind: LinkKey { owner >> 32 == 1 ? .labelMembers : .typeMembers }
    var token: UInt32 { UInt32(truncatingIfNeeded: owner) }
  }

  /// How many entries may wait, some 32 MB.
  static let limit = 1 << 20

  var adjacency: [Entry] = []
  var members: [Member] = []

  var isEmpty: Bool { adjacency.isEmpty && members.isEmpty }
  var isFull: Bool { adjacency.count >= Self.limit || members.count >= Self.limit }

  mutating func removeAll() {
    adjacency.removeAll(keepingCapacity: true)
    members.removeAll(keepingCapacity: true)
  }
}

extension GraphState {
  /// Puts pending links into their trees.
  mutating func flushLinks() throws(StoreError) {
    if !pending.members.isEmpty { try flushMembers() }
    if !pending.adjacency.isEmpty { try flushAdjacency() }
  }

  private mutating func flushMembers() throws(StoreError) {
    var members: [PendingLinks.Member] = []
    swap(&members, &pending.members)
    if members.count > 1 { members.sort { ($0.owner, $0.id) < ($1.owner, $1.id) } }
    var index = 0
    while index < members.count {
      let first = members[index]
      let chunk = MemberSet.chunk(of: first.id)
      setMemberKey(first.kind, first.token, chunk)
      _ = try space.copyValue(in: trees.links, key, to: &block)
      while index < members.count, members[index].owner == first.owner,
        MemberSet.chunk(of: members[index].id) == chunk
      {
        _ = MemberSet.insert(MemberSet.place(of: members[index].id), into: &block)
        index += 1
      }
      try space.put(in: trees.links, key, block)
    }
    members.removeAll(keepingCapacity: true)
    swap(&members, &pending.members)
  }

  private mutating func flushAdjacency() throws(StoreError) {
    var entries: [PendingLinks.Entry] = []
    swap(&entries, &pending.adjacency)
    if entries.count == 2 {
      if entries[1] < entries[0] { entries.swapAt(0, 1) }
    } else {
      entries.sort()
    }
    var index = 0
    while index < entries.count {
      let first = entries[index]
      var end = index + 1
      while end < entries.count, entries[end].node == first.node, entries[end].word == first.word {
        end += 1
      }
      try insertAdjacency(first.node, first.word, entries[index..<end])
      index = end
    }
    entries.removeAll(keepingCapacity: true)
    swap(&entries, &pending.adjacency)
  }
}
