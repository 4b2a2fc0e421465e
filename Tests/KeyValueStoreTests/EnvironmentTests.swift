import Foundation
import KeyValueStore
import TestKit
import Testing

private final class Directory {
  let path = FileManager.default.temporaryDirectory
    .appendingPathComponent("nacre-kv-\(UUID().uuidString)").path
  deinit { try? FileManager.default.removeItem(atPath: path) }
}

private let names = [TreeName(""), TreeName("bytes"), TreeName("numbers", hasNumberKeys: true)]

private func open(_ directory: Directory, mapSizeBytes: Int = 1 << 30) throws -> Environment {
  var options = EnvironmentOptions()
  options.mapSizeBytes = mapSizeBytes
  options.isRelaxed = true
  return try Environment.open(directory: directory.path, trees: names, options: options)
}

private func buffer(_ text: String) -> ByteBuffer {
  var buffer = ByteBuffer()
  buffer.append(text)
  return buffer
}

/// All entries of the tree of bytes.
private func contents(_ transaction: borrowing Transaction, _ tree: Tree) throws -> [String: String]
{
  var contents: [String: String] = [:]
  var cursor = try Cursor.open(transaction, tree)
  while try cursor.next() { contents[cursor.key.text() ?? "?"] = cursor.value.text() ?? "?" }
  return contents
}

@Suite struct EnvironmentTests {
  @Test(arguments: UInt64(0)..<8)
  func agreesWithADictionary(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let directory = Directory()
    var environment: Environment? = try open(directory)
    var committed: [String: String] = [:]
    for _ in 0..<12 {
      let tree = try #require(environment).trees[1]
      var transaction = try #require(environment).beginWrite(deadlineSeconds: 1)
      var levels = [committed]
      for _ in 0..<200 {
        let key = "k\(Int.random(in: 0..<300, using: &generator))"
        switch Int.random(in: 0..<20, using: &generator) {
        case 0:
          try transaction.beginNested()
          levels.append(levels[levels.count - 1])
        case 1 where levels.count > 1:
          try transaction.commitNested()
          let top = levels.removeLast()
          levels[levels.count - 1] = top
        case 2 where levels.count > 1:
          try transaction.rollbackNested()
          levels.removeLast()
        case 3..<9:
          let removed = try transaction.remove(in: tree, buffer(key).bytes)
          #expect(removed == (levels[levels.count - 1].removeValue(forKey: key) != nil))
        default:
          let value = String(repeating: "v", count: Int.random(in: 0..<6_000, using: &generator))
          try transaction.put(in: tree, buffer(key).bytes, buffer(value).bytes)
          levels[levels.count - 1][key] = value
        }
      }
      #expect(try contents(transaction, tree) == levels[levels.count - 1])
      if Bool.random(using: &generator) {
        try transaction.commit(sync: false)
        committed = levels[levels.count - 1]
      } else {
        transaction.rollback()
      }
      if Bool.random(using: &generator) {
        environment = nil
        environment = try open(directory)
      }
      let reader = try #require(environment).beginRead()
      #expect(try contents(reader, tree) == committed)
    }
  }

  @Test func opensOnceInAProcess() throws {
    let directory = Directory()
    let first = try open(directory)
    #expect(try open(directory) === first)
  }

  @Test func ordersNumberKeys() throws {
    let directory = Directory()
    let environment = try open(directory)
    let tree = environment.trees[2]
    var transaction = try environment.beginWrite(deadlineSeconds: 1)
    for number in [300, 2, 70_000] as [UInt64] {
      try transaction.put(in: tree, number: number, buffer("x").bytes)
    }
    try transaction.put(in: tree, number: 80_000, buffer("y").bytes, appending: true)
    #expect(throws: KeyValueError.self) {
      try transaction.put(in: tree, number: 5, buffer("y").bytes, appending: true)
    }
    var found: [UInt64] = []
    var cursor = try Cursor.open(transaction, tree)
    var more = try cursor.seek(number: 3)
    while more {
      found.append(cursor.number)
      more = try cursor.next()
    }
    #expect(found == [300, 70_000, 80_000])
  }

  @Test func givesUpWaitingForAnotherWriter() throws {
    let directory = Directory()
    let environment = try open(directory)
    let writer = try environment.beginWrite(deadlineSeconds: 1)
    do {
      _ = try environment.beginWrite(deadlineSeconds: 0.02)
      Issue.record("two writers")
    } catch {
      #expect(error == .locked(byProcess: ProcessInfo.processInfo.processIdentifier))
    }
    let isFinished = writer.isFinished
    #expect(!isFinished)
  }

  @Test func staysIntactWhenTheMapIsFull() throws {
    let directory = Directory()
    let environment = try open(directory, mapSizeBytes: 1 << 20)
    let tree = environment.trees[1]
    do {
      var transaction = try environment.beginWrite(deadlineSeconds: 1)
      try transaction.put(in: tree, buffer("kept").bytes, buffer("yes").bytes)
      try transaction.commit(sync: true)
    }
    let big = String(repeating: "x", count: 3_000)
    do {
      var transaction = try environment.beginWrite(deadlineSeconds: 1)
      for number in 0..<1_000 {
        try transaction.put(in: tree, buffer("k\(number)").bytes, buffer(big).bytes)
      }
      Issue.record("the map took more than it has")
    } catch {
      #expect(error == .mapFull(limitBytes: 1 << 20))
    }
    let reader = try environment.beginRead()
    #expect(try contents(reader, tree) == ["kept": "yes"])
  }

  @Test func readsOnlyWhatWasCommittedBefore() throws {
    let directory = Directory()
    let environment = try open(directory)
    let tree = environment.trees[1]
    let before = try environment.beginRead()
    var writer = try environment.beginWrite(deadlineSeconds: 1)
    try writer.put(in: tree, buffer("a").bytes, buffer("1").bytes)
    try writer.commit(sync: true)
    #expect(try before.value(in: tree, buffer("a").bytes) == nil)
    let after = try environment.beginRead()
    #expect(try after.value(in: tree, buffer("a").bytes)?.text() == "1")
    let ids = (before.snapshotID, after.snapshotID)
    #expect(ids.1 == ids.0 + 1)
  }

  @Test func refusesToWriteInAReader() throws {
    let directory = Directory()
    let environment = try open(directory)
    var reader = try environment.beginRead()
    do throws(KeyValueError) {
      try reader.put(in: environment.trees[1], buffer("a").bytes, buffer("1").bytes)
      Issue.record("a reader wrote")
    } catch {
      #expect(error == .readOnly)
    }
  }

  @Test func refusesAFileOfAnotherKind() throws {
    let directory = Directory()
    try FileManager.default.createDirectory(
      atPath: directory.path, withIntermediateDirectories: true)
    try Data(repeating: 7, count: 20_000).write(
      to: URL(fileURLWithPath: directory.path + "/data.mdb"))
    do {
      _ = try open(directory)
      Issue.record("opened")
    } catch let error as KeyValueError {
      #expect(error == .invalidFile)
    }
  }

  @Test func vanishesWhenAsked() throws {
    let directory = Directory()
    var options = EnvironmentOptions()
    options.vanishes = true
    let environment = try Environment.open(
      directory: directory.path, trees: names, options: options)
    #expect(!FileManager.default.fileExists(atPath: directory.path))
    var transaction = try environment.beginWrite(deadlineSeconds: 1)
    try transaction.put(in: environment.trees[0], buffer("\u{1}a").bytes, buffer("1").bytes)
    try transaction.commit(sync: false)
    let reader = try environment.beginRead()
    #expect(try reader.value(in: environment.trees[0], buffer("\u{1}a").bytes)?.text() == "1")
  }

  @Test func tellsWhetherNeighboursShareAPrefix() throws {
    let directory = Directory()
    let environment = try open(directory)
    let tree = environment.trees[1]
    var transaction = try environment.beginWrite(deadlineSeconds: 1)
    let none = buffer("")
    var answers: [Bool] = []
    for key in ["b1", "a1", "c1", "b0", "b2", "a0"] {
      answers.append(
        try transaction.putBesideNeighbours(in: tree, buffer(key).bytes, none.bytes, shared: 1))
    }
    #expect(answers == [false, false, false, true, true, true])
    var removed: [Bool?] = []
    for key in ["b1", "c1", "b0", "b2", "zz"] {
      removed.append(
        try transaction.removeBesideNeighbours(in: tree, buffer(key).bytes, shared: 1))
    }
    #expect(removed == [true, false, true, false, nil])
  }
}

@Suite struct ThreadTests {
  /// A box that threads hand over.
  private final class Box: @unchecked Sendable {
    // Safe: the threads of the test use it one after the other.
    var transaction: Transaction?
    init(_ transaction: consuming Transaction) { self.transaction = consume transaction }
  }

  private func onAnotherThread(_ body: @escaping @Sendable () -> Void) {
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      body()
      done.signal()
    }
    thread.start()
    done.wait()
  }

  @Test func aWriterMayEndOnAnotherThread() throws {
    let directory = Directory()
    let environment = try open(directory)
    for round in 0..<6 {
      let box = Box(try environment.beginWrite(deadlineSeconds: 1))
      onAnotherThread {
        do {
          try box.transaction?.put(
            in: environment.trees[1], buffer("k\(round)").bytes, buffer("v").bytes)
          if round % 2 == 0 { try box.transaction?.commit(sync: true) }
        } catch {
          Issue.record(error)
        }
        box.transaction = nil
      }
    }
    let reader = try environment.beginRead()
    #expect(try contents(reader, environment.trees[1]).keys.sorted() == ["k0", "k2", "k4"])
  }
}
