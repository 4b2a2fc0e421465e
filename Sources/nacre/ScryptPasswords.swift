import BoltServer
import CypherEngine
import Diagnostics

/// Hashes the passwords of the engine's users with scrypt.
struct ScryptPasswords: PasswordHashing {
  private let hasher = ScryptHasher()

  func hash(_ password: [UInt8]) throws(Failure) -> String {
    hasher.hash(String(decoding: password, as: UTF8.self))
  }

  func verify(_ password: [UInt8], against stored: String) -> Bool {
    hasher.verify(String(decoding: password, as: UTF8.self), against: stored)
  }
}
