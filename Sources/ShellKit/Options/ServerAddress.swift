/// Where a database is: in this process, or behind an address.
public enum ServerAddress: Sendable, Equatable {
  /// The embedded engine on a data directory.
  case embedded
  /// The embedded engine on a private store that vanishes at exit.
  case memory
  /// A server.
  case remote(scheme: String, host: String, port: Int?, query: String)

  /// Whether it is a server's.
  var isRemote: Bool {
    if case .remote = self { true } else { false }
  }

  /// Why an address cannot be read.
  enum Problem: Error, Equatable {
    /// It is not of the form of an address.
    case malformed(String)
    /// What stands before `@` is not a user name with or without a password.
    case userInformation(String)
  }

  /// The text that stands for the private store.
  private static let memoryAddress = "memory:"

  /// Reads an address; without a scheme it is `neo4j`.
  ///
  /// - Returns: The address, and user and password where they stand in it.
  static func parse(_ text: String) throws(Problem) -> (
    address: ServerAddress, user: String?, password: String?
  ) {
    if text == memoryAddress { return (.memory, nil, nil) }
    let whole = text.contains("://") ? text : "neo4j://" + text
    guard let mark = whole.firstRange(of: "://"),
      whole.allSatisfy({ !$0.isWhitespace && $0 != "\"" && $0 != "<" && $0 != ">" })
    else { throw .malformed(whole) }
    let scheme = whole[..<mark.lowerBound].lowercased()
    var rest = whole[mark.upperBound...]
    var query = ""
    if let question = rest.firstIndex(of: "?") {
      query = String(rest[rest.index(after: question)...])
      rest = rest[..<question]
    }
    if let slash = rest.firstIndex(of: "/") { rest = rest[..<slash] }
    var user: String?
    var password: String?
    if let at = rest.lastIndex(of: "@") {
      (user, password) = try credentials(String(rest[..<at]))
      rest = rest[rest.index(after: at)...]
    }
    let (host, port) = try hostAndPort(rest, whole)
    return (.remote(scheme: scheme, host: host, port: port, query: query), user, password)
  }

  private static func credentials(_ text: String) throws(Problem) -> (String, String?) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2 else { throw .userInformation(text) }
    return (decoded(String(parts[0])), parts.count == 2 ? decoded(String(parts[1])) : nil)
  }

  private static func hostAndPort(_ text: Substring, _ whole: String) throws(Problem) -> (
    String, Int?
  ) {
    guard !text.isEmpty else { throw .malformed(whole) }
    let bracket = text.first == "[" ? text.lastIndex(of: "]") : nil
    let search = bracket.map { text[$0...] } ?? text
    guard let colon = search.lastIndex(of: ":") else { return (String(text), nil) }
    guard let port = Int(text[text.index(after: colon)...]), port >= 0, colon > text.startIndex
    else { throw .malformed(whole) }
    return (String(text[..<colon]), port)
  }

  private static func decoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == 0x25, rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
