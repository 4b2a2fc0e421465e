import Diagnostics
import Foundation
import GraphValues

/// Functions of strings, which count code points.
enum TextFunctions {
  static let table: [String: FunctionBody] = [
    "tolower": text("toLower", lowercased), "lower": text("toLower", lowercased),
    "toupper": text("toUpper") { $0.uppercased() }, "upper": text("toUpper") { $0.uppercased() },
    "char_length": .one(characterLength), "character_length": .one(characterLength),
    "trim/1": text("trim") { TextTrimming.trim($0, .both) }, "trim": .many(trimSpecified),
    "btrim/1": text("btrim") { TextTrimming.trim($0, .both) },
    "ltrim/1": text("ltrim") { TextTrimming.trim($0, .start) },
    "rtrim/1": text("rtrim") { TextTrimming.trim($0, .end) },
    "btrim": trimmingSet("btrim", .both), "ltrim": trimmingSet("ltrim", .start),
    "rtrim": trimmingSet("rtrim", .end),
    "left": .two(left), "right": .two(right), "substring": .many(substring),
    "replace": .many(replace), "split": .two(split),
    "normalize/1": text("normalize") { $0.normalized(.nfc) }, "normalize": .two(normalize),
    "string.indexof": .two(indexOf), "string.join": .two(join),
    "string.regexreplace": .many { (arguments, _) throws(Failure) in
      if arguments.contains(where: \.isNull) { return .null }
      let texts = try arguments.mapStrings("string.regexReplace")
      let expression = try RegularExpression(texts[1])
      return .string(try expression.replaceAll(in: texts[0], with: texts[2]))
    },
  ]

  /// A function from text to text; null stays null.
  private static func text(
    _ name: String, _ compute: @escaping @Sendable (String) -> String
  ) -> FunctionBody {
    .one { (value) throws(Failure) in
      switch value {
      case .string(let text): return .string(compute(text))
      case .null: return .null
      default: throw .notText(name, value)
      }
    }
  }

  private static func characterLength(_ value: Value) throws(Failure) -> Value {
    switch value {
    case .null: return .null
    case .string(let text): return .integer(Int64(text.unicodeScalars.count))
    default: throw .invalidInput("character_length", "a String", value, expected: ["STRING"])
    }
  }

  /// Lower case with the sigma that Greek writes at the end of a word.
  private static func lowercased(_ text: String) -> String {
    let lower = text.lowercased()
    guard text.unicodeScalars.contains("\u{3A3}") else { return lower }
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    for (place, scalar) in scalars.enumerated() {
      if scalar == "\u{3A3}" {
        let isAfterLetter = place > 0 && scalars[place - 1].properties.isCased
        let isBeforeLetter =
          place + 1 < scalars.count && scalars[place + 1].properties.isCased
        result.append(isAfterLetter && !isBeforeLetter ? "\u{3C2}" : "\u{3C3}")
      } else {
        result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      }
    }
    return String(result)
  }

  // MARK: Trimming

  private static func trimmingSet(_ name: String, _ side: TextTrimming.Side) -> FunctionBody {
    .two { (value, characters) throws(Failure) in
      if value.isNull || characters.isNull { return .null }
      guard case .string(let text) = value else { throw .notText(name, value) }
      guard case .string(let set) = characters else { throw .notText(name, characters) }
      return .string(TextTrimming.trim(text, side, of: Set(set.unicodeScalars)))
    }
  }

  /// `trim(BOTH FROM s)` comes as the side and the text, `trim(BOTH c FROM s)` as side, character, text.
  private static func trimSpecified(
    _ arguments: [Value], _ context: FunctionContext
  ) throws(Failure) -> Value {
    guard case .string(let name) = arguments[0] else { throw .notText("trim", arguments[0]) }
    guard let side = TextTrimming.Side(name) else { throw unknownSide(name) }
    let value = arguments[arguments.count - 1]
    let character: Value? = arguments.count > 2 ? arguments[1] : nil
    if value.isNull || character?.isNull == true { return .null }
    guard case .string(let text) = value else { throw .notText("trim", value) }
    guard let character else { return .string(TextTrimming.trim(text, side)) }
    guard case .string(let set) = character else { throw .notText("trim", character) }
    let scalars = Set(set.unicodeScalars)
    guard set.unicodeScalars.count == 1 else {
      throw .invalidText(
        "trim()", argument: "trimCharacterString",
        "The argument `trimCharacterString` in the `trim()` function must be of length 1.",
        found: "'\(set)'", wanted: "argument to be of length 1")
    }
    return .string(TextTrimming.trim(text, side, of: scalars))
  }

  private static func unknownSide(_ name: String) -> Failure {
    var failure = Failure(
      code: "Neo.ClientError.Statement.ArgumentError",
      message: "Unknown trim specification. Valid values are: LEADING, TRAILING, BOTH.")
    failure.gqlStatus = "42001"
    failure.gqlDescription = "syntax error or access rule violation - invalid syntax"
    let text = "Unknown trim specification: '\(name)'."
    failure.causes = [
      GQLCause(
        gqlStatus: "42NAP",
        gqlDescription:
          "syntax error or access rule violation - invalid trim specification. " + text,
        message: text)
    ]
    return failure
  }

  // MARK: Parts

  private static func left(_ value: Value, _ length: Value) throws(Failure) -> Value {
    guard let (text, count) = try textAndLength("left", value, length) else { return .null }
    return .string(String(text.unicodeScalars.prefix(count)))
  }

  private static func right(_ value: Value, _ length: Value) throws(Failure) -> Value {
    guard let (text, count) = try textAndLength("right", value, length) else { return .null }
    return .string(String(text.unicodeScalars.suffix(count)))
  }

  private static func textAndLength(
    _ function: String, _ value: Value, _ length: Value
  ) throws(Failure) -> (String, Int)? {
    if value.isNull || length.isNull { return nil }
    guard case .string(let text) = value else { throw .notText(function, value) }
    return (text, try position(function, "length", length))
  }

  private static func substring(
    _ arguments: [Value], _ context: FunctionContext
  ) throws(Failure) -> Value {
    if arguments.contains(where: \.isNull) { return .null }
    guard case .string(let text) = arguments[0] else { throw .notText("substring", arguments[0]) }
    let start = try position("substring", "start", arguments[1])
    let rest = text.unicodeScalars.dropFirst(start)
    guard arguments.count > 2 else { return .string(String(rest)) }
    return .string(String(rest.prefix(try position("substring", "length", arguments[2]))))
  }

  private static func position(
    _ function: String, _ argument: String, _ value: Value
  ) throws(Failure) -> Int {
    let number: Int64
    switch value {
    case .integer(let whole): number = whole
    case .float(let double): number = ConversionFunctions.saturated(double)
    default: throw .notNumber(function, argument: argument, value)
    }
    guard Int32(exactly: number) != nil else {
      throw .notInt32(function, argument: argument, number)
    }
    guard number >= 0 else {
      throw .argumentRange(function, argument: argument, 0...2_147_483_647, found: number)
    }
    return Int(number)
  }

  // MARK: Searching

  private static func replace(
    _ arguments: [Value], _ context: FunctionContext
  ) throws(Failure) -> Value {
    if arguments.contains(where: \.isNull) { return .null }
    let texts = try arguments.prefix(3).mapStrings("replace")
    var limit = Int.max
    if arguments.count > 3 {
      guard case .integer(let number) = arguments[3] else {
        throw .notNumber("replace", argument: "limit", arguments[3])
      }
      guard number >= 0 else {
        throw .argumentRange("replace", argument: "limit", 0...2_147_483_647, found: number)
      }
      limit = Int(number)
    }
    try checkReplaced(texts[0], texts[1], texts[2], limit)
    return .string(texts[0].replacing(texts[1], with: texts[2], limit: limit))
  }

  /// Fails where the most that can be replaced would make a text that is too long, and does.
  private static func checkReplaced(
    _ text: String, _ part: String, _ other: String, _ limit: Int
  ) throws(Failure) {
    let most = min(limit, text.utf8.count / max(1, part.utf8.count) + 1)
    let (bytes, overflow) = most.multipliedReportingOverflow(by: other.utf8.count)
    if !overflow, text.utf8.count + bytes <= LargestValue.textBytes { return }
    let places = part.isEmpty ? most : min(limit, text.occurrences(of: part))
    let (exact, tooMany) = places.multipliedReportingOverflow(by: other.utf8.count)
    try LargestValue.check(textBytes: tooMany ? Int.max : text.utf8.count &+ exact)
  }

  private static func split(_ value: Value, _ delimiters: Value) throws(Failure) -> Value {
    if value.isNull || delimiters.isNull { return .null }
    guard case .string(let text) = value else { throw .notText("split", value) }
    var parts: [String] = []
    if case .list(let elements) = delimiters {
      for element in elements {
        if element.isNull { return .null }
        guard case .string(let part) = element else { throw notDelimiter(element) }
        parts.append(part)
      }
    } else if case .string(let part) = delimiters {
      parts = [part]
    } else {
      throw notDelimiter(delimiters)
    }
    return .list(text.pieces(between: parts).map { .string($0) })
  }

  private static func notDelimiter(_ value: Value) -> Failure {
    var failure = Failure(
      code: "Neo.ClientError.Statement.TypeError",
      message: "Expected \(value.debugText) to be a org.neo4j.values.storable.TextValue, but it "
        + "was a \(value.className)", gqlStatus: "22G03",
      gqlDescription: "data exception - invalid value type")
    failure.causes = [.wrongType(value.operandText, is: value.typeText, expected: ["STRING"])]
    return failure
  }

  private static func indexOf(_ value: Value, _ part: Value) throws(Failure) -> Value {
    if value.isNull || part.isNull { return .null }
    let texts = try [value, part].mapStrings("string.indexOf")
    let (text, wanted) = (Array(texts[0].unicodeScalars), Array(texts[1].unicodeScalars))
    guard wanted.count <= text.count else { return .integer(-1) }
    for start in 0...(text.count - wanted.count)
    where text[start..<(start + wanted.count)].elementsEqual(wanted) {
      return .integer(Int64(start))
    }
    return .integer(-1)
  }

  private static func join(_ list: Value, _ delimiter: Value) throws(Failure) -> Value {
    if list.isNull || delimiter.isNull { return .null }
    guard case .list(let elements) = list else {
      throw .invalidInput("string.join", "a List", list, expected: ["LIST<STRING>"])
    }
    guard case .string(let separator) = delimiter else { throw .notText("string.join", delimiter) }
    let texts = try elements.filter { !$0.isNull }.mapStrings("string.join")
    return .string(texts.joined(separator: separator))
  }

  private static func normalize(_ value: Value, _ form: Value) throws(Failure) -> Value {
    if value.isNull || form.isNull { return .null }
    let texts = try [value, form].mapStrings("normalize")
    guard let form = UnicodeForm(rawValue: texts[1].uppercased()) else {
      throw Failure(
        code: "Neo.ClientError.Statement.SyntaxError",
        message: "Invalid normal form, expected NFC, NFD, NFKC, NFKD")
    }
    return .string(texts[0].normalized(form))
  }
}

extension Collection<Value> {
  /// All as strings, or the failure that names the first which is none.
  func mapStrings(_ function: String) throws(Failure) -> [String] {
    var texts: [String] = []
    texts.reserveCapacity(count)
    for value in self {
      guard case .string(let text) = value else { throw .notText(function, value) }
      texts.append(text)
    }
    return texts
  }
}
