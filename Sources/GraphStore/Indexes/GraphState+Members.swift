import KeyValueStore

extension GraphState {
  mutating func setMemberKey(_ kind: LinkKey, _ token: UInt32, _ chunk: UInt64) {
    key.removeAll()
    key.append(kind.rawValue)
    key.append(big: token)
    key.append(big: chunk)
  }

  mutating func insertMember(_ id: UInt64, _ kind: LinkKey, _ token: UInt32) {
    pending.members.append(PendingLinks.Member(kind, token, id))
  }

  mutating func removeMember(_ id: UInt64, _ kind: LinkKey, _ token: UInt32) throws(StoreError) {
    try flushLinks()
    setMemberKey(kind, token, MemberSet.chunk(of: id))
    guard try space.copyValue(in: trees.links, key, to: &block) else { return }
    guard MemberSet.remove(MemberSet.place(of: id), from: &block) else { return }
    if block.count == 0 {
      try space.remove(in: trees.links, key)
    } else {
      try space.put(in: trees.links, key, block)
    }
  }

  /// Appends members from a first id on, until there are `limit`.
  ///
  /// - Returns: Whether the end was reached.
  mutating func appendMembers(
    _ kind: LinkKey, _ token: UInt32, from first: UInt64, limit: Int, to ids: inout [UInt64]
  ) throws(StoreError) -> Bool {
    try flushLinks()
    setMemberKey(kind, token, MemberSet.chunk(of: first))
    var cursor = try space.cursor(trees.links)
    var found = try cursor.seek(key.bytes)
    while found {
      let here = cursor.key
      guard here.byteCount == MemberSet.keySize, here.uint8(at: 0) == kind.rawValue,
        here.bigEndianUInt32(at: 1) == token
      else { return true }
      MemberSet.append(
        cursor.value, number: here.bigEndianUInt64(at: 5), from: first, limit: limit, to: &ids)
      if ids.count >= limit { return false }
      found = try cursor.next()
    }
    return true
  }

  /// Keeps, of ascending ids, those that are members.
  mutating func keepMembers(_ kind: LinkKey, _ token: UInt32, of ids: inout [UInt64])
    throws(StoreError)
  {
    try flushLinks()
    var kept = 0
    var index = 0
    while index < ids.count {
      let chunk = MemberSet.chunk(of: ids[index])
      setMemberKey(kind, token, chunk)
      let exists = try space.copyValue(in: trees.links, key, to: &block)
      while index < ids.count, MemberSet.chunk(of: ids[index]) == chunk {
        if exists, MemberSet.contains(MemberSet.place(of: ids[index]), block.bytes) {
          ids[kept] = ids[index]
          kept += 1
        }
        index += 1
      }
    }
    ids.removeSubrange(kept...)
  }
}
