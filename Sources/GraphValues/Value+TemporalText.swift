extension Value {
  /// What `toString()` makes of temporals, durations and points; `nil` for everything else.
  var temporalOrPointText: String? {
    switch self {
    case .duration(let duration): duration.isoText
    case .point(let point): point.text
    default: TemporalInstant(self)?.fullText
    }
  }

  /// Appends the call that makes the value, such as `date('2020-01-01')`.
  func appendTemporalOrPoint(to text: inout [UInt8]) {
    switch self {
    case .duration(let duration):
      Self.appendCall("duration", to: &text) { duration.appendText(to: &$0) }
    case .point(let point): point.appendText(to: &text)
    case .date(let date):
      Self.appendCall("date", to: &text) { date.appendText(to: &$0) }
    case .localTime(let time):
      Self.appendCall("localtime", to: &text) { time.appendText(to: &$0) }
    case .zonedTime(let time):
      Self.appendCall("time", to: &text) { time.appendText(to: &$0) }
    case .localDateTime(let dateTime):
      Self.appendCall("localdatetime", to: &text) { dateTime.appendText(to: &$0) }
    case .zonedDateTime(let dateTime):
      Self.appendCall("datetime", to: &text) { dateTime.appendText(to: &$0) }
    default: break
    }
  }

  private static func appendCall(
    _ name: String, to text: inout [UInt8], _ append: (inout [UInt8]) -> Void
  ) {
    text.append(contentsOf: name.utf8)
    text.append(contentsOf: "('".utf8)
    append(&text)
    text.append(contentsOf: "')".utf8)
  }
}
