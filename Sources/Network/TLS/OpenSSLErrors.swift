import CLibEvent

/// The queue of errors that OpenSSL keeps for each thread.
enum OpenSSLErrors {
  /// Takes all of them out; the words of the first.
  static func take() -> String {
    let code = ERR_get_error()
    ERR_clear_error()
    return words(code)
  }

  static func words(_ code: UInt) -> String {
    if code == 0 { return "no reason is known" }
    if let text = unsafe ERR_reason_error_string(code) { return unsafe String(cString: text) }
    // What the system said stands in the number itself.
    if code & 0x8000_0000 != 0 { return NetworkError.words(Int32(code & 0x7FFF_FFFF)) }
    return "error \(code)"
  }
}
