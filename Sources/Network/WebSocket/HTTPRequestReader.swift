/// Gathers the head of one HTTP request.
struct HTTPRequestReader {
  enum Progress: Equatable {
    case needsMore
    case malformed
    case request(HTTPRequest, rest: [UInt8])
  }

  /// As much as the usual servers take.
  private static let greatestHead = 8_192
  private static let headEnd = Array("\r\n\r\n".utf8)

  private var head: [UInt8] = []

  mutating func received(_ bytes: [UInt8]) -> Progress {
    let searchStart = max(0, head.count - 3)
    head += bytes
    guard let end = end(from: searchStart) else {
      return head.count > Self.greatestHead ? .malformed : .needsMore
    }
    guard end <= Self.greatestHead,
      let request = HTTPRequest(String(decoding: head[..<end], as: UTF8.self))
    else { return .malformed }
    return .request(request, rest: Array(head[(end + 4)...]))
  }

  private func end(from start: Int) -> Int? {
    var index = start
    while index + 4 <= head.count, index <= Self.greatestHead {
      if head[index] == Self.headEnd[0], head[index..<(index + 4)].elementsEqual(Self.headEnd) {
        return index
      }
      index += 1
    }
    return nil
  }
}

/// The head of an HTTP request, as far as an upgrade needs it.
struct HTTPRequest: Equatable {
  let method: String
  let path: String
  /// By names in lower case; a name that comes again adds to its values.
  let fields: [String: String]

  init?(_ head: String) {
    // Swift takes CR LF for one character.
    var lines = head.split(separator: "\r\n", omittingEmptySubsequences: false)[...]
    guard let words = lines.popFirst()?.split(separator: " "), words.count == 3,
      words[2].hasPrefix("HTTP/1.")
    else { return nil }
    method = String(words[0])
    path = String(words[1])
    var fields: [String: String] = [:]
    for line in lines {
      guard let colon = line.firstIndex(of: ":"), colon > line.startIndex else { return nil }
      let name = line[..<colon].lowercased()
      let value = Self.trimmed(line[line.index(after: colon)...])
      fields[name] = fields[name].map { $0 + "," + value } ?? value
    }
    self.fields = fields
  }

  var asksForWebSocket: Bool {
    method == "GET" && has("websocket", in: "upgrade") && has("upgrade", in: "connection")
  }

  /// Whether a browser says that a page from elsewhere than this machine makes the request.
  var isOfForeignPage: Bool {
    guard let origin = fields["origin"] else { return false }
    let parts = origin.split(separator: "/")
    guard parts.count == 2 else { return true }
    let rest = parts[1]
    let host = rest.hasPrefix("[") ? rest.prefix { $0 != "]" } + "]" : rest.prefix { $0 != ":" }
    return !["localhost", "127.0.0.1", "[::1]"].contains(host.lowercased())
  }

  /// What the answer proves to have read; `nil` unless the request is by RFC 6455.
  var webSocketKey: String? {
    guard fields["sec-websocket-version"] == "13", let key = fields["sec-websocket-key"],
      key.utf8.count == 24
    else { return nil }
    return key
  }

  private func has(_ token: String, in field: String) -> Bool {
    (fields[field] ?? "").split(separator: ",").contains {
      Self.trimmed($0).lowercased() == token
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    let isBlank = { (character: Character) in character == " " || character == "\t" }
    return String(text.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }
}
