import GraphValues
import QueryPlan

/// A procedure that the TCK declares as a table: a call answers the rows whose inputs match.
struct TableProcedure: Sendable {
  let signature: ProcedureSignature
  private let rows: [[Value]]

  /// Reads `test.my.proc(name :: STRING?, id :: INTEGER?) :: (city :: STRING?)` and its table.
  init(signature text: String, table: [[String]]) throws {
    guard let open = text.firstIndex(of: "("), let close = text.firstIndex(of: ")") else {
      throw Mismatch("a procedure signature that cannot be read: \(text)")
    }
    let name = text[..<open].filter { $0 != " " }
    let inputs = Self.fields(text[text.index(after: open)..<close])
    let rest = text[close...].dropFirst()
    var outputs: [ProcedureSignature.Field] = []
    if let open = rest.firstIndex(of: "("), let close = rest.lastIndex(of: ")") {
      outputs = Self.fields(rest[rest.index(after: open)..<close])
    }
    signature = ProcedureSignature(name: name, inputs: inputs, outputs: outputs)
    var rows: [[Value]] = []
    for row in table.dropFirst() {
      rows.append(try row.map { try ExpectedValueReader.read($0).asValue })
    }
    self.rows = rows
  }

  /// The outputs of the rows whose inputs equal the arguments.
  func call(_ arguments: [Value]) -> [[Value]] {
    let count = signature.inputs.count
    return rows.filter { row in
      zip(row.prefix(count), arguments).allSatisfy { cell, argument in
        ExpectedValue(cell) == ExpectedValue(argument) || Self.areEqualNumbers(cell, argument)
      }
    }.map { Array($0.dropFirst(count)) }
  }

  private static func areEqualNumbers(_ left: Value, _ right: Value) -> Bool {
    switch (left, right) {
    case (.integer(let integer), .float(let float)), (.float(let float), .integer(let integer)):
      Double(integer) == float
    default: false
    }
  }

  private static func fields(_ text: Substring) -> [ProcedureSignature.Field] {
    text.split(separator: ",").map { part in
      let halves = part.split(separator: ":").map { $0.filter { $0 != " " } }
      return ProcedureSignature.Field(name: halves[0], type: type(halves.last ?? ""))
    }
  }

  private static func type(_ name: String) -> CypherType {
    switch name.filter({ $0 != "?" }) {
    case "STRING": .string
    case "INTEGER": .integer
    case "FLOAT": .float
    case "NUMBER": .number
    case "BOOLEAN": .boolean
    default: .any
    }
  }
}
