import Foundation
import Synchronization
import TestKit
import Testing

@testable import KeyValueStore

private let names = [TreeName(""), TreeName("bytes"), TreeName("numbers", hasNumberKeys: true)]

/// A directory of its own, for a store or for what a crash leaves of it.
private final class Folder {
  let path = FileManager.default.temporaryDirectory
    .appendingPathComponent("nacre-log-\(UUID().uuidString)").path

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func open(_ change: (inout EnvironmentOptions) -> Void = { _ in }) throws -> Environment {
    var options = EnvironmentOptions()
    options.mapSizeBytes = 1 << 30
    options.quickSeconds = .infinity
    options.quickCount = 2
    options.idleSeconds = .infinity
    // Checkpoints often, and often the end of the room for records.
    options.commitsPerCheckpoint = 16
    options.commitsBehindCheckpoint = 256
    options.logBytes = 256 << 10
    change(&options)
    return try Environment.open(directory: path, trees: names, options: options)
  }

  func file(_ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path + "/" + name))
  }

  func write(_ data: Data, _ name: String) throws {
    try data.write(to: URL(fileURLWithPath: path + "/" + name))
  }
}

/// What a store should hold.
private struct Model: Equatable {
  var bytes: [String: String] = [:]
  var numbers: [UInt64: String] = [:]

  static func read(_ environment: Environment) throws -> Model {
    let transaction = try environment.beginRead()
    var model = Model()
    var cursor = try Cursor.open(transaction, environment.trees[1])
    while try cursor.next() { model.bytes[cursor.key.text() ?? "?"] = cursor.value.text() ?? "?" }
    var other = try Cursor.open(transaction, environment.trees[2])
    while try other.next() { model.numbers[other.number] = other.value.text() ?? "?" }
    return model
  }
}

private func buffer(_ text: String) -> ByteBuffer {
  var buffer = ByteBuffer()
  buffer.append(text)
  return buffer
}

/// A store in use, its model, and the versions of its data's file since the last checkpoint.
private struct Subject {
  let folder: Folder
  let environment: Environment
  var model = Model()
  var versions: [Data] = []
  var generation: UInt64 = 0
  /// The commit that is to be the next checkpoint, and the versions from it on.
  var next: UInt64?
  var nextVersions: [Data] = []
  /// How often the checkpoint has moved on beside the commits, and how often the records began anew.
  var moves = 0
  var restarts = 0
  var generator: SeededGenerator

  init(seed: UInt64, _ change: (inout EnvironmentOptions) -> Void = { _ in }) throws {
    folder = try Folder()
    environment = try folder.open(change)
    generator = SeededGenerator(seed: seed)
  }

  /// Changes something and commits it.
  mutating func commit(changes: Int = 6) throws {
    var transaction = try environment.beginWrite(deadlineSeconds: 5)
    for _ in 0..<Int.random(in: 1...changes, using: &generator) { try change(&transaction) }
    let before = model
    try transaction.beginNested()
    try change(&transaction)
    if Bool.random(using: &generator) {
      try transaction.rollbackNested()
      model = before
    } else {
      try transaction.commitNested()
    }
    try transaction.commit(sync: true)
    try note()
  }

  private mutating func change(_ transaction: inout Transaction) throws {
    let value = String(
      repeating: "v", count: Int.random(in: 0..<400, using: &generator))
    let key = "k\(Int.random(in: 0..<300, using: &generator))"
    let number = UInt64.random(in: 0..<300, using: &generator)
    let (bytes, numbers) = (environment.trees[1], environment.trees[2])
    switch Int.random(in: 0..<8, using: &generator) {
    case 0..<3:
      try transaction.put(in: bytes, buffer(key).bytes, buffer(value).bytes)
      model.bytes[key] = value
    case 3:
      try transaction.remove(in: bytes, buffer(key).bytes)
      model.bytes[key] = nil
    case 4:
      _ = try transaction.putBesideNeighbours(
        in: bytes, buffer(key).bytes, buffer(value).bytes, shared: 1)
      model.bytes[key] = value
    case 5:
      _ = try transaction.removeBesideNeighbours(in: bytes, buffer(key).bytes, shared: 1)
      model.bytes[key] = nil
    case 6:
      try transaction.put(in: numbers, number: number, buffer(value).bytes)
      model.numbers[number] = value
    default:
      try transaction.remove(in: numbers, number: number)
      model.numbers[number] = nil
    }
  }

  /// Keeps some versions of the data's file: the checkpoint's own, and later ones.
  private mutating func note() throws {
    let log = try #require(environment.log)
    let header = try lastHeader(log)
    if let header, header.generation != generation {
      generation = header.generation
      let isNext = header.isActive && header.firstSequence > 0
      versions = isNext ? nextVersions : [try folder.file("data.mdb")]
      if !isNext { restarts += 1 } else { moves += 1 }
    } else if Int.random(in: 0..<12, using: &generator) == 0, versions.count < 6 {
      versions.append(try folder.file("data.mdb"))
      if next != nil { nextVersions.append(versions[versions.count - 1]) }
    }
    let prepared = log.state.withLock { $0.session?.next?.transactionID }
    if prepared != next { nextVersions = prepared == nil ? [] : [try folder.file("data.mdb")] }
    next = prepared
  }

  mutating func commitUntilLogged() throws {
    var rest = 20
    while environment.log?.isInUse == false && rest > 0 {
      try commit()
      rest -= 1
    }
    #expect(environment.log?.isInUse == true)
  }

  /// What the disk may hold when the power goes: of each page any version since the checkpoint.
  mutating func afterPowerLoss() throws -> Folder {
    let lost = try Folder()
    versions.append(try folder.file("data.mdb"))
    var data = versions[0]
    let length = try #require(versions.map(\.count).randomElement(using: &generator))
    if length > data.count { data.append(Data(count: length - data.count)) }
    for start in stride(from: 0, to: data.count, by: 4_096) {
      let whole = versions.filter { $0.count >= start + 4_096 }
      guard let version = whole.randomElement(using: &generator) else { continue }
      data.replaceSubrange(start..<(start + 4_096), with: version[start..<(start + 4_096)])
    }
    try lost.write(data, "data.mdb")
    try lost.write(try folder.file("commit.log"), "commit.log")
    return lost
  }
}

/// What one thread tells others.
private final class Flag: Sendable {
  private let state = Mutex(false)

  var isSet: Bool { state.withLock { $0 } }
  func set() { state.withLock { $0 = true } }

  /// Waits until it is set, or for long in vain.
  func await() {
    for _ in 0..<60_000 where !isSet { Thread.sleep(forTimeInterval: 0.001) }
  }
}

private func lastHeader(_ log: CommitLog) throws -> LogHeader? {
  try LogHeader.last(in: log.file)
}

@Suite struct CommitLogTests {
  @Test(arguments: UInt64(0)..<12)
  func losesNothingWhenThePowerGoes(seed: UInt64) throws {
    var subject = try Subject(seed: seed)
    try subject.commitUntilLogged()
    for _ in 0..<Int.random(in: 0..<400, using: &subject.generator) { try subject.commit() }
    #expect(subject.environment.log?.isInUse == true)
    let lost = try subject.afterPowerLoss()
    var environment: Environment? = try lost.open()
    #expect(try Model.read(try #require(environment)) == subject.model)
    // Who remembers the number of the last commit finds it.
    #expect(environment?.lastTransactionID == subject.environment.lastTransactionID)
    environment = nil
    // Once recovered, the data's file stands alone.
    try FileManager.default.removeItem(atPath: lost.path + "/commit.log")
    environment = try lost.open()
    #expect(try Model.read(try #require(environment)) == subject.model)
  }

  @Test(arguments: UInt64(20)..<24)
  func recoversAgainAfterACrashInTheMiddle(seed: UInt64) throws {
    var subject = try Subject(seed: seed)
    try subject.commitUntilLogged()
    for _ in 0..<40 { try subject.commit() }
    let lost = try subject.afterPowerLoss()
    let log = try lost.file("commit.log")
    _ = try lost.open()
    // The header of before: as if the recovery's last write had not reached the disk.
    try lost.write(log, "commit.log")
    #expect(try Model.read(try lost.open()) == subject.model)
  }

  @Test func forgetsARecordThatWasNotWhollyWritten() throws {
    var subject = try Subject(seed: 30)
    try subject.commitUntilLogged()
    for _ in 0..<10 { try subject.commit() }
    let before = (subject.model, try subject.folder.file("commit.log"))
    try subject.commit()
    let lost = try subject.afterPowerLoss()
    var log = try lost.file("commit.log")
    let changed = try #require(log.indices.last { log[$0] != before.1[$0] })
    log[changed] ^= 0x40
    try lost.write(log, "commit.log")
    #expect(try Model.read(try lost.open()) == before.0)
  }

  @Test func refusesALogThatIsDamagedInTheMiddle() throws {
    var subject = try Subject(seed: 31)
    try subject.commitUntilLogged()
    for _ in 0..<10 { try subject.commit() }
    let lost = try subject.afterPowerLoss()
    var log = try lost.file("commit.log")
    log[LogHeader.recordsStart + 45] ^= 1
    try lost.write(log, "commit.log")
    let data = try lost.file("data.mdb")
    for _ in 0..<2 {
      do {
        _ = try lost.open()
        Issue.record("opened")
      } catch let error as KeyValueError {
        #expect(error == .unusableLog(.damaged))
      }
      #expect(try lost.file("data.mdb") == data)
    }
  }

  @Test(arguments: [LogHeader.recordsStart, LogHeader.recordsStart + 500, 100_000])
  func refusesALogThatWasCutOff(size: Int) throws {
    var subject = try Subject(seed: 40)
    try subject.commitUntilLogged()
    for _ in 0..<10 { try subject.commit() }
    let lost = try subject.afterPowerLoss()
    try lost.write(try lost.file("commit.log").prefix(size), "commit.log")
    #expect(throws: KeyValueError.unusableLog(.damaged)) { _ = try lost.open() }
  }

  @Test func aHeaderThatTheDiskMayNotHaveIsWrittenAgain() throws {
    var subject = try Subject(seed: 41)
    try subject.commitUntilLogged()
    try subject.commit()
    let log = try #require(subject.environment.log)
    let header = try #require(try lastHeader(log)).deactivated()
    // As a flush leaves it that has failed: the system shows what the disk does not have.
    try log.file.write(header.encoded().bytes, at: LogHeader.places[Int(header.generation & 1)])
    log.state.withLock { $0.unwritten = header }
    try subject.commit()
    #expect(log.state.withLock { $0.unwritten } == nil)
  }

  @Test func nothingIsWrittenOnceTheDataCannotBeReliedOn() throws {
    var subject = try Subject(seed: 42)
    try subject.commitUntilLogged()
    for _ in 0..<5 { try subject.commit() }
    let log = try #require(subject.environment.log)
    let failure = KeyValueError.system(operation: "sync", errorNumber: 5)
    log.state.withLock { $0.damage = failure }
    #expect(throws: failure) { try subject.commit() }
    // The log is left for the next who opens the store.
    #expect(log.end(subject.environment, isIdleOnly: false))
    let lost = try subject.afterPowerLoss()
    #expect(try Model.read(try lost.open()) == subject.model)
  }

  @Test func readersWaitForLargeCommitsToo() throws {
    var subject = try Subject(seed: 43)
    try subject.commitUntilLogged()
    let log = try #require(subject.environment.log)
    let environment = subject.environment
    let (isHeld, hasSeen) = (Flag(), Flag())
    log.holding(UInt64(environment.lastTransactionID)) {
      Thread.detachNewThread {
        isHeld.set()
        _ = try? environment.beginRead()
        hasSeen.set()
      }
      isHeld.await()
      Thread.sleep(forTimeInterval: 0.02)
      #expect(!hasSeen.isSet)
    }
    hasSeen.await()
    #expect(hasSeen.isSet)
  }

  @Test func refusesDataThatItWasNotWrittenBeside() throws {
    var subject = try Subject(seed: 32)
    let older = try subject.folder.file("data.mdb")
    try subject.commitUntilLogged()
    for _ in 0..<10 { try subject.commit() }
    let lost = try subject.afterPowerLoss()
    try lost.write(older, "data.mdb")
    do {
      _ = try lost.open()
      Issue.record("opened")
    } catch let error as KeyValueError {
      #expect(error == .unusableLog(.foreign))
    }
    #expect(try lost.file("data.mdb") == older)
  }

  @Test func largeCommitsGoToTheDataAndEndTheLog() throws {
    var subject = try Subject(seed: 33)
    try subject.commitUntilLogged()
    try subject.commit()
    var transaction = try subject.environment.beginWrite(deadlineSeconds: 5)
    let big = String(repeating: "b", count: 1_000)
    for number in 0..<200 {
      try transaction.put(
        in: subject.environment.trees[1], buffer("b\(number)").bytes, buffer(big).bytes)
      subject.model.bytes["b\(number)"] = big
    }
    try transaction.commit(sync: true)
    #expect(subject.environment.log?.isInUse == false)
    let lost = try Folder()
    try lost.write(try subject.folder.file("data.mdb"), "data.mdb")
    try lost.write(try subject.folder.file("commit.log"), "commit.log")
    #expect(try Model.read(try lost.open()) == subject.model)
  }

  @Test func aCommitWithoutFlushEndsTheLog() throws {
    var subject = try Subject(seed: 36)
    for _ in 0..<4 {
      try subject.commitUntilLogged()
      var transaction = try subject.environment.beginWrite(deadlineSeconds: 5)
      try transaction.put(in: subject.environment.trees[2], number: 1_000, buffer("x").bytes)
      try transaction.commit(sync: false)
      subject.model.numbers[1_000] = "x"
      #expect(subject.environment.log?.isInUse == false)
    }
    try subject.commitUntilLogged()
    try subject.commit()
    let lost = try subject.afterPowerLoss()
    #expect(try Model.read(try lost.open()) == subject.model)
  }

  @Test func takesCheckpointsWhileCommitsGoOn() throws {
    var subject = try Subject(seed: 37)
    for _ in 0..<1_000 { try subject.commit() }
    #expect(subject.moves > 5)
    #expect(subject.restarts > 2)
    let lost = try subject.afterPowerLoss()
    #expect(try Model.read(try lost.open()) == subject.model)
  }

  @Test func aFlushThatFailsLeavesTheCommitToTheDatasFile() throws {
    var subject = try Subject(seed: 38)
    try subject.commitUntilLogged()
    let log = try #require(subject.environment.log)
    let kept = dup(log.file.descriptor)
    var pipes: [Int32] = [0, 0]
    #expect(unsafe pipe(&pipes) == 0)
    var transaction = try subject.environment.beginWrite(deadlineSeconds: 5)
    try transaction.put(in: subject.environment.trees[2], number: 1_000, buffer("x").bytes)
    // A pipe cannot be flushed; the header cannot be written to it either.
    var failure: KeyValueError?
    do {
      try transaction.commit(sync: true) { dup2(pipes[1], log.file.descriptor) }
    } catch {
      failure = error
    }
    dup2(kept, log.file.descriptor)
    for file in [kept, pipes[0], pipes[1]] { close(file) }
    #expect(failure != nil)
    // It is there, and stays: what came after the checkpoint was flushed before anything was said.
    let reader = try subject.environment.beginRead()
    #expect(try reader.value(in: subject.environment.trees[2], number: 1_000)?.text() == "x")
    subject.model.numbers[1_000] = "x"
    try subject.commit()
    let lost = try Folder()
    try lost.write(try subject.folder.file("data.mdb"), "data.mdb")
    try lost.write(try subject.folder.file("commit.log"), "commit.log")
    #expect(try Model.read(try lost.open()) == subject.model)
  }

  @Test func readersWaitForWhatTheDiskDoesNotHaveYet() throws {
    let subject = try Subject(seed: 39)
    let log = try #require(subject.environment.log)
    let (hasPassed, isDone, sawEarly, sawDone) = (Flag(), Flag(), Flag(), Flag())
    let hasEnded = Flag()
    let outcome = log.flushing(5) {
      // A thread of its own, since tasks may have to wait for those of other tests.
      Thread.detachNewThread {
        log.awaitFlush(4)
        if isDone.isSet { sawEarly.set() }
        hasPassed.set()
        log.awaitFlush(5)
        if isDone.isSet { sawDone.set() }
        hasEnded.set()
      }
      hasPassed.await()
      Thread.sleep(forTimeInterval: 0.02)
      isDone.set()
      return 0
    }
    hasEnded.await()
    #expect(outcome.isFlushed)
    #expect(!sawEarly.isSet)
    #expect(sawDone.isSet)
  }

  @Test func takesPagesAgainAfterACheckpoint() throws {
    var subject = try Subject(seed: 34)
    let count = 3_000
    for _ in 0..<count { try subject.commit(changes: 1) }
    // Each commit writes three pages at least. How many the checkpoint lags behind by is the disk's
    // doing, but no more than `commitsBehindCheckpoint`.
    #expect(try subject.folder.file("data.mdb").count < count * 3 * 4_096 / 4)
    #expect(try Model.read(subject.environment) == subject.model)
  }

  @Test func waitsForACheckpointThatIsFarBehind() throws {
    var subject = try Subject(seed: 40) { options in
      options.commitsPerCheckpoint = 1_000
      options.commitsBehindCheckpoint = 20
    }
    try subject.commitUntilLogged()
    for _ in 0..<200 { try subject.commit(changes: 1) }
    #expect(subject.restarts >= 5)
    #expect(subject.moves == 0)
  }

  @Test func closesWithoutAnythingLeftInTheLog() throws {
    let folder: Folder
    let model: Model
    do {
      var subject = try Subject(seed: 35)
      try subject.commitUntilLogged()
      for _ in 0..<5 { try subject.commit() }
      (folder, model) = (subject.folder, subject.model)
    }
    try FileManager.default.removeItem(atPath: folder.path + "/commit.log")
    #expect(try Model.read(try folder.open()) == model)
  }

  @Test func endsWhenNobodyWritesAnyMore() throws {
    let folder = try Folder()
    var options = EnvironmentOptions()
    options.quickSeconds = .infinity
    options.quickCount = 2
    options.idleSeconds = 0
    let environment = try Environment.open(directory: folder.path, trees: names, options: options)
    for number in 0..<5 {
      var transaction = try environment.beginWrite(deadlineSeconds: 5)
      try transaction.put(in: environment.trees[2], number: UInt64(number), buffer("x").bytes)
      try transaction.commit(sync: true)
    }
    let log = try #require(environment.log)
    while log.isInUse { Thread.sleep(forTimeInterval: 0.01) }
    #expect(try lastHeader(log)?.isActive == false)
  }

  @Test(arguments: [0, 1, 7, 100, 300])
  func aHeaderThatIsHalfWrittenLeavesTheOneBefore(byte: Int) throws {
    let folder = try Folder()
    let environment = try folder.open()
    let log = try #require(environment.log)
    var header = LogHeader(
      generation: 1, isActive: true, token: 7, bootID: Array("boot".utf8), checkpoint: [1, 2, 3],
      rootSum: 9)
    try header.write(to: log.file)
    #expect(try lastHeader(log) == header)
    let first = header
    header = header.deactivated()
    try header.write(to: log.file)
    #expect(try lastHeader(log) == header)
    var flipped = ByteBuffer()
    let place = LogHeader.places[0] + byte
    let read = try log.file.read(1, at: place)
    flipped.append(read.bytes.uint8(at: 0) ^ 1)
    try log.file.write(flipped.bytes, at: place)
    #expect(try lastHeader(log) == first)
  }
}
