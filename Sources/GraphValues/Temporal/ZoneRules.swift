/// What is known of named time zones; calendars here know only offsets by themselves.
public protocol ZoneRules: Sendable {
  /// The spelling of a region's name that was given in any letter case; `nil` when there is none.
  func regionName(_ text: String) -> String?

  /// Seconds east of UTC that the region's clocks had or will have at an instant.
  ///
  /// A region that is not known has offset 0.
  func offsetSeconds(of region: String, at epochSecond: Int64) -> Int32
}

/// A zone as a value carries it: an offset, or a region whose offset changes.
public enum ZoneID: Hashable, Sendable {
  /// Seconds east of UTC.
  case offset(Int32)
  /// A region by its canonical name.
  case region(String)

  /// UTC as the offset 0.
  public static let utc = ZoneID.offset(0)

  /// How the zone is written: `Z`, `+01:00` or the region's name.
  public var name: String {
    switch self {
    case .offset(let seconds): offsetText(seconds)
    case .region(let name): name
    }
  }

  /// Seconds east of UTC at an instant.
  public func offsetSeconds(at epochSecond: Int64, _ rules: some ZoneRules) -> Int32 {
    switch self {
    case .offset(let seconds): seconds
    case .region(let name): rules.offsetSeconds(of: name, at: epochSecond)
    }
  }
}

extension ZoneRules {
  /// The offsets that a local clock reading can have: one, two in an overlap (the earlier moment
  /// first), none in a gap.
  public func validOffsets(of region: String, atLocal localSecond: Int64) -> [Int32] {
    let around = offsetsAround(localSecond, region)
    let candidates =
      around.before == around.after ? [around.before] : [around.before, around.after]
    return candidates.filter {
      offsetSeconds(of: region, at: localSecond &- Int64($0)) == $0
    }
  }

  /// The instant of a local clock reading.
  ///
  /// A reading that a gap skips moves forward by the gap; in an overlap the preferred offset counts
  /// where it is one of the two, else the earlier moment.
  func instant(
    ofLocal localSecond: Int64, in region: String, preferring preferred: Int32?
  ) -> (epochSecond: Int64, offsetSeconds: Int32) {
    let around = offsetsAround(localSecond, region)
    if let preferred, around.before != around.after,
      preferred == around.before || preferred == around.after,
      offsetSeconds(of: region, at: localSecond &- Int64(preferred)) == preferred
    {
      return (localSecond &- Int64(preferred), preferred)
    }
    let early = localSecond &- Int64(around.before)
    if around.before == around.after { return (early, around.before) }
    let late = localSecond &- Int64(around.after)
    if offsetSeconds(of: region, at: early) != around.before,
      offsetSeconds(of: region, at: late) == around.after
    {
      return (late, around.after)
    }
    return (early, offsetSeconds(of: region, at: early))
  }

  /// The offsets a day earlier and a day later: every change that can matter lies between them.
  private func offsetsAround(
    _ localSecond: Int64, _ region: String
  ) -> (before: Int32, after: Int32) {
    (
      offsetSeconds(of: region, at: localSecond &- Seconds.perDay),
      offsetSeconds(of: region, at: localSecond &+ Seconds.perDay)
    )
  }
}

extension ZonedDateTime {
  /// The instant of a local clock reading in a zone; see `ZoneRules` for gaps and overlaps.
  public init(
    _ local: LocalDateTime, in zone: ZoneID, preferring offset: Int32? = nil,
    _ rules: some ZoneRules
  ) {
    switch zone {
    case .offset(let seconds):
      self.init(
        epochSecond: local.epochSecond &- Int64(seconds), nanosecond: local.nanosecond,
        offsetSeconds: seconds, zoneName: nil)
    case .region(let name):
      let instant = rules.instant(ofLocal: local.epochSecond, in: name, preferring: offset)
      self.init(
        epochSecond: instant.epochSecond, nanosecond: local.nanosecond,
        offsetSeconds: instant.offsetSeconds, zoneName: name)
    }
  }

  /// An instant seen in a zone.
  public init(
    epochSecond: Int64, nanosecond: Int32, in zone: ZoneID, _ rules: some ZoneRules
  ) {
    let offset = zone.offsetSeconds(at: epochSecond, rules)
    var name: String?
    if case .region(let region) = zone { name = region }
    self.init(
      epochSecond: epochSecond, nanosecond: nanosecond, offsetSeconds: offset, zoneName: name)
  }

  /// The region, or else the offset.
  public var zone: ZoneID { zoneName.map { .region($0) } ?? .offset(offsetSeconds) }

  /// The reading of the local clock.
  public var local: LocalDateTime {
    LocalDateTime(epochSecond: epochSecond &+ Int64(offsetSeconds), nanosecond: nanosecond)
  }

  /// The same instant in another zone.
  public func converted(to zone: ZoneID, _ rules: some ZoneRules) -> ZonedDateTime {
    ZonedDateTime(epochSecond: epochSecond, nanosecond: nanosecond, in: zone, rules)
  }
}
