import Diagnostics
import GraphValues
import Testing

@testable import CypherRuntime

@Suite struct SpatialFunctionTests {
  private func make(_ entries: KeyValuePairs<String, Value>) -> String {
    do {
      let value = try SpatialFunctions.make(MapValue(entries.map { ($0.key, $0.value) }))
      return value.plainText ?? "null"
    } catch {
      return error.message
    }
  }

  @Test func coordinatesDecideTheSystem() {
    #expect(
      make(["x": .integer(1), "y": .integer(2)]) == "point({x: 1.0, y: 2.0, crs: 'cartesian'})")
    #expect(
      make(["longitude": .integer(1), "latitude": .integer(2), "z": .integer(3)])
        == "point({x: 1.0, y: 2.0, z: 3.0, crs: 'wgs-84-3d'})")
    #expect(
      make(["x": .integer(1), "y": .integer(2), "crs": .string("WGS-84")])
        == "point({x: 1.0, y: 2.0, crs: 'wgs-84'})")
    #expect(
      make(["x": .integer(1), "y": .integer(2), "longitude": .integer(3), "latitude": .integer(4)])
        == "point({x: 1.0, y: 2.0, crs: 'cartesian'})")
  }

  @Test func nullsSpread() {
    #expect(make(["x": .null, "y": .integer(2)]) == "null")
    #expect(make(["x": .integer(1), "y": .integer(2), "crs": .null]) == "null")
    #expect(answer("point.distance", .null, .integer(1)) == "null")
    #expect(answer("point.withinBBox", .null, .null, .null) == "null")
  }

  @Test(arguments: [
    (540.0, 180.0), (181, -179), (-181, 179), (-540, -180), (-180, -180), (900, 180),
  ])
  func longitudesWrap(given: Double, expected: Double) throws {
    let point = try SpatialFunctions.make(
      MapValue([("longitude", .float(given)), ("latitude", .integer(0))]))
    guard case .point(let point) = point else {
      Issue.record("not a point")
      return
    }
    #expect(point.x == expected)
  }

  @Test func impossiblePointsAreRefused() {
    #expect(
      make(["x": .integer(1), "y": .integer(2), "srid": .integer(4979)]).hasPrefix(
        "Cannot create point with 3D coordinate reference system and 2 coordinates."))
    #expect(
      make(["longitude": .integer(1), "latitude": .integer(91)])
        == "Cannot create WGS84 point with invalid coordinate: [1.0, 91.0]. Valid range for Y coordinate is [-90, 90]."
    )
    #expect(
      make(["x": .float(.nan), "y": .integer(2)])
        == "Cannot create a point with non-finite coordinate values: [NaN, 2.0]")
    #expect(
      make(["x": .integer(1), "y": .integer(2), "crs": .string("nope")])
        == "Unknown coordinate reference system: nope")
    #expect(
      make(["x": .string("Ann"), "y": .integer(2)]) == "Cannot assign String(\"Ann\") to field x")
    #expect(
      make(["a": .integer(1)]).hasPrefix("A map with keys 'a' is not describing a valid point"))
  }

  @Test func componentsFitTheSystem() throws {
    let flat = PointValue(system: .cartesian, x: 1, y: 2)
    #expect(try PointComponents.component(named: "X", of: flat).plainText == "1.0")
    #expect(try PointComponents.component(named: "srid", of: flat).plainText == "7203")
    #expect(throws: Failure.self) { try PointComponents.component(named: "z", of: flat) }
    #expect(throws: Failure.self) { try PointComponents.component(named: "longitude", of: flat) }
  }
}
