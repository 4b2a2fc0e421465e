import DataFiles
import Diagnostics
import GraphValues
import QueryPlan

/// `LoadCSV`: the records of a file for each row, as lists or maps of strings.
final class LoadCSVOperator: ExpandingOperator {
  private let clause: LoadCSVClause
  private let url: Kernel
  private var urls = Column(.values)
  private var column = Column(.values)
  private var file: ImportFile?
  private var unpacked: UnpackedFile?
  private var reader: DelimitedReader?
  private var header: [String] = []

  init(_ node: PlanNode, _ compiler: PlanCompiler, _ input: Operator, _ clause: LoadCSVClause)
    throws(Failure)
  {
    self.clause = clause
    url = try compiler.kernel(clause.url)
    super.init(node, compiler, input)
    column = makeColumn(clause.slot, .values)
  }

  override func begin(_ source: Batch) throws(Failure) {
    urls = try url.evaluate(source, source.rows)
  }

  override func open(_ source: Batch, _ row: Int) throws(Failure) -> Bool {
    guard case .string(let address) = urls.value(at: row) else {
      throw .execution("LOAD CSV needs the address of a file, got \(urls.value(at: row).debugText)")
    }
    let surroundings = context.surroundings
    guard
      let directory = surroundings.importDirectory
        ?? ImportFile.defaultDirectory(isWorking: surroundings.readsWorkingDirectory)
    else { throw .noImportDirectory(address) }
    let file = try ImportFile(address, in: directory)
    let unpacked = UnpackedFile(file.read)
    self.file = file
    self.unpacked = unpacked
    reader = DelimitedReader(
      DelimitedDialect(separator: clause.fieldTerminator?.first ?? ","), source: unpacked.next)
    context.functions.sourceFile = file.path
    context.loadedFile = file.address
    header = []
    if clause.hasHeaders {
      guard let names = try nextRecord() else { return false }
      header = names.map { $0 ?? "" }
    }
    return true
  }

  override func fill(_ limit: Int) throws(Failure) -> Int {
    // `linenumber()` speaks of the record at hand, so that there must be one only.
    let most = context.asksForLine ? 1 : limit
    var count = 0
    while count < most, let fields = try nextRecord() {
      column.append(value(of: fields))
      count += 1
    }
    if count > 0 { context.functions.sourceLine = Int64(reader?.recordCount ?? 0) }
    context.isLoadedToEnd = reader?.isAtEnd() ?? true
    return count
  }

  private func nextRecord() throws(Failure) -> [String?]? {
    do throws(DelimitedFileError) {
      if let record = try reader?.next() { return record }
    } catch {
      if unpacked?.isDamaged != true { throw .csv(error, path: file?.path ?? "") }
    }
    if let file, unpacked?.isDamaged == true { throw .missingResource(file.url) }
    return nil
  }

  private func value(of fields: [String?]) -> Value {
    guard clause.hasHeaders else { return .list(fields.map { $0.map { .string($0) } ?? .null }) }
    var entries: [(key: String, value: Value)] = []
    entries.reserveCapacity(header.count)
    for (index, name) in header.enumerated() {
      let field = index < fields.count ? fields[index] : nil
      entries.append((name, field.map { .string($0) } ?? .null))
    }
    return .map(MapValue(entries))
  }

  override var mostRowsAtOnce: Int { context.asksForLine ? 1 : Batch.rowsPerBatch }

  override func clearColumns() { column.reset(.values) }

  override func reset() {
    super.reset()
    file = nil
    unpacked = nil
    reader = nil
  }
}

extension Failure {
  /// A file whose quotes do not fit.
  static func csv(_ error: DelimitedFileError, path: String) -> Failure {
    let (status, kind, text) =
      switch error {
      case .charactersAfterQuote(let position, let field):
        (
          "22NAC", "characters after quote in CSV field",
          "Characters after an ending quote in a CSV field are not supported. See '\(path)' at "
            + "position \(position). This is read as `\(field)`."
        )
      case .missingEndQuote(let position):
        (
          "22NAD", "missing end quote in CSV field",
          "Missing end quote at position \(position) in '\(path)'."
        )
      }
    var failure = Failure.execution(text)
    failure.causes = [
      GQLCause(
        gqlStatus: status, gqlDescription: "data exception - \(kind). " + text, message: text)
    ]
    return failure
  }

  /// The failure with the file and line that LOAD CSV had read, when rows of it were being worked on.
  func whileLoading(_ context: ExecutionContext) -> Failure {
    guard let address = context.loadedFile, let line = context.functions.sourceLine,
      code != "Neo.ClientError.Statement.ExternalResourceFailed",
      !causes.contains(where: { $0.gqlStatus.hasPrefix("22NA") })
    else { return self }
    var failure = self
    let end = context.isLoadedToEnd ? " (which is the last row in the file)" : ""
    failure.message += " (Failure when processing file '\(address)' on line \(line)\(end).)"
    return failure
  }
}
