/// How a client encrypts, and whom it trusts.
public struct ClientTLS: Sendable, Hashable {
  /// Whose certificates are accepted.
  public enum Verification: Sendable, Hashable {
    /// Those that an authority of this system vouches for and that are for the host's name.
    ///
    /// `SSL_CERT_FILE` and `SSL_CERT_DIR` name other authorities.
    case system
    /// Those that an authority in a PEM file vouches for and that are for the host's name.
    case authority(path: String)
    /// Any certificate: encrypted, but it may be anybody at the other end.
    case none
  }

  /// Whose certificates are accepted.
  public var verification: Verification
  /// The name that the certificate must be for; `nil` is the host that is connected to.
  public var serverName: String?
  /// What the client shows of itself.
  public var certificate: CertificateFiles?

  /// Describes how a client encrypts.
  public init(
    verification: Verification = .system, serverName: String? = nil,
    certificate: CertificateFiles? = nil
  ) {
    self.verification = verification
    self.serverName = serverName
    self.certificate = certificate
  }
}

/// A certificate with its key, in PEM files.
public struct CertificateFiles: Sendable, Hashable {
  /// The certificate, and behind it those of the authorities between it and a root.
  public var certificatePath: String
  /// The private key; may be the same file.
  public var keyPath: String
  /// What the key is encrypted with.
  public var keyPassword: String?

  /// Names the files.
  public init(certificatePath: String, keyPath: String, keyPassword: String? = nil) {
    self.certificatePath = certificatePath
    self.keyPath = keyPath
    self.keyPassword = keyPassword
  }
}

/// How a server encrypts.
public struct ServerTLS: Sendable, Hashable {
  /// What the server shows of itself.
  public var certificate: CertificateFiles
  /// A PEM file of authorities; clients must then show a certificate that one of them vouches for.
  public var clientAuthorityPath: String?

  /// Describes how a server encrypts.
  public init(certificate: CertificateFiles, clientAuthorityPath: String? = nil) {
    self.certificate = certificate
    self.clientAuthorityPath = clientAuthorityPath
  }
}
