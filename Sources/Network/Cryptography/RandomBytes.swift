import CLibEvent

/// Bytes that nobody can guess.
public enum RandomBytes {
  /// Makes so many, for salts, keys and tokens.
  public static func make(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }
}

/// Comparison whose time tells nothing of where two sequences differ.
public enum ConstantTime {
  /// Whether both are the same; only their lengths show in the time taken.
  public static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return unsafe CRYPTO_memcmp(left, right, left.count) == 0
  }
}
