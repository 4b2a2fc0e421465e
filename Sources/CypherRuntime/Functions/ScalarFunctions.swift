import Diagnostics
import Foundation
import GraphValues

/// Functions that belong to no type.
enum ScalarFunctions {
  static let table: [String: FunctionBody] = [
    "coalesce": .many { (arguments, _) throws(Failure) in
      arguments.first { !$0.isNull } ?? .null
    },
    "nullif": .two { (value, other) throws(Failure) in
      value.isEqual(to: other) ? .null : value
    },
    "valuetype": .one { (value) throws(Failure) in .string(value.typeText) },
    "size": .many(size),
    "isempty": .one(isEmpty),
    "reverse": .one(reverse),
    "rand": .none { (_) throws(Failure) in .float(Double.random(in: 0..<1)) },
    "randomuuid": .none { (_) throws(Failure) in .string(UUID().uuidString.lowercased()) },
    "timestamp": .none { (context) throws(Failure) in .integer(context.statementClock.milliseconds)
    },
    "file": .none { (context) throws(Failure) in context.sourceFile.map { .string($0) } ?? .null },
    "linenumber": .none { (context) throws(Failure) in
      context.sourceLine.map { .integer($0) } ?? .null
    },
  ]

  private static func size(_ arguments: [Value], _ context: FunctionContext) throws(Failure)
    -> Value
  {
    switch arguments[0] {
    case .null: return .null
    case .string(let text): return .integer(Int64(text.unicodeScalars.count))
    case .list(let elements): return .integer(Int64(elements.count))
    case .bytes(let bytes): return .integer(Int64(bytes.count))
    default:
      if context.isCypher25 {
        throw .invalidInput(
          "size", "a String, List or Vector", arguments[0],
          expected: ["STRING", "LIST<ANY>", "VECTOR"])
      }
      throw .invalidInput(
        "size", "a String or List", arguments[0], expected: ["STRING", "LIST<ANY>"])
    }
  }

  private static func isEmpty(_ value: Value) throws(Failure) -> Value {
    switch value {
    case .null: return .null
    case .string(let text): return .boolean(text.isEmpty)
    case .list(let elements): return .boolean(elements.isEmpty)
    case .bytes(let bytes): return .boolean(bytes.isEmpty)
    case .map(let map): return .boolean(map.isEmpty)
    default:
      throw .invalidInput(
        "isEmpty", "a List, Map, or String", value, expected: ["LIST<ANY>", "MAP", "STRING"])
    }
  }

  private static func reverse(_ value: Value) throws(Failure) -> Value {
    switch value {
    case .null: return .null
    case .list(let elements): return .list(elements.reversed())
    case .bytes: return .list(value.listElements.reversed())
    case .string(let text):
      var reversed = String.UnicodeScalarView()
      reversed.append(contentsOf: text.unicodeScalars.reversed())
      return .string(String(reversed))
    default:
      throw .argumentType(
        "reverse",
        "Invalid input for function 'reverse()': Expected a string or a list; consider converting "
          + "the value to a string with toString() or creating a list.", value,
        expected: ["STRING", "LIST<ANY>"])
    }
  }
}

extension ClockInstant {
  /// Whole milliseconds since 1970.
  var milliseconds: Int64 {
    let (whole, overflow) = epochSecond.multipliedReportingOverflow(by: 1_000)
    return overflow ? epochSecond : whole &+ Int64(nanosecond / 1_000_000)
  }
}
