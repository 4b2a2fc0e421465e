extension TemporalInstant {
  /// Moves the instant by a duration: months first, their day clipped, then days, then seconds.
  ///
  /// Dates take only whole days of the seconds, times only the seconds. With a region months and
  /// days move the local clock, seconds the instant.
  ///
  /// - Throws: `TemporalFault` that tells which step left the range of years.
  public func adding(
    _ duration: DurationValue, _ zones: some ZoneRules
  ) throws(TemporalFault) -> TemporalInstant {
    try moved(by: Shift(duration, sign: 1), zones)
  }

  /// Moves the instant back by a duration, in the same steps.
  ///
  /// - Throws: `TemporalFault` that tells which step left the range of years.
  public func subtracting(
    _ duration: DurationValue, _ zones: some ZoneRules
  ) throws(TemporalFault) -> TemporalInstant {
    try moved(by: Shift(duration, sign: -1), zones)
  }

  private func moved(
    by shift: Shift, _ zones: some ZoneRules
  ) throws(TemporalFault) -> TemporalInstant {
    switch self {
    case .date(let date): .date(try date.moved(by: shift))
    case .localTime(let time): .localTime(time.moved(by: shift))
    case .zonedTime(let time):
      .zonedTime(ZonedTime(time.localTime.moved(by: shift), offsetSeconds: time.offsetSeconds))
    case .localDateTime(let dateTime): .localDateTime(try dateTime.moved(by: shift))
    case .zonedDateTime(let dateTime): .zonedDateTime(try dateTime.moved(by: shift, zones))
    }
  }
}

/// Which step of an addition failed.
public struct TemporalFault: Error, Hashable, Sendable {
  /// What was to be moved by that step.
  public let instant: TemporalInstant
  /// The unit that was being added.
  public let unit: DurationUnit
  /// How many of it, as the duration says.
  public let amount: Int64
  /// Why that did not work.
  public let error: TemporalError
}

/// The parts of a duration with the sign of the operation.
private struct Shift {
  let months: Int64
  let days: Int64
  let seconds: Int64
  let nanoseconds: Int64
  let sign: Int64

  init(_ duration: DurationValue, sign: Int64) {
    // The least 64-bit number stays itself under a wrapping negation and is refused as too far.
    months = duration.months &* sign
    days = duration.days &* sign
    seconds = duration.seconds &* sign
    nanoseconds = Int64(duration.nanoseconds) * sign
    self.sign = sign
  }

  func fault(
    _ instant: TemporalInstant, _ unit: DurationUnit, _ amount: Int64, _ error: TemporalError
  ) -> TemporalFault {
    TemporalFault(instant: instant, unit: unit, amount: amount &* sign, error: error)
  }
}

extension LocalTime {
  fileprivate func moved(by shift: Shift) -> LocalTime {
    let seconds = floorRemainder(shift.seconds, Seconds.perDay)
    let sum = nanosecondOfDay &+ seconds * Nanoseconds.perSecond &+ shift.nanoseconds
    return LocalTime(nanosecondOfDay: floorRemainder(sum, Nanoseconds.perDay))
  }
}

extension CalendarDate {
  fileprivate func moved(by shift: Shift) throws(TemporalFault) -> CalendarDate {
    let moved = try movedByCalendar(shift) { .date($0) }
    let days = shift.seconds / Seconds.perDay
    do throws(TemporalError) {
      return try moved.adding(days: days)
    } catch {
      throw shift.fault(.date(moved), .days, days, error)
    }
  }

  /// The steps of months and days; `whole` makes the instant that the date is part of.
  fileprivate func movedByCalendar(
    _ shift: Shift, _ whole: (CalendarDate) -> TemporalInstant
  ) throws(TemporalFault) -> CalendarDate {
    var moved = self
    do throws(TemporalError) {
      moved = try moved.adding(months: shift.months)
    } catch {
      throw shift.fault(whole(moved), .months, shift.months, error)
    }
    do throws(TemporalError) {
      return try moved.adding(days: shift.days)
    } catch {
      throw shift.fault(whole(moved), .days, shift.days, error)
    }
  }
}

extension LocalDateTime {
  fileprivate func moved(by shift: Shift) throws(TemporalFault) -> LocalDateTime {
    let time = time
    let date = try date.movedByCalendar(shift) { .localDateTime(LocalDateTime($0, time)) }
    let moved = LocalDateTime(date, time)
    do throws(TemporalError) {
      let sum = try addSeconds(
        moved.epochSecond, moved.nanosecond, shift.seconds, shift.nanoseconds)
      let result = LocalDateTime(epochSecond: sum.second, nanosecond: sum.nanosecond)
      _ = try CalendarDate(checkedEpochDay: result.date.epochDay)
      return result
    } catch {
      throw shift.fault(.localDateTime(moved), .seconds, shift.seconds, error)
    }
  }
}

extension ZonedDateTime {
  fileprivate func moved(
    by shift: Shift, _ zones: some ZoneRules
  ) throws(TemporalFault) -> ZonedDateTime {
    var moved = self
    if shift.months != 0 || shift.days != 0 {
      let local = local
      let date = try local.date.movedByCalendar(shift) { [self] in
        .zonedDateTime(
          ZonedDateTime(
            LocalDateTime($0, local.time), in: zone, preferring: offsetSeconds, zones))
      }
      moved = ZonedDateTime(
        LocalDateTime(date, local.time), in: zone, preferring: offsetSeconds, zones)
    }
    do throws(TemporalError) {
      let sum = try addSeconds(
        moved.epochSecond, moved.nanosecond, shift.seconds, shift.nanoseconds)
      let result = ZonedDateTime(
        epochSecond: sum.second, nanosecond: sum.nanosecond, in: zone, zones)
      // The local reading must lie in the range of years as well.
      _ = try CalendarDate(checkedEpochDay: result.local.date.epochDay)
      return result
    } catch {
      throw shift.fault(.zonedDateTime(moved), .seconds, shift.seconds, error)
    }
  }
}
