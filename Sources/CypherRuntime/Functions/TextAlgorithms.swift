import Foundation
import GraphValues

/// Takes characters off the ends of texts.
enum TextTrimming {
  /// Which ends.
  enum Side {
    case start
    case end
    case both

    init?(_ name: String) {
      switch name.uppercased() {
      case "LEADING": self = .start
      case "TRAILING": self = .end
      case "BOTH": self = .both
      default: return nil
      }
    }
  }

  /// Without blanks, as Java's `strip` sees them.
  static func trim(_ text: String, _ side: Side) -> String { trim(text, side) { isBlank($0) } }

  /// Without any of the characters of a set.
  static func trim(_ text: String, _ side: Side, of set: Set<Unicode.Scalar>) -> String {
    trim(text, side) { set.contains($0) }
  }

  private static func trim(
    _ text: String, _ side: Side, _ drops: (Unicode.Scalar) -> Bool
  ) -> String {
    var view = text.unicodeScalars[...]
    if side != .end { view = view.drop(while: drops) }
    if side != .start {
      while let last = view.last, drops(last) { view.removeLast() }
    }
    return view.count == text.unicodeScalars.count ? text : String(view)
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x1C...0x20: return true
    case 0..<0x80, 0xA0, 0x2007, 0x202F: return false
    default:
      switch scalar.properties.generalCategory {
      case .spaceSeparator, .lineSeparator, .paragraphSeparator: return true
      default: return false
      }
    }
  }
}

/// Unicode normal forms.
enum UnicodeForm: String, Sendable {
  case nfc = "NFC"
  case nfd = "NFD"
  case nfkc = "NFKC"
  case nfkd = "NFKD"
}

extension String {
  /// The text in a normal form.
  func normalized(_ form: UnicodeForm) -> String {
    if utf8.allSatisfy({ $0 < 0x80 }) { return self }
    return switch form {
    case .nfc: precomposedStringWithCanonicalMapping
    case .nfd: decomposedStringWithCanonicalMapping
    case .nfkc: precomposedStringWithCompatibilityMapping
    case .nfkd: decomposedStringWithCompatibilityMapping
    }
  }

  /// Whether the text is in a normal form already.
  func isNormalized(_ form: UnicodeForm) -> Bool { normalized(form).hasSameCodePoints(as: self) }

  /// The text with occurrences of a part replaced, from left to right; an empty part occurs before each
  /// character and at the end.
  func replacing(_ part: String, with other: String, limit: Int) -> String {
    guard limit > 0 else { return self }
    if part.isEmpty { return interspersed(with: other, limit: limit) }
    let (text, wanted, replacement) = (Array(utf8), Array(part.utf8), Array(other.utf8))
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var place = 0
    var count = 0
    while place < text.count {
      if count < limit, text[place] == wanted[0], text[place...].starts(with: wanted) {
        result.append(contentsOf: replacement)
        place += wanted.count
        count += 1
      } else {
        result.append(text[place])
        place += 1
      }
    }
    return count == 0 ? self : String(decoding: result, as: UTF8.self)
  }

  /// How often a part occurs, from left to right, without overlaps; the part is not empty.
  func occurrences(of part: String) -> Int {
    let (text, wanted) = (Array(utf8), Array(part.utf8))
    var (place, count) = (0, 0)
    while place < text.count {
      if text[place] == wanted[0], text[place...].starts(with: wanted) {
        place += wanted.count
        count += 1
      } else {
        place += 1
      }
    }
    return count
  }

  private func interspersed(with other: String, limit: Int) -> String {
    var result = ""
    var count = 0
    for scalar in unicodeScalars {
      if count < limit { result += other }
      count += 1
      result.unicodeScalars.append(scalar)
    }
    return count < limit ? result + other : result
  }

  /// The pieces between delimiters, of which the first that fits at a place counts; an empty one parts
  /// the text into UTF-16 units.
  func pieces(between delimiters: [String]) -> [String] {
    if delimiters.contains("") {
      // Halves of a surrogate pair cannot stand in a text of their own.
      return isEmpty
        ? [""] : unicodeScalars.flatMap { $0.value > 0xFFFF ? ["?", "?"] : [String($0)] }
    }
    let text = Array(utf8)
    let wanted = delimiters.map { Array($0.utf8) }
    var pieces: [String] = []
    var start = 0
    var place = 0
    while place < text.count {
      guard let hit = wanted.first(where: { text[place...].starts(with: $0) }) else {
        place += 1
        continue
      }
      pieces.append(String(decoding: text[start..<place], as: UTF8.self))
      place += hit.count
      start = place
    }
    pieces.append(String(decoding: text[start...], as: UTF8.self))
    return pieces
  }
}
