import Diagnostics
import Formatting
import GraphValues
import QuerySession

/// Shows the databases and what the store holds.
struct SysinfoCommand: ShellCommand {
  let name = ":sysinfo"
  let summary = "Neo4j system information"
  let help = "':sysinfo' prints neo4j system information"

  private static let databases =
    "SHOW DATABASES YIELD name, address, role, currentStatus, default "
    + "RETURN name, address, role, currentStatus, default"
  private static let counts: [(title: String, query: String)] = [
    ("Node ID", "MATCH (n) RETURN count(n) AS c"),
    ("Relationship ID", "MATCH ()-[r]->() RETURN count(r) AS c"),
  ]

  func run(_ arguments: [String], _ shell: Shell) async throws(ShellError) -> Continuation {
    guard let session = shell.session else {
      throw .message("Connect to a database to use :sysinfo")
    }
    guard session.database != "system" else {
      throw .message(
        "The :sysinfo command is not supported while using the system or a composite database.")
    }
    var text: [UInt8] = []
    let databases = try await shell.records(of: Self.databases)
    append("Databases", ["Name", "Address", "Role", "Status", "Default"], databases, to: &text)
    var counts: [[Value]] = []
    for (title, query) in Self.counts {
      let value = try await shell.records(of: query).first?.first ?? .null
      counts.append([.string(title), value])
    }
    append("ID Allocation", ["Name", "Value"], counts, to: &text)
    for title in ["Store Size", "Page Cache", "Transactions"] {
      append(title, ["Name", "Value"], [], to: &text)
    }
    shell.output.print(String(decoding: text, as: UTF8.self))
    return .proceed
  }

  private func append(
    _ title: String, _ columns: [String], _ rows: [[Value]], to text: inout [UInt8]
  ) {
    text.append(0x0A)
    TitledTable.append(title: title, columns: columns, rows: rows, to: &text)
    text.append(0x0A)
  }
}

extension Shell {
  /// All records of a statement of the shell's own.
  func records(
    of text: String, parameters: MapValue = MapValue(),
    as kind: TransactionOptions = TransactionKind.action
  ) async throws(ShellError) -> [[Value]] {
    guard let session else { throw .message("Not connected to Neo4j") }
    session.forgetCancellation()
    interrupter.begin()
    defer { interrupter.end() }
    do {
      let result = try await session.run(
        StatementRequest(text, parameters: parameters, transaction: kind))
      var records: [[Value]] = []
      while let batch = try await result.next() {
        for row in 0..<batch.count { records.append(batch.columns.map { $0[row] }) }
      }
      _ = try await result.summary()
      return records
    } catch {
      noteAvailability(error)
      throw .statement(error, text: text)
    }
  }
}
