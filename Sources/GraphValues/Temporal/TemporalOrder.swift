extension CalendarDate: Comparable {
  /// Chronological.
  public static func < (left: Self, right: Self) -> Bool { left.epochDay < right.epochDay }
}

extension LocalTime: Comparable {
  /// Chronological within a day.
  public static func < (left: Self, right: Self) -> Bool {
    left.nanosecondOfDay < right.nanosecondOfDay
  }
}
