import Diagnostics
import GraphValues

/// The functions that make instants: constructors, clocks, `truncate` and `fromepoch`.
enum TemporalFunctions {
  /// Bodies by lower-case name.
  static let table: [String: FunctionBody] = {
    var table: [String: FunctionBody] = [
      "datetime.fromepoch": .many { (arguments, _) throws(Failure) in
        try fromEpoch(arguments)
      },
      "datetime.fromepochmillis": .many { (arguments, _) throws(Failure) in
        try fromEpochMillis(arguments)
      },
    ]
    for type in TemporalType.allCases { add(type, to: &table) }
    return table
  }()

  private static func add(_ type: TemporalType, to table: inout [String: FunctionBody]) {
    let name = type.functionName
    for name in [name, type.longFunctionName] {
      table[name] = .many { (arguments, context) throws(Failure) in
        try TemporalConstruction(type: type, name: name, context: context).make(arguments)
      }
    }
    table["\(name).truncate"] = .many { (arguments, context) throws(Failure) in
      try TemporalTruncation(type: type, context: context).make(arguments)
    }
    table["\(name).transaction"] = .many { (arguments, context) throws(Failure) in
      try now(type, "transaction", context.transactionClock, arguments, context)
    }
    table["\(name).statement"] = .many { (arguments, context) throws(Failure) in
      try now(type, "statement", context.statementClock, arguments, context)
    }
    table["\(name).realtime"] = .many { (arguments, context) throws(Failure) in
      try now(type, "realtime", context.realtimeClock(), arguments, context)
    }
  }

  /// What a clock reads, in the zone that the argument names or the default one.
  private static func now(
    _ type: TemporalType, _ clock: String, _ moment: ClockInstant, _ arguments: [Value],
    _ context: FunctionContext
  ) throws(Failure) -> Value {
    switch arguments.first {
    case nil: return type.part(of: moment.dateTime(in: try context.zone()))
    case .null?: return .null
    case .string(let text)?: return type.part(of: moment.dateTime(in: try Zones.parse(text)))
    default:
      let name = "\(type.functionName).\(clock)"
      throw TemporalFailure.call(
        type.callName, arguments, function: name,
        signature:
          "\(name)(timezone = DEFAULT_TEMPORAL_ARGUMENT :: ANY) :: \(type.typeName)")
    }
  }

  private static func fromEpoch(_ arguments: [Value]) throws(Failure) -> Value {
    guard arguments.count == 2, case .integer(let second) = arguments[0],
      case .integer(let nanosecond) = arguments[1]
    else {
      throw TemporalFailure.call(
        "FromEpoch", arguments, function: "datetime.fromepoch",
        signature:
          "datetime.fromepoch(seconds :: INTEGER | FLOAT, nanoseconds :: INTEGER | FLOAT) :: ZONED DATETIME"
      )
    }
    guard (0...999_999_999).contains(nanosecond) else {
      throw TemporalFailure.subsecond(
        "Nanosecond", nanosecond, limit: 999_999_999,
        message: "Invalid nanosecond: \(nanosecond)")
    }
    return .zonedDateTime(
      try TemporalConstruction.instant(epochSecond: second, nanosecond: Int32(nanosecond)))
  }

  private static func fromEpochMillis(_ arguments: [Value]) throws(Failure) -> Value {
    guard case .integer(let milliseconds)? = arguments.first else {
      throw TemporalFailure.call(
        "FromEpochMillis", arguments, function: "datetime.fromepochmillis",
        signature:
          "datetime.fromepochmillis(milliseconds :: INTEGER | FLOAT) :: ZONED DATETIME")
    }
    return .zonedDateTime(try TemporalConstruction.instant(epochMillis: milliseconds))
  }
}
