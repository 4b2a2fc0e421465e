import KeyValueStore

/// The nodes of a label, or the relationships of a type, in chunks of 4,096 ids.
///
/// A chunk with few members lists them, two bytes each, ascending; one with 256 or more is a bit map
/// of 512 bytes.
enum MemberSet {
  static let idsPerChunk: UInt64 = 4_096
  static let mapSize = 512
  static let keySize = 13

  static func chunk(of id: UInt64) -> UInt64 { id >> 12 }
  static func place(of id: UInt64) -> UInt16 { UInt16(truncatingIfNeeded: id & 4_095) }

  /// Adds a member to a chunk's bytes.
  ///
  /// - Returns: Whether it was not there.
  static func insert(_ place: UInt16, into chunk: inout ByteBuffer) -> Bool {
    if chunk.count == mapSize {
      let byte = chunk.bytes.uint8(at: Int(place >> 3))
      let bit = UInt8(1) << UInt8(place & 7)
      guard byte & bit == 0 else { return false }
      chunk.replace(at: Int(place >> 3), byte | bit)
      return true
    }
    let index = lowerBound(place, chunk.bytes)
    if index < chunk.count, chunk.bytes.uint16(at: index) == place { return false }
    chunk.insert(at: index, little: place)
    if chunk.count == mapSize { becomeMap(&chunk) }
    return true
  }

  /// Removes a member from a chunk's bytes.
  ///
  /// - Returns: Whether it was there.
  static func remove(_ place: UInt16, from chunk: inout ByteBuffer) -> Bool {
    if chunk.count == mapSize {
      let byte = chunk.bytes.uint8(at: Int(place >> 3))
      let bit = UInt8(1) << UInt8(place & 7)
      guard byte & bit != 0 else { return false }
      chunk.replace(at: Int(place >> 3), byte & ~bit)
      becomeListWhenSmall(&chunk)
      return true
    }
    let index = lowerBound(place, chunk.bytes)
    guard index < chunk.count, chunk.bytes.uint16(at: index) == place else { return false }
    chunk.remove(at: index, count: 2)
    return true
  }

  /// Whether a chunk has a member.
  static func contains(_ place: UInt16, _ chunk: RawSpan) -> Bool {
    if chunk.byteCount == mapSize {
      return chunk.uint8(at: Int(place >> 3)) & UInt8(1) << UInt8(place & 7) != 0
    }
    let index = lowerBound(place, chunk)
    return index + 2 <= chunk.byteCount && chunk.uint16(at: index) == place
  }

  /// Appends the ids of a chunk from a first one on, until there are `limit`.
  static func append(
    _ chunk: RawSpan, number: UInt64, from first: UInt64, limit: Int, to ids: inout [UInt64]
  ) {
    let base = number << 12
    let start = first > base ? Int(min(first - base, idsPerChunk)) : 0
    if chunk.byteCount == mapSize {
      var word = start / 64
      var skipped = ~UInt64(0) << UInt64(start % 64)
      while word < 64 {
        var bits = chunk.uint64(at: word &* 8) & skipped
        skipped = ~0
        let wordBase = base &+ UInt64(word) &* 64
        while bits != 0 {
          if ids.count >= limit { return }
          ids.append(wordBase &+ UInt64(bits.trailingZeroBitCount))
          bits &= bits &- 1
        }
        word &+= 1
      }
      return
    }
    var index = lowerBound(UInt16(min(start, 4_095)), chunk)
    while index &+ 2 <= chunk.byteCount, ids.count < limit {
      let id = base &+ UInt64(chunk.uint16(at: index))
      if id >= first { ids.append(id) }
      index &+= 2
    }
  }

  /// The offset of the first listed member that is not below `place`.
  private static func lowerBound(_ place: UInt16, _ list: RawSpan) -> Int {
    let count = list.byteCount / 2
    // New members mostly come last.
    if count == 0 || list.uint16(at: count * 2 - 2) < place { return count * 2 }
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if list.uint16(at: middle * 2) < place { low = middle + 1 } else { high = middle }
    }
    return low * 2
  }

  private static func becomeMap(_ chunk: inout ByteBuffer) {
    var places: [UInt16] = []
    for index in 0..<(chunk.count / 2) { places.append(chunk.bytes.uint16(at: index * 2)) }
    chunk.removeAll()
    chunk.appendZeros(mapSize)
    for place in places {
      let byte = chunk.bytes.uint8(at: Int(place >> 3))
      chunk.replace(at: Int(place >> 3), byte | UInt8(1) << UInt8(place & 7))
    }
  }

  /// Well below 256, so that a member that comes and goes does not turn the chunk over each time.
  private static func becomeListWhenSmall(_ chunk: inout ByteBuffer) {
    var count = 0
    for word in 0..<64 { count += chunk.bytes.uint64(at: word * 8).nonzeroBitCount }
    guard count < 200 else { return }
    var ids: [UInt64] = []
    append(chunk.bytes, number: 0, from: 0, limit: mapSize * 8, to: &ids)
    chunk.removeAll()
    for id in ids { chunk.append(little: UInt16(truncatingIfNeeded: id)) }
  }
}
