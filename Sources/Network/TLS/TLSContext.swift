import CLibEvent
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Certificates, keys and trust, shared by the connections that use them.
// Safe: OpenSSL counts references to an SSL_CTX with atomics, and nothing changes one after `init`.
@safe final class TLSContext: @unchecked Sendable {
  let handle: OpaquePointer

  deinit { unsafe SSL_CTX_free(handle) }

  /// OpenSSL starts when the first context is made, not with the program (it costs a millisecond),
  /// and without a configuration file: that could name plug-ins, which a static binary cannot load.
  private static let isStarted: Bool =
    OPENSSL_init_ssl(UInt64(OPENSSL_INIT_NO_LOAD_CONFIG), nil) == 1

  private init(method: OpaquePointer?) throws(NetworkError) {
    guard Self.isStarted, let handle = unsafe SSL_CTX_new(method) else {
      throw .tls(.other(reason: OpenSSLErrors.take()))
    }
    unsafe self.handle = handle
    unsafe SSL_CTX_ctrl(
      handle, SSL_CTRL_SET_MIN_PROTO_VERSION, Int(TLS1_2_VERSION), nil)
    // An idle connection gives its 34 KiB of buffers back. Writes go to memory, never in part.
    unsafe SSL_CTX_ctrl(handle, SSL_CTRL_MODE, SSL_MODE_RELEASE_BUFFERS_VALUE, nil)
    unsafe SSL_CTX_set_options(handle, noRenegotiation | noCompression)
  }

  /// What a client needs.
  convenience init(_ client: ClientTLS) throws(NetworkError) {
    try unsafe self.init(method: TLS_client_method())
    switch client.verification {
    case .none: unsafe SSL_CTX_set_verify(handle, SSL_VERIFY_NONE, nil)
    case .system:
      unsafe SSL_CTX_set_verify(handle, SSL_VERIFY_PEER, nil)
      TrustedAuthorities.load(into: self)
    case .authority(let path):
      unsafe SSL_CTX_set_verify(handle, SSL_VERIFY_PEER, nil)
      try trust(path)
    }
    if let certificate = client.certificate { try use(certificate) }
  }

  /// What a server needs.
  convenience init(_ server: ServerTLS) throws(NetworkError) {
    try unsafe self.init(method: TLS_server_method())
    try use(server.certificate)
    if let path = server.clientAuthorityPath {
      try trust(path)
      unsafe SSL_CTX_set_verify(
        handle, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nil)
    }
    // Sessions are not kept in memory: clients of a database stay connected.
    unsafe SSL_CTX_ctrl(handle, SSL_CTRL_SET_SESS_CACHE_MODE, Int(SSL_SESS_CACHE_OFF), nil)
    unsafe SSL_CTX_set_session_id_context(handle, [0x6E], 1)
  }

  /// Contexts of clients by what they were made from: reading the system's authorities takes longer
  /// than all else that a connection needs.
  private static let known = Mutex<[ClientTLS: TLSContext]>([:])

  /// The context for `client`, made once.
  ///
  /// Files of the user are read each time, as they may have changed; the system's are not.
  static func shared(for client: ClientTLS) throws(NetworkError) -> TLSContext {
    var key = client
    key.serverName = nil
    if case .authority = client.verification { return try TLSContext(client) }
    if client.certificate != nil { return try TLSContext(client) }
    if let context = known.withLock({ $0[key] }) { return context }
    let context = try TLSContext(client)
    known.withLock { $0[key] = context }
    return context
  }

  private func trust(_ path: String) throws(NetworkError) {
    guard unsafe SSL_CTX_load_verify_file(handle, path) == 1 else {
      throw .credentialFile(path: path, reason: OpenSSLErrors.take())
    }
  }

  private func use(_ files: CertificateFiles) throws(NetworkError) {
    guard unsafe SSL_CTX_use_certificate_chain_file(handle, files.certificatePath) == 1 else {
      throw .credentialFile(path: files.certificatePath, reason: OpenSSLErrors.take())
    }
    // Without a password of ours OpenSSL would ask for one at the terminal.
    let isUsed = unsafe (files.keyPassword ?? "").withCString { password in
      unsafe SSL_CTX_set_default_passwd_cb_userdata(
        handle, UnsafeMutableRawPointer(mutating: password))
      defer { unsafe SSL_CTX_set_default_passwd_cb_userdata(handle, nil) }
      return unsafe SSL_CTX_use_PrivateKey_file(handle, files.keyPath, SSL_FILETYPE_PEM) == 1
        && SSL_CTX_check_private_key(handle) == 1
    }
    guard isUsed else {
      throw .credentialFile(path: files.keyPath, reason: OpenSSLErrors.take())
    }
  }
}

private let SSL_MODE_RELEASE_BUFFERS_VALUE = 0x10
/// Macros with a cast, which Swift does not see.
private let noRenegotiation: UInt64 = 1 << 30
private let noCompression: UInt64 = 1 << 17
