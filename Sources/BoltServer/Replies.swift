import Bolt
import Diagnostics
import GraphValues
import QuerySession

/// Replies that are written and not sent yet.
///
/// Those of statements that are not durable yet are held until they are. When they never will be, they
/// are replaced: the first request has failed, and those behind it are ignored.
struct Replies {
  /// How values are written; the `utc` patch changes it.
  var writer: PackStreamWriter
  /// What comes before the held replies.
  private var released: [UInt8] = []
  /// Requests whose replies are held; `nil` when none are.
  private(set) var heldCount: Int?

  init(_ dialect: PackStreamDialect) { writer = PackStreamWriter(dialect) }

  /// Whether what is written now must wait.
  var isHolding: Bool { heldCount != nil }

  /// How many bytes are written and not sent.
  var byteCount: Int { released.count + writer.bytes.count }

  /// Holds what is written from now on.
  mutating func hold() {
    guard !isHolding else { return }
    released += writer.take()
    heldCount = 0
  }

  /// Lets go of what is held.
  mutating func release() { heldCount = nil }

  /// A request in front of the next one has all its replies.
  mutating func endRequest() { heldCount = heldCount.map { $0 + 1 } }

  /// Puts a failure in the place of all that is held.
  ///
  /// - Returns: Whether the failure has found a request whose reply it is; else it belongs to the one
  ///   being carried out.
  mutating func replaceHeld(by failure: Failure) -> Bool {
    let count = heldCount ?? 0
    heldCount = nil
    _ = writer.take()
    guard count > 0 else { return false }
    fail(failure, statement: "")
    for _ in 1..<count { ignore() }
    return true
  }

  /// Takes what may be sent.
  mutating func take() -> [UInt8] {
    if isHolding {
      defer { released = [] }
      return released
    }
    if released.isEmpty { return writer.take() }
    defer { released = [] }
    return released + writer.take()
  }

  mutating func succeed(_ metadata: MapValue = MapValue()) { writer.write(.success(metadata)) }

  mutating func ignore() { writer.write(.ignored) }

  mutating func fail(_ failure: Failure, statement: String) {
    let version = writer.dialect.version
    writer.write(
      .failure(MapValue(failure, version: version, statement: statement)))
  }
}
