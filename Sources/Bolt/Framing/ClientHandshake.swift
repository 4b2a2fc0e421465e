/// The client's part of the handshake.
public struct ClientHandshake: Sendable {
  /// Why there is no version to speak.
  public enum Refusal: Hashable, Sendable {
    /// The server speaks none of the versions offered.
    case noCommonVersion
    /// The server answered with a version that was not offered.
    case notOffered(BoltVersion)
    /// The answer is one of HTTP.
    case answeredByHTTP
    /// The answer makes no sense.
    case malformed
  }

  /// What to do after bytes have arrived.
  public enum Action: Hashable, Sendable {
    /// Wait for more.
    case proceed
    /// Send this, which may be nothing; the rest of what arrived belongs to the messages.
    case agreed(send: [UInt8], version: BoltVersion, rest: [UInt8])
    /// Send this and close.
    case refused(send: [UInt8], Refusal)
  }

  /// The twenty bytes that open a connection: a list, else 5.8 to 5.0, 4.4 to 4.1, 4.0.
  public static let hello: [UInt8] =
    Handshake.magic + Handshake.manifest + [0, 8, 8, 5, 0, 3, 4, 4, 0, 0, 0, 4]

  private static let maximumEntries: UInt64 = 64
  private var pending: [UInt8] = []

  /// Makes a handshake whose hello has been sent.
  public init() {}

  /// Takes bytes of any number.
  public mutating func received(_ bytes: [UInt8]) -> Action {
    pending += bytes
    guard pending.count >= 4 else { return .proceed }
    let answer = pending[0..<4]
    if answer.elementsEqual(Array("HTTP".utf8)) { return .refused(send: [], .answeredByHTTP) }
    if answer.elementsEqual(Handshake.manifest) { return manifest() }
    if answer.allSatisfy({ $0 == 0 }) { return .refused(send: [], .noCommonVersion) }
    guard answer[0] == 0, answer[1] == 0 else { return .refused(send: [], .malformed) }
    let version = BoltVersion(answer[3], answer[2])
    guard version.major < 6, BoltVersion.spoken.contains(version) else {
      return .refused(send: [], .notOffered(version))
    }
    return .agreed(send: [], version: version, rest: Array(pending[4...]))
  }

  private func manifest() -> Action {
    var position = 4
    switch VariableInteger.read(pending[position...]) {
    case .incomplete: return .proceed
    case .invalid: return .refused(send: [], .malformed)
    case .value(let count, let width):
      guard count > 0, count <= Self.maximumEntries else { return .refused(send: [], .malformed) }
      position += width
      let end = position + Int(count) * 4
      guard pending.count > end else { return .proceed }
      let ranges = stride(from: position, to: end, by: 4).map {
        Handshake.Range(pending[$0..<$0 + 4])
      }
      switch VariableInteger.read(pending[end...]) {
      case .incomplete: return .proceed
      case .invalid: return .refused(send: [], .malformed)
      case .value(_, let width): return choice(ranges, Array(pending[(end + width)...]))
      }
    }
  }

  /// The newest version that both know; none of the capabilities offered.
  private func choice(_ ranges: [Handshake.Range], _ rest: [UInt8]) -> Action {
    let version = BoltVersion.spoken.first { version in
      ranges.contains { $0.contains(version) }
    }
    guard let version else { return .refused(send: [0, 0, 0, 0, 0], .noCommonVersion) }
    return .agreed(send: Handshake.bytes(of: version) + [0], version: version, rest: rest)
  }
}
