import CLibEvent
import Foundation

@testable import Network

/// Certificates of a small authority, made anew for each test and deleted with this value.
final class TestCertificates {
  /// What a certificate says.
  struct Request {
    var names = "DNS:localhost,IP:127.0.0.1"
    var startsIn = -3_600
    var endsIn = 3_600
    var isAuthority = false
    var isSelfSigned = false
  }

  @safe private struct Pair {
    let certificate: OpaquePointer
    let key: OpaquePointer
  }

  let folder: String
  private let authority: Pair

  var authorityPath: String { folder + "/authority.pem" }

  init() throws {
    folder =
      FileManager.default.temporaryDirectory
      .appending(path: "nacre-network-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    authority = Self.make(
      Request(names: "", isAuthority: true, isSelfSigned: true), name: "Test authority",
      signedBy: nil)
    Self.write(authority, certificate: folder + "/authority.pem", key: nil)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Makes a certificate with its key.
  func files(_ request: Request = Request(), name: String = "server") -> CertificateFiles {
    let pair = Self.make(
      request, name: name, signedBy: request.isSelfSigned ? nil : authority)
    let files = CertificateFiles(
      certificatePath: "\(folder)/\(name).pem", keyPath: "\(folder)/\(name).key")
    Self.write(pair, certificate: files.certificatePath, key: files.keyPath)
    return files
  }

  private static func make(_ request: Request, name: String, signedBy issuer: Pair?) -> Pair {
    let key = unsafe makeKey()
    guard let certificate = unsafe X509_new() else { preconditionFailure("X509_new") }
    unsafe X509_set_version(certificate, 2)
    unsafe ASN1_INTEGER_set(X509_get_serialNumber(certificate), Int.random(in: 1..<1 << 30))
    unsafe X509_gmtime_adj(X509_getm_notBefore(certificate), request.startsIn)
    unsafe X509_gmtime_adj(X509_getm_notAfter(certificate), request.endsIn)
    unsafe X509_set_pubkey(certificate, key)
    let subject = unsafe X509_get_subject_name(certificate)
    unsafe X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, name, -1, -1, 0)
    let issuerName = unsafe issuer.map { unsafe X509_get_subject_name($0.certificate) } ?? subject
    unsafe X509_set_issuer_name(certificate, issuerName)
    if request.isAuthority {
      unsafe add(NID_basic_constraints, "critical,CA:TRUE", to: certificate)
    }
    if !request.names.isEmpty { unsafe add(NID_subject_alt_name, request.names, to: certificate) }
    unsafe X509_sign(certificate, issuer?.key ?? key, nil)
    return unsafe Pair(certificate: certificate, key: key)
  }

  private static func makeKey() -> OpaquePointer {
    let context = unsafe EVP_PKEY_CTX_new_id(EVP_PKEY_ED25519, nil)
    defer { unsafe EVP_PKEY_CTX_free(context) }
    var key: OpaquePointer?
    unsafe EVP_PKEY_keygen_init(context)
    unsafe EVP_PKEY_keygen(context, &key)
    guard let key = unsafe key else { preconditionFailure("EVP_PKEY_keygen") }
    return unsafe key
  }

  private static func add(_ kind: Int32, _ value: String, to certificate: OpaquePointer) {
    let field = unsafe X509V3_EXT_conf_nid(nil, nil, kind, value)
    unsafe X509_add_ext(certificate, field, -1)
    unsafe X509_EXTENSION_free(field)
  }

  private static func write(_ pair: Pair, certificate: String, key: String?) {
    let file = unsafe BIO_new_file(certificate, "w")
    unsafe PEM_write_bio_X509(file, pair.certificate)
    unsafe BIO_free(file)
    guard let key else { return }
    let keyFile = unsafe BIO_new_file(key, "w")
    unsafe PEM_write_bio_PrivateKey(keyFile, pair.key, nil, nil, 0, nil, nil)
    unsafe BIO_free(keyFile)
  }
}
