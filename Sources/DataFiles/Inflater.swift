/// Unpacks a stream in the DEFLATE format (RFC 1951).
///
/// Bytes come in and go out in pieces: what is unpacked waits in `output`, and the last 32 KiB of it
/// are kept, since later parts refer back to them.
struct Inflater {
  /// The stream does not follow the format or ends too early.
  struct Damage: Error {}

  /// Codes of one alphabet: how many there are of each length, and their symbols in order.
  private struct Codes {
    var counts = [Int](repeating: 0, count: 16)
    var symbols: [Int]

    init(lengths: some Collection<Int>) {
      for length in lengths { counts[length] += 1 }
      counts[0] = 0
      var starts = [Int](repeating: 0, count: 16)
      for length in 1..<15 { starts[length + 1] = starts[length] + counts[length] }
      symbols = [Int](repeating: 0, count: lengths.count)
      for (symbol, length) in lengths.enumerated() where length != 0 {
        symbols[starts[length]] = symbol
        starts[length] += 1
      }
    }
  }

  private enum State {
    case betweenBlocks
    case stored(left: Int)
    case coded(literals: Codes, distances: Codes)
    case ended
  }

  /// What is unpacked and not taken yet, behind what was taken and may still be referred to.
  private var window: [UInt8] = []
  private var taken = 0
  private var state = State.betweenBlocks
  private var isLastBlock = false
  private var bits = 0
  private var bitCount = 0

  private static let farthest = 32_768
  private static let pieceBytes = 65_536
  private static let lengthBases = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let lengthBits = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distanceBases = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1_025, 1_537,
    2_049, 3_073, 4_097, 6_145, 8_193, 12_289, 16_385, 24_577,
  ]
  private static let codeOrder = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
  ]

  /// Unpacks about one piece.
  ///
  /// - Parameter bytes: Gives the packed bytes; none behind the stream's own are taken.
  /// - Returns: What was unpacked; `nil` behind the end of the stream.
  /// - Throws: `Damage` when the bytes do not follow the format or end too early.
  mutating func next(from bytes: inout PackedBytes) throws(Damage) -> [UInt8]? {
    if taken > Self.farthest {
      window.removeFirst(taken - Self.farthest)
      taken = Self.farthest
    }
    while window.count - taken < Self.pieceBytes {
      switch state {
      case .ended:
        if window.count == taken { return nil }
        return take()
      case .betweenBlocks:
        if isLastBlock { state = .ended } else { try beginBlock(&bytes) }
      case .stored(let left):
        let length = min(left, Self.pieceBytes)
        for _ in 0..<length { window.append(try byte(&bytes)) }
        state = left == length ? .betweenBlocks : .stored(left: left - length)
      case .coded(let literals, let distances):
        try unpack(&bytes, literals, distances)
      }
    }
    return take()
  }

  private mutating func take() -> [UInt8] {
    let piece = Array(window[taken...])
    taken = window.count
    return piece
  }

  private mutating func beginBlock(_ bytes: inout PackedBytes) throws(Damage) {
    isLastBlock = try read(1, &bytes) == 1
    switch try read(2, &bytes) {
    case 0:
      (bits, bitCount) = (0, 0)
      let length = Int(try byte(&bytes)) | Int(try byte(&bytes)) << 8
      let complement = Int(try byte(&bytes)) | Int(try byte(&bytes)) << 8
      guard length == ~complement & 0xFFFF else { throw Damage() }
      state = .stored(left: length)
    case 1:
      let literals = (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }
      state = .coded(
        literals: Codes(lengths: literals),
        distances: Codes(lengths: [Int](repeating: 5, count: 30)))
    case 2: try readCodes(&bytes)
    default: throw Damage()
    }
  }

  private mutating func readCodes(_ bytes: inout PackedBytes) throws(Damage) {
    let literalCount = try read(5, &bytes) + 257
    let distanceCount = try read(5, &bytes) + 1
    let lengthCount = try read(4, &bytes) + 4
    var lengths = [Int](repeating: 0, count: 19)
    for place in 0..<lengthCount { lengths[Self.codeOrder[place]] = try read(3, &bytes) }
    let codes = Codes(lengths: lengths)
    lengths = []
    while lengths.count < literalCount + distanceCount {
      let symbol = try symbol(codes, &bytes)
      switch symbol {
      case 16:
        guard let last = lengths.last else { throw Damage() }
        lengths += [Int](repeating: last, count: 3 + (try read(2, &bytes)))
      case 17: lengths += [Int](repeating: 0, count: 3 + (try read(3, &bytes)))
      case 18: lengths += [Int](repeating: 0, count: 11 + (try read(7, &bytes)))
      default: lengths.append(symbol)
      }
    }
    guard lengths.count == literalCount + distanceCount, lengths[256] != 0 else { throw Damage() }
    state = .coded(
      literals: Codes(lengths: lengths[..<literalCount]),
      distances: Codes(lengths: lengths[literalCount...]))
  }

  private mutating func unpack(
    _ bytes: inout PackedBytes, _ literals: Codes, _ distances: Codes
  ) throws(Damage) {
    while window.count - taken < Self.pieceBytes {
      let symbol = try symbol(literals, &bytes)
      if symbol < 256 {
        window.append(UInt8(truncatingIfNeeded: symbol))
        continue
      }
      if symbol == 256 {
        state = .betweenBlocks
        return
      }
      guard symbol < 286 else { throw Damage() }
      let length =
        Self.lengthBases[symbol - 257] + (try read(Self.lengthBits[symbol - 257], &bytes))
      let code = try self.symbol(distances, &bytes)
      guard code < 30 else { throw Damage() }
      let distance = Self.distanceBases[code] + (try read(max(0, code / 2 - 1), &bytes))
      guard distance <= window.count else { throw Damage() }
      for _ in 0..<length { window.append(window[window.count - distance]) }
    }
  }

  private mutating func symbol(
    _ codes: Codes, _ bytes: inout PackedBytes
  ) throws(Damage) -> Int {
    var (code, first, index) = (0, 0, 0)
    for length in 1...15 {
      code |= try read(1, &bytes)
      let count = codes.counts[length]
      if code - count < first { return codes.symbols[index + code - first] }
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    throw Damage()
  }

  private mutating func read(_ count: Int, _ bytes: inout PackedBytes) throws(Damage) -> Int {
    while bitCount < count {
      bits |= Int(try byte(&bytes)) << bitCount
      bitCount += 8
    }
    let value = bits & ((1 << count) - 1)
    bits >>= count
    bitCount -= count
    return value
  }

  private func byte(_ bytes: inout PackedBytes) throws(Damage) -> UInt8 {
    guard let byte = bytes.next() else { throw Damage() }
    return byte
  }
}

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
