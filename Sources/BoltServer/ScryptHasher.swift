import Network

/// Hashes passwords with scrypt, each with a salt of its own.
public struct ScryptHasher: Sendable {
  /// Makes a hasher.
  public init() {}

  /// The text to keep in a password's place; says itself how it was made.
  public func hash(_ password: String) -> String { PasswordHash.scrypt(password: password) }

  /// Whether a password is the one that `hash` was made from; a text that no hash is never fits.
  public func verify(_ password: String, against hash: String) -> Bool {
    PasswordHash.verify(password: password, against: hash)
  }
}
