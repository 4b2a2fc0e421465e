import GraphValues
public import QuerySession

/// The verbose format: a table, the plan, a footer and update statistics.
///
/// The first records are kept until there are `sampleRows` of them, because widths come from them;
/// later ones go straight out. Memory is bounded by the sample.
public struct TableFormatter: RecordFormatter {
  /// The width of the longest integer without sign, which later records may need.
  private static let numberWidth = 19

  private let sampleRows: Int
  private var layout: TableLayout
  private var columns: [String] = []
  /// Text of the cells of the sample, or of the row at hand.
  private var text: [UInt8] = []
  /// Where the cells lie in `text`, row by row.
  private var cells: [Range<Int>] = []
  private var holdsNumber: [Bool] = []
  private var rowCount = 0
  private var isSampling = true

  /// Makes a formatter.
  ///
  /// - Parameters:
  ///   - sampleRows: How many records to look at to find widths, at least 1.
  ///   - wraps: Whether cells that do not fit go on in the next line or are cut.
  public init(sampleRows: Int = 1000, wraps: Bool = true) {
    self.sampleRows = max(sampleRows, 1)
    layout = TableLayout(widths: [], wraps: wraps)
  }

  /// Starts a sample.
  public mutating func begin(columns: [String], to output: inout [UInt8]) {
    self.columns = columns
    layout.widths = columns.map { DisplayWidth.columns(of: $0) }
    text.removeAll(keepingCapacity: true)
    cells.removeAll(keepingCapacity: true)
    holdsNumber = Array(repeating: false, count: columns.count)
    rowCount = 0
    isSampling = true
  }

  /// Adds to the sample, or appends rows once the widths are known.
  public mutating func append(_ batch: RecordBatch, to output: inout [UInt8]) {
    guard !columns.isEmpty else {
      rowCount += batch.count
      return
    }
    for row in 0..<batch.count {
      if isSampling && rowCount == sampleRows {
        for column in columns.indices where holdsNumber[column] {
          layout.widths[column] = max(layout.widths[column], Self.numberWidth)
        }
        releaseSample(to: &output)
      }
      if isSampling {
        sample(batch, row)
      } else {
        text.removeAll(keepingCapacity: true)
        cells.removeAll(keepingCapacity: true)
        format(batch, row)
        layout.appendRow(cells[...], of: text, to: &output)
      }
      rowCount += 1
    }
  }

  /// Closes the table; appends the plan, the footer and the statistics.
  public mutating func finish(_ summary: ResultSummary, to output: inout [UInt8]) {
    if !columns.isEmpty {
      if isSampling { releaseSample(to: &output) }
      layout.appendRule(to: &output)
      output.append(0x0A)
    }
    PlanTable.append(summary, to: &output)
    SummaryText.appendFooter(summary, rowCount: rowCount, to: &output)
    SummaryText.appendStatistics(summary.counters, to: &output)
  }

  /// Appends what is left of the sample; the table stays without its last rule.
  public mutating func fail(to output: inout [UInt8]) {
    if !columns.isEmpty && isSampling { releaseSample(to: &output) }
  }

  private mutating func format(_ batch: RecordBatch, _ row: Int) {
    for column in columns.indices {
      let start = text.count
      ValueText.append(batch.columns[column][row], to: &text)
      cells.append(start..<text.count)
    }
  }

  private mutating func sample(_ batch: RecordBatch, _ row: Int) {
    let first = cells.count
    format(batch, row)
    for column in columns.indices {
      let width = DisplayWidth.columns(of: text, in: cells[first + column])
      layout.widths[column] = max(layout.widths[column], width)
      switch batch.columns[column][row] {
      case .integer, .float: holdsNumber[column] = true
      default: break
      }
    }
  }

  private mutating func releaseSample(to output: inout [UInt8]) {
    isSampling = false
    layout.appendRule(to: &output)
    var header: [UInt8] = []
    var names: [Range<Int>] = []
    for name in columns {
      let start = header.count
      header.append(text: name)
      names.append(start..<header.count)
    }
    layout.appendRow(names[...], of: header, to: &output)
    layout.appendRule(to: &output)
    for row in 0..<min(rowCount, sampleRows) {
      let first = row * columns.count
      layout.appendRow(cells[first..<(first + columns.count)], of: text, to: &output)
    }
    text = []
    cells = []
  }
}
