/// The stem of an English word.
///
/// Source: M. F. Porter, "An algorithm for suffix stripping", 1980.
struct EnglishStem {
  private var letters: [UInt8]

  /// Cuts a word in lower case down to its stem; words with other letters than a to z stay.
  static func of(_ word: String) -> String {
    let letters = Array(word.utf8)
    guard letters.count > 2, letters.allSatisfy({ (0x61...0x7A).contains($0) }) else { return word }
    var stem = EnglishStem(letters: letters)
    stem.dropPlural()
    stem.dropPast()
    stem.turnFinalY()
    stem.replace(Self.doubleSuffixes) { $0 > 0 }
    stem.replace(Self.fullSuffixes) { $0 > 0 }
    stem.dropLastSuffix()
    stem.dropFinalE()
    return String(decoding: stem.letters, as: UTF8.self)
  }

  private static let doubleSuffixes: [(String, String)] = [
    ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"),
    ("bli", "ble"), ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"),
    ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive"),
    ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"),
    ("biliti", "ble"), ("logi", "log"),
  ]
  private static let fullSuffixes: [(String, String)] = [
    ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""),
    ("ness", ""),
  ]
  private static let lastSuffixes = [
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou",
    "ism", "ate", "iti", "ous", "ive", "ize",
  ]

  private func isConsonant(_ place: Int) -> Bool {
    switch letters[place] {
    case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"),
      UInt8(ascii: "u"):
      false
    case UInt8(ascii: "y"): place == 0 || !isConsonant(place - 1)
    default: true
    }
  }

  /// How often consonants follow vowels in the first letters.
  private func measure(_ count: Int) -> Int {
    (0..<count).dropFirst().count { isConsonant($0) && !isConsonant($0 - 1) }
  }

  private func hasVowel(_ count: Int) -> Bool { (0..<count).contains { !isConsonant($0) } }

  private func ends(in suffix: String) -> Int? {
    letters.count >= suffix.utf8.count
      && letters.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
      ? letters.count - suffix.utf8.count : nil
  }

  private func endsDoubled() -> Bool {
    let last = letters.count - 1
    return last > 0 && letters[last] == letters[last - 1] && isConsonant(last)
  }

  /// Whether the first letters end in consonant, vowel, consonant other than w, x, y.
  private func endsShort(_ count: Int) -> Bool {
    guard count > 2, isConsonant(count - 1), !isConsonant(count - 2), isConsonant(count - 3) else {
      return false
    }
    return !"wxy".utf8.contains(letters[count - 1])
  }

  private mutating func set(_ stem: Int, _ suffix: String) {
    letters.replaceSubrange(stem..., with: suffix.utf8)
  }

  private mutating func dropPlural() {
    if let stem = ends(in: "sses") {
      set(stem, "ss")
    } else if let stem = ends(in: "ies") {
      set(stem, "i")
    } else if ends(in: "ss") == nil, let stem = ends(in: "s") {
      set(stem, "")
    }
  }

  private mutating func dropPast() {
    if let stem = ends(in: "eed") {
      if measure(stem) > 0 { set(stem, "ee") }
      return
    }
    guard let stem = ends(in: "ed") ?? ends(in: "ing"), hasVowel(stem) else { return }
    set(stem, "")
    if ends(in: "at") != nil || ends(in: "bl") != nil || ends(in: "iz") != nil {
      set(letters.count, "e")
    } else if endsDoubled(), let last = letters.last, !"lsz".utf8.contains(last) {
      letters.removeLast()
    } else if measure(letters.count) == 1, endsShort(letters.count) {
      set(letters.count, "e")
    }
  }

  private mutating func turnFinalY() {
    if let stem = ends(in: "y"), hasVowel(stem) { set(stem, "i") }
  }

  private mutating func replace(_ suffixes: [(String, String)], where fits: (Int) -> Bool) {
    guard let (suffix, other) = suffixes.first(where: { ends(in: $0.0) != nil }),
      let stem = ends(in: suffix), fits(measure(stem))
    else { return }
    set(stem, other)
  }

  private mutating func dropLastSuffix() {
    guard let suffix = Self.lastSuffixes.first(where: { ends(in: $0) != nil }),
      let stem = ends(in: suffix), measure(stem) > 1
    else { return }
    if suffix == "ion", stem == 0 || !"st".utf8.contains(letters[stem - 1]) { return }
    set(stem, "")
  }

  private mutating func dropFinalE() {
    if let stem = ends(in: "e") {
      let measure = measure(stem)
      if measure > 1 || (measure == 1 && !endsShort(stem)) { set(stem, "") }
    }
    if letters.last == UInt8(ascii: "l"), endsDoubled(), measure(letters.count - 1) > 1 {
      letters.removeLast()
    }
  }
}
