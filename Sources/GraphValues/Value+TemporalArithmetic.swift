extension Value {
  /// `self + other` where time zones are known: instants move by durations, in any order; everything
  /// else as `adding(_:)`.
  public func adding(_ other: Value, _ zones: some ZoneRules) throws(ValueError) -> Value {
    switch (self, other) {
    case (.duration(let duration), _):
      guard let instant = TemporalInstant(other) else { break }
      return try instant.moved(by: duration, .add, zones)
    case (_, .duration(let duration)):
      guard let instant = TemporalInstant(self) else { break }
      return try instant.moved(by: duration, .add, zones)
    default: break
    }
    return try adding(other)
  }

  /// `self - other` where time zones are known: instants move back by durations; everything else as
  /// `subtracting(_:)`.
  public func subtracting(_ other: Value, _ zones: some ZoneRules) throws(ValueError) -> Value {
    if case .duration(let duration) = other, let instant = TemporalInstant(self) {
      return try instant.moved(by: duration, .subtract, zones)
    }
    return try subtracting(other)
  }

  func temporalSum(_ other: Value) throws(ValueError) -> Value {
    switch (self, other) {
    case (.duration(let left), .duration(let right)):
      return try Self.duration(.add) { () throws(TemporalError) in try left.adding(right) }
    case (.duration(let duration), _):
      guard let instant = TemporalInstant(other) else { break }
      return try instant.movedWithoutZones(by: duration, .add)
    case (_, .duration(let duration)):
      guard let instant = TemporalInstant(self) else { break }
      return try instant.movedWithoutZones(by: duration, .add)
    default: break
    }
    throw .operandMismatch(.add, self, other)
  }

  func temporalDifference(_ other: Value) throws(ValueError) -> Value {
    guard case .duration(let duration) = other else {
      throw .operandMismatch(.subtract, self, other)
    }
    if case .duration(let left) = self {
      return try Self.duration(.subtract) { () throws(TemporalError) in
        try left.subtracting(duration)
      }
    }
    guard let instant = TemporalInstant(self) else {
      throw .operandMismatch(.subtract, self, other)
    }
    return try instant.movedWithoutZones(by: duration, .subtract)
  }

  func temporalProduct(_ other: Value) throws(ValueError) -> Value {
    let (duration, factor): (DurationValue, Value)
    switch (self, other) {
    case (.duration(let left), .integer), (.duration(let left), .float):
      (duration, factor) = (left, other)
    case (.integer, .duration(let right)), (.float, .duration(let right)):
      (duration, factor) = (right, self)
    default: throw .operandMismatch(.multiply, self, other)
    }
    return try Self.duration(.multiply) { () throws(TemporalError) in
      if case .integer(let number) = factor { return try duration.multiplied(by: number) }
      return try duration.multiplied(by: factor.double ?? .nan)
    }
  }

  func temporalQuotient(_ other: Value) throws(ValueError) -> Value {
    guard case .duration(let duration) = self else {
      throw .operandMismatch(.divide, self, other)
    }
    switch other {
    case .integer(let divisor):
      return try Self.duration(.divide) { () throws(TemporalError) in
        try duration.divided(by: divisor)
      }
    case .float(let divisor):
      return try Self.duration(.divide) { () throws(TemporalError) in
        try duration.divided(by: divisor)
      }
    default: throw .operandMismatch(.divide, self, other)
    }
  }

  private static func duration(
    _ operation: ArithmeticOperation, _ compute: () throws(TemporalError) -> DurationValue
  ) throws(ValueError) -> Value {
    do throws(TemporalError) {
      return .duration(try compute())
    } catch .divisionByZero {
      throw .divisionByZero
    } catch {
      throw .temporal(operation, error)
    }
  }
}

extension TemporalInstant {
  fileprivate func moved(
    by duration: DurationValue, _ operation: ArithmeticOperation, _ zones: some ZoneRules
  ) throws(ValueError) -> Value {
    do throws(TemporalFault) {
      return operation == .subtract
        ? try subtracting(duration, zones).value : try adding(duration, zones).value
    } catch {
      throw .temporalStep(operation, error)
    }
  }

  /// Moves anything but instants of a region, for which zones must be known.
  fileprivate func movedWithoutZones(
    by duration: DurationValue, _ operation: ArithmeticOperation
  ) throws(ValueError) -> Value {
    if case .zonedDateTime(let dateTime) = self, let region = dateTime.zoneName {
      throw .zoneRulesNeeded(region: region)
    }
    return try moved(by: duration, operation, OffsetsOnly())
  }
}

/// Rules for values that have no region.
private struct OffsetsOnly: ZoneRules {
  func regionName(_ text: String) -> String? { nil }
  func offsetSeconds(of region: String, at epochSecond: Int64) -> Int32 { 0 }
}
