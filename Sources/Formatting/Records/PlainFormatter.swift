public import QuerySession

/// The plain format: a header and one line a record, values joined by `, `; nothing where there are
/// no records.
public struct PlainFormatter: RecordFormatter {
  private var header: [String] = []
  private var hasHeader = false

  /// Makes a formatter.
  public init() {}

  /// Remembers the header until a record comes.
  public mutating func begin(columns: [String], to output: inout [UInt8]) {
    header = columns
    hasHeader = false
  }

  /// Appends a line a record.
  public mutating func append(_ batch: RecordBatch, to output: inout [UInt8]) {
    guard !header.isEmpty, batch.count > 0 else { return }
    if !hasHeader {
      hasHeader = true
      for (index, name) in header.enumerated() {
        if index > 0 { output.append(text: ", ") }
        output.append(text: name)
      }
      output.append(0x0A)
    }
    let columns = batch.columns
    for row in 0..<batch.count {
      for column in columns.indices {
        if column > 0 { output.append(text: ", ") }
        ValueText.append(columns[column][row], to: &output)
      }
      output.append(0x0A)
    }
  }

  /// Appends the plan's key figures, where the statement was EXPLAIN or PROFILE.
  public mutating func finish(_ summary: ResultSummary, to output: inout [UInt8]) {
    for (name, value) in PlanFigures.entries(of: summary) {
      output.append(text: name)
      output.append(text: ": ")
      ValueText.append(value, to: &output)
      output.append(0x0A)
    }
  }

  /// Does nothing: all records are out.
  public mutating func fail(to output: inout [UInt8]) {}
}
