import Testing

@testable import Network

@Suite struct TLSConnectionTests {
  static func options(
    _ files: CertificateFiles, level: ListenerOptions.TLSLevel = .required
  ) -> ListenerOptions {
    var options = ListenerOptions.test
    options.tls = ServerTLS(certificate: files)
    options.tlsLevel = level
    return options
  }

  @Test(arguments: [1, 3_000_000])
  func whatIsSentComesBack(count: Int) throws {
    let certificates = try TestCertificates()
    let listener = try NetworkListener.echo(Self.options(certificates.files()))
    let tls = ClientTLS(
      verification: .authority(path: certificates.authorityPath), serverName: "localhost")
    let connection = try listener.connect(tls: tls)
    #expect(connection.isEncrypted)
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    try connection.send(bytes, timeoutSeconds: 60)
    #expect(try connection.receive(count: count) == bytes)
    #expect(!connection.isDead)
  }

  /// What a server shows, and what a client then says.
  @Test(
    arguments: [
      (TestCertificates.Request(), "localhost", nil),
      (TestCertificates.Request(), "127.0.0.1", nil),
      (
        TestCertificates.Request(names: "DNS:elsewhere.test"), "localhost",
        .wrongHost(expected: "localhost")
      ),
      (
        TestCertificates.Request(names: "IP:192.0.2.1"), "127.0.0.1",
        .wrongHost(expected: "127.0.0.1")
      ),
      (TestCertificates.Request(startsIn: -7_200, endsIn: -3_600), "localhost", .expired),
      (TestCertificates.Request(startsIn: 3_600, endsIn: 7_200), "localhost", .notYetValid),
      (TestCertificates.Request(isSelfSigned: true), "localhost", .selfSigned),
    ] as [(TestCertificates.Request, String, CertificateProblem?)])
  func certificatesAreChecked(
    request: TestCertificates.Request, name: String, problem: CertificateProblem?
  ) throws {
    let certificates = try TestCertificates()
    let listener = try NetworkListener.echo(Self.options(certificates.files(request)))
    let trusting = ClientTLS(
      verification: .authority(path: certificates.authorityPath), serverName: name)
    if let problem {
      #expect(throws: NetworkError.certificate(problem)) { try listener.connect(tls: trusting) }
    } else {
      #expect(throws: Never.self) { try listener.connect(tls: trusting) }
    }
    // Without verification all of them do.
    let connection = try listener.connect(tls: ClientTLS(verification: .none))
    try connection.send([1, 2, 3])
    #expect(try connection.receive(count: 3) == [1, 2, 3])
  }

  @Test func authoritiesOfTheSystemDoNotVouchForATest() throws {
    let certificates = try TestCertificates()
    let listener = try NetworkListener.echo(Self.options(certificates.files()))
    #expect(throws: NetworkError.certificate(.unknownAuthority)) {
      try listener.connect(tls: ClientTLS(serverName: "localhost"))
    }
  }

  @Test(
    arguments: [
      (.disabled, true, false), (.disabled, false, true), (.optional, true, true),
      (.optional, false, true), (.required, true, true), (.required, false, false),
    ] as [(ListenerOptions.TLSLevel, Bool, Bool)])
  func firstByteTellsWhetherThereIsTLS(
    level: ListenerOptions.TLSLevel, isEncrypted: Bool, isServed: Bool
  ) throws {
    let certificates = try TestCertificates()
    let listener = try NetworkListener.echo(Self.options(certificates.files(), level: level))
    do {
      let tls = isEncrypted ? ClientTLS(verification: .none) : nil
      let connection = try listener.connect(tls: tls)
      try connection.send(Array("hello".utf8))
      #expect(try connection.receive(count: 5).count == (isServed ? 5 : 0))
    } catch {
      #expect(!isServed && error as? NetworkError == .tls(.notSpoken))
    }
  }

  @Test(
    arguments: [
      ("HTTP/1.1 400 Bad Request\r\n\r\n", .plainHTTP), ("SSH-2.0-OpenSSH_9.2\r\n", .notSpoken),
    ] as [(String, TLSProblem)])
  func serversOfOtherProtocolsAreRecognised(answer: String, problem: TLSProblem) throws {
    let engine = try TLSEngine(
      client: TLSContext(ClientTLS()), host: "localhost", isVerified: true)
    #expect(engine.handshake() == .needsInput)
    unsafe Array(answer.utf8).withUnsafeBytes { unsafe engine.feed($0) }
    #expect(engine.handshake() == .failed(.tls(problem)))
  }

  @Test func clientsMustShowCertificatesWhereThatIsAsked() throws {
    let certificates = try TestCertificates()
    var options = Self.options(certificates.files())
    options.tls?.clientAuthorityPath = certificates.authorityPath
    let listener = try NetworkListener.echo(options)
    let shown = ClientTLS(
      verification: .none, certificate: certificates.files(name: "client"))
    let connection = try listener.connect(tls: shown)
    try connection.send([7])
    #expect(try connection.receive(count: 1) == [7])
    // With TLS 1.3 the refusal arrives after the client's end of the handshake.
    #expect(throws: NetworkError.self) {
      let connection = try listener.connect(tls: ClientTLS(verification: .none))
      try connection.send([7])
      if try connection.receive(count: 1).isEmpty { throw NetworkError.lost(errorNumber: 0) }
    }
  }

  @Test func filesThatCannotBeUsedAreNamed() throws {
    let certificates = try TestCertificates()
    let files = certificates.files()
    let missing = files.certificatePath + ".missing"
    #expect(throws: NetworkError.credentialFile(path: missing, reason: "No such file or directory"))
    {
      try NetworkListener.echo(
        Self.options(.init(certificatePath: missing, keyPath: files.keyPath)))
    }
    let other = certificates.files(name: "other")
    #expect(throws: NetworkError.self) {
      try NetworkListener.echo(
        Self.options(.init(certificatePath: files.certificatePath, keyPath: other.keyPath)))
    }
    #expect(throws: NetworkError.credentialFile(path: missing, reason: "No such file or directory"))
    {
      try ClientConnection.connect(
        host: "127.0.0.1", port: 1, tls: ClientTLS(verification: .authority(path: missing)),
        deadlineSeconds: 5)
    }
  }

  @Test func handshakeEndsAtItsDeadline() throws {
    let listener = try NetworkListener.listen(.test) { Silent($0) }
    #expect(throws: NetworkError.timedOut(.handshake)) {
      try ClientConnection.connect(
        host: "127.0.0.1", port: listener.port, tls: ClientTLS(), deadlineSeconds: 0.05)
    }
  }
}
