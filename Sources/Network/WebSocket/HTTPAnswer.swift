/// The few answers to HTTP requests at a port for something else.
enum HTTPAnswer {
  static let badRequest = text("400 Bad Request", "this request is not understood\n")

  /// RFC 6455, 4.2.2: says which version is spoken.
  static let webSocketVersion = text(
    "426 Upgrade Required", "WebSocket of version 13 is spoken here\n",
    fields: "Sec-WebSocket-Version: 13\r\n")

  static let foreignPage = text("403 Forbidden", "pages of this site may not connect here\n")

  static func greeting(_ body: String) -> [UInt8] { text("200 OK", body) }

  static func upgrade(key: String) -> [UInt8] {
    // RFC 6455, 1.3.
    let proof = Digest.base64(
      Digest.sha1(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)))
    return Array(
      ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Accept: \(proof)\r\n\r\n").utf8)
  }

  private static func text(_ status: String, _ body: String, fields: String = "") -> [UInt8] {
    Array(
      ("HTTP/1.1 \(status)\r\nContent-Type: text/plain; charset=utf-8\r\n\(fields)"
        + "Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)").utf8)
  }
}
