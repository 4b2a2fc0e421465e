import Diagnostics
import Foundation
import Network
import ServerKit
import Testing

@testable import BoltClient

/// A certificate for one name that vouches for itself, in a folder that goes with this value.
private final class SelfSigned {
  let files: CertificateFiles
  private let folder: String

  init(name: String) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    files = CertificateFiles(
      certificatePath: folder + "/certificate.pem", keyPath: folder + "/key.pem")
    let openssl = Process()
    openssl.executableURL = URL(filePath: "/usr/bin/env")
    openssl.arguments = [
      "openssl", "req", "-x509", "-newkey", "ed25519", "-nodes", "-days", "2", "-subj", "/CN=test",
      "-addext", "subjectAltName=\(name)", "-keyout", files.keyPath, "-out", files.certificatePath,
    ]
    openssl.standardError = FileHandle.nullDevice
    try openssl.run()
    openssl.waitUntilExit()
    try #require(openssl.terminationStatus == 0)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }
}

@Suite struct EncryptionTests {
  private func outcome(
    _ scheme: String, name: String, trusts: Bool = false, forces: Bool = false
  ) async throws -> Failure? {
    let certificate = try SelfSigned(name: name)
    let server = try ScriptedServer(
      [.ready() + .goodbye], tls: ServerTLS(certificate: certificate.files))
    let error = await failure { () throws(Failure) in
      let session = try await session(
        on: server, scheme: scheme,
        options: options {
          $0.authorityFile = trusts ? certificate.files.certificatePath : nil
          $0.forcesEncryption = forces
        })
      await session.close()
    }
    if error == nil { server.check() }
    return error
  }

  @Test func anyCertificateWillDoForSelfSignedSchemes() async throws {
    #expect(try await outcome("bolt+ssc", name: "DNS:elsewhere") == nil)
  }

  @Test func aCertificateThatNobodyVouchesForIsRefused() async throws {
    let error = try await outcome("bolt+s", name: "IP:127.0.0.1")
    #expect(error?.code == "ServiceUnavailable")
    #expect(error?.message.contains("certificate") == true, "\(error?.message ?? "")")
    #expect(error?.hint?.contains("bolt+ssc://") == true)
  }

  @Test func anAuthorityMayBeNamedAndTheHostMustMatch() async throws {
    #expect(try await outcome("bolt+s", name: "IP:127.0.0.1", trusts: true) == nil)
    #expect(try await outcome("bolt", name: "IP:127.0.0.1", trusts: true, forces: true) == nil)
    let error = try await outcome("bolt+s", name: "DNS:elsewhere", trusts: true)
    #expect(error?.message.contains("is not for") == true, "\(error?.message ?? "")")
  }

  @Test func tellsWhereOneEndEncryptsAndTheOtherDoesNot() async throws {
    let plain = try ScriptedServer([.hello])
    let error = await failure { () throws(Failure) in
      _ = try await session(
        on: plain, scheme: "bolt+ssc", options: options { $0.connectTimeoutSeconds = 1 })
    }
    #expect(error?.message.contains("127.0.0.1:\(plain.port)") == true)
    let other = try await outcome("bolt", name: "IP:127.0.0.1")
    #expect(other?.code == "ServiceUnavailable")
  }
}
