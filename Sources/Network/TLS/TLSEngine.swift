import CLibEvent

/// One end of a TLS connection, without a socket: bytes of the wire go in and come out.
///
/// Both ends of Nacre use it. Memory in place of a socket lets the same code serve a thread that
/// waits and an event loop, keeps SIGPIPE away, and lets any thread encrypt what it sends.
// Safe: has one owner, which calls it under a lock.
@safe final class TLSEngine: @unchecked Sendable {
  /// What came of a step.
  enum Step: Equatable {
    case done
    case needsInput
    case ended
    case failed(NetworkError)
  }

  /// What came of decrypting.
  enum ReadOutcome: Equatable {
    case bytes(Int)
    case needsInput
    case ended
    case failed(NetworkError)
  }

  private let connection: OpaquePointer
  private let input: OpaquePointer
  private let output: OpaquePointer
  private let expectedHost: String
  /// The first bytes of the peer, which tell an HTTP server that was mistaken for one of TLS.
  private var firstBytes: [UInt8] = []

  private init(_ context: TLSContext, expectedHost: String) throws(NetworkError) {
    guard let connection = unsafe SSL_new(context.handle),
      let input = unsafe BIO_new(BIO_s_mem()), let output = unsafe BIO_new(BIO_s_mem())
    else { throw .tls(.other(reason: OpenSSLErrors.take())) }
    unsafe SSL_set_bio(connection, input, output)
    unsafe self.connection = connection
    unsafe self.input = input
    unsafe self.output = output
    self.expectedHost = expectedHost
  }

  deinit { unsafe SSL_free(connection) }

  /// The end that connects; `host` is asked for, and checked unless `verification` is `none`.
  convenience init(
    client context: TLSContext, host: String, isVerified: Bool
  ) throws(NetworkError) {
    try self.init(context, expectedHost: host)
    let isNumeric = SocketAddress(numeric: host, port: 0) != nil
    if !isNumeric {
      // RFC 6066 allows names only.
      unsafe host.withCString { name in
        _ = unsafe SSL_ctrl(
          connection, SSL_CTRL_SET_TLSEXT_HOSTNAME, Int(TLSEXT_NAMETYPE_host_name),
          UnsafeMutableRawPointer(mutating: name))
      }
    }
    if isVerified {
      let isSet =
        isNumeric
        ? unsafe X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(connection), host)
        : unsafe SSL_set1_host(connection, host)
      guard isSet == 1 else { throw .certificate(.wrongHost(expected: host)) }
    }
    unsafe SSL_set_connect_state(connection)
  }

  /// The end that listens.
  convenience init(server context: TLSContext) throws(NetworkError) {
    try self.init(context, expectedHost: "")
    unsafe SSL_set_accept_state(connection)
  }

  /// Takes bytes from the wire.
  func feed(_ bytes: UnsafeRawBufferPointer) {
    if firstBytes.count < 5 { unsafe firstBytes.append(contentsOf: bytes.prefix(5)) }
    unsafe BIO_write(input, bytes.baseAddress, Int32(bytes.count))
  }

  var hasOutput: Bool { unsafe BIO_ctrl_pending(output) > 0 }

  /// Appends what is to go to the wire.
  func takeOutput(into bytes: inout [UInt8]) {
    let count = unsafe BIO_ctrl_pending(output)
    guard count > 0 else { return }
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: count))
    unsafe bytes.withUnsafeMutableBytes {
      _ = unsafe BIO_read(output, $0.baseAddress?.advanced(by: start), Int32(count))
    }
  }

  /// Goes on agreeing on keys.
  func handshake() -> Step {
    ERR_clear_error()
    let code = unsafe SSL_do_handshake(connection)
    return code == 1 ? .done : step(after: code)
  }

  /// Decrypts some of what was fed.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> ReadOutcome {
    ERR_clear_error()
    var count = 0
    let code = unsafe SSL_read_ex(connection, buffer.baseAddress, buffer.count, &count)
    if code == 1 { return .bytes(count) }
    return switch step(after: code) {
    case .done, .needsInput: .needsInput
    case .ended: .ended
    case .failed(let error): .failed(error)
    }
  }

  /// Decrypts some of what was fed, behind what `bytes` holds.
  func readMore(into bytes: inout [UInt8]) -> ReadOutcome {
    // The most that a record holds.
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: 16_384))
    let outcome = unsafe bytes.withUnsafeMutableBytes {
      unsafe read(into: UnsafeMutableRawBufferPointer(rebasing: $0[start...]))
    }
    let count = if case .bytes(let count) = outcome { count } else { 0 }
    bytes.removeLast(bytes.count - start - count)
    return outcome
  }

  /// Encrypts all of the bytes.
  func write(_ bytes: UnsafeRawBufferPointer) -> Step {
    guard unsafe !bytes.isEmpty else { return .done }
    ERR_clear_error()
    var count = 0
    let code = unsafe SSL_write_ex(connection, bytes.baseAddress, bytes.count, &count)
    return code == 1 ? .done : step(after: code)
  }

  /// Puts the word that nothing more follows into the output.
  func end() {
    ERR_clear_error()
    _ = unsafe SSL_shutdown(connection)
    ERR_clear_error()
  }

  private func step(after code: Int32) -> Step {
    switch unsafe SSL_get_error(connection, code) {
    case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .needsInput
    case SSL_ERROR_ZERO_RETURN: return .ended
    default: return .failed(error())
    }
  }

  private func error() -> NetworkError {
    let code = ERR_get_error()
    ERR_clear_error()
    let result = unsafe SSL_get_verify_result(connection)
    let reason = ERR_GET_REASON(code)
    if result != X509_V_OK, reason == SSL_R_CERTIFICATE_VERIFY_FAILED {
      return .certificate(certificateProblem(Int32(result)))
    }
    if firstBytes.starts(with: Array("HTTP".utf8)) { return .tls(.plainHTTP) }
    switch reason {
    case SSL_R_WRONG_VERSION_NUMBER, SSL_R_PACKET_LENGTH_TOO_LONG, SSL_R_HTTP_REQUEST:
      return .tls(.notSpoken)
    case SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_NO_SHARED_CIPHER, SSL_R_NO_PROTOCOLS_AVAILABLE,
      SSL_R_TLSV1_ALERT_PROTOCOL_VERSION, SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE:
      return .tls(.nothingInCommon)
    case alertReasons: return .tls(.alert(reason: OpenSSLErrors.words(code)))
    default: return .tls(.other(reason: OpenSSLErrors.words(code)))
    }
  }

  private func certificateProblem(_ code: Int32) -> CertificateProblem {
    switch code {
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN: .selfSigned
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
      X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, X509_V_ERR_CERT_UNTRUSTED:
      .unknownAuthority
    case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH:
      .wrongHost(expected: expectedHost)
    case X509_V_ERR_CERT_HAS_EXPIRED: .expired
    case X509_V_ERR_CERT_NOT_YET_VALID: .notYetValid
    default: .other(reason: unsafe String(cString: X509_verify_cert_error_string(Int(code))))
    }
  }
}

/// Where OpenSSL puts the alerts of the peer among its reasons.
private let alertReasons: ClosedRange<Int32> = 1_000...1_255
