import Diagnostics
import GraphValues

/// Reads components such as `p.x` of points.
enum PointComponents {
  /// The component of a point by its name in any letter case.
  static func component(named name: String, of point: PointValue) throws(Failure) -> Value {
    switch name.lowercased() {
    case "x": return .float(point.x)
    case "y": return .float(point.y)
    case "z":
      guard point.system.isThreeDimensional else { throw unavailable("z", point) }
      return .float(point.z)
    case "longitude": return try geographic("longitude", point, point.x)
    case "latitude": return try geographic("latitude", point, point.y)
    case "height":
      let height = try geographic("height", point, point.z)
      guard point.system.isThreeDimensional else { throw unavailable("height", point) }
      return height
    case "crs": return .string(point.system.name)
    case "srid": return .integer(Int64(point.system.rawValue))
    default: throw unknown(name)
    }
  }

  private static func geographic(
    _ name: String, _ point: PointValue, _ coordinate: Double
  ) throws(Failure) -> Value {
    guard point.system.isGeographic else { throw unavailable(name, point, kind: "cartesian ") }
    return .float(coordinate)
  }

  private static func unavailable(
    _ name: String, _ point: PointValue, kind: String = ""
  ) -> Failure {
    TemporalFailure.data(
      "Field: \(name) is not available on \(kind)point: \(point.text)",
      TemporalFailure.cause(
        "22N58", "invalid spatial component",
        "Cannot read the specified '\(name)' component from $value."),
      code: TemporalFailure.argumentError)
  }

  private static func unknown(_ name: String) -> Failure {
    let process = TemporalFailure.cannotProcess(name)
    return Failure(
      code: TemporalFailure.argumentError, message: "No such field: \(name)", gqlStatus: "22N11",
      gqlDescription: process.gqlDescription,
      causes: [
        TemporalFailure.cause(
          "22N04", "invalid input value",
          "Invalid input '\(name)' for coordinate. Expected 'x', 'y', 'z', 'longitude', 'latitude', 'height', 'crs' or 'srid'."
        )
      ])
  }
}
