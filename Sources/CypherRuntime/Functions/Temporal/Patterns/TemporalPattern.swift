/// A pattern of letters such as `dd/MM/yyyy`, as `format()` and the constructors take it.
struct TemporalPattern {
  /// A piece of a pattern.
  enum Part: Equatable {
    /// Text as it stands.
    case literal(String)
    /// A letter and how often it is repeated.
    case field(Character, Int)
    /// Where a part begins that may lack.
    case optionalStart
    /// Where it ends.
    case optionalEnd
  }

  let parts: [Part]

  /// Reads a pattern; `nil` for reserved characters, letters in numbers that mean nothing, and quotes
  /// or brackets without partner.
  init?(_ text: String) {
    var parts: [Part] = []
    var rest = Substring(text)
    var depth = 0
    while let next = rest.first {
      if next == "'" {
        guard let literal = Self.quoted(&rest) else { return nil }
        parts.append(.literal(literal))
      } else if next.isASCII && next.isLetter {
        let run = rest.prefix { $0 == next }
        guard Self.isValid(next, run.count) else { return nil }
        parts.append(.field(next, run.count))
        rest = rest.dropFirst(run.count)
      } else {
        switch next {
        case "[":
          depth += 1
          parts.append(.optionalStart)
        case "]":
          guard depth > 0 else { return nil }
          depth -= 1
          parts.append(.optionalEnd)
        case "{", "}", "#": return nil
        default: parts.append(.literal(String(next)))
        }
        rest = rest.dropFirst()
      }
    }
    while depth > 0 {
      depth -= 1
      parts.append(.optionalEnd)
    }
    self.parts = parts
  }

  /// Takes a quoted text; two quotes are one.
  private static func quoted(_ rest: inout Substring) -> String? {
    rest = rest.dropFirst()
    if rest.first == "'" {
      rest = rest.dropFirst()
      return "'"
    }
    var literal = ""
    while let next = rest.first {
      rest = rest.dropFirst()
      if next != "'" {
        literal.append(next)
      } else if rest.first == "'" {
        literal.append("'")
        rest = rest.dropFirst()
      } else {
        return literal
      }
    }
    return nil
  }

  private static func isValid(_ letter: Character, _ count: Int) -> Bool {
    switch letter {
    case "u", "y", "Y", "A", "n", "N": count <= 19
    case "S": count <= 9
    case "D": count <= 3
    case "d", "h", "H", "k", "K", "m", "s", "w": count <= 2
    case "G", "M", "L", "Q", "q", "E", "e", "X", "x", "Z": count <= 5
    case "c": count != 2 && count <= 5
    case "W", "F", "a": count == 1
    case "V": count == 2
    case "z": count <= 4
    case "O": count == 1 || count == 4
    default: false
    }
  }
}

/// English names, which are what patterns print and read.
enum PatternNames {
  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  /// Monday first.
  static let days = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]
  static let quarters = ["1st quarter", "2nd quarter", "3rd quarter", "4th quarter"]

  /// The form that a number of letters asks for: 3 short, 4 whole, 5 one letter.
  static func form(_ name: String, _ count: Int) -> String {
    count == 4 ? name : String(name.prefix(count == 5 ? 1 : 3))
  }
}
