import GraphValues
public import QuerySession

/// Comma-separated values after RFC 4180: CR LF ends lines, the header comes always.
///
/// `null` is an empty field and the empty string `""`; lists, maps and entities are JSON within
/// their field; temporal values and points have the text of the plain format.
public struct CSVFormatter: RecordFormatter {
  private var hasColumns = false

  /// Makes a formatter.
  public init() {}

  /// Appends the header, of statements that have columns.
  public mutating func begin(columns: [String], to output: inout [UInt8]) {
    hasColumns = !columns.isEmpty
    guard hasColumns else { return }
    for (index, name) in columns.enumerated() {
      if index > 0 { output.append(0x2C) }
      appendField(name, to: &output)
    }
    output.append(0x0D)
    output.append(0x0A)
  }

  /// Appends a line a record.
  public mutating func append(_ batch: RecordBatch, to output: inout [UInt8]) {
    guard hasColumns else { return }
    let columns = batch.columns
    for row in 0..<batch.count {
      for column in columns.indices {
        if column > 0 { output.append(0x2C) }
        appendField(columns[column][row], to: &output)
      }
      output.append(0x0D)
      output.append(0x0A)
    }
  }

  /// Does nothing: the format has no place for summaries.
  public mutating func finish(_ summary: ResultSummary, to output: inout [UInt8]) {}

  /// Does nothing: all records are out.
  public mutating func fail(to output: inout [UInt8]) {}

  private func appendField(_ value: Value, to output: inout [UInt8]) {
    switch value {
    case .null: break
    case .boolean(let flag): output.append(text: flag ? "true" : "false")
    case .integer, .float, .date, .localTime, .zonedTime, .localDateTime, .duration:
      ValueText.append(value, to: &output)
    case .string(let string): appendField(string, to: &output)
    default:
      let start = output.count
      switch value {
      case .list, .map, .nodeRecord, .relationshipRecord, .pathRecord:
        JSONText.append(value, to: &output)
      default: ValueText.append(value, to: &output)
      }
      quoteIfNeeded(from: start, in: &output)
    }
  }

  private func appendField(_ string: String, to output: inout [UInt8]) {
    let start = output.count
    output.append(text: string)
    if output.count == start {
      output.append(text: "\"\"")
    } else {
      quoteIfNeeded(from: start, in: &output)
    }
  }

  private func quoteIfNeeded(from start: Int, in output: inout [UInt8]) {
    var needsQuotes = false
    for position in start..<output.count {
      switch output[position] {
      case 0x22, 0x2C, 0x0A, 0x0D: needsQuotes = true
      default: continue
      }
      break
    }
    guard needsQuotes else { return }
    let field = Array(output[start...])
    output.removeLast(field.count)
    output.append(0x22)
    for byte in field {
      if byte == 0x22 { output.append(0x22) }
      output.append(byte)
    }
    output.append(0x22)
  }
}
