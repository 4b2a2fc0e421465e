/// Reads a text along a pattern.
struct PatternReader {
  private let characters: [Character]
  private(set) var position = 0

  init(_ text: String) { characters = Array(text) }

  var isAtEnd: Bool { position == characters.count }

  /// Goes back to where a part began that turned out to lack.
  mutating func rewind(to position: Int) { self.position = position }

  mutating func skip(_ literal: String) -> Bool {
    let wanted = Array(literal)
    guard characters[position...].starts(with: wanted) else { return false }
    position += wanted.count
    return true
  }

  /// The first of some names that the text goes on with, as its index.
  mutating func name(_ names: [String]) -> Int? {
    // Longer names first: one may begin another.
    let order = names.indices.sorted { names[$0].count > names[$1].count }
    return order.first { skip(names[$0]) }
  }

  /// Characters of a zone's name.
  mutating func zoneName() -> String {
    let rest = characters[position...].prefix {
      $0.isASCII && ($0.isLetter || $0.isNumber || "/_+-:~".contains($0))
    }
    position += rest.count
    return String(rest)
  }

  /// Exactly some digits.
  mutating func fixed(_ count: Int) -> Int64? {
    guard digitCount >= count else { return nil }
    return take(count)
  }

  /// The number of a field: two letters or more are a fixed width, except for years.
  ///
  /// A number of free width leaves as many digits as the fixed ones right behind it need.
  mutating func number(
    _ parts: [TemporalPattern.Part], _ index: Int, isSigned: Bool
  ) -> Int64? {
    guard case .field(let letter, let count) = parts[index] else { return nil }
    let isYear = letter == "u" || letter == "y"
    if let width = Self.fixedWidth(parts[index]) { return fixed(width) }
    var sign: Int64 = 1
    if isSigned {
      if skip("-") {
        sign = -1
      } else {
        _ = skip("+")
      }
    }
    var reserved = 0
    for part in parts[(index + 1)...] {
      guard let width = Self.fixedWidth(part) else { break }
      reserved += width
    }
    let width = min(digitCount - reserved, isYear && count >= 4 ? 10 : 18)
    guard width >= (isYear ? count : 1), width > 0 else { return nil }
    return take(width).map { $0 * sign }
  }

  private static func fixedWidth(_ part: TemporalPattern.Part) -> Int? {
    guard case .field(let letter, let count) = part else { return nil }
    switch letter {
    case "u", "y": return count == 2 ? 2 : nil
    case "M", "L", "Q", "q": return count == 2 ? 2 : nil
    case "d", "h", "H", "k", "K", "m", "s", "w", "D": return count > 1 ? count : nil
    case "S": return count
    default: return nil
    }
  }

  private var digitCount: Int {
    characters[position...].prefix { $0.isASCII && $0.isNumber }.count
  }

  private mutating func take(_ count: Int) -> Int64? {
    guard count > 0, count <= 18 else { return nil }
    defer { position += count }
    return Int64(String(characters[position..<position + count]))
  }
}
