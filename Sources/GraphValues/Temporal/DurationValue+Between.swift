extension DurationValue {
  /// The time from one instant to another: months, then days, then seconds, as far as both have
  /// them.
  ///
  /// A missing time of day is midnight. A value without zone takes the other's. Where only one has
  /// a date, only the times are compared.
  public static func between(
    _ from: TemporalInstant, _ to: TemporalInstant, _ rules: some ZoneRules
  ) -> DurationValue {
    let span = Span(from, to, rules)
    guard span.bothHaveDates else { return span.seconds(since: span.from) }
    let months = span.wholeMonths
    let afterMonths = span.moved(from: span.from, months: months, days: 0, rules)
    let days = span.wholeDays(since: afterMonths.local)
    let afterDays = span.moved(from: afterMonths, months: 0, days: days, rules)
    let rest = span.seconds(since: afterDays)
    return DurationValue(
      months: months, days: days, seconds: rest.seconds, nanoseconds: rest.nanoseconds)
  }

  /// The time from one instant to another, wholly in one unit and truncated towards zero.
  ///
  /// - Throws: `TemporalError.unitNeedsDate` for months or days when neither has a date; when one
  ///   has, the other is taken to fall on the same day.
  public static func between(
    _ from: TemporalInstant, _ to: TemporalInstant, in unit: DurationUnit,
    _ rules: some ZoneRules
  ) throws(TemporalError) -> DurationValue {
    let span = Span(from, to, rules)
    if unit == .seconds { return span.seconds(since: span.from) }
    if from.date == nil && to.date == nil { throw .unitNeedsDate(unit) }
    guard span.bothHaveDates else { return .zero }
    return unit == .months
      ? DurationValue(months: span.wholeMonths, days: 0, seconds: 0, nanoseconds: 0)
      : DurationValue(
        months: 0, days: span.wholeDays(since: span.from.local), seconds: 0, nanoseconds: 0)
  }
}

/// Two instants brought to the same form.
private struct Span {
  let bothHaveDates: Bool
  let from: ZonedDateTime
  let to: ZonedDateTime
  /// What the clock at `from` reads at `to`.
  let toLocal: LocalDateTime

  init(_ from: TemporalInstant, _ to: TemporalInstant, _ rules: some ZoneRules) {
    bothHaveDates = from.date != nil && to.date != nil
    let date = from.date ?? to.date ?? CalendarDate(epochDay: 0)
    self.from = Self.complete(from, date: date, zone: to.zone, rules)
    self.to = Self.complete(to, date: date, zone: from.zone, rules)
    toLocal = self.to.converted(to: self.from.zone, rules).local
  }

  private static func complete(
    _ instant: TemporalInstant, date: CalendarDate, zone: ZoneID?, _ rules: some ZoneRules
  ) -> ZonedDateTime {
    if case .zonedDateTime(let dateTime) = instant { return dateTime }
    return ZonedDateTime(
      LocalDateTime(instant.date ?? date, instant.time ?? .midnight),
      in: instant.zone ?? zone ?? .utc, rules)
  }

  func seconds(since start: ZonedDateTime) -> DurationValue {
    let borrow: Int64 = to.nanosecond < start.nanosecond ? 1 : 0
    return DurationValue(
      months: 0, days: 0, seconds: to.epochSecond &- start.epochSecond &- borrow,
      nanoseconds: to.nanosecond &- start.nanosecond &+ Int32(borrow) &* 1_000_000_000)
  }

  /// The day up to which whole days count, given that the last one may not be complete.
  private func lastDay(since start: LocalDateTime) -> CalendarDate {
    let (first, last) = (start.date, toLocal.date)
    if last > first && toLocal.time < start.time {
      return CalendarDate(epochDay: last.epochDay &- 1)
    }
    if last < first && toLocal.time > start.time {
      return CalendarDate(epochDay: last.epochDay &+ 1)
    }
    return last
  }

  func wholeDays(since start: LocalDateTime) -> Int64 {
    lastDay(since: start).epochDay &- start.date.epochDay
  }

  var wholeMonths: Int64 {
    let start = from.local
    let (first, last) = (start.date.civil, lastDay(since: start).civil)
    // Months in steps of 32 days: a plain division then truncates incomplete months.
    let firstPacked = (first.year &* 12 &+ Int64(first.month)) &* 32 &+ Int64(first.day)
    let lastPacked = (last.year &* 12 &+ Int64(last.month)) &* 32 &+ Int64(last.day)
    return (lastPacked &- firstPacked) / 32
  }

  func moved(
    from start: ZonedDateTime, months: Int64, days: Int64, _ rules: some ZoneRules
  ) -> ZonedDateTime {
    guard months != 0 || days != 0 else { return start }
    let duration = DurationValue(months: months, days: days, seconds: 0, nanoseconds: 0)
    // Both ends are dates already, so what lies between them is in range.
    let moved = try? TemporalInstant.zonedDateTime(start).adding(duration, rules)
    if case .zonedDateTime(let dateTime)? = moved { return dateTime }
    return start
  }
}
