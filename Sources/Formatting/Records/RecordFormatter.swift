public import QuerySession

/// Turns one result at a time into bytes: columns, then batches, then a summary or a failure.
public protocol RecordFormatter {
  /// Starts a result; nothing of an earlier one is left over.
  mutating func begin(columns: [String], to output: inout [UInt8])

  /// Adds records; what is printable already is appended.
  mutating func append(_ batch: RecordBatch, to output: inout [UInt8])

  /// Ends a result that ran to its end.
  mutating func finish(_ summary: ResultSummary, to output: inout [UInt8])

  /// Ends a result that failed while its records came; what came is appended.
  mutating func fail(to output: inout [UInt8])
}

/// The formats that results can have.
public enum ResultFormat: String, CaseIterable, Sendable {
  /// Tables, plans, footers and statistics.
  case verbose
  /// Values joined by commas, one record a line.
  case plain
  /// RFC 4180.
  case csv
  /// One JSON array of objects a result.
  case json
  /// One JSON object a record and line.
  case jsonl

  /// Whether results show plans.
  public var hasPlans: Bool { self == .verbose || self == .plain }

  /// Makes the formatter of this format.
  ///
  /// - Parameters:
  ///   - sampleRows: How many records a table looks at to find its widths, at least 1.
  ///   - wraps: Whether cells that do not fit a table's column go on below or are cut.
  /// - Returns: A formatter that can be used for many results, one after another.
  public func formatter(sampleRows: Int, wraps: Bool) -> any RecordFormatter {
    switch self {
    case .verbose: TableFormatter(sampleRows: sampleRows, wraps: wraps)
    case .plain: PlainFormatter()
    case .csv: CSVFormatter()
    case .json: JSONFormatter(isArray: true)
    case .jsonl: JSONFormatter(isArray: false)
    }
  }
}
