/// Bytes of a file that come in pieces, taken one by one.
struct PackedBytes {
  private let source: DelimitedReader.Source
  private var piece: [UInt8] = []
  private var place = 0

  init(_ source: @escaping DelimitedReader.Source) { self.source = source }

  /// The next byte; `nil` at the end.
  mutating func next() -> UInt8? {
    guard fill(1) else { return nil }
    place += 1
    return piece[place - 1]
  }

  /// The byte behind so many others, which stays.
  mutating func peek(_ offset: Int) -> UInt8? { fill(offset + 1) ? piece[place + offset] : nil }

  /// What is at hand, or the next piece; `nil` at the end.
  mutating func rest() -> [UInt8]? {
    guard fill(1) else { return nil }
    defer { place = piece.count }
    return Array(piece[place...])
  }

  /// Leaves bytes out.
  ///
  /// - Returns: Whether there were so many.
  mutating func skip(_ count: Int) -> Bool {
    for _ in 0..<count where next() == nil { return false }
    return true
  }

  /// Puts bytes back in front of those that are left.
  mutating func putBack(_ bytes: ArraySlice<UInt8>) {
    piece = Array(bytes) + piece[place...]
    place = 0
  }

  private mutating func fill(_ count: Int) -> Bool {
    while piece.count - place < count {
      guard let more = source(), !more.isEmpty else { return false }
      piece.removeFirst(place)
      place = 0
      piece += more
    }
    return true
  }
}
