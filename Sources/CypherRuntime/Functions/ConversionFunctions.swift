import Diagnostics
import GraphValues

/// Functions that turn values of one type into another.
enum ConversionFunctions {
  static let table: [String: FunctionBody] = [
    "tointeger": .one(toInteger),
    "tointegerornull": .one { (value) throws(Failure) in integer(of: value)?.value ?? .null },
    "tofloat": .one(toFloat),
    "tofloatornull": .one { (value) throws(Failure) in float(of: value) ?? .null },
    "toboolean": .one(toBoolean),
    "tobooleanornull": .one { (value) throws(Failure) in boolean(of: value) ?? .null },
    "tostring": .many(toString),
    "tostringornull": .many { (arguments, context) throws(Failure) in
      text(of: arguments[0], context) ?? .null
    },
    "tointegerlist": .many { (arguments, context) throws(Failure) in
      try convert("toIntegerList", arguments[0], context, takesVectors: true) {
        integer(of: $0)?.value ?? .null
      }
    },
    "tofloatlist": .many { (arguments, context) throws(Failure) in
      try convert("toFloatList", arguments[0], context, takesVectors: true) {
        float(of: $0) ?? .null
      }
    },
    "tobooleanlist": .many { (arguments, context) throws(Failure) in
      try convert("toBooleanList", arguments[0], context) { boolean(of: $0) ?? .null }
    },
    "tostringlist": .many { (arguments, context) throws(Failure) in
      try convert("toStringList", arguments[0], context) { element in
        if context.isCypher25 { return .string(element.displayText) }
        return text(of: element, context) ?? .null
      }
    },
  ]

  private static func convert(
    _ function: String, _ list: Value, _ context: FunctionContext, takesVectors: Bool = false,
    _ element: (Value) -> Value
  ) throws(Failure) -> Value {
    switch list {
    case .null: return .null
    case .list(let elements): return .list(elements.map(element))
    case .bytes: return .list(list.listElements.map(element))
    default:
      let withVector = takesVectors && context.isCypher25
      throw .invalidInput(
        function, withVector ? "a List or Vector" : "a List", list,
        expected: withVector ? ["LIST<ANY>", "VECTOR"] : ["LIST<ANY>"])
    }
  }

  // MARK: INTEGER

  private static func toInteger(_ value: Value) throws(Failure) -> Value {
    switch integer(of: value) {
    case .some(.number(let number)): return .integer(number)
    case .some(.none): return .null
    case .some(.tooLarge(let text)):
      var failure = Failure(
        code: "Neo.ClientError.Statement.TypeError", message: "integer, \(text), is too large")
      failure.setNumericRange(of: text)
      failure.causes = [
        .outOfRange("input", "INTEGER", Int64.min...Int64.max, found: text)
      ]
      throw failure
    case nil:
      throw .invalidInput(
        "toInteger", "a String, Float, Integer or Boolean", value,
        expected: ["STRING", "FLOAT", "INTEGER", "BOOLEAN"])
    }
  }

  /// What became of a value on its way to an integer.
  private enum IntegerReading {
    case number(Int64)
    case none
    case tooLarge(String)

    var value: Value {
      if case .number(let number) = self { .integer(number) } else { .null }
    }
  }

  /// `nil` for values of types that are never integers.
  private static func integer(of value: Value) -> IntegerReading? {
    switch value {
    case .null: return IntegerReading.none
    case .integer(let number): return .number(number)
    case .float(let number): return .number(saturated(number))
    case .boolean(let flag): return .number(flag ? 1 : 0)
    case .string(let text):
      if let number = NumberText.integer(text) { return .number(number) }
      guard let number = NumberText.fraction(text), !number.isNaN else {
        return NumberText.isWhole(text) ? .tooLarge(text) : IntegerReading.none
      }
      guard number >= -0x1p63, number < 0x1p63 else { return .tooLarge(text) }
      return .number(Int64(number))
    default: return nil
    }
  }

  /// Truncates toward zero; beyond 64 bits the nearest bound, NaN is 0.
  static func saturated(_ number: Double) -> Int64 {
    if number.isNaN { return 0 }
    if number >= 0x1p63 { return .max }
    if number < -0x1p63 { return .min }
    return Int64(number)
  }

  // MARK: FLOAT

  private static func toFloat(_ value: Value) throws(Failure) -> Value {
    if let result = float(of: value) { return result }
    throw .invalidInput(
      "toFloat", "a String, Float or Integer", value, expected: ["STRING", "FLOAT", "INTEGER"])
  }

  private static func float(of value: Value) -> Value? {
    switch value {
    case .null: return .null
    case .integer(let number): return .float(Double(number))
    case .float: return value
    case .string(let text):
      if let number = NumberText.double(text) { return .float(number) }
      if let number = NumberText.integer(text) { return .float(Double(number)) }
      return NumberText.double(NumberText.joined(text)).map { .float($0) } ?? .null
    default: return nil
    }
  }

  // MARK: BOOLEAN

  private static func toBoolean(_ value: Value) throws(Failure) -> Value {
    if let result = boolean(of: value) { return result }
    throw .invalidInput(
      "toBoolean", "a Boolean, Integer or String", value,
      expected: ["BOOLEAN", "INTEGER", "STRING"])
  }

  private static func boolean(of value: Value) -> Value? {
    switch value {
    case .null, .boolean: return value
    case .integer(let number): return .boolean(number != 0)
    case .string(let text):
      switch NumberText.trimmed(text).lowercased() {
      case "true": return .boolean(true)
      case "false": return .boolean(false)
      default: return .null
      }
    default: return nil
    }
  }

  // MARK: STRING

  private static func toString(
    _ arguments: [Value], _ context: FunctionContext
  ) throws(Failure) -> Value {
    if let result = text(of: arguments[0], context) { return result }
    throw .invalidInput(
      "toString", "a String, UUID, Float, Integer, Boolean, Temporal, Duration or Vector",
      arguments[0],
      expected: [
        "STRING", "UUID", "FLOAT", "INTEGER", "BOOLEAN", "TEMPORAL", "DURATION", "VECTOR",
      ])
  }

  private static func text(of value: Value, _ context: FunctionContext) -> Value? {
    if value.isNull { return .null }
    if let text = value.plainText { return .string(text) }
    return context.isCypher25 ? .string(value.displayText) : nil
  }
}

extension Value {
  /// The text that Cypher 25 gives to any value: strings without quotes, keys of maps sorted, of
  /// entities only labels and types.
  var displayText: String {
    switch self {
    case .null: return "null"
    case .list(let elements):
      return "[\(elements.map { $0.displayText }.joined(separator: ", "))]"
    case .bytes: return Value.list(listElements).displayText
    case .map(let map):
      let entries = map.entries.sorted { $0.key.codePointOrder(to: $1.key) == .less }
      let parts = entries.map { "\($0.key): \($0.value.displayText)" }
      return "{\(parts.joined(separator: ", "))}"
    default: return plainText ?? literal
    }
  }
}

/// Reads numbers from text as Neo4j does.
enum NumberText {
  /// The text without blanks and control characters at both ends.
  static func trimmed(_ text: String) -> Substring {
    var view = text.unicodeScalars[...]
    while let first = view.first, first.value <= 0x20 { view.removeFirst() }
    while let last = view.last, last.value <= 0x20 { view.removeLast() }
    return Substring(view)
  }

  /// A whole number: decimal in any script's digits, `0x` and `0o`, single underscores between
  /// digits; `nil` when it is none or does not fit.
  static func integer(_ text: String) -> Int64? {
    guard let (digits, radix, isNegative) = wholeDigits(text) else { return nil }
    var number: Int64 = 0
    for digit in digits {
      let (scaled, overflow) = number.multipliedReportingOverflow(by: radix)
      let (next, beyond) =
        isNegative
        ? scaled.subtractingReportingOverflow(digit) : scaled.addingReportingOverflow(digit)
      if overflow || beyond { return nil }
      number = next
    }
    return number
  }

  /// Whether the text has the form of a whole number, of any size.
  static func isWhole(_ text: String) -> Bool { wholeDigits(text) != nil }

  private static func wholeDigits(
    _ text: String
  ) -> (digits: [Int64], radix: Int64, isNegative: Bool)? {
    var rest = trimmed(text).unicodeScalars
    let isNegative = rest.first == "-"
    if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
    var radix: Int64 = 10
    if rest.starts(with: "0x".unicodeScalars) { radix = 16 }
    if rest.starts(with: "0o".unicodeScalars) { radix = 8 }
    if radix != 10 { rest.removeFirst(2) }
    var digits: [Int64] = []
    var mayBreak = false
    for scalar in rest {
      if scalar == "_" {
        guard mayBreak else { return nil }
        mayBreak = false
        continue
      }
      guard let digit = self.digit(scalar), digit < radix else { return nil }
      digits.append(digit)
      mayBreak = true
    }
    return mayBreak ? (digits, radix, isNegative) : nil
  }

  private static func digit(_ scalar: Unicode.Scalar) -> Int64? {
    switch scalar.value {
    case 0x30...0x39: return Int64(scalar.value - 0x30)
    case 0x41...0x46: return Int64(scalar.value - 0x41 + 10)
    case 0x61...0x66: return Int64(scalar.value - 0x61 + 10)
    case 0..<0x80: return nil
    default:
      guard scalar.properties.generalCategory == .decimalNumber else { return nil }
      return scalar.properties.numericValue.map { Int64($0) }
    }
  }

  /// The text without single underscores between digits.
  static func joined(_ text: String) -> String {
    let bytes = Array(text.utf8)
    func isDigit(_ place: Int) -> Bool {
      bytes.indices.contains(place) && bytes[place] >= 0x30 && bytes[place] <= 0x39
    }
    let kept = bytes.indices.filter {
      !(bytes[$0] == UInt8(ascii: "_") && isDigit($0 - 1) && isDigit($0 + 1))
    }
    return String(decoding: kept.map { bytes[$0] }, as: UTF8.self)
  }

  /// A number that has a point or an exponent.
  static func fraction(_ text: String) -> Double? {
    guard text.utf8.contains(where: { $0 == 0x2E || $0 == 0x65 || $0 == 0x45 }) else { return nil }
    return double(text)
  }

  /// A floating-point number in Java's grammar: `NaN`, `Infinity`, a suffix `f` or `d`, hexadecimal with
  /// a binary exponent.
  static func double(_ text: String) -> Double? {
    var rest = trimmed(text).utf8[...]
    var sign = 1.0
    if let first = rest.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      if first == UInt8(ascii: "-") { sign = -1 }
      rest.removeFirst()
    }
    let body = String(decoding: rest, as: UTF8.self)
    if body == "NaN" { return .nan }
    if body == "Infinity" { return sign * .infinity }
    if let last = rest.last, "fFdD".utf8.contains(last), !body.hasPrefix("0x") {
      rest.removeLast()
    }
    let number = Array(rest)
    guard isDecimal(number) || isHexadecimal(number) else { return nil }
    let plain = String(decoding: number, as: UTF8.self)
    return Double(plain).map { sign * $0 }
  }

  private static func isDecimal(_ bytes: [UInt8]) -> Bool {
    var place = 0
    func skipDigits() -> Int {
      let start = place
      while place < bytes.count, bytes[place] >= 0x30, bytes[place] <= 0x39 { place += 1 }
      return place - start
    }
    var digits = skipDigits()
    if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
      place += 1
      digits += skipDigits()
    }
    guard digits > 0 else { return false }
    if place < bytes.count, bytes[place] == UInt8(ascii: "e") || bytes[place] == UInt8(ascii: "E") {
      place += 1
      if place < bytes.count, bytes[place] == UInt8(ascii: "-") || bytes[place] == UInt8(ascii: "+")
      {
        place += 1
      }
      guard skipDigits() > 0 else { return false }
    }
    return place == bytes.count
  }

  private static func isHexadecimal(_ bytes: [UInt8]) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    return text.hasPrefix("0x") && text.contains("p") && Double(text) != nil
  }
}
