/// Which replies a client waits for, oldest first.
///
/// Each request but GOODBYE gets exactly one summary; records in front of it belong to the oldest
/// request outstanding.
public struct ClientProtocol<Tag> {
  /// What a summary means for the request it ends.
  public enum Reply: Sendable {
    /// It was carried out.
    case success
    /// It failed; a RESET is due unless one is on its way.
    case failure(needsReset: Bool)
    /// It was ignored because of an earlier failure.
    case ignored
  }

  private var outstanding: [Tag] = []
  private var first = 0
  /// Whether a failure has not been reset yet.
  public private(set) var isFailed = false
  private var resetsOnTheirWay = 0

  /// Begins with nothing outstanding.
  public init() {}

  /// How many replies are due.
  public var count: Int { outstanding.count - first }

  /// The oldest request outstanding.
  public var head: Tag? { first < outstanding.count ? outstanding[first] : nil }

  /// A request has been written.
  public mutating func sent(_ tag: Tag, isReset: Bool = false) {
    outstanding.append(tag)
    if isReset { resetsOnTheirWay += 1 }
  }

  /// A summary has come.
  ///
  /// - Parameters:
  ///   - reply: Which one; `needsReset` does not count.
  ///   - isReset: Whether it answers a RESET, as the head's tag says.
  /// - Returns: The request that it ends and what it means; `nil` when nothing was outstanding.
  public mutating func summary(_ reply: Reply, isReset: Bool) -> (tag: Tag, reply: Reply)? {
    guard first < outstanding.count else { return nil }
    let tag = outstanding[first]
    first += 1
    if first == outstanding.count || first > 1024 {
      outstanding.removeFirst(first)
      first = 0
    }
    if isReset {
      resetsOnTheirWay -= 1
      isFailed = false
      return (tag, reply)
    }
    guard case .failure = reply else { return (tag, reply) }
    let needsReset = !isFailed && resetsOnTheirWay == 0
    isFailed = true
    return (tag, .failure(needsReset: needsReset))
  }
}

extension ClientProtocol: Sendable where Tag: Sendable {}
