import CLibEvent

/// Digests and the text form of bytes.
public enum Digest {
  /// SHA-256: 32 bytes.
  public static func sha256(_ bytes: [UInt8]) -> [UInt8] {
    unsafe digest(bytes, EVP_sha256(), size: 32)
  }

  /// SHA-1: 20 bytes; for WebSocket alone, as it resists nobody.
  static func sha1(_ bytes: [UInt8]) -> [UInt8] { unsafe digest(bytes, EVP_sha1(), size: 20) }

  private static func digest(_ bytes: [UInt8], _ kind: OpaquePointer?, size: Int) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: size)
    let code = unsafe EVP_Digest(bytes, bytes.count, &result, nil, kind, nil)
    precondition(code == 1, "OpenSSL without its digests")
    return result
  }

  /// Base64 with padding (RFC 4648).
  public static func base64(_ bytes: [UInt8]) -> String {
    var text = [UInt8](repeating: 0, count: (bytes.count + 2) / 3 * 4 + 1)
    let count = unsafe EVP_EncodeBlock(&text, bytes, Int32(bytes.count))
    return String(decoding: text.prefix(Int(count)), as: UTF8.self)
  }

  /// Reads base64 with padding; `nil` when it is none.
  public static func bytes(base64 text: String) -> [UInt8]? {
    let source = Array(text.utf8)
    guard source.count % 4 == 0 else { return nil }
    let padding = source.suffix(2).count { $0 == UInt8(ascii: "=") }
    var bytes = [UInt8](repeating: 0, count: source.count / 4 * 3)
    let count = unsafe EVP_DecodeBlock(&bytes, source, Int32(source.count))
    guard count == bytes.count, padding <= bytes.count else { return nil }
    bytes.removeLast(padding)
    // OpenSSL takes padding in odd places for zeros.
    return base64(bytes) == text ? bytes : nil
  }
}
