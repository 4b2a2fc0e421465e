import Diagnostics
import GraphValues

/// The functions that make durations.
enum DurationFunctions {
  /// Bodies by lower-case name.
  static let table: [String: FunctionBody] = [
    "duration": .many { (arguments, context) throws(Failure) in try make(arguments, context) },
    "duration.between": .two { (from, to) throws(Failure) in
      try between("duration.between", from, to)
    },
    "duration_between": .two { (from, to) throws(Failure) in
      try between("duration_between", from, to)
    },
    "duration.inmonths": .two { (from, to) throws(Failure) in
      try between("duration.inMonths", from, to, in: .months)
    },
    "duration.indays": .two { (from, to) throws(Failure) in
      try between("duration.inDays", from, to, in: .days)
    },
    "duration.inseconds": .two { (from, to) throws(Failure) in
      try between("duration.inSeconds", from, to, in: .seconds)
    },
  ]

  private static func between(
    _ name: String, _ from: Value, _ to: Value
  ) throws(Failure) -> Value {
    try between(name, from, to) { (from, to) in
      DurationValue.between(from, to, Zones.rules)
    }
  }

  private static func between(
    _ name: String, _ from: Value, _ to: Value, in unit: DurationUnit
  ) throws(Failure) -> Value {
    try between(name, from, to) { (from, to) throws(TemporalError) in
      try DurationValue.between(from, to, in: unit, Zones.rules)
    }
  }

  private static func between(
    _ name: String, _ from: Value, _ to: Value,
    _ compute: (TemporalInstant, TemporalInstant) throws(TemporalError) -> DurationValue
  ) throws(Failure) -> Value {
    if from.isNull || to.isNull { return .null }
    guard let from = TemporalInstant(from), let to = TemporalInstant(to) else {
      throw TemporalFailure.call(
        "Between", [from, to], function: name,
        signature: "\(name)(from :: ANY, to :: ANY) :: DURATION")
    }
    return try Failure.mapping(.fields([])) { () throws(TemporalError) in
      .duration(try compute(from, to))
    }
  }

  private static func make(
    _ arguments: [Value], _ context: FunctionContext
  ) throws(Failure) -> Value {
    if arguments.contains(where: \.isNull) { return .null }
    switch (arguments.first, arguments.dropFirst().first) {
    case (.string(let text)?, .string(let pattern)?):
      return try PatternFunctions.duration(from: text, pattern)
    case (.string(let text)?, nil):
      return try Failure.mapping(.text(text)) { () throws(TemporalError) in
        .duration(try DurationValue(parsing: text))
      }
    case (.map(let map)?, nil): return .duration(try DurationParts(map).duration())
    default:
      throw TemporalFailure.constructorCall(
        "DurationFunction", arguments, function: "duration", input: "input :: ANY",
        result: "DURATION", context)
    }
  }
}

/// The parts of a map that a duration is made from.
private struct DurationParts {
  private enum Part: String, CaseIterable {
    case years, months, weeks, days, hours, minutes, seconds
    case milliseconds, microseconds, nanoseconds
  }

  private var integers: [Part: Int64] = [:]
  private var floats: [Part: Double] = [:]

  init(_ map: MapValue) throws(Failure) {
    for (name, value) in map.entries {
      guard let part = Part(rawValue: name.lowercased()) else {
        throw TemporalFailure.unknownDurationField(name)
      }
      switch value {
      case .null: break
      case .integer(let number):
        (integers[part], floats[part]) = (number, nil)
      case .float(let number):
        (integers[part], floats[part]) = (nil, number)
      default: throw TemporalFailure.wrongDurationPart(part.rawValue, value)
      }
    }
    if integers.isEmpty && floats.isEmpty { throw TemporalFailure.noComponents() }
  }

  func duration() throws(Failure) -> DurationValue {
    try Failure.mapping(.fields([])) { () throws(TemporalError) in
      floats.isEmpty ? try exact() : try fractional()
    }
  }

  /// Whole parts; the sums within a group wrap, as they do on the servers that this follows.
  private func exact() throws(TemporalError) -> DurationValue {
    func part(_ part: Part) -> Int64 { integers[part] ?? 0 }
    return try DurationValue(
      checkedMonths: part(.years) &* 12 &+ part(.months), days: part(.weeks) &* 7 &+ part(.days),
      seconds: part(.hours) &* 3600 &+ part(.minutes) &* 60 &+ part(.seconds),
      nanoseconds: part(.milliseconds) &* 1_000_000 &+ part(.microseconds) &* 1_000
        &+ part(.nanoseconds))
  }

  private func fractional() throws(TemporalError) -> DurationValue {
    func part(_ part: Part) -> Double {
      floats[part] ?? integers[part].map(Double.init) ?? 0
    }
    return try DurationValue(
      fractionalMonths: part(.years) * 12 + part(.months), days: part(.weeks) * 7 + part(.days),
      seconds: part(.hours) * 3600 + part(.minutes) * 60 + part(.seconds),
      nanoseconds: part(.milliseconds) * 1e6 + part(.microseconds) * 1e3 + part(.nanoseconds))
  }
}
