import Diagnostics
import GraphValues

/// Functions of lists.
enum ListFunctions {
  static let table: [String: FunctionBody] = [
    "head": .one { (list) throws(Failure) in try elements("head", list)?.first ?? .null },
    "last": .one { (list) throws(Failure) in try elements("last", list)?.last ?? .null },
    "tail": .one { (list) throws(Failure) in
      list.isNull ? .null : .list(Array(list.listElements.dropFirst()))
    },
    "range": .many(range),
    "coll.distinct": .one(distinct),
    "coll.flatten": .many(flatten),
    "coll.indexof": .two(indexOf),
    "coll.insert": .many(insert),
    "coll.remove": .two(remove),
    "coll.max": .one { (list) throws(Failure) in
      try elements("coll.max", list)?.max { $0.order(to: $1) == .less } ?? .null
    },
    "coll.min": .one { (list) throws(Failure) in
      try elements("coll.min", list)?.min { $0.order(to: $1) == .less } ?? .null
    },
    "coll.sort": .one { (list) throws(Failure) in
      guard let elements = try elements("coll.sort", list) else { return .null }
      return .list(elements.sorted { $0.order(to: $1) == .less })
    },
  ]

  /// The elements of a list; `nil` of null.
  private static func elements(_ function: String, _ list: Value) throws(Failure) -> [Value]? {
    switch list {
    case .null: return nil
    case .list, .bytes: return list.listElements
    default: throw .invalidInput(function, "a List", list, expected: ["LIST<ANY>"])
    }
  }

  private static func range(
    _ arguments: [Value], _ context: FunctionContext
  ) throws(Failure) -> Value {
    .list(try IntegerRange(arguments).elements())
  }

  private static func distinct(_ list: Value) throws(Failure) -> Value {
    guard let elements = try elements("coll.distinct", list) else { return .null }
    var seen: Set<GroupingKey> = []
    return .list(elements.filter { seen.insert(GroupingKey($0)).inserted })
  }

  private static func flatten(
    _ arguments: [Value], _ context: FunctionContext
  ) throws(Failure) -> Value {
    if arguments.contains(where: \.isNull) { return .null }
    guard let elements = try elements("coll.flatten", arguments[0]) else { return .null }
    let depth =
      arguments.count > 1
      ? try place(arguments[1], "coll.flatten", "depth", 0...2_147_483_647) : 1
    var flat: [Value] = []
    append(elements, depth: depth, to: &flat)
    return .list(flat)
  }

  private static func append(_ elements: [Value], depth: Int, to flat: inout [Value]) {
    for element in elements {
      if depth > 0, case .list(let inner) = element {
        append(inner, depth: depth - 1, to: &flat)
      } else {
        flat.append(element)
      }
    }
  }

  private static func indexOf(_ list: Value, _ value: Value) throws(Failure) -> Value {
    guard let elements = try elements("coll.indexOf", list), !value.isNull else { return .null }
    return .integer(Int64(elements.firstIndex { $0.isEqual(to: value) } ?? -1))
  }

  private static func insert(
    _ arguments: [Value], _ context: FunctionContext
  ) throws(Failure) -> Value {
    guard var elements = try elements("coll.insert", arguments[0]), !arguments[1].isNull else {
      return .null
    }
    let index = try place(arguments[1], "coll.insert", "index", 0...Int64(elements.count))
    elements.insert(arguments[2], at: index)
    return .list(elements)
  }

  private static func remove(_ list: Value, _ index: Value) throws(Failure) -> Value {
    guard var elements = try elements("coll.remove", list), !index.isNull else { return .null }
    guard !elements.isEmpty else {
      throw .invalidText(
        "coll.remove", argument: "list",
        "The argument `list` in the `coll.remove()` function must not be empty.", found: "[]",
        wanted: "argument list must not be empty")
    }
    elements.remove(
      at: try place(index, "coll.remove", "index", 0...Int64(elements.count - 1)))
    return .list(elements)
  }

  private static func place(
    _ value: Value, _ function: String, _ argument: String, _ range: ClosedRange<Int64>
  ) throws(Failure) -> Int {
    guard case .integer(let number) = value else {
      throw .notNumber(function, argument: argument, value)
    }
    guard range.contains(number) else {
      throw .argumentRange(function, argument: argument, range, found: number)
    }
    return Int(number)
  }
}
