import Foundation
import Synchronization

/// The built program, run with pipes.
enum Program {
  /// Where the program is: `NACRE_BINARY`, or the newest build of this package.
  static let path: String = {
    if let path = ProcessInfo.processInfo.environment["NACRE_BINARY"] { return path }
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let builds = ["debug", "release"].map { root.appending(path: ".build/\($0)/nacre") }
    let dated = builds.compactMap { url -> (URL, Date)? in
      let values = try? url.resolvingSymlinksInPath()
        .resourceValues(forKeys: [.contentModificationDateKey])
      return values?.contentModificationDate.map { (url, $0) }
    }
    return dated.max { $0.1 < $1.1 }?.0.path ?? builds[0].path
  }()

  /// What a run came to.
  struct Outcome {
    var out: String
    var error: String
    var status: Int32
  }

  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - arguments: Without the program's name.
  ///   - input: Everything on standard input.
  ///   - home: The folder that stands for the user's; databases are kept in it.
  /// - Returns: What it wrote and how it ended.
  /// - Throws: When it cannot be started.
  static func run(
    _ arguments: [String], input: String = "", home: TemporaryFolder
  ) throws -> Outcome {
    let process = process(arguments, home: home)
    let (inputPipe, outPipe, errorPipe) = (Pipe(), Pipe(), Pipe())
    process.standardInput = inputPipe
    process.standardOutput = outPipe
    process.standardError = errorPipe
    try process.run()
    let errorReader = BackgroundWork { errorPipe.fileHandleForReading.readDataToEndOfFile() }
    _ = BackgroundWork {
      try? inputPipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
      try? inputPipe.fileHandleForWriting.close()
      return Data()
    }
    let out = outPipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let error = errorReader.wait()
    return Outcome(
      out: String(decoding: out, as: UTF8.self), error: String(decoding: error, as: UTF8.self),
      status: process.terminationStatus)
  }

  /// A process that is not started yet.
  static func process(_ arguments: [String], home: TemporaryFolder) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = environment(home: home)
    process.currentDirectoryURL = URL(fileURLWithPath: home.path)
    return process
  }

  /// The environment of every run: nothing of the developer's gets in.
  static func environment(home: TemporaryFolder, terminal: String = "dumb") -> [String: String] {
    [
      "HOME": home.path, "NACRE_DATA": home.path + "/data", "TERM": terminal, "LANG": "C.UTF-8",
      "PATH": "/usr/bin:/bin",
    ]
  }
}

/// Work on a thread of its own.
///
/// Tests block the few threads that tasks run on, so that a task might never begin.
final class BackgroundWork: Sendable {
  private let done = DispatchSemaphore(value: 0)
  private let data = Mutex(Data())

  init(_ body: @escaping @Sendable () -> Data) {
    let thread = Thread { [self] in
      let result = body()
      data.withLock { $0 = result }
      done.signal()
    }
    thread.start()
  }

  /// Waits for the end and takes the result; once only.
  func wait() -> Data {
    done.wait()
    return data.withLock { $0 }
  }
}

/// A folder that vanishes with the value that holds it.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "nacre-acceptance-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file into the folder and returns its path.
  func file(_ name: String, _ text: String) throws -> String {
    let file = path + "/" + name
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    return file
  }
}
