import LineEditor

/// Runs the statements of strings, files and standard input, as they come.
///
/// Memory is bounded by the longest statement: input is split while it is read.
struct ScriptRunner {
  let shell: Shell

  /// Where what is run comes from; `nil` of a string.
  private var source: ScriptPlace.Source?
  /// Whether any statement has failed.
  private(set) var hasFailed = false

  /// Makes a runner.
  init(_ shell: Shell) {
    self.shell = shell
  }

  /// Runs a whole text.
  mutating func run(text: [UInt8]) async -> Continuation {
    var splitter = StatementFeed()
    splitter.append(text)
    splitter.finish()
    return await drain(&splitter)
  }

  /// Runs what comes from standard input until its end.
  mutating func runStandardInput() async -> Continuation {
    source = .standardInput
    return await run(.standardInput)
  }

  private mutating func run(_ source: ByteSource) async -> Continuation {
    var splitter = StatementFeed()
    var bytes: [UInt8] = []
    while true {
      if source.wouldBlock {
        let next = await settle()
        guard next == .proceed else { return next }
      }
      bytes.removeAll(keepingCapacity: true)
      switch source.read(into: &bytes) {
      case .bytes: splitter.append(bytes)
      case .timedOut: continue
      case .woken:
        if let status = signalStatus { return .leave(status: status) }
        SignalWatch.clearWakeReasons()
        continue
      case .end:
        splitter.finish()
        return await drain(&splitter)
      case .failed(let reason):
        await shell.report(.message(reason))
        hasFailed = true
        return .leave(status: 1)
      }
      let next = await drain(&splitter)
      guard next == .proceed else { return next }
      if splitter.isTooLong {
        await shell.report(.message(StatementFeed.tooLong))
        hasFailed = true
        return .leave(status: 1)
      }
    }
  }

  /// Runs a file.
  mutating func run(file path: String) async -> Continuation {
    let source: ByteSource
    do {
      source = try ByteSource(path: path)
    } catch {
      let reason =
        switch error {
        case .missing: "No such file or directory"
        case .isDirectory: "Is a directory"
        case .other(_, let reason): reason
        }
      await shell.report(.message("\(path) (\(reason))"))
      hasFailed = true
      return .leave(status: 1)
    }
    self.source = .file(path)
    return await run(source)
  }

  /// Makes what ran durable and shows it.
  mutating func settle() async -> Continuation {
    repeat {
      do {
        try await shell.settle()
      } catch {
        let next = await accept(error)
        guard next == .proceed else { return next }
      }
    } while !shell.awaited.isEmpty
    return .proceed
  }

  private mutating func drain(_ feed: inout StatementFeed) async -> Continuation {
    while let item = feed.next() {
      if case .command = item, !shell.awaited.isEmpty {
        let next = await settle()
        guard next == .proceed else { return next }
      }
      do {
        let next = try await shell.execute(
          item, at: source.map { ScriptPlace(source: $0, line: feed.line) })
        if case .leave(let status) = next {
          return .leave(status: max(status, hasFailed ? 1 : 0))
        }
      } catch {
        let next = await accept(error)
        guard next == .proceed else { return next }
      }
      if let status = signalStatus {
        return .leave(status: status)
      }
    }
    return .proceed
  }

  /// Shows an error and decides whether the script goes on.
  private mutating func accept(_ error: ShellError) async -> Continuation {
    if let status = signalStatus { return .leave(status: status) }
    hasFailed = true
    await shell.report(error)
    if case .outputClosed = error { return .leave(status: ExitStatus.brokenPipe) }
    if shell.output.isClosed { return .leave(status: ExitStatus.brokenPipe) }
    return shell.goesOnAfterFailures ? .proceed : .leave(status: 1)
  }

  private var signalStatus: Int32? { shell.interrupter.endingSignal.map { 128 + $0 } }
}

/// Statuses that a process can end with, besides 0 and 1.
enum ExitStatus {
  /// As of a process that a write to a closed pipe ended.
  static let brokenPipe: Int32 = 141
  /// The prompt waited too long for a key.
  static let idleTimeout: Int32 = 124
}
