import LineEditor

/// Runs the statements of a file.
struct SourceCommand: ShellCommand {
  /// Files that source each other end here rather than at the stack's end.
  private static let deepestNesting = 100

  let name = ":source"
  let usage = "[filename]"
  let summary = "Executes Cypher statements from a file"
  let argumentCounts = 1...1

  func run(_ arguments: [String], _ shell: Shell) async throws(ShellError) -> Continuation {
    let path = arguments[0]
    let source: ByteSource
    do {
      source = try ByteSource(path: path)
    } catch {
      throw .message("Cannot find file: '\(path)'")
    }
    guard shell.sourceDepth < Self.deepestNesting else {
      throw .message("Files are sourced more than \(Self.deepestNesting) deep: '\(path)'")
    }
    shell.sourceDepth += 1
    defer { shell.sourceDepth -= 1 }
    return try await runAll(of: source, path, shell)
  }

  /// Runs statements until the first that fails.
  private func runAll(of source: ByteSource, _ path: String, _ shell: Shell)
    async throws(ShellError)
    -> Continuation
  {
    var feed = StatementFeed()
    var bytes: [UInt8] = []
    var isAtEnd = false
    while !isAtEnd {
      bytes.removeAll(keepingCapacity: true)
      switch source.read(into: &bytes) {
      case .bytes: feed.append(bytes)
      case .end, .timedOut:
        feed.finish()
        isAtEnd = true
      case .woken:
        if shell.interrupter.endingSignal != nil { throw .signalled }
        if SignalWatch.takeInterrupt() { throw .message(InteractiveLoop.interrupted) }
      case .failed(let reason): throw .message(reason)
      }
      while let item = feed.next() {
        let next = try await shell.execute(
          item, at: ScriptPlace(source: .sourced(path), line: feed.line))
        guard next == .proceed else { return next }
        if shell.interrupter.endingSignal != nil { throw .signalled }
      }
      if feed.isTooLong { throw .message(StatementFeed.tooLong) }
    }
    return .proceed
  }
}
