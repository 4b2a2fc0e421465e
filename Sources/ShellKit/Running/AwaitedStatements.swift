import QuerySession

/// Statements that a server is working on, oldest first.
struct AwaitedStatements {
  /// So many are sent before the oldest one's answer is looked at.
  private static let mostStatements = 1_024

  /// A statement, its result to come, and where it stands in the script.
  struct Statement {
    let result: any ResultStream
    let text: String
    let place: ScriptPlace?
  }

  private var statements: [Statement] = []
  private var first = 0

  /// Whether there are none.
  var isEmpty: Bool { first == statements.count }

  /// Whether the oldest should be looked at before another one is sent.
  var isFull: Bool { statements.count - first > Self.mostStatements }

  /// Adds a statement that has just been sent.
  mutating func append(_ statement: Statement) {
    statements.append(statement)
  }

  /// Takes the oldest one out.
  mutating func removeFirst() -> Statement? {
    guard !isEmpty else { return nil }
    let oldest = statements[first]
    first += 1
    if first >= Self.mostStatements || isEmpty {
      statements.removeFirst(first)
      first = 0
    }
    return oldest
  }

  /// Forgets them all.
  mutating func removeAll() {
    statements = []
    first = 0
  }
}
