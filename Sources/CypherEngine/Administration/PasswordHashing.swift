public import Diagnostics

/// Turns passwords into what is stored of them, and checks them against it.
///
/// The engine keeps no password and knows no algorithm: who opens it brings one along.
public protocol PasswordHashing: Sendable {
  /// What is stored of a password: with a salt of its own, slow to compute.
  func hash(_ password: [UInt8]) throws(Failure) -> String
  /// Whether a password is the one behind what was stored, in a time that does not tell how nearly.
  func verify(_ password: [UInt8], against stored: String) -> Bool
  /// Whether a text may be stored as it is, as `SET ENCRYPTED PASSWORD` asks for.
  func accepts(_ stored: String) -> Bool
}

extension PasswordHashing {
  /// Nothing but what `hash` gave is stored.
  public func accepts(_ stored: String) -> Bool { false }
}
