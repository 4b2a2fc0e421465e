/// What both handshakes share.
public enum Handshake {
  /// The first four bytes of every connection.
  public static let magic: [UInt8] = [0x60, 0x60, 0xB0, 0x17]

  /// How many bytes a client's hello has.
  public static let helloBytes = 20

  /// Asks for, or grants, negotiation by a list of versions.
  static let manifest: [UInt8] = [0x00, 0x00, 0x01, 0xFF]

  /// A range of versions in four bytes: zero, how many minors below, the highest minor, the major.
  struct Range: Hashable {
    var span: UInt8
    var minor: UInt8
    var major: UInt8

    init(_ bytes: ArraySlice<UInt8>) {
      let start = bytes.startIndex
      span = bytes[start + 1]
      minor = bytes[start + 2]
      major = bytes[start + 3]
    }

    func contains(_ version: BoltVersion) -> Bool {
      version.major == major && version.minor <= minor
        && Int(version.minor) >= Int(minor) - Int(span)
    }
  }

  static func bytes(of version: BoltVersion) -> [UInt8] { [0, 0, version.minor, version.major] }
}

/// The server's part of the handshake.
public struct ServerHandshake: Sendable {
  /// What to do after bytes have arrived.
  public enum Action: Hashable, Sendable {
    /// Send this, which may be nothing, and wait for more.
    case proceed(send: [UInt8])
    /// Send this; the rest of what arrived belongs to the messages.
    case agreed(send: [UInt8], version: BoltVersion, byManifest: Bool, rest: [UInt8])
    /// Send this and close.
    case refused(send: [UInt8])
  }

  private let versions: [BoltVersion]
  private let unlisted: [BoltVersion]
  private var pending: [UInt8] = []
  private var isChoosing = false

  /// Makes a handshake.
  ///
  /// - Parameters:
  ///   - versions: What is offered.
  ///   - unlisted: What is spoken when a client insists on it.
  public init(
    versions: [BoltVersion] = BoltVersion.served, unlisted: [BoltVersion] = BoltVersion.unlisted
  ) {
    self.versions = versions.sorted(by: >)
    self.unlisted = unlisted
  }

  /// Takes bytes of any number.
  public mutating func received(_ bytes: [UInt8]) -> Action {
    pending += bytes
    return isChoosing ? chosen() : hello()
  }

  private mutating func hello() -> Action {
    let begun = pending.prefix(Handshake.magic.count)
    guard begun.elementsEqual(Handshake.magic.prefix(begun.count)) else {
      return .refused(send: [])
    }
    guard pending.count >= Handshake.helloBytes else { return .proceed(send: []) }
    let offers = stride(from: 4, to: Handshake.helloBytes, by: 4).map { pending[$0..<$0 + 4] }
    pending.removeFirst(Handshake.helloBytes)
    for offer in offers {
      if offer.elementsEqual(Handshake.manifest) {
        isChoosing = true
        return .proceed(send: manifest())
      }
      let range = Handshake.Range(offer)
      if let version = versions.first(where: { range.contains($0) }) {
        return .agreed(
          send: Handshake.bytes(of: version), version: version, byManifest: false, rest: pending)
      }
    }
    return .refused(send: [0, 0, 0, 0])
  }

  /// The list of versions, neighbours put together.
  private func manifest() -> [UInt8] {
    var ranges: [(high: BoltVersion, span: UInt8)] = []
    for version in versions {
      if let last = ranges.last, last.high.major == version.major,
        Int(last.high.minor) - Int(last.span) - 1 == Int(version.minor)
      {
        ranges[ranges.count - 1].span += 1
      } else {
        ranges.append((version, 0))
      }
    }
    var bytes = Handshake.manifest
    VariableInteger.append(UInt64(ranges.count), to: &bytes)
    for range in ranges { bytes += [0, range.span, range.high.minor, range.high.major] }
    VariableInteger.append(0, to: &bytes)
    return bytes
  }

  private mutating func chosen() -> Action {
    guard pending.count >= 4 else { return .proceed(send: []) }
    let version = BoltVersion(pending[3], pending[2])
    switch VariableInteger.read(pending[4...]) {
    case .incomplete: return .proceed(send: [])
    case .invalid: return .refused(send: [])
    case .value(let capabilities, let count):
      guard capabilities == 0, pending[1] == 0, (versions + unlisted).contains(version) else {
        return .refused(send: [])
      }
      return .agreed(
        send: [], version: version, byManifest: true, rest: Array(pending[(4 + count)...]))
    }
  }
}
