import Synchronization

extension CommitLog {
  /// How long to wait for another process that recovers the same store.
  private static let waitSeconds = 60.0

  /// Opens the log of a directory, before its data.
  ///
  /// Every process that has the environment open holds the log's file locked, shared. Whoever finds
  /// nobody else there while the header says that a session is on knows that its owner is gone: it
  /// takes the data back to the checkpoint, whether the system went down or the process only. With
  /// others there, nothing can be missing: the system's memory has all that was committed.
  ///
  /// - Parameters:
  ///   - directory: Where the environment lies.
  ///   - options: How it is opened.
  /// - Returns: The log; `recover` must follow once the data are open. `nil` where only readers come.
  /// - Throws: `unusableLog`, `system`, `diskFull`, `locked` while another process recovers.
  static func open(_ directory: String, _ options: EnvironmentOptions) throws(KeyValueError)
    -> CommitLog?
  {
    let path = directory + "/" + fileName
    guard let file = try LogFile.open(path, isReadOnly: options.isReadOnly) else { return nil }
    let deadline = FileSystem.monotonicSeconds() + waitSeconds
    while true {
      switch try admission(file, isReadOnly: options.isReadOnly) {
      case .nothingMissing: return CommitLog(file, directory, options, unrecovered: nil)
      case .recovering(let header):
        let count = try checkedCount(header, file)
        try restore(header, recordCount: count, directory)
        return CommitLog(file, directory, options, unrecovered: header)
      case .waiting:
        guard FileSystem.monotonicSeconds() < deadline else { throw .locked(byProcess: nil) }
        FileSystem.pause(microseconds: .random(in: 500..<2_000))
      }
    }
  }

  private enum Admission {
    /// The data's file, as the system shows it, has all that was committed; the log is locked shared.
    case nothingMissing
    /// Nobody else is there and commits may be missing; the log is locked for us alone.
    case recovering(LogHeader)
    /// Another process recovers or is about to.
    case waiting
  }

  private static func admission(_ file: borrowing LogFile, isReadOnly: Bool)
    throws(KeyValueError) -> Admission
  {
    let isAlone = try file.lock(.exclusive)
    if !isAlone {
      let isShared = try file.lock(.shared)
      if !isShared { return .waiting }
    }
    let header = try LogHeader.last(in: file)
    guard let header, header.isActive else {
      let isShared = try file.lock(.shared)
      return isShared ? .nothingMissing : .waiting
    }
    // Others that came since the system went down wait as we do.
    if header.bootID == FileSystem.bootID && (!isAlone || isReadOnly) { return .nothingMissing }
    if isReadOnly { throw .unusableLog(.readOnly) }
    return isAlone ? .recovering(header) : .waiting
  }

  /// How many records there are to be made again, found before anything is changed.
  private static func checkedCount(_ header: LogHeader, _ file: borrowing LogFile)
    throws(KeyValueError) -> UInt64
  {
    // The room for records is made in advance: a shorter file has lost some.
    guard try file.size() >= LogHeader.recordsStart + header.room else {
      throw .unusableLog(.damaged)
    }
    return try forEachRecord(header, file) { _ in }
  }

  /// Takes the data's file back to the checkpoint, whose pages nobody has touched.
  ///
  /// The checkpoint's commit gets a number such that the one that makes the records again has the
  /// number of the last: clients may hold it as a bookmark.
  private static func restore(_ header: LogHeader, recordCount: UInt64, _ directory: String)
    throws(KeyValueError)
  {
    var bytes = ByteBuffer()
    bytes.append(header.checkpoint)
    guard let page = MetaPage(bytes.bytes) else { throw .unusableLog(.damaged) }
    guard let data = try LogFile.open(directory + "/data.mdb", isReadOnly: false) else {
      throw .unusableLog(.foreign)
    }
    guard try page.rootSum(in: data.descriptor) == header.rootSum else {
      throw .unusableLog(.foreign)
    }
    // Both, so that no later state is left to be found.
    for number in [0, 1] {
      let id = page.transactionID + max(recordCount, 1) - 1
      try data.write(
        page.numbered(UInt64(number), transactionID: id).bytes, at: number * page.pageSize)
    }
    try data.flush()
  }

  /// Makes the commits of the log again, once; the first user of an environment waits for it.
  ///
  /// - Throws: `unusableLog`, and what a write can throw.
  func recover(_ environment: Environment) throws(KeyValueError) {
    try unrecovered.withLock { (unrecovered) throws(KeyValueError) in
      guard let header = unrecovered else { return }
      recovers(true)
      defer { recovers(false) }
      try replay(header, environment)
      try header.deactivated().write(to: file)
      unrecovered = nil
      while try !file.lock(.shared) { FileSystem.pause(microseconds: 500) }
    }
  }

  private func replay(_ header: LogHeader, _ environment: Environment) throws(KeyValueError) {
    var transaction = try environment.beginWrite(deadlineSeconds: 30, staysOnThread: true)
    let trees = environment.trees
    _ = try Self.forEachRecord(header, file) { (record) throws(KeyValueError) in
      try record.replay(in: &transaction, trees)
    }
    try transaction.commit(sync: true)
  }

  /// Calls `body` for the records that count, in their order.
  ///
  /// - Returns: How many there are.
  /// - Throws: `unusableLog` where one in the middle is damaged, and what `body` throws.
  private static func forEachRecord(
    _ header: LogHeader, _ file: borrowing LogFile,
    _ body: (borrowing SealedRecord) throws(KeyValueError) -> Void
  ) throws(KeyValueError) -> UInt64 {
    var page = ByteBuffer()
    page.append(header.checkpoint)
    let checkpointID = MetaPage(page.bytes)?.transactionID ?? 0
    let start = LogHeader.recordsStart + header.recordOffset
    let size = try file.size()
    guard start <= size else { throw .unusableLog(.damaged) }
    let read = try file.read(min(size - start, largestSize), at: start)
    let records = read.bytes
    var offset = 0
    var count: UInt64 = 0
    while let record = SealedRecord(records, at: offset, token: header.token) {
      // Each record names its number, and the commit's, so that none can be taken for another.
      guard record.sequence == header.firstSequence + count,
        record.transactionID == checkpointID + 1 + count
      else { throw .unusableLog(.damaged) }
      try body(record)
      offset += record.bytes.byteCount
      count += 1
    }
    try expectEnd(records, from: offset, header.token)
    return count
  }

  /// The last record may be half written, since nobody was told of it; one behind it was not written
  /// before it was whole.
  private static func expectEnd(_ records: RawSpan, from start: Int, _ token: UInt64)
    throws(KeyValueError)
  {
    var offset = start + 8
    while offset + ChangeRecord.headSize <= records.byteCount {
      if records.uint64(at: offset + 8) == token,
        SealedRecord(records, at: offset, token: token) != nil
      {
        throw .unusableLog(.damaged)
      }
      offset += 8
    }
  }
}
