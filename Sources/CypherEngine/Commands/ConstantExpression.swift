import CypherRuntime
import Diagnostics
import GraphValues
import QueryPlan

/// The value of an expression that needs no row: literals, parameters, lists and maps of them.
enum ConstantExpression {
  static func value(_ expression: Expression, _ parameters: [String: Value]) throws(Failure)
    -> Value
  {
    switch expression {
    case .literal(let literal): return literal.value
    case .parameter(let name):
      guard let value = parameters[name] else {
        throw Failure(
          code: "Neo.ClientError.Statement.ParameterMissing",
          message: "Expected parameter(s): \(name)")
      }
      return value
    case .list(let elements):
      var values: [Value] = []
      for element in elements { values.append(try value(element, parameters)) }
      return .list(values)
    case .map(let items):
      var map = MapValue()
      for item in items { map[item.key] = try value(item.value, parameters) }
      return .map(map)
    case .negate(let operand):
      switch try value(operand, parameters) {
      case .integer(let number): return .integer(0 &- number)
      case .float(let number): return .float(-number)
      case let other: return other
      }
    default:
      throw Failure(
        code: "Neo.ClientError.Statement.SyntaxError",
        message: "Only literals and parameters are allowed here")
    }
  }
}
