/// The coordinate systems of points, by their EPSG or Neo4j number.
public enum CoordinateReferenceSystem: Int32, Hashable, Sendable, CaseIterable {
  /// `wgs-84`: longitude and latitude in degrees.
  case wgs84 = 4326
  /// `wgs-84-3d`: the same with height in metres.
  case wgs84ThreeDimensional = 4979
  /// `cartesian`: x and y.
  case cartesian = 7203
  /// `cartesian-3d`: x, y and z.
  case cartesianThreeDimensional = 9157

  /// The name as `point.crs` gives it.
  public var name: String {
    switch self {
    case .wgs84: "wgs-84"
    case .wgs84ThreeDimensional: "wgs-84-3d"
    case .cartesian: "cartesian"
    case .cartesianThreeDimensional: "cartesian-3d"
    }
  }

  /// Whether points have a third coordinate.
  public var isThreeDimensional: Bool {
    self == .wgs84ThreeDimensional || self == .cartesianThreeDimensional
  }

  /// Whether coordinates are longitude and latitude.
  public var isGeographic: Bool { self == .wgs84 || self == .wgs84ThreeDimensional }
}

/// A point in one of the four coordinate systems.
public struct PointValue: Hashable, Sendable {
  /// The coordinate system.
  public let system: CoordinateReferenceSystem
  /// x or longitude.
  public let x: Double
  /// y or latitude.
  public let y: Double
  /// z or height; 0 in two dimensions.
  public let z: Double

  /// Wraps coordinates; `z` counts in three dimensions only.
  public init(system: CoordinateReferenceSystem, x: Double, y: Double, z: Double = 0) {
    self.system = system
    self.x = x
    self.y = y
    self.z = z
  }
}

extension PointValue {
  /// Points are equal bit by bit: 0.0 and -0.0 are two coordinates.
  public static func == (left: Self, right: Self) -> Bool {
    left.system == right.system && left.x.bitPattern == right.x.bitPattern
      && left.y.bitPattern == right.y.bitPattern && left.z.bitPattern == right.z.bitPattern
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(system)
    hasher.combine(x.bitPattern)
    hasher.combine(y.bitPattern)
    hasher.combine(z.bitPattern)
  }
}
