/// What a terminal shows after some bytes: enough of one to check prompts and editing.
struct Screen {
  private(set) var rows: [[Character]] = [[]]
  private(set) var row = 0
  private(set) var column = 0
  let width: Int
  private var pending: [UInt8] = []

  init(width: Int) { self.width = width }

  /// The lines without trailing blanks; the second column of a wide character is left out.
  var lines: [String] {
    rows.map { row in
      var text = String(row.filter { $0 != "\0" })
      while text.last == " " { text.removeLast() }
      return text
    }
  }

  /// The text of all lines.
  var text: String { lines.joined(separator: "\n") }

  /// The last line that is not empty, with its trailing blanks cut.
  var lastLine: String { lines.last { !$0.isEmpty } ?? "" }

  /// Takes bytes as they come; an unfinished character or escape code waits for the rest.
  mutating func feed(_ bytes: [UInt8]) {
    pending += bytes
    var complete = pending
    while !complete.isEmpty, String(validating: complete, as: UTF8.self) == nil,
      pending.count - complete.count < 3
    {
      complete.removeLast()
    }
    if let escape = complete.lastIndex(of: 0x1B), !Self.isFinished(complete[escape...]) {
      complete.removeLast(complete.count - escape)
    }
    pending.removeFirst(complete.count)
    var scalars = String(decoding: complete, as: UTF8.self).unicodeScalars[...]
    while let scalar = scalars.popFirst() { handle(scalar, &scalars) }
  }

  private static func isFinished(_ code: ArraySlice<UInt8>) -> Bool {
    code.dropFirst(2).contains { $0 >= 0x40 && $0 <= 0x7E }
  }

  private mutating func handle(
    _ scalar: Unicode.Scalar, _ rest: inout String.UnicodeScalarView.SubSequence
  ) {
    switch scalar {
    case "\r": column = 0
    case "\n": moveDown()
    case "\u{8}": column = max(0, column - 1)
    case "\u{7}": break
    case "\u{1B}":
      guard rest.popFirst() == "[" else { return }
      var parameters = ""
      while let next = rest.popFirst() {
        if next.value >= 0x40 && next.value <= 0x7E {
          control(next, parameters)
          return
        }
        parameters.unicodeScalars.append(next)
      }
    default: put(scalar)
    }
  }

  private mutating func control(_ command: Unicode.Scalar, _ parameters: String) {
    let number = Int(parameters.prefix { $0.isNumber })
    switch command {
    case "A": row = max(0, row - (number ?? 1))
    case "B": for _ in 0..<(number ?? 1) { moveDown() }
    case "C": column = min(width - 1, column + (number ?? 1))
    case "D": column = max(0, column - (number ?? 1))
    case "G": column = max(0, (number ?? 1) - 1)
    case "K": rows[row].removeLast(max(0, rows[row].count - column))
    case "J":
      rows.removeLast(rows.count - row - 1)
      rows[row].removeLast(max(0, rows[row].count - column))
    case "P": rows[row].removeSubrange(column..<min(rows[row].count, column + (number ?? 1)))
    case "@":
      rows[row].insert(contentsOf: repeatElement(" ", count: number ?? 1), at: column)
    default: break
    }
  }

  private mutating func moveDown() {
    row += 1
    while rows.count <= row { rows.append([]) }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    if scalar.properties.generalCategory == .nonspacingMark, column > 0 { return }
    let isWide = scalar.value >= 0x1100 && scalar.properties.isIdeographic || scalar.value > 0x1F000
    if column + (isWide ? 2 : 1) > width {
      column = 0
      moveDown()
    }
    while rows[row].count < column + (isWide ? 2 : 1) { rows[row].append(" ") }
    rows[row][column] = Character(scalar)
    column += 1
    if isWide {
      rows[row][column] = "\0"
      column += 1
    }
  }
}
