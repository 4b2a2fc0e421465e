import GraphValues

extension PackStreamReader {
  /// Reads the fields of a temporal or spatial structure; `nil`, with nothing read, for other tags.
  mutating func temporalOrSpatial(_ tag: UInt8, _ count: Int) throws(PackStreamError) -> Value? {
    switch tag {
    case StructureTag.date:
      try check(count, 1)
      return .date(CalendarDate(epochDay: try bounded(tag, within: Self.days)))
    case StructureTag.localTime:
      try check(count, 1)
      return .localTime(
        LocalTime(nanosecondOfDay: try bounded(tag, within: 0...86_399_999_999_999)))
    case StructureTag.time:
      try check(count, 2)
      let nanosecond = try bounded(tag, within: 0...86_399_999_999_999)
      return .zonedTime(
        ZonedTime(nanosecondOfDay: nanosecond, offsetSeconds: try offset(tag)))
    case StructureTag.localDateTime:
      try check(count, 2)
      let second = try bounded(tag, within: Self.seconds)
      return .localDateTime(
        LocalDateTime(epochSecond: second, nanosecond: try nanosecond(tag)))
    case StructureTag.dateTime, StructureTag.legacyDateTime,
      StructureTag.dateTimeZoneID, StructureTag.legacyDateTimeZoneID:
      return try dateTime(tag, count)
    case StructureTag.duration:
      try check(count, 4)
      return try duration(tag)
    case StructureTag.point2D, StructureTag.point3D:
      return try point(tag, count)
    default: return nil
    }
  }

  /// The days and seconds of the years -999,999,999 to 999,999,999.
  private static let days: ClosedRange<Int64> = -365_243_219_162...365_241_780_471
  private static let seconds: ClosedRange<Int64> =
    -31_557_014_167_219_200...31_556_889_864_403_199

  private mutating func bounded(_ tag: UInt8, within range: ClosedRange<Int64>)
    throws(PackStreamError) -> Int64
  {
    let value = try readInteger()
    guard range.contains(value) else {
      throw .invalidStructure(tag: tag, reason: "\(value) is out of range")
    }
    return value
  }

  private mutating func nanosecond(_ tag: UInt8) throws(PackStreamError) -> Int32 {
    Int32(try bounded(tag, within: 0...999_999_999))
  }

  private mutating func offset(_ tag: UInt8) throws(PackStreamError) -> Int32 {
    Int32(try bounded(tag, within: -64800...64800))
  }

  private mutating func dateTime(_ tag: UInt8, _ count: Int) throws(PackStreamError) -> Value? {
    let isLegacy = tag == StructureTag.legacyDateTime || tag == StructureTag.legacyDateTimeZoneID
    guard isLegacy != rules.dialect.usesUTC || !rules.isRequest else {
      throw .unknownStructure(tag: tag)
    }
    try check(count, 3)
    let second = try bounded(tag, within: Self.seconds)
    let nanosecond = try nanosecond(tag)
    if tag == StructureTag.dateTime || tag == StructureTag.legacyDateTime {
      let offset = try offset(tag)
      return .zonedDateTime(
        ZonedDateTime(
          epochSecond: isLegacy ? second - Int64(offset) : second, nanosecond: nanosecond,
          offsetSeconds: offset, zoneName: nil))
    }
    let name = try readString()
    guard let region = rules.zones.regionName(name) else {
      guard !rules.isRequest else { throw .unknownZone(name) }
      return .zonedDateTime(
        ZonedDateTime(
          epochSecond: second, nanosecond: nanosecond, offsetSeconds: 0, zoneName: name))
    }
    return .zonedDateTime(zoned(second, nanosecond, region, isLegacy, rules.zones))
  }

  private func zoned(
    _ second: Int64, _ nanosecond: Int32, _ region: String, _ isLegacy: Bool,
    _ zones: some ZoneRules
  ) -> ZonedDateTime {
    guard isLegacy else {
      return ZonedDateTime(
        epochSecond: second, nanosecond: nanosecond, in: .region(region), zones)
    }
    return ZonedDateTime(
      LocalDateTime(epochSecond: second, nanosecond: nanosecond), in: .region(region), zones)
  }

  private mutating func duration(_ tag: UInt8) throws(PackStreamError) -> Value {
    let months = try readInteger()
    let days = try readInteger()
    let seconds = try readInteger()
    let nanoseconds = try readInteger()
    // Some drivers write negative nanoseconds, others floor the seconds.
    let carried =
      nanoseconds >= 0
      ? nanoseconds / 1_000_000_000 : -((999_999_999 &- nanoseconds) / 1_000_000_000)
    let (whole, overflow) = seconds.addingReportingOverflow(carried)
    guard nanoseconds > .min / 2, !overflow else {
      throw .invalidStructure(tag: tag, reason: "the duration is too large")
    }
    return .duration(
      DurationValue(
        months: months, days: days, seconds: whole,
        nanoseconds: Int32(nanoseconds - carried * 1_000_000_000)))
  }

  private mutating func point(_ tag: UInt8, _ count: Int) throws(PackStreamError) -> Value {
    let isThreeDimensional = tag == StructureTag.point3D
    try check(count, isThreeDimensional ? 4 : 3)
    let number = try readInteger()
    let x = try coordinate()
    let y = try coordinate()
    let z = isThreeDimensional ? try coordinate() : 0
    if rules.skipsNullBehindPoints, position < end, bytes[position] == PackStreamMarker.null {
      position += 1
    }
    if let raw = Int32(exactly: number), let system = CoordinateReferenceSystem(rawValue: raw),
      system.isThreeDimensional == isThreeDimensional
    {
      return .point(PointValue(system: system, x: x, y: y, z: z))
    }
    guard !rules.isRequest else {
      throw .invalidStructure(tag: tag, reason: "no such coordinate system: \(number)")
    }
    let rest = isThreeDimensional ? ", z: \(z)" : ""
    return .string("<point srid: \(number), x: \(x), y: \(y)\(rest)>")
  }

  private mutating func coordinate() throws(PackStreamError) -> Double {
    let marker = try readByte()
    if !rules.isRequest, PackStreamType(marker: marker) == .integer {
      return Double(try integer(marker))
    }
    return try float(marker)
  }
}
