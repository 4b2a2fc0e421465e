/// The columns of a table and how cells are laid into them.
struct TableLayout {
  /// Display width of each column, without the blanks and borders around it.
  var widths: [Int]
  /// Whether a cell that does not fit goes on in the next line; else it is cut.
  let wraps: Bool

  private static let bar: UInt8 = 0x7C
  private static let continued: UInt8 = 0x5C

  /// Appends a horizontal rule.
  func appendRule(to output: inout [UInt8]) {
    output.append(0x2B)
    output.append(0x2D, times: widths.reduce(0) { $0 + $1 + 3 } - 1)
    output.append(0x2B)
    output.append(0x0A)
  }

  /// Appends a row whose cells are ranges of `text`, one a column.
  func appendRow(_ cells: ArraySlice<Range<Int>>, of text: [UInt8], to output: inout [UInt8]) {
    let start = output.count
    var column = 0
    for cell in cells {
      output.append(Self.bar)
      output.append(0x20)
      guard fits(cell, of: text, width: widths[column]) else {
        output.removeLast(output.count - start)
        appendLongRow(Array(cells), of: text, to: &output)
        return
      }
      output.append(contentsOf: text[cell])
      output.append(0x20, times: widths[column] - cell.count + 1)
      column += 1
    }
    output.append(Self.bar)
    output.append(0x0A)
  }

  /// Whether a cell is printable ASCII of at most `width` bytes, which is the common case.
  private func fits(_ cell: Range<Int>, of text: [UInt8], width: Int) -> Bool {
    guard cell.count <= width else { return false }
    var isPrintable = true
    for position in cell {
      let byte = text[position]
      if byte >= 0x80 || byte == 0x0A || byte == 0x0D { isPrintable = false }
    }
    return isPrintable
  }

  private func appendLongRow(
    _ cells: [Range<Int>], of text: [UInt8], to output: inout [UInt8]
  ) {
    var rests = cells
    var isContinued = Array(repeating: false, count: cells.count)
    var hasRest = true
    while hasRest {
      hasRest = false
      for column in cells.indices {
        output.append(isContinued[column] ? Self.continued : Self.bar)
        output.append(0x20)
        let columns =
          wraps
          ? appendPiece(&rests[column], of: text, width: widths[column], to: &output)
          : appendCut(rests[column], of: text, width: widths[column], to: &output)
        output.append(0x20, times: widths[column] - columns + 1)
      }
      output.append(Self.bar)
      output.append(0x0A)
      guard wraps else { return }
      for column in cells.indices where !rests[column].isEmpty {
        dropLineBreak(&rests[column], of: text)
        isContinued[column] = true
        hasRest = true
      }
    }
  }

  /// Appends what fits of a cell up to a line break and takes it away from `rest`.
  ///
  /// At least one character goes out, so that a wide one in a narrow column does not stop the row.
  private func appendPiece(
    _ rest: inout Range<Int>, of text: [UInt8], width: Int, to output: inout [UInt8]
  ) -> Int {
    var columns = 0
    var position = rest.lowerBound
    while position < rest.upperBound {
      let byte = text[position]
      if byte == 0x0A || byte == 0x0D { break }
      let (scalar, length) = DisplayWidth.decode(text, at: position, end: rest.upperBound)
      let needed = DisplayWidth.columns(of: scalar)
      if columns + needed > width && position > rest.lowerBound { break }
      columns += needed
      position += length
    }
    output.append(contentsOf: text[rest.lowerBound..<position])
    rest = position..<rest.upperBound
    return min(columns, width)
  }

  private func dropLineBreak(_ rest: inout Range<Int>, of text: [UInt8]) {
    guard let first = rest.first else { return }
    var length = 0
    if text[first] == 0x0D { length = rest.count > 1 && text[first + 1] == 0x0A ? 2 : 1 }
    if text[first] == 0x0A { length = 1 }
    rest = (rest.lowerBound + length)..<rest.upperBound
  }

  /// Appends one line of a cell; what is left out shows as `…`.
  private func appendCut(
    _ cell: Range<Int>, of text: [UInt8], width: Int, to output: inout [UInt8]
  ) -> Int {
    var rest = cell
    let start = output.count
    var columns = appendPiece(&rest, of: text, width: width, to: &output)
    guard !rest.isEmpty else { return columns }
    while columns >= width && output.count > start {
      let end = output.count
      var position = end - 1
      while position > start && output[position] & 0xC0 == 0x80 { position -= 1 }
      columns -= DisplayWidth.columns(of: output, in: position..<end)
      output.removeLast(end - position)
    }
    output.append(text: "…")
    return min(columns + 1, width)
  }
}
