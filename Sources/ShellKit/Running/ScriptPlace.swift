import LineEditor

/// Where a statement or command of a script begins.
struct ScriptPlace {
  /// Where a script comes from.
  enum Source {
    case standardInput
    /// A file among those given as arguments.
    case file(String)
    /// A file that another script or a person has named.
    case sourced(String)
  }

  let source: Source
  /// The line, from 1.
  let line: Int
}

extension Shell {
  /// Tells where a statement that failed begins; `nil` where that is plain.
  ///
  /// The message counts lines from the statement's first one, which in the first line of the only file
  /// is the file's own. What programs read of a script from standard input stays as `cypher-shell`
  /// says it.
  func text(of place: ScriptPlace) -> String? {
    switch place.source {
    case .standardInput:
      return place.line > 1 && HostProcess.isTerminal(2) ? "at <stdin>:\(place.line)" : nil
    case .file(let path):
      return place.line > 1 || options.files.count > 1 ? "at \(path):\(place.line)" : nil
    case .sourced(let path): return "at \(path):\(place.line)"
    }
  }
}
