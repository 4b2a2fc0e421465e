/// What lies between the wire and a handler: nothing, TLS, WebSocket frames, or both.
///
/// No sockets here: bytes of the wire go in, bytes for the handler and for the wire come out. Which
/// layers there are the peer's first bytes tell.
struct ServerStream {
  /// What bytes of the wire have led to.
  struct Outcome {
    /// For the handler.
    var payload: [UInt8] = []
    /// For the wire, in front of what is sent later.
    var reply: [UInt8] = []
    /// What ends the connection, after `reply` has been sent.
    var end: End?
  }

  enum End: Equatable {
    /// The peer has said that it will send nothing more.
    case peerClosed
    /// The conversation is over for this reason.
    case refused(reason: String)
  }

  private enum Outer {
    case undecided
    case plain
    case handshake(TLSEngine)
    case encrypted(TLSEngine)
  }

  private enum Inner {
    case undecided
    case request(HTTPRequestReader)
    case raw
    case frames(WebSocketReader)
  }

  private static let firstByteOfTLS: UInt8 = 0x16
  private static let firstByteOfHTTP = UInt8(ascii: "G")

  private let options: ListenerOptions
  private let context: TLSContext?
  private var outer = Outer.undecided
  private var inner = Inner.undecided
  private var hasEnded = false
  private var answersPings = true
  /// Sent before it was known how.
  private var early: [[UInt8]] = []

  init(_ options: ListenerOptions, _ context: TLSContext?) {
    self.options = options
    self.context = context
  }

  var isEncrypted: Bool { if case .encrypted = outer { true } else { false } }

  /// Whether the wire carries the handler's bytes as they are.
  var isPlain: Bool {
    if case .plain = outer, case .raw = inner { true } else { false }
  }

  /// Takes bytes of the wire.
  ///
  /// A peer that pings and reads no answer would have memory grow: `answersPings` is then false.
  mutating func received(_ bytes: [UInt8], answersPings: Bool = true) -> Outcome {
    self.answersPings = answersPings
    var outcome = Outcome()
    guard !hasEnded, let first = bytes.first else { return outcome }
    if isPlain {
      outcome.payload = bytes
      return outcome
    }
    if case .undecided = outer { decide(first, &outcome) }
    switch outer {
    case .undecided: break
    case .plain: receivedClear(bytes, &outcome)
    case .handshake(let engine), .encrypted(let engine):
      unsafe bytes.withUnsafeBytes { unsafe engine.feed($0) }
      decrypt(engine, &outcome)
    }
    if outcome.end != nil { hasEnded = true }
    return outcome
  }

  /// The wire's form of what the handler sends; empty while it is not known yet.
  mutating func encode(_ bytes: [UInt8]) -> [UInt8] {
    switch inner {
    case .undecided, .request:
      early.append(bytes)
      return []
    case .raw: return encrypt(bytes)
    case .frames: return encrypt(WebSocketFrame.binary(bytes))
    }
  }

  /// The last words of each layer.
  mutating func encodeEnd() -> [UInt8] {
    var bytes: [UInt8] = []
    if case .frames = inner { bytes += encrypt(WebSocketFrame.close(.normal)) }
    if case .encrypted(let engine) = outer {
      engine.end()
      engine.takeOutput(into: &bytes)
    }
    return bytes
  }

  private mutating func decide(_ first: UInt8, _ outcome: inout Outcome) {
    let isTLS = first == Self.firstByteOfTLS
    switch (isTLS, options.tlsLevel) {
    case (true, .optional), (true, .required):
      do {
        guard let context else { throw NetworkError.tls(.other(reason: "no certificate")) }
        outer = .handshake(try TLSEngine(server: context))
      } catch {
        outcome.end = .refused(reason: "TLS: \(error)")
      }
    case (true, .disabled): outcome.end = .refused(reason: "TLS is disabled on this port")
    case (false, .required): outcome.end = .refused(reason: "TLS is required on this port")
    case (false, .disabled), (false, .optional): outer = .plain
    }
  }

  private mutating func decrypt(_ engine: TLSEngine, _ outcome: inout Outcome) {
    if case .handshake = outer {
      let step = engine.handshake()
      engine.takeOutput(into: &outcome.reply)
      switch step {
      case .done: outer = .encrypted(engine)
      case .needsInput: return
      case .ended:
        outcome.end = .peerClosed
        return
      case .failed(let error):
        outcome.end = .refused(reason: "TLS: \(error)")
        return
      }
    }
    var clear: [UInt8] = []
    var end: End?
    reading: while true {
      switch engine.readMore(into: &clear) {
      case .bytes: continue
      case .needsInput: break reading
      case .ended:
        end = .peerClosed
        break reading
      case .failed(let error):
        end = .refused(reason: "TLS: \(error)")
        break reading
      }
    }
    // Keys that are renewed are answered.
    engine.takeOutput(into: &outcome.reply)
    if !clear.isEmpty { receivedClear(clear, &outcome) }
    outcome.end = outcome.end ?? end
  }

  private mutating func receivedClear(_ bytes: [UInt8], _ outcome: inout Outcome) {
    if case .undecided = inner {
      inner =
        bytes.first == Self.firstByteOfHTTP ? .request(HTTPRequestReader()) : .raw
      if case .raw = inner { sendEarly(&outcome) }
    }
    switch inner {
    case .undecided: break
    case .raw: outcome.payload += bytes
    case .request(var reader):
      let progress = reader.received(bytes)
      inner = .request(reader)
      answer(progress, &outcome)
    case .frames(var reader):
      receivedFrames(bytes, &reader, &outcome)
    }
  }

  private mutating func answer(
    _ progress: HTTPRequestReader.Progress, _ outcome: inout Outcome
  ) {
    switch progress {
    case .needsMore: return
    case .malformed:
      outcome.reply += encrypt(HTTPAnswer.badRequest)
      outcome.end = .refused(reason: "malformed HTTP request")
    case .request(let request, let rest):
      guard options.acceptsWebSocket, request.asksForWebSocket else {
        if let greeting = options.httpGreeting {
          outcome.reply += encrypt(HTTPAnswer.greeting(greeting))
        }
        outcome.end = .refused(reason: "HTTP request")
        return
      }
      guard let key = request.webSocketKey else {
        outcome.reply += encrypt(HTTPAnswer.webSocketVersion)
        outcome.end = .refused(reason: "WebSocket request of another version")
        return
      }
      guard options.acceptsForeignPages || !request.isOfForeignPage else {
        outcome.reply += encrypt(HTTPAnswer.foreignPage)
        outcome.end = .refused(reason: "WebSocket request of a page of another site")
        return
      }
      outcome.reply += encrypt(HTTPAnswer.upgrade(key: key))
      var reader = WebSocketReader()
      inner = .frames(reader)
      sendEarly(&outcome)
      if !rest.isEmpty { receivedFrames(rest, &reader, &outcome) }
    }
  }

  private mutating func receivedFrames(
    _ bytes: [UInt8], _ reader: inout WebSocketReader, _ outcome: inout Outcome
  ) {
    var control: [UInt8] = []
    let end = reader.received(bytes, payload: &outcome.payload, reply: &control)
    inner = .frames(reader)
    if !control.isEmpty, answersPings || end != nil { outcome.reply += encrypt(control) }
    switch end {
    case nil: break
    case .closed: outcome.end = .peerClosed
    case .broken(let code): outcome.end = .refused(reason: "WebSocket: \(code)")
    }
  }

  private mutating func sendEarly(_ outcome: inout Outcome) {
    for bytes in early { outcome.reply += encode(bytes) }
    early = []
  }

  private func encrypt(_ bytes: [UInt8]) -> [UInt8] {
    guard case .encrypted(let engine) = outer else { return bytes }
    var encrypted: [UInt8] = []
    _ = unsafe bytes.withUnsafeBytes { unsafe engine.write($0) }
    engine.takeOutput(into: &encrypted)
    return encrypted
  }
}
