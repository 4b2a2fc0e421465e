#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension PointValue {
  /// Coordinates in order: two or three.
  public var coordinates: [Double] { system.isThreeDimensional ? [x, y, z] : [x, y] }

  /// The distance to another point; `nil` when their systems differ.
  ///
  /// Cartesian: straight. Geographic: in metres along a great circle of a sphere; with heights the
  /// mean height widens the sphere and the difference of heights is the other side of a triangle.
  public func distance(to other: PointValue) -> Double? {
    guard system == other.system else { return nil }
    guard system.isGeographic else {
      var sum = square(x - other.x) + square(y - other.y)
      if system.isThreeDimensional { sum += square(z - other.z) }
      return sum.squareRoot()
    }
    let angle = greatCircleAngle(to: other)
    guard system.isThreeDimensional else { return Self.earthRadius * angle }
    let arc = (Self.earthRadius + (z + other.z) / 2) * angle
    return (square(arc) + square(z - other.z)).squareRoot()
  }

  /// The mean radius in metres that distances are computed with.
  private static let earthRadius = 6_378_140.0

  private func greatCircleAngle(to other: PointValue) -> Double {
    let radians = Double.pi / 180
    let (firstLatitude, secondLatitude) = (y * radians, other.y * radians)
    let latitudeHalf = sin((secondLatitude - firstLatitude) / 2)
    let longitudeHalf = sin((other.x * radians - x * radians) / 2)
    let haversine =
      square(latitudeHalf) + cos(firstLatitude) * cos(secondLatitude) * square(longitudeHalf)
    return 2 * atan2(haversine.squareRoot(), (1 - haversine).squareRoot())
  }

  /// Whether the point lies in the box, borders included; `nil` when the systems differ.
  ///
  /// A geographic box whose left side is east of its right side crosses the 180° meridian.
  public func isWithin(lowerLeft: PointValue, upperRight: PointValue) -> Bool? {
    guard system == lowerLeft.system, system == upperRight.system else { return nil }
    guard y >= lowerLeft.y, y <= upperRight.y else { return false }
    if system.isThreeDimensional {
      guard z >= lowerLeft.z, z <= upperRight.z else { return false }
    }
    if system.isGeographic && lowerLeft.x > upperRight.x {
      return x >= lowerLeft.x || x <= upperRight.x
    }
    return x >= lowerLeft.x && x <= upperRight.x
  }
}

private func square(_ number: Double) -> Double { number * number }
