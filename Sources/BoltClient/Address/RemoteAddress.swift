public import Diagnostics

/// A server's address as its URI says it.
public struct RemoteAddress: Sendable, Hashable {
  /// How certificates are checked, where the scheme asks for encryption.
  public enum Encryption: Sendable, Hashable {
    /// None.
    case none
    /// Encrypted; the certificate must lead to a trusted authority and name the host.
    case verified
    /// Encrypted; any certificate will do.
    case selfSigned
  }

  /// Where nothing else is said.
  public static let defaultPort = 7687

  /// Whether statements go to whichever member of a cluster is right for them.
  public var isRouting: Bool
  /// What the scheme says of encryption.
  public var encryption: Encryption
  /// The host and port.
  public var endpoint: ServerEndpoint
  /// The pairs of the query string, which choose among the members of a cluster.
  public var routingContext: [RoutingParameter]

  /// Reads an address whose parts have been told apart already.
  ///
  /// - Parameters:
  ///   - scheme: Such as `bolt` or `neo4j+s`; `bolt+routing` is the old name of `neo4j`.
  ///   - host: A name, an IPv4 address, or an IPv6 address with or without its brackets.
  ///   - port: 7687 where there is none.
  ///   - query: What follows `?`, percent-encoded.
  /// - Throws: When there is no such scheme or port, or the query does not suit it.
  public init(
    scheme: String, host: String, port: Int? = nil, query: String = ""
  ) throws(Failure) {
    let (isRouting, encryption) = try Self.meaning(of: scheme.lowercased())
    self.isRouting = isRouting
    self.encryption = encryption
    let port = port ?? Self.defaultPort
    guard (1...65_535).contains(port) else {
      throw Failure(code: Self.invalidAddress, message: "Illegal port: \(port)")
    }
    endpoint = ServerEndpoint(host: host, port: port)
    routingContext = []
    guard !query.isEmpty else { return }
    guard isRouting else {
      throw Failure(
        code: Self.invalidAddress,
        message: "Routing parameters are not supported with scheme '\(scheme)'. "
          + "Given URI: '\(scheme)://\(endpoint.description)?\(query)'",
        hint: "leave the part from `?` on away, or write `neo4j://`")
    }
    routingContext = try RoutingParameter.parse(query)
  }

  /// The scheme as users write it.
  public var scheme: String {
    let base = isRouting ? "neo4j" : "bolt"
    return switch encryption {
    case .none: base
    case .verified: base + "+s"
    case .selfSigned: base + "+ssc"
    }
  }

  /// The same server without routing.
  var direct: RemoteAddress {
    var copy = self
    copy.isRouting = false
    copy.routingContext = []
    return copy
  }

  private static let invalidAddress = "Neo.ClientError.General.InvalidArguments"

  private static func meaning(of scheme: String) throws(Failure) -> (Bool, Encryption) {
    switch scheme {
    case "bolt": return (false, .none)
    case "bolt+s": return (false, .verified)
    case "bolt+ssc": return (false, .selfSigned)
    case "neo4j", "bolt+routing": return (true, .none)
    case "neo4j+s": return (true, .verified)
    case "neo4j+ssc": return (true, .selfSigned)
    case "http", "https":
      throw Failure(
        code: invalidAddress, message: "Invalid address format \(scheme)",
        hint: "this is the address of a page; statements go to bolt:// or neo4j://, "
          + "usually at port 7687")
    default:
      throw Failure(
        code: invalidAddress, message: "Invalid address format \(scheme)",
        hint: "write bolt://, bolt+s://, bolt+ssc://, neo4j://, neo4j+s:// or neo4j+ssc://")
    }
  }
}

extension RemoteAddress: CustomStringConvertible {
  /// The address as users write it, without names and passwords.
  public var description: String {
    guard !routingContext.isEmpty else { return "\(scheme)://\(endpoint)" }
    let pairs = routingContext.map { "\($0.key)=\($0.value)" }
    return "\(scheme)://\(endpoint)?\(pairs.joined(separator: "&"))"
  }
}
