/// Finds keywords by their letters, in any case, without making strings.
private struct KeywordTable: Sendable {
  /// Longest keyword.
  let longest: Int
  private let slots: [Keyword?]
  private let words: [[UInt8]]

  init() {
    words = Keyword.allCases.map { Array($0.text.utf8) }
    longest = words.map(\.count).max() ?? 0
    var slots = [Keyword?](repeating: nil, count: 2_048)
    for (keyword, word) in zip(Keyword.allCases, words) {
      var slot = Self.hash(word.span, 0, word.count)
      while slots[slot] != nil { slot = (slot + 1) & 2_047 }
      slots[slot] = keyword
    }
    self.slots = slots
  }

  static func hash(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var value: UInt32 = 2_166_136_261
    for index in start..<end { value = (value ^ UInt32(bytes[index] & 0xDF)) &* 16_777_619 }
    return Int((value ^ value >> 15) & 2_047)
  }

  func find(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Keyword? {
    var slot = Self.hash(bytes, start, end)
    while let keyword = slots[slot] {
      if matches(words[Int(keyword.rawValue)], bytes, start, end) { return keyword }
      slot = (slot + 1) & 2_047
    }
    return nil
  }

  private func matches(_ word: [UInt8], _ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard word.count == end - start else { return false }
    for index in 0..<word.count {
      let byte = bytes[start + index]
      // Only letters have an upper case to fold to; digits and `_` must be equal.
      let isLetter = (byte | 0x20) &- UInt8(ascii: "a") < 26
      if (isLetter ? byte & 0xDF : byte) != word[index] { return false }
    }
    return true
  }
}

extension Keyword {
  private static let table = KeywordTable()

  /// The keyword that the bytes spell in any letter case.
  static func find(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Keyword? {
    end - start <= table.longest ? table.find(bytes, start, end) : nil
  }
}
