import CypherSyntax
import GraphValues

/// Maps of literals, evaluated without a session.
enum LiteralMap {
  /// The value of a map of literals, lists and maps.
  ///
  /// - Parameters:
  ///   - text: A Cypher expression.
  ///   - calls: Whether it may have points and durations as well; an engine checks them better.
  /// - Returns: The map, or `nil` when the text is anything else.
  static func value(of text: String, calls: Bool = true) -> Value? {
    guard case .success(let expression) = CypherParser.parseExpression(text) else { return nil }
    let found = value(of: expression, calls)
    guard case .map? = found else { return nil }
    return found
  }

  private static func value(of expression: Expression, _ calls: Bool) -> Value? {
    switch expression.kind {
    case .literal(let literal): return value(of: literal)
    case .list(let elements):
      var values: [Value] = []
      for element in elements {
        guard let value = value(of: element, calls) else { return nil }
        values.append(value)
      }
      return .list(values)
    case .map(let entries):
      var map = MapValue()
      for entry in entries {
        guard let value = value(of: entry.value, calls) else { return nil }
        map[entry.key.text] = value
      }
      return .map(map)
    case .unary(.minus, let operand):
      switch value(of: operand, calls) {
      case .integer(let number) where number != .min: return .integer(-number)
      case .float(let number): return .float(-number)
      default: return nil
      }
    case .function(let call) where calls: return value(of: call)
    default: return nil
    }
  }

  private static func value(of literal: Literal) -> Value {
    switch literal.value {
    case .null: .null
    case .boolean(let flag): .boolean(flag)
    case .integer(let number): .integer(number)
    case .float(let number): .float(number)
    case .string(let string): .string(string)
    }
  }

  private static func value(of call: FunctionCall) -> Value? {
    guard call.arguments.count == 1, let argument = value(of: call.arguments[0], true) else {
      return nil
    }
    switch call.name.text.lowercased() {
    case "point":
      guard case .map(let map) = argument else { return nil }
      return point(map)
    case "duration":
      guard case .string(let text) = argument, let duration = try? DurationValue(parsing: text)
      else { return nil }
      return .duration(duration)
    default: return nil
    }
  }

  /// A point from its coordinates, without the errors that the engine would tell.
  private static func point(_ map: MapValue) -> Value? {
    func number(_ names: String...) -> Double? {
      for name in names {
        switch map[name] {
        case .integer(let number)?: return Double(number)
        case .float(let number)?: return number
        default: continue
        }
      }
      return nil
    }
    guard map["crs"] == nil, map["srid"] == nil, let x = number("x", "longitude"),
      let y = number("y", "latitude")
    else { return nil }
    let z = number("z", "height")
    let system: CoordinateReferenceSystem =
      map["longitude"] != nil
      ? (z == nil ? .wgs84 : .wgs84ThreeDimensional)
      : (z == nil ? .cartesian : .cartesianThreeDimensional)
    return .point(PointValue(system: system, x: x, y: y, z: z ?? 0))
  }
}
