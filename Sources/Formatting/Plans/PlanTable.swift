import GraphValues
import QuerySession

/// A plan in the verbose format: its key figures, then the tree of operators.
enum PlanTable {
  /// Appends both parts and the empty line behind them; nothing when there is no plan.
  static func append(_ summary: ResultSummary, to output: inout [UInt8]) {
    guard let plan = summary.plan else { return }
    appendFigures(summary, to: &output)
    if case .string(let text)? = plan.arguments["string-representation"] {
      output.append(text: text)
      if output.last != 0x0A { output.append(0x0A) }
    } else {
      appendHeader(plan.arguments, to: &output)
      PlanTree(plan).append(to: &output)
      appendTotals(summary, to: &output)
    }
    output.append(0x0A)
  }

  private static func appendFigures(_ summary: ResultSummary, to output: inout [UInt8]) {
    let entries = PlanFigures.entries(of: summary)
    let values = entries.map { ValueText.text(of: $0.value) }
    let widths = zip(entries, values).map {
      max(DisplayWidth.columns(of: $0.name), DisplayWidth.columns(of: $1))
    }
    let layout = TableLayout(widths: widths, wraps: true)
    layout.appendRule(to: &output)
    append(entries.map(\.name), in: layout, to: &output)
    layout.appendRule(to: &output)
    append(values, in: layout, to: &output)
    layout.appendRule(to: &output)
    output.append(text: "\n\n")
  }

  private static func append(_ row: [String], in layout: TableLayout, to output: inout [UInt8]) {
    var text: [UInt8] = []
    var cells: [Range<Int>] = []
    for cell in row {
      let start = text.count
      text.append(text: cell)
      cells.append(start..<text.count)
    }
    layout.appendRow(cells[...], of: text, to: &output)
  }

  /// The lines above the tree, each followed by an empty one.
  private static func appendHeader(_ arguments: MapValue, to output: inout [UInt8]) {
    if case .string(let version)? = arguments["version"] {
      output.append(text: "Cypher ")
      output.append(text: PlanFigures.languageVersion(version))
      output.append(text: "\n\n")
    }
    for (title, key) in [
      ("Planner", "planner"), ("Runtime", "runtime"), ("Runtime version", "runtime-version"),
      ("Batch size", "batch-size"),
    ] {
      guard let value = arguments[key] else { continue }
      output.append(text: title)
      output.append(0x20)
      if case .string(let text) = value {
        output.append(text: text)
      } else {
        ValueText.append(value, to: &output)
      }
      output.append(text: "\n\n")
    }
  }

  private static func appendTotals(_ summary: ResultSummary, to output: inout [UInt8]) {
    output.append(text: "\nTotal database accesses: ")
    if summary.isProfiled,
      let hits = PlanFigures.entries(of: summary).first(where: { $0.name == "DbHits" })
    {
      ValueText.append(hits.value, to: &output)
      if case .integer(let bytes)? = summary.plan?.arguments["GlobalMemory"] {
        output.append(text: ", total allocated memory: ")
        output.append(decimal: bytes)
      }
    } else {
      output.append(0x3F)
    }
    output.append(0x0A)
  }
}
