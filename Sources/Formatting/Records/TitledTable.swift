public import GraphValues

/// A small table under a title, as `:sysinfo` shows them.
public enum TitledTable {
  /// Appends the table; the first column is widened when the title is wider than all columns.
  ///
  /// - Parameters:
  ///   - title: Shown above the header, without quotes.
  ///   - columns: At least one.
  ///   - rows: Each as long as `columns`.
  ///   - output: Gets the table.
  public static func append(
    title: String, columns: [String], rows: [[Value]], to output: inout [UInt8]
  ) {
    let body = rows.map { row in row.map { ValueText.text(of: $0) } }
    var widths = columns.map { DisplayWidth.columns(of: $0) }
    for row in body {
      for (column, cell) in row.enumerated() where column < widths.count {
        widths[column] = max(widths[column], DisplayWidth.columns(of: cell))
      }
    }
    let sum = widths.reduce(0, +)
    let titleWidth = DisplayWidth.columns(of: title)
    if titleWidth > sum, !widths.isEmpty { widths[0] += titleWidth - sum }
    let layout = TableLayout(widths: widths, wraps: true)
    let whole = TableLayout(widths: [widths.reduce(0) { $0 + $1 + 3 } - 3], wraps: true)
    whole.appendRule(to: &output)
    append([title], in: whole, to: &output)
    whole.appendRule(to: &output)
    append(columns, in: layout, to: &output)
    layout.appendRule(to: &output)
    for row in body { append(row, in: layout, to: &output) }
    layout.appendRule(to: &output)
  }

  private static func append(
    _ row: [String], in layout: TableLayout, to output: inout [UInt8]
  ) {
    var text: [UInt8] = []
    var cells: [Range<Int>] = []
    for cell in row {
      let start = text.count
      text.append(text: cell)
      cells.append(start..<text.count)
    }
    layout.appendRow(cells[...], of: text, to: &output)
  }
}
