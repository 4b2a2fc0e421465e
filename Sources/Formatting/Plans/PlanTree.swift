import GraphValues
import QuerySession

/// The tree of a plan's operators as a table with a border between all columns.
///
/// The last of several children is drawn first and indented; the first goes on below its parent.
struct PlanTree {
  private struct Row {
    /// The operator with the lines of the tree before it.
    let tree: String
    /// The lines of the tree in the rule above the operator.
    let link: String
    let plan: PlanDescription
  }

  private struct Column {
    let title: String
    let isNumber: Bool
    /// Whether neighbouring operators with the same text share one cell.
    let isMerged: Bool
    let cells: [[String]]

    var width: Int {
      cells.reduce(DisplayWidth.columns(of: title)) { widest, lines in
        lines.reduce(widest) { max($0, DisplayWidth.columns(of: $1)) }
      }
    }

    /// Whether a row shares its cell with the row below, which shows the text.
    func isMergedDown(_ row: Int) -> Bool {
      isMerged && row + 1 < cells.count && cells[row] != [""] && cells[row] == cells[row + 1]
    }

    /// The lines shown in a row.
    func lines(_ row: Int) -> [String] { isMergedDown(row) ? [""] : cells[row] }
  }

  private static let mergedColumns: Set<String> = ["Ordered by", "Pipeline"]
  /// Details are broken into lines of this many characters.
  private static let detailWidth = 100
  /// Shown in columns of their own, or above the table.
  private static let ownColumns: Set<String> = [
    "Details", "EstimatedRows", "Rows", "DbHits", "Memory", "PageCacheHits", "PageCacheMisses",
    "Time", "Order", "Id", "PipelineInfo", "GlobalMemory", "planner", "planner-impl",
    "planner-version", "runtime", "runtime-impl", "runtime-version", "version", "batch-size",
    "PageCacheHitRatio",
  ]

  private let rows: [Row]

  /// Orders the operators of a plan.
  init(_ plan: PlanDescription) {
    var rows: [Row] = []
    var open: [(plan: PlanDescription, depth: Int, link: String)] = [(plan, 0, "")]
    while let (next, depth, link) = open.popLast() {
      let indentation = String(repeating: "| ", count: depth)
      rows.append(Row(tree: "\(indentation)+\(next.operatorType)", link: link, plan: next))
      // The stack yields the last child pushed first: it is drawn before its siblings.
      for (index, child) in next.children.enumerated() {
        let isBranch = index > 0
        open.append(
          (child, depth + index, indentation + (isBranch ? "|\\" : "|")))
      }
    }
    self.rows = rows
  }

  /// Appends the table.
  func append(to output: inout [UInt8]) {
    let columns = columns()
    let widths = columns.map(\.width)
    appendRule(widths, to: &output)
    appendLine(columns.map(\.title), widths, columns, to: &output)
    appendRule(widths, to: &output)
    for row in rows.indices {
      if row > 0 {
        let isOpen = columns.map { $0.isMergedDown(row - 1) }
        appendRule(widths, link: rows[row].link, isOpen: isOpen, to: &output)
      }
      let height = columns.reduce(1) { max($0, $1.lines(row).count) }
      for line in 0..<height {
        let cells = columns.enumerated().map { index, column in
          let lines = column.lines(row)
          if line < lines.count { return lines[line] }
          return index == 0 ? continuation(below: row) : ""
        }
        appendLine(cells, widths, columns, to: &output)
      }
    }
    appendRule(widths, to: &output)
  }

  /// The tree's lines beside the second and later lines of an operator.
  private func continuation(below row: Int) -> String {
    let depth = rows[row].tree.prefix { $0 == "|" || $0 == " " }.count / 2
    let goesOn = row + 1 < rows.count
    return String(repeating: "| ", count: depth) + (goesOn ? "|" : "")
  }

  private func columns() -> [Column] {
    let hasDetails = rows.contains { $0.plan.arguments["Details"] != nil }
    let all: [(String, Bool, (PlanDescription) -> String?)] = [
      ("Id", true, { $0.arguments["Id"].map(Self.plain) }),
      ("Details", false, { $0.arguments["Details"].map(Self.plain) }),
      ("Estimated Rows", true, { $0.arguments["EstimatedRows"].map(Self.rounded) }),
      ("Rows", true, { $0.arguments["Rows"].map(Self.plain) }),
      ("DB Hits", true, { $0.arguments["DbHits"].map(Self.plain) }),
      ("Memory (Bytes)", true, { $0.arguments["Memory"].map(Self.plain) }),
      ("Page Cache Hits/Misses", true, Self.pageCache),
      ("Time (ms)", true, { $0.arguments["Time"].flatMap(Self.milliseconds) }),
      (
        "Identifiers", false,
        { hasDetails ? nil : $0.identifiers.map(Self.readable).joined(separator: ", ") }
      ),
      ("Ordered by", false, { $0.arguments["Order"].map(Self.plain) }),
      ("Pipeline", false, { $0.arguments["PipelineInfo"].map(Self.plain) }),
      ("Other", false, Self.other),
    ]
    var columns = [
      Column(
        title: "Operator", isNumber: false, isMerged: false, cells: rows.map { [$0.tree] })
    ]
    for (title, isNumber, read) in all {
      let texts = rows.map { read($0.plan) }
      guard texts.contains(where: { $0?.isEmpty == false }) else { continue }
      columns.append(
        Column(
          title: title, isNumber: isNumber, isMerged: Self.mergedColumns.contains(title),
          cells: texts.map { Self.lines($0 ?? "") }))
    }
    return columns
  }

  /// Appends a rule; `link` stands in the first column, and open columns have a gap.
  private func appendRule(
    _ widths: [Int], link: String? = nil, isOpen: [Bool] = [], to output: inout [UInt8]
  ) {
    var wasOpen = link != nil
    for (index, width) in widths.enumerated() {
      let opens = index < isOpen.count && isOpen[index] || (index == 0 && link != nil)
      output.append(index == 0 ? (opens ? 0x7C : 0x2B) : (opens && wasOpen ? 0x7C : 0x2B))
      if index == 0, let link {
        output.append(0x20)
        output.append(text: link)
        output.append(0x20, times: width - DisplayWidth.columns(of: link) + 1)
      } else {
        output.append(opens ? 0x20 : 0x2D, times: width + 2)
      }
      wasOpen = opens
    }
    output.append(text: wasOpen ? "|\n" : "+\n")
  }

  private func appendLine(
    _ cells: [String], _ widths: [Int], _ columns: [Column], to output: inout [UInt8]
  ) {
    for (index, cell) in cells.enumerated() {
      let padding = widths[index] - DisplayWidth.columns(of: cell)
      output.append(text: "| ")
      if columns[index].isNumber && cell != columns[index].title {
        output.append(0x20, times: padding)
        output.append(text: cell)
        output.append(0x20)
      } else {
        output.append(text: cell)
        output.append(0x20, times: padding + 1)
      }
    }
    output.append(text: "|\n")
  }

  private static func lines(_ text: String) -> [String] {
    var lines: [String] = []
    var rest = text[...]
    while rest.count > detailWidth {
      lines.append(String(rest.prefix(detailWidth)))
      rest = rest.dropFirst(detailWidth)
    }
    lines.append(String(rest))
    return lines
  }

  private static func plain(_ value: Value) -> String {
    if case .string(let text) = value { text } else { ValueText.text(of: value) }
  }

  private static func rounded(_ value: Value) -> String {
    guard case .float(let number) = value else { return plain(value) }
    let whole = number.rounded()
    guard let integer = Int64(exactly: whole) else { return plain(.float(whole)) }
    return String(integer)
  }

  private static func milliseconds(_ value: Value) -> String? {
    guard case .integer(let nanoseconds) = value else { return nil }
    let microseconds = nanoseconds / 1000
    let fraction = String(microseconds % 1000)
    return "\(microseconds / 1000)."
      + String(repeating: "0", count: max(0, 3 - fraction.count)) + fraction
  }

  private static func pageCache(_ plan: PlanDescription) -> String? {
    guard let hits = plan.arguments["PageCacheHits"] else { return nil }
    return plain(hits) + "/" + plain(plan.arguments["PageCacheMisses"] ?? .integer(0))
  }

  private static func other(_ plan: PlanDescription) -> String? {
    let rest = plan.arguments.entries.filter { !ownColumns.contains($0.key) }
    guard !rest.isEmpty else { return nil }
    return rest.map { "\($0.key)=\(plain($0.value))" }.joined(separator: "; ")
  }

  /// Names that the planner made up, in the form that users see: `anon[12]`; `name@12` is `name`.
  private static func readable(_ identifier: String) -> String {
    let trimmed = identifier.drop { $0 == " " }
    if trimmed.count < identifier.count {
      let digits = trimmed.drop { !$0.isNumber }
      if !digits.isEmpty { return "anon[\(digits)]" }
    }
    return String(identifier.prefix { $0 != "@" })
  }
}
