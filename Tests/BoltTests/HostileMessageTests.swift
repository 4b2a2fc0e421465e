import GraphValues
import TestKit
import Testing

@testable import Bolt

/// Random changes to sound messages: each is read or refused, and nothing traps.
@Suite struct HostileMessageTests {
  static func sound() -> [[UInt8]] {
    var writer = PackStreamWriter(PackStreamDialect(BoltVersion(5, 8)))
    let parameters = MapValue([
      ("a", .list([.integer(1), .float(2), .string("three"), .null, .bytes([1, 2])])),
      ("b", .map(MapValue([("c", .date(CalendarDate(epochDay: 3)))]))),
      ("p", .point(PointValue(system: .cartesian, x: 1, y: 2))),
    ])
    let messages: [ClientMessage] = [
      .hello(
        MapValue([
          ("user_agent", .string("x")), ("bolt_agent", .map(MapValue([("product", .string("y"))]))),
        ])),
      .run(text: "RETURN $a", parameters: parameters, extra: MapValue([("mode", .string("r"))])),
      .pull(StreamDemand(count: 5, statement: 1)),
      .route(context: MapValue(), bookmarks: ["b"], extra: MapValue()), .telemetry(1),
    ]
    return messages.map { message in
      writer.write(message)
      return Array(writer.take().dropFirst(2).dropLast(2))
    }
  }

  @Test(arguments: UInt64(0)..<200)
  func changedMessagesAreReadOrRefused(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let rules = PackStreamTests.reading(isRequest: true)
    for message in Self.sound() {
      var changed = message
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let place = Int.random(in: 0..<max(1, changed.count), using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0 where !changed.isEmpty: changed[place] = .random(in: 0...255, using: &generator)
        case 1 where !changed.isEmpty: changed.remove(at: place)
        default: changed.insert(.random(in: 0...255, using: &generator), at: place)
        }
      }
      do throws(ProtocolFailure) {
        let read = try ClientMessage(changed, 0..<changed.count, rules)
        if case .run(_, _, let extra) = read {
          _ = try TransactionExtra(extra, version: BoltVersion(5, 8))
        }
        if case .hello(let extra) = read { _ = try HelloExtra(extra, version: BoltVersion(5, 8)) }
      } catch {
        #expect(error.failure != nil || error.closes)
      }
      _ = try? ServerMessage(changed, 0..<changed.count, PackStreamTests.reading())
    }
  }
}
