import GraphValues
import Testing

@Suite struct SpatialPointTests {
  @Test(arguments: [
    (PointValue(system: .cartesian, x: 0, y: 0), PointValue(system: .cartesian, x: 3, y: 4), 5.0),
    (
      PointValue(system: .wgs84, x: 12.78, y: 56.7), PointValue(system: .wgs84, x: 12.79, y: 56.71),
      1269.894960563667
    ),
    (
      PointValue(system: .wgs84, x: 0, y: 0), PointValue(system: .wgs84, x: 180, y: 0),
      2.0037517767567202E7
    ),
    (
      PointValue(system: .wgs84, x: 179.9, y: 0), PointValue(system: .wgs84, x: -179.9, y: 0),
      22263.908630630405
    ),
    (
      PointValue(system: .wgs84, x: 0, y: 89), PointValue(system: .wgs84, x: 180, y: 89),
      222639.08630630336
    ),
    (
      PointValue(system: .wgs84, x: -179, y: 0), PointValue(system: .wgs84, x: 179, y: 0),
      222639.08630630132
    ),
    (
      PointValue(system: .wgs84, x: 12.5, y: 55.7), PointValue(system: .wgs84, x: 13.4, y: 52.5),
      361025.83400277747
    ),
    (
      PointValue(system: .wgs84ThreeDimensional, x: 1, y: 2, z: 50),
      PointValue(system: .wgs84ThreeDimensional, x: 3, y: 4, z: 150), 314640.42223885277
    ),
    (
      PointValue(system: .wgs84ThreeDimensional, x: 12.78, y: 56.7, z: 100),
      PointValue(system: .wgs84ThreeDimensional, x: 12.79, y: 56.71, z: 100), 1269.9148706779097
    ),
  ])
  func distances(from: PointValue, to: PointValue, expected: Double) {
    #expect(from.distance(to: to) == expected)
  }

  @Test func systemsDoNotMix() {
    let flat = PointValue(system: .cartesian, x: 0, y: 0)
    let round = PointValue(system: .wgs84, x: 0, y: 0)
    #expect(flat.distance(to: round) == nil)
    #expect(flat.isWithin(lowerLeft: flat, upperRight: round) == nil)
  }

  @Test(arguments: [(0, true), (1, true), (2, true), (0.5, false), (-1, true)])
  func boxesCrossTheMeridian(longitude: Double, expected: Bool) {
    let point = PointValue(system: .wgs84, x: longitude, y: 1)
    let inside = point.isWithin(
      lowerLeft: PointValue(system: .wgs84, x: 1, y: 0),
      upperRight: PointValue(system: .wgs84, x: 0, y: 2))
    #expect(inside == expected)
  }

  @Test func textNamesTheSystem() {
    #expect(
      PointValue(system: .wgs84ThreeDimensional, x: 1.5, y: 2, z: 3).text
        == "point({x: 1.5, y: 2.0, z: 3.0, crs: 'wgs-84-3d'})")
  }
}
