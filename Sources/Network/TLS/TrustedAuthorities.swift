import CLibEvent

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where a system keeps the certificates of the authorities that it trusts.
///
/// The places that OpenSSL was built with are those of one distribution; a static binary runs on all.
enum TrustedAuthorities {
  static let files = [
    "/etc/ssl/certs/ca-certificates.crt",  // Debian, Ubuntu, Arch, Gentoo
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  // Fedora, RHEL
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",  // openSUSE
    "/etc/ssl/cert.pem",  // macOS, Alpine
    "/opt/homebrew/etc/openssl@3/cert.pem",
    "/usr/local/etc/openssl@3/cert.pem",
  ]

  /// Gives a context what `SSL_CERT_FILE` and `SSL_CERT_DIR` name, else the first file that exists.
  ///
  /// A file that cannot be read trusts nobody: every certificate is then refused.
  static func load(into context: TLSContext) {
    let file = environment("SSL_CERT_FILE")
    let folder = environment("SSL_CERT_DIR")
    if let folder { unsafe SSL_CTX_load_verify_dir(context.handle, folder) }
    if let file {
      unsafe SSL_CTX_load_verify_file(context.handle, file)
    } else if folder == nil {
      for path in files where unsafe access(path, R_OK) == 0 {
        guard unsafe SSL_CTX_load_verify_file(context.handle, path) != 1 else { break }
      }
    }
    ERR_clear_error()
  }

  private static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    let text = unsafe String(cString: value)
    return text.isEmpty ? nil : text
  }
}
