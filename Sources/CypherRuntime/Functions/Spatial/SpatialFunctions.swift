import Diagnostics
import GraphValues

/// The functions of points.
enum SpatialFunctions {
  /// Bodies by lower-case name.
  static let table: [String: FunctionBody] = [
    "point": .entity { (value, reader) throws(Failure) in
      switch value {
      case .null: return .null
      case .map(let map): return try make(map)
      default:
        guard let properties = try reader.properties(of: value) else { throw notAMap(value) }
        return try make(properties)
      }
    },
    "point.distance": .two { (from, to) in
      guard case .point(let from) = from, case .point(let to) = to else { return .null }
      return from.distance(to: to).map { .float($0) } ?? .null
    },
    "point.withinbbox": .many { (arguments, _) in
      guard arguments.count == 3, case .point(let point) = arguments[0],
        case .point(let lowerLeft) = arguments[1], case .point(let upperRight) = arguments[2],
        let isWithin = point.isWithin(lowerLeft: lowerLeft, upperRight: upperRight)
      else { return .null }
      return .boolean(isWithin)
    },
  ]

  /// A point from its coordinates by name; null when one of them is.
  static func make(_ map: MapValue) throws(Failure) -> Value {
    let names = ["x", "y", "z", "longitude", "latitude", "height", "crs", "srid"]
    if names.contains(where: { map[$0]?.isNull == true }) { return .null }
    return .point(try PointConstruction(map).point())
  }

  private static func notAMap(_ value: Value) -> Failure {
    Failure(
      code: TemporalFailure.typeError, message: "Expected a map but got \(value.debugText)",
      gqlStatus: "22G03", gqlDescription: "data exception - invalid value type",
      causes: [
        TemporalFailure.cause(
          "22N27", "invalid entity type",
          "Invalid input '\(value.componentTypeName)' for argument at index 0 of function point(). Expected to be MAP, NODE or RELATIONSHIP."
        )
      ])
  }
}

/// Makes a point of a map.
private struct PointConstruction {
  let map: MapValue

  init(_ map: MapValue) { self.map = map }

  func point() throws(Failure) -> PointValue {
    let system = try system()
    if let x = try coordinate("x"), let y = try coordinate("y") {
      let z = try coordinate("z")
      let standard: CoordinateReferenceSystem = z == nil ? .cartesian : .cartesianThreeDimensional
      return try point(system ?? standard, [x, y] + (z.map { [$0] } ?? []))
    }
    guard let x = try coordinate("longitude"), let y = try coordinate("latitude") else {
      throw notAPoint
    }
    if let system, !system.isGeographic { throw notGeographic(system) }
    let height = try coordinate("height")
    let third = try coordinate("z")
    let z = height ?? third
    return try point(
      system ?? (z == nil ? .wgs84 : .wgs84ThreeDimensional), [x, y] + (z.map { [$0] } ?? []))
  }

  private func system() throws(Failure) -> CoordinateReferenceSystem? {
    if map["crs"] != nil && map["srid"] != nil {
      throw TemporalFailure.data(
        "Cannot specify both CRS and SRID",
        TemporalFailure.cause(
          "22N22", "invalid spatial value combination",
          "Cannot specify both coordinate reference system (CRS) and spatial reference identifier (SRID)."
        ), code: TemporalFailure.argumentError)
    }
    switch map["crs"] {
    case nil: break
    case .string(let name)?:
      guard let system = CoordinateReferenceSystem(named: name) else { throw unknown(name) }
      return system
    case let other?: throw notAssignable("crs", other, expected: "STRING")
    }
    switch map["srid"] {
    case nil: return nil
    case .integer(let number)?:
      let system = Int32(exactly: number).flatMap { CoordinateReferenceSystem(rawValue: $0) }
      guard let system else { throw unknown("code=\(number)") }
      return system
    case let other?: throw notAssignable("srid", other, expected: "INTEGER")
    }
  }

  private func coordinate(_ name: String) throws(Failure) -> Double? {
    guard let value = map[name] else { return nil }
    guard let number = value.double else {
      throw notAssignable(name, value, expected: "FLOAT or INTEGER")
    }
    return number
  }

  private func point(
    _ system: CoordinateReferenceSystem, _ coordinates: [Double]
  ) throws(Failure) -> PointValue {
    try checkDimension(system, coordinates.count)
    let text = "[\(coordinates.map(\.cypherText).joined(separator: ", "))]"
    guard coordinates.allSatisfy(\.isFinite) else {
      throw TemporalFailure.data(
        "Cannot create a point with non-finite coordinate values: \(text)",
        TemporalFailure.cause(
          "22N24", "invalid coordinate arguments", "Cannot construct a point from \(text)."),
        code: TemporalFailure.argumentError)
    }
    var (x, y) = (coordinates[0], coordinates[1])
    if system.isGeographic {
      guard (-90...90).contains(y) else { throw invalidLatitude(text) }
      x = Self.wrapped(longitude: x)
      y = coordinates[1]
    }
    return PointValue(system: system, x: x, y: y, z: coordinates.count > 2 ? coordinates[2] : 0)
  }

  /// The same meridian within −180 … 180.
  private static func wrapped(longitude: Double) -> Double {
    if longitude > 180 {
      return longitude - ((longitude - 180) / 360).rounded(.up) * 360
    }
    if longitude < -180 {
      return longitude + ((-180 - longitude) / 360).rounded(.up) * 360
    }
    return longitude
  }

  private func checkDimension(
    _ system: CoordinateReferenceSystem, _ count: Int
  ) throws(Failure) {
    let dimension = system.isThreeDimensional ? 3 : 2
    guard dimension != count else { return }
    let other = dimension == 3 ? 2 : 3
    throw TemporalFailure.data(
      "Cannot create point with \(dimension)D coordinate reference system and \(count) coordinates. Please consider using equivalent \(other)D coordinate reference system",
      TemporalFailure.cause(
        "22N20", "invalid spatial value dimensions",
        "Cannot create POINT with \(dimension)D coordinate reference system (CRS) and \(count) coordinates. Use the equivalent \(other)D coordinate reference system instead."
      ), code: TemporalFailure.argumentError)
  }

  private func unknown(_ name: String) -> Failure {
    unsupported("Unknown coordinate reference system: \(name)", name)
  }

  private func notGeographic(_ system: CoordinateReferenceSystem) -> Failure {
    unsupported(
      "Geographic points does not support coordinate reference system: \(system.name).This is set either in the csv header or the actual data column",
      system.name)
  }

  private func unsupported(_ message: String, _ name: String) -> Failure {
    TemporalFailure.data(
      message,
      TemporalFailure.cause(
        "22N21", "unsupported coordinate reference system",
        "Unsupported coordinate reference system (CRS): \(name)."),
      code: TemporalFailure.argumentError)
  }

  private func invalidLatitude(_ text: String) -> Failure {
    TemporalFailure.data(
      "Cannot create WGS84 point with invalid coordinate: \(text). Valid range for Y coordinate is [-90, 90].",
      TemporalFailure.cause(
        "22N23", "invalid latitude value",
        "Cannot create WGS84 POINT with invalid coordinate: \(text). The valid range for the latitude coordinate is [-90, 90]."
      ), code: TemporalFailure.argumentError)
  }

  private func notAssignable(_ name: String, _ value: Value, expected: String) -> Failure {
    Failure(
      code: TemporalFailure.argumentError,
      message: "Cannot assign \(value.debugText) to field \(name)", gqlStatus: "22G03",
      gqlDescription: "data exception - invalid value type",
      causes: [
        TemporalFailure.cause(
          "22N27", "invalid entity type",
          "Invalid input '\(value.operandText)' for coordinate \(name). Expected to be \(expected)."
        )
      ])
  }

  private var notAPoint: Failure {
    let keys = map.keys.map { "'\($0)'" }
    let listed = keys.joined(separator: ", ")
    let named =
      keys.isEmpty
      ? "nothing"
      : keys.count == 1
        ? keys[0] : keys.dropLast().joined(separator: ", ") + " and " + keys[keys.count - 1]
    let text =
      "Map with keys \(named) is not a valid POINT. Use either Cartesian or geographic coordinates."
    return Failure(
      code: TemporalFailure.argumentError,
      message:
        "A map with keys \(listed) is not describing a valid point, a point is described either by using cartesian coordinates e.g. {x: 2.3, y: 4.5, crs: 'cartesian'} or using geographic coordinates e.g. {latitude: 12.78, longitude: 56.7, crs: 'WGS-84'}.",
      gqlStatus: "42001",
      gqlDescription: "syntax error or access rule violation - invalid syntax",
      causes: [
        GQLCause(
          gqlStatus: "42I16",
          gqlDescription: "syntax error or access rule violation - invalid point. \(text)",
          message: text)
      ])
  }
}

extension CoordinateReferenceSystem {
  /// The system by its name in any letter case.
  init?(named name: String) {
    let lowered = name.lowercased()
    guard let system = Self.allCases.first(where: { $0.name == lowered }) else { return nil }
    self = system
  }
}
