import CLibEvent

/// Passwords as a store keeps them: salted, and dear to guess (scrypt, RFC 7914).
///
/// The text says all that is needed to verify it, so that a later version may charge more:
/// `$scrypt$ln=14,r=8,p=1$SALT$HASH`, both in base64.
public enum PasswordHash {
  /// What scrypt charges: 2^14 blocks of 1 KiB each, 16 MiB and some 40 ms.
  private static let cost = Cost(logarithm: 14, blockSize: 8, lanes: 1)
  private static let saltSize = 16
  private static let hashSize = 32

  private struct Cost: Equatable {
    let logarithm: Int
    let blockSize: Int
    let lanes: Int

    /// A store that somebody has tampered with must not take all of the machine.
    var isReasonable: Bool {
      (1...20).contains(logarithm) && (1...32).contains(blockSize) && (1...16).contains(lanes)
    }
  }

  /// Hashes a password with a salt of its own.
  ///
  /// - Parameter password: Any text; may be empty.
  /// - Returns: The text to keep.
  public static func scrypt(password: String) -> String {
    let salt = RandomBytes.make(saltSize)
    let hash = derive(password, salt, cost, size: hashSize) ?? []
    precondition(hash.count == hashSize, "OpenSSL without scrypt")
    return
      "$scrypt$ln=\(cost.logarithm),r=\(cost.blockSize),p=\(cost.lanes)"
      + "$\(Digest.base64(salt))$\(Digest.base64(hash))"
  }

  /// Whether a password is the one that was hashed; takes as long either way.
  ///
  /// - Parameters:
  ///   - password: What a user says.
  ///   - text: What `scrypt` returned; false when it is something else.
  /// - Returns: Whether they belong together.
  public static func verify(password: String, against text: String) -> Bool {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt",
      let cost = cost(parts[2]), cost.isReasonable,
      let salt = Digest.bytes(base64: parts[3]), let hash = Digest.bytes(base64: parts[4]),
      (16...64).contains(hash.count), let derived = derive(password, salt, cost, size: hash.count)
    else { return false }
    return ConstantTime.areEqual(derived, hash)
  }

  private static func cost(_ text: String) -> Cost? {
    let values = text.split(separator: ",").compactMap { pair -> Int? in
      guard let equals = pair.firstIndex(of: "=") else { return nil }
      return Int(pair[pair.index(after: equals)...])
    }
    guard values.count == 3 else { return nil }
    let cost = Cost(logarithm: values[0], blockSize: values[1], lanes: values[2])
    return text == "ln=\(values[0]),r=\(values[1]),p=\(values[2])" ? cost : nil
  }

  private static func derive(
    _ password: String, _ salt: [UInt8], _ cost: Cost, size: Int
  ) -> [UInt8]? {
    var hash = [UInt8](repeating: 0, count: size)
    let bytes = Array(password.utf8).map { CChar(bitPattern: $0) }
    let code = unsafe EVP_PBE_scrypt(
      bytes, bytes.count, salt, salt.count, 1 << UInt64(cost.logarithm), UInt64(cost.blockSize),
      UInt64(cost.lanes), 1 << 31, &hash, size)
    ERR_clear_error()
    return code == 1 ? hash : nil
  }
}
