/// A host and a port, not resolved.
public struct ServerEndpoint: Sendable, Hashable {
  /// A name or an address; an IPv6 address has no brackets here.
  public var host: String
  /// From 1 to 65535.
  public var port: Int

  /// Makes an endpoint; brackets around the host are taken off.
  public init(host: String, port: Int) {
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    self.host = isBracketed ? String(host.dropFirst().dropLast()) : host
    self.port = port
  }

  /// Reads `host`, `host:port` or `[host]:port`, as routing tables have them; `nil` for anything else.
  init?(_ text: String) {
    if text.hasPrefix("[") {
      guard let end = text.lastIndex(of: "]") else { return nil }
      self.init(
        host: String(text[...end]), portText: text[text.index(after: end)...])
      return
    }
    let colons = text.count { $0 == ":" }
    guard colons == 1, let colon = text.firstIndex(of: ":") else {
      // Several colons without brackets are an IPv6 address without a port.
      self.init(host: text, portText: "")
      return
    }
    self.init(host: String(text[..<colon]), portText: text[colon...])
  }

  private init?(host: String, portText: Substring) {
    guard !host.isEmpty, host != "[]" else { return nil }
    if portText.isEmpty {
      self.init(host: host, port: RemoteAddress.defaultPort)
      return
    }
    guard portText.first == ":", let port = Int(portText.dropFirst()), (1...65_535).contains(port)
    else { return nil }
    self.init(host: host, port: port)
  }
}

extension ServerEndpoint: CustomStringConvertible {
  /// `host:port`, with brackets around IPv6 addresses.
  public var description: String {
    host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
