package import GraphValues

/// A value as tests write it.
package struct Sample: Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
  ExpressibleByNilLiteral, ExpressibleByFloatLiteral
{
  package typealias Key = String

  package let value: GraphValues.Value

  package init(_ value: GraphValues.Value) { self.value = value }
  package init(stringLiteral text: String) { value = .string(text) }
  package init(integerLiteral number: Int64) { value = .integer(number) }
  package init(booleanLiteral flag: Bool) { value = .boolean(flag) }
  package init(floatLiteral number: Double) { value = .float(number) }
  package init(nilLiteral: ()) { value = .null }
  package init(arrayLiteral items: Sample...) { value = .list(items.map(\.value)) }
  package init(dictionaryLiteral entries: (String, Sample)...) {
    value = .map(MapValue(entries.map { ($0.0, $0.1.value) }))
  }

  /// The map that it is; empty for anything else.
  package var map: MapValue { if case .map(let map) = value { map } else { MapValue() } }

  /// The value as tests compare it.
  package static func text(_ value: GraphValues.Value) -> String {
    switch value {
    case .null: "null"
    case .boolean(let flag): "\(flag)"
    case .integer(let number): "\(number)"
    case .float(let number): "\(number)"
    case .string(let text): "'\(text)'"
    case .list(let items): "[\(items.map { Sample.text($0) }.joined(separator: ", "))]"
    case .map(let map): text(map)
    default: "\(value)"
    }
  }

  /// A map as tests compare it.
  package static func text(_ map: MapValue) -> String {
    "{\(map.entries.map { "\($0.key): \(text($0.value))" }.joined(separator: ", "))}"
  }
}
