public import QuerySession

/// JSON: one object a record, as an array a result or as lines.
///
/// Statements without columns give nothing.
public struct JSONFormatter: RecordFormatter {
  private let isArray: Bool
  private var keys: [[UInt8]] = []
  private var hasRecords = false

  /// Makes a formatter.
  ///
  /// - Parameter isArray: Whether a result is one array; else each record is a line.
  public init(isArray: Bool) {
    self.isArray = isArray
  }

  /// Opens the array.
  public mutating func begin(columns: [String], to output: inout [UInt8]) {
    keys = columns.map { name in
      var key: [UInt8] = []
      JSONText.append(name, to: &key)
      key.append(0x3A)
      return key
    }
    hasRecords = false
    if isArray && !keys.isEmpty { output.append(0x5B) }
  }

  /// Appends an object a record.
  public mutating func append(_ batch: RecordBatch, to output: inout [UInt8]) {
    guard !keys.isEmpty else { return }
    let columns = batch.columns
    for row in 0..<batch.count {
      if isArray { output.append(text: hasRecords ? ",\n" : "\n") }
      hasRecords = true
      output.append(0x7B)
      for column in columns.indices {
        if column > 0 { output.append(0x2C) }
        output.append(contentsOf: keys[column])
        JSONText.append(columns[column][row], to: &output)
      }
      output.append(0x7D)
      if !isArray { output.append(0x0A) }
    }
  }

  /// Closes the array.
  public mutating func finish(_ summary: ResultSummary, to output: inout [UInt8]) {
    if isArray && !keys.isEmpty { output.append(text: hasRecords ? "\n]\n" : "]\n") }
  }

  /// Ends the line; the array stays open, so that a reader sees that something is missing.
  public mutating func fail(to output: inout [UInt8]) {
    if isArray && !keys.isEmpty { output.append(0x0A) }
  }
}
