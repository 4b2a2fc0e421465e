import QuerySession

/// Statements that a server is working on, oldest first.
struct AwaitedStatements {
  /// So many are sent before the oldest one's answer is looked at.
  private static let mostStatements = 1_024

  private var statements: [(result: any ResultStream, text: String)] = []
  private var first = 0

  /// Whether there are none.
  var isEmpty: Bool { first == statements.count }

  /// Whether the oldest should be looked at before another one is sent.
  var isFull: Bool { statements.count - first > Self.mostStatements }

  /// Adds a statement that has just been sent.
  mutating func append(_ result: any ResultStream, text: String) {
    statements.append((result, text))
  }

  /// Takes the oldest one out.
  mutating func removeFirst() -> (result: any ResultStream, text: String)? {
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
