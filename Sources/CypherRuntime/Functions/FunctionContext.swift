import Foundation

/// A moment of the engine's clock.
public struct ClockInstant: Hashable, Sendable {
  /// Seconds since 1970-01-01T00:00Z.
  public var epochSecond: Int64
  /// 0 … 999,999,999.
  public var nanosecond: Int32

  /// Wraps seconds and nanoseconds.
  public init(epochSecond: Int64, nanosecond: Int32) {
    self.epochSecond = epochSecond
    self.nanosecond = nanosecond
  }

  /// What the system's clock reads now, to the microsecond.
  public static func now() -> ClockInstant {
    // `Date` holds seconds since 2001 as a double: 0.1 µs at best, so finer digits would be noise.
    let elapsed = Date().timeIntervalSinceReferenceDate
    let whole = elapsed.rounded(.down)
    let microseconds = min(999_999, Int32((elapsed - whole) * 1_000_000))
    return ClockInstant(
      epochSecond: Int64(whole) + 978_307_200, nanosecond: microseconds * 1_000)
  }
}

/// What a function may see besides its arguments: clocks and defaults of the running statement.
public struct FunctionContext: Sendable {
  /// When the statement began; the same for all its rows.
  public var statementClock: ClockInstant
  /// When its transaction began.
  public var transactionClock: ClockInstant
  /// Reads the clock at each call, for the `.realtime` functions.
  public var realtimeClock: @Sendable () -> ClockInstant
  /// The zone of instants that are given without one: `Z`, an offset or a region.
  public var defaultZone: String
  /// Whether the statement is in Cypher 25, where some functions take more types.
  public var isCypher25 = false
  /// The file that LOAD CSV is reading; `nil` outside of it.
  public var sourceFile: String?
  /// The line of that file.
  public var sourceLine: Int64?

  /// Makes a context; by default everything starts now, in UTC.
  public init(
    statementClock: ClockInstant, transactionClock: ClockInstant? = nil,
    realtimeClock: @escaping @Sendable () -> ClockInstant = { ClockInstant.now() },
    defaultZone: String = "Z"
  ) {
    self.statementClock = statementClock
    self.transactionClock = transactionClock ?? statementClock
    self.realtimeClock = realtimeClock
    self.defaultZone = defaultZone
  }
}
