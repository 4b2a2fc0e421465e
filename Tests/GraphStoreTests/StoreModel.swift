import GraphStore
import GraphValues
import TestKit

/// The graph as dictionaries: what a store must agree with.
struct StoreModel {
  struct Node {
    var labels: Set<UInt32> = []
    var properties: [UInt32: Value] = [:]
  }
  struct Relationship {
    var header: RelationshipHeader
    var properties: [UInt32: Value] = [:]
  }
  var nodes: [UInt64: Node] = [:]
  var relationships: [UInt64: Relationship] = [:]

  func incident(_ node: UInt64) -> [UInt64] {
    relationships.filter { $0.value.header.start.raw == node || $0.value.header.end.raw == node }
      .map(\.key).sorted()
  }
}

/// Random values of all storable types.
func randomValue(_ generator: inout SeededGenerator) -> Value {
  func number(_ range: ClosedRange<Int64>) -> Int64 { .random(in: range, using: &generator) }
  switch Int.random(in: 0..<17, using: &generator) {
  case 0: return .boolean(.random(using: &generator))
  case 1, 2, 3: return .integer(number(-5...5))
  case 4: return .integer(number(Int64.min...Int64.max))
  case 5: return .float(Double(number(-9...9)) / 2)
  case 6:
    let special: [Double] = [
      .nan, .infinity, -.infinity, 0, -0.0, 1e300, -1e-300, 9_007_199_254_740_992,
    ]
    return .float(special.randomElement(using: &generator) ?? 0)
  case 7, 8:
    let letters = "ab\u{0}é𝄞z"
    return .string(
      String((0..<number(0...6)).compactMap { _ in letters.randomElement(using: &generator) }))
  case 9:
    return .string(String(repeating: "lång", count: Int(number(100...900))) + "\(number(0...3))")
  case 10: return .date(CalendarDate(epochDay: number(-1_000_000...1_000_000)))
  case 11:
    return .zonedTime(
      ZonedTime(
        nanosecondOfDay: number(0...86_399_999_999_999),
        offsetSeconds: Int32(number(-64_800...64_800))))
  case 12:
    return .zonedDateTime(
      ZonedDateTime(
        epochSecond: number(-3...3), nanosecond: Int32(number(0...2)),
        offsetSeconds: Int32(number(-1...1)) * 3_600,
        zoneName: [nil, "Europe/Stockholm", "Z"].randomElement(using: &generator) ?? nil))
  case 13:
    return .duration(
      DurationValue(
        months: number(-2...2), days: number(-40...40), seconds: number(-90_000...90_000),
        nanoseconds: Int32(number(0...3))))
  case 14:
    let system = CoordinateReferenceSystem.allCases.randomElement(using: &generator) ?? .cartesian
    return .point(
      PointValue(
        system: system, x: Double(number(-2...2)), y: Double(number(-2...2)),
        z: system.isThreeDimensional ? Double(number(-2...2)) : 0))
  case 15: return .list((0..<number(0...4)).map { _ in .integer(number(-3...300)) })
  default:
    return .list((0..<number(0...3)).map { _ in .string("\(number(0...12))") })
  }
}

/// Whether two values are the same, bit for bit where it matters to a store.
func isSame(_ left: Value, _ right: Value) -> Bool {
  switch (left, right) {
  case (.float(let left), .float(let right)):
    return left.bitPattern == right.bitPattern || left.isNaN && right.isNaN
  case (.integer(let left), .integer(let right)): return left == right
  case (.integer, .float), (.float, .integer): return false
  case (.list(let left), .list(let right)):
    return left.count == right.count && zip(left, right).allSatisfy(isSame)
  case (.bytes(let left), .bytes(let right)): return left == right
  case (.null, .null): return true
  default: return left.isEquivalent(to: right)
  }
}
