import LineEditor

/// What was typed, kept in memory and where wanted in a file.
///
/// The file has one entry a line, `<epoch milliseconds>:<text>`, with LF, CR and backslash of the
/// text written as `\n`, `\r`, `\\`. Secrets are replaced before an entry is kept.
final class History {
  /// Where entries are kept.
  enum Place: Equatable {
    /// For the session only.
    case memory
    /// Nowhere.
    case disabled
    /// In a file.
    case file(String)
  }

  /// The most lines that a file keeps.
  private static let mostLines = 10_000

  private(set) var entries: [String] = []
  private var place: Place

  /// Makes an empty history; `load` reads what an earlier session left.
  init(_ place: Place) {
    self.place = place
  }

  /// Reads the file and makes it readable by its owner only.
  ///
  /// - Returns: What is wrong with the file; the history then lasts for the session only.
  func load() -> String? {
    guard case .file(let path) = place else { return nil }
    if let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      do {
        try HostProcess.makeFolders(String(path[..<slash]))
      } catch {
        return fallBack(reason(error))
      }
    }
    // What has no end is not read, what may block is not opened, and neither is the owner's alone.
    switch HostProcess.kind(of: path) {
    case .device: return nil
    case .other: return fallBack("\(path) is not a file")
    case .missing, .file, .folder: break
    }
    var lines: [String]
    do {
      lines = try readLines(path)
    } catch {
      if case .missing = error { return nil }
      return fallBack(reason(error))
    }
    HostProcess.restrictToOwner(path)
    if lines.count > Self.mostLines {
      lines.removeFirst(lines.count - Self.mostLines)
      _ = rewrite(path, lines)
    }
    entries = lines.compactMap(Self.entry(of:))
    return nil
  }

  /// Keeps an entry, unless it begins with a blank, is blank, or repeats the one before.
  ///
  /// - Returns: The entry as kept, and what went wrong with the file.
  func add(_ text: String) -> (kept: String?, problem: String?) {
    guard place != .disabled, let first = text.first, !first.isWhitespace else {
      return (nil, nil)
    }
    let entry = Redaction.redacted(Self.trimmed(text))
    guard !entry.isEmpty, entry != entries.last else { return (nil, nil) }
    entries.append(entry)
    guard case .file(let path) = place else { return (entry, nil) }
    do {
      let sink = try ByteSink(path: path, appends: true)
      let outcome = sink.write(Array(Self.line(of: entry).utf8))
      if case .failed(let reason) = outcome { return (entry, "Failed to save history: \(reason)") }
    } catch {
      return (entry, "Failed to save history: \(reason(error))")
    }
    return (entry, nil)
  }

  /// Forgets all entries and empties the file.
  ///
  /// - Returns: What went wrong with the file.
  func clear() -> String? {
    entries.removeAll()
    guard case .file(let path) = place else { return nil }
    return rewrite(path, [])
  }

  private func readLines(_ path: String) throws(StreamError) -> [String] {
    let source = try ByteSource(path: path)
    var bytes: [UInt8] = []
    while case .bytes = source.read(into: &bytes, heedsSignals: false) {}
    return bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
  }

  private func rewrite(_ path: String, _ lines: [String]) -> String? {
    do {
      let sink = try ByteSink(path: path, appends: false)
      let text = lines.map { $0 + "\n" }.joined()
      if case .failed(let reason) = sink.write(Array(text.utf8)) {
        return "Failed to save history: \(reason)"
      }
      return nil
    } catch {
      return "Failed to save history: \(reason(error))"
    }
  }

  private func fallBack(_ reason: String) -> String {
    place = .memory
    return "Could not load history file, falling back to session-based history: \(reason)\n"
  }

  private func reason(_ error: StreamError) -> String {
    switch error {
    case .missing(let path): "\(path) (No such file or directory)"
    case .isDirectory(let path):
      "History file cannot be a directory, please delete \(path)"
    case .other(let path, let reason): "\(path) (\(reason))"
    }
  }

  private static func trimmed(_ text: String) -> String {
    var text = text.drop { $0.isWhitespace }
    while text.last?.isWhitespace ?? false { text.removeLast() }
    return String(text)
  }

  /// The line that keeps an entry, stamped with the time.
  private static func line(of entry: String) -> String {
    var line = "\(HostProcess.epochMilliseconds):"
    for scalar in entry.unicodeScalars {
      switch scalar {
      case "\n": line += "\\n"
      case "\r": line += "\\r"
      case "\\": line += "\\\\"
      default: line.unicodeScalars.append(scalar)
      }
    }
    return line + "\n"
  }

  /// The entry of a line; `nil` when the line is not in the format.
  private static func entry(of line: String) -> String? {
    guard let colon = line.firstIndex(of: ":"), colon > line.startIndex,
      line[..<colon].allSatisfy({ $0.isASCII && $0.isNumber })
    else { return nil }
    var entry = ""
    var isEscaped = false
    for scalar in line[line.index(after: colon)...].unicodeScalars {
      if isEscaped {
        isEscaped = false
        switch scalar {
        case "n": entry += "\n"
        case "r": entry += "\r"
        default: entry.unicodeScalars.append(scalar)
        }
      } else if scalar == "\\" {
        isEscaped = true
      } else {
        entry.unicodeScalars.append(scalar)
      }
    }
    return entry
  }
}
