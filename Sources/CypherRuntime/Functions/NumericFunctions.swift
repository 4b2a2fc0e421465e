import Diagnostics
import Foundation
import GraphValues

/// Functions of numbers.
enum NumericFunctions {
  static let table: [String: FunctionBody] = [
    "abs": .one(abs), "sign": .one(sign), "isnan": .one(isNaN),
    "ceil": real("ceil") { $0.rounded(.up) }, "ceiling": real("ceil") { $0.rounded(.up) },
    "floor": real("floor") { $0.rounded(.down) }, "sqrt": real("sqrt") { $0.squareRoot() },
    "exp": real("exp") { exp($0) }, "log": real("log") { log($0) }, "ln": real("log") { log($0) },
    "log10": real("log10") { log10($0) },
    "sin": real("sin") { sin($0) }, "cos": real("cos") { cos($0) }, "tan": real("tan") { tan($0) },
    "cot": real("cot") { 1 / tan($0) }, "asin": real("asin") { asin($0) },
    "acos": real("acos") { acos($0) }, "atan": real("atan") { ArcTangent.atan($0) },
    "sinh": real("sinh") { sinh($0) }, "cosh": real("cosh") { cosh($0) },
    "tanh": real("tanh") { tanh($0) },
    "coth": real("coth") { $0 == 0 ? .nan : cosh($0) / sinh($0) },
    "degrees": real("degrees") { $0 * 57.29577951308232 },
    "radians": real("radians") { $0 * 0.017453292519943295 },
    "haversin": real("haversin") { (1 - cos($0)) / 2 },
    "atan2": .two(atan2),
    "e": .none { (_) throws(Failure) in .float(M_E) },
    "pi": .none { (_) throws(Failure) in .float(Double.pi) },
    "round/1": .one(round), "round": .many(roundTo),
  ]

  /// A function from doubles to doubles; null stays null.
  private static func real(
    _ name: String, _ compute: @escaping @Sendable (Double) -> Double
  ) -> FunctionBody {
    .one { (value) throws(Failure) in
      switch value {
      case .float(let number): return .float(compute(number))
      case .integer(let number): return .float(compute(Double(number)))
      case .null: return .null
      default: throw .notNumber(name, value)
      }
    }
  }

  private static func abs(_ value: Value) throws(Failure) -> Value {
    switch value {
    case .null: return .null
    case .float(let number): return .float(number.magnitude)
    case .integer(.min):
      throw .integerOverflow(
        in: "abs()", "numeric value out of range", value: String(Int64.min))
    case .integer(let number): return .integer(number < 0 ? -number : number)
    default: throw .notNumber("abs", value)
    }
  }

  private static func sign(_ value: Value) throws(Failure) -> Value {
    switch value {
    case .null: return .null
    case .integer(let number): return .integer(number.signum())
    case .float(let number): return .integer(number > 0 ? 1 : number < 0 ? -1 : 0)
    default: throw .notNumber("sign", value)
    }
  }

  private static func isNaN(_ value: Value) throws(Failure) -> Value {
    switch value {
    case .null: return .null
    case .integer: return .boolean(false)
    case .float(let number): return .boolean(number.isNaN)
    default: throw .notNumber("isNaN", value)
    }
  }

  private static func atan2(_ y: Value, _ x: Value) throws(Failure) -> Value {
    if y.isNull || x.isNull { return .null }
    guard let rise = y.double else { throw .notNumber("atan2", y) }
    guard let run = x.double else { throw .notNumber("atan2", x) }
    return .float(ArcTangent.atan2(rise, run))
  }

  // MARK: Rounding

  private static func round(_ value: Value) throws(Failure) -> Value {
    if value.isNull { return .null }
    guard let number = value.double else { throw .notNumber("round", value) }
    return .float(roundedUpwards(number))
  }

  /// To the nearest whole number, ties upwards, within 64 bits; zero is never negative.
  private static func roundedUpwards(_ number: Double) -> Double {
    guard number.isFinite else { return number }
    // Adding one half would round 0.49999999999999994 up.
    let down = number.rounded(.down)
    let nearest = number - down >= 0.5 ? down + 1 : down
    return min(max(nearest, -0x1p63), 0x1p63) + 0
  }

  private static func roundTo(
    _ arguments: [Value], _ context: FunctionContext
  ) throws(Failure) -> Value {
    if arguments.contains(where: \.isNull) { return .null }
    guard let number = arguments[0].double else { throw .notNumber("round", arguments[0]) }
    let precision = try self.precision(arguments[1])
    let mode = arguments.count > 2 ? try roundingMode(arguments[2]) : nil
    guard number.isFinite else { return .float(number) }
    if precision == 0 && mode == nil { return .float(roundedUpwards(number)) }
    return .float(DecimalRounding.round(number, to: precision, mode ?? .halfUp))
  }

  private static func precision(_ value: Value) throws(Failure) -> Int {
    let number: Int64
    switch value {
    case .integer(let whole): number = whole
    case .float(let double): number = ConversionFunctions.saturated(double)
    default: throw .notNumber("round", argument: "precision", value)
    }
    guard Int32(exactly: number) != nil else {
      throw .notInt32("round", argument: "precision", number, allowsNegative: true)
    }
    guard number >= 0 else {
      throw .argumentRange(
        "round", argument: "precision", 0...Int64.max, found: number,
        message: "Precision argument to 'round()' cannot be negative")
    }
    return Int(number)
  }

  private static func roundingMode(_ value: Value) throws(Failure) -> DecimalRounding.Mode {
    guard case .string(let name) = value else { throw .notText("round", value) }
    if let mode = DecimalRounding.Mode(rawValue: name) { return mode }
    let message =
      "Unknown rounding mode. Valid values are: CEILING, FLOOR, UP, DOWN, HALF_EVEN, HALF_UP, "
      + "HALF_DOWN, UNNECESSARY."
    var failure = Failure(code: "Neo.ClientError.Statement.ArgumentError", message: message)
    failure.gqlStatus = "22000"
    failure.gqlDescription = "data exception"
    failure.causes = [
      GQLCause(
        gqlStatus: "22N26",
        gqlDescription: "data exception - unsupported rounding mode. " + message, message: message)
    ]
    throw failure
  }
}

/// Rounds the decimal text of a number, not its binary value: 2.675 to two places is 2.68.
enum DecimalRounding {
  /// The modes by the names that Cypher gives them.
  enum Mode: String {
    case up = "UP"
    case down = "DOWN"
    case ceiling = "CEILING"
    case floor = "FLOOR"
    case halfUp = "HALF_UP"
    case halfDown = "HALF_DOWN"
    case halfEven = "HALF_EVEN"
    case unnecessary = "UNNECESSARY"
  }

  /// Rounds a finite number to so many places behind the point.
  static func round(_ number: Double, to places: Int, _ mode: Mode) -> Double {
    guard number.magnitude > 0 else { return 0 }
    var (digits, exponent) = number.magnitude.shortestDigits
    // How many of the digits stay; negative when the first one lies beyond the last place.
    let kept = exponent + 1 + places
    if kept >= digits.count { return number }
    let isNegative = number < 0
    let next = kept < 0 ? 0 : digits[kept] - 0x30
    let hasRest = kept < 0 || digits[(kept + 1)...].contains { $0 != 0x30 }
    let last = kept > 0 ? digits[kept - 1] - 0x30 : 0
    let away = goesAway(
      mode, isNegative: isNegative, next: next, hasRest: hasRest, lastIsOdd: last % 2 == 1)
    digits.removeLast(digits.count - max(kept, 0))
    if away {
      var place = digits.count - 1
      while place >= 0, digits[place] == 0x39 {
        digits[place] = 0x30
        place -= 1
      }
      if place >= 0 {
        digits[place] += 1
      } else {
        digits.insert(0x31, at: 0)
        exponent = digits.count == 1 ? -places : exponent + 1
      }
    }
    guard !digits.isEmpty else { return 0 }
    let text =
      (isNegative ? "-" : "") + String(decoding: digits, as: UTF8.self)
      + "e\(exponent - digits.count + 1)"
    return (Double(text) ?? number) + 0
  }

  /// Whether the kept digits grow by one, away from zero.
  private static func goesAway(
    _ mode: Mode, isNegative: Bool, next: UInt8, hasRest: Bool, lastIsOdd: Bool
  ) -> Bool {
    let isAboveHalf = next > 5 || (next == 5 && hasRest)
    let isHalf = next == 5 && !hasRest
    switch mode {
    case .up: return next > 0 || hasRest
    case .down, .unnecessary: return false
    case .ceiling: return !isNegative && (next > 0 || hasRest)
    case .floor: return isNegative && (next > 0 || hasRest)
    case .halfUp: return isAboveHalf || isHalf
    case .halfDown: return isAboveHalf
    case .halfEven: return isAboveHalf || (isHalf && lastIsOdd)
    }
  }
}
