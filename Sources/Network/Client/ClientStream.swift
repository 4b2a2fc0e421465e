/// What a client's connection consists of: a socket, TLS over it, and bytes that came early.
struct ClientStream {
  /// What came of looking for bytes.
  enum Arrival {
    case bytes
    case nothingYet
    case end
  }

  /// As much as is read at a time.
  private static let readSize = 65_536
  /// As much as is read while waiting to write; a peer that sends more meanwhile must read first.
  private static let greatestInbound = 1 << 28

  private let socket: Socket
  private let interruption: Interruption
  private var tls: TLSEngine?
  private var scratch = [UInt8](repeating: 0, count: readSize)
  private var inbound: [UInt8] = []
  private var encrypted: [UInt8] = []
  private var hasEnded = false

  init(_ socket: Socket, _ interruption: Interruption) {
    self.socket = socket
    self.interruption = interruption
  }

  /// Agrees on keys with the server.
  mutating func encrypt(with engine: TLSEngine, until deadline: Deadline) throws(NetworkError) {
    var isSilent = true
    while true {
      let step = engine.handshake()
      if engine.hasOutput {
        encrypted.removeAll(keepingCapacity: true)
        engine.takeOutput(into: &encrypted)
        // Also after a failure: the alert tells the server why.
        try write(encrypted, until: deadline, for: .handshake)
      }
      switch step {
      case .done:
        tls = engine
        return
      case .failed(let error): throw error
      case .ended: throw .lost(errorNumber: 0)
      case .needsInput:
        switch fill() {
        case .bytes(let count) where count > 0:
          isSilent = false
          unsafe scratch.withUnsafeBytes { unsafe engine.feed(.init(rebasing: $0[..<count])) }
        case .bytes:
          // Servers without TLS close when they see its first byte.
          throw isSilent ? .tls(.notSpoken) : .lost(errorNumber: 0)
        case .wouldBlock: try wait(toRead: true, toWrite: false, until: deadline, for: .handshake)
        case .failed(let errorNumber):
          throw isSilent ? .tls(.notSpoken) : .lost(errorNumber: errorNumber)
        }
      }
    }
  }

  mutating func send(_ bytes: [UInt8], until deadline: Deadline) throws(NetworkError) {
    guard let tls else { return try write(bytes, until: deadline, for: .send) }
    encrypted.removeAll(keepingCapacity: true)
    let step = unsafe bytes.withUnsafeBytes { unsafe tls.write($0) }
    if case .failed(let error) = step { throw error }
    tls.takeOutput(into: &encrypted)
    try write(encrypted, until: deadline, for: .send)
  }

  mutating func receive(
    into bytes: inout [UInt8], until deadline: Deadline
  ) throws(NetworkError) -> Int {
    while true {
      if !inbound.isEmpty {
        let count = inbound.count
        if bytes.isEmpty { swap(&bytes, &inbound) } else { bytes += inbound }
        inbound.removeAll(keepingCapacity: true)
        return count
      }
      if hasEnded { return 0 }
      if interruption.take() { throw .interrupted }
      switch try pull(into: &bytes) {
      case (.bytes, let count): return count
      case (.end, _): return 0
      case (.nothingYet, _):
        try wait(toRead: true, toWrite: false, until: deadline, for: .receive)
      }
    }
  }

  /// Whether bytes, or the end, have come.
  var hasInput: Bool { !inbound.isEmpty || hasEnded || socket.waitToRead(milliseconds: 0) }

  /// Whether the peer has closed; takes in what it sent before.
  mutating func isDead() -> Bool {
    guard !hasEnded, inbound.count < Self.greatestInbound else { return hasEnded }
    do {
      var early: [UInt8] = []
      let arrival = try pull(into: &early).0
      inbound += early
      return arrival == .end
    } catch {
      return true
    }
  }

  /// Says goodbye as far as that needs no waiting, and closes.
  mutating func close() {
    if let tls {
      tls.end()
      encrypted.removeAll(keepingCapacity: true)
      tls.takeOutput(into: &encrypted)
      _ = socket.send(encrypted, from: 0)
    }
    socket.close()
  }

  private mutating func fill() -> Socket.Outcome {
    unsafe scratch.withUnsafeMutableBytes { unsafe socket.receive(into: $0) }
  }

  private func append(_ count: Int, to bytes: inout [UInt8]) {
    unsafe scratch.withUnsafeBytes {
      unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: $0[..<count]))
    }
  }

  /// Appends what is there now.
  private mutating func pull(
    into bytes: inout [UInt8]
  ) throws(NetworkError) -> (Arrival, Int) {
    guard let tls else {
      switch fill() {
      case .bytes(let count):
        hasEnded = count == 0
        append(count, to: &bytes)
        return (count == 0 ? .end : .bytes, count)
      case .wouldBlock: return (.nothingYet, 0)
      case .failed(let errorNumber): throw .lost(errorNumber: errorNumber)
      }
    }
    return try pull(through: tls, into: &bytes)
  }

  private mutating func pull(
    through tls: TLSEngine, into bytes: inout [UInt8]
  ) throws(NetworkError) -> (Arrival, Int) {
    switch fill() {
    case .bytes(0):
      hasEnded = true
      return (.end, 0)
    case .bytes(let count):
      unsafe scratch.withUnsafeBytes { unsafe tls.feed(.init(rebasing: $0[..<count])) }
    case .wouldBlock: return (.nothingYet, 0)
    case .failed(let errorNumber): throw .lost(errorNumber: errorNumber)
    }
    let before = bytes.count
    while true {
      switch unsafe scratch.withUnsafeMutableBytes({ unsafe tls.read(into: $0) }) {
      case .bytes(let count): append(count, to: &bytes)
      case .needsInput:
        // Tickets and half records carry nothing for the caller.
        let count = bytes.count - before
        return (count == 0 ? .nothingYet : .bytes, count)
      case .ended:
        hasEnded = true
        let count = bytes.count - before
        return (count == 0 ? .end : .bytes, count)
      case .failed(let error): throw error
      }
    }
  }

  /// Sends all, and takes in what comes meanwhile: both ends may be full.
  private mutating func write(
    _ bytes: [UInt8], until deadline: Deadline, for operation: NetworkOperation
  ) throws(NetworkError) {
    var offset = 0
    while offset < bytes.count {
      if interruption.take() { throw .interrupted }
      switch socket.send(bytes, from: offset) {
      case .bytes(let count): offset += count
      case .failed(let errorNumber): throw .lost(errorNumber: errorNumber)
      case .wouldBlock:
        let mayRead =
          operation == .send && !hasEnded && inbound.count < Self.greatestInbound
        let readiness = try wait(
          toRead: mayRead, toWrite: true, until: deadline, for: operation)
        if mayRead, readiness.canRead {
          var early: [UInt8] = []
          _ = try pull(into: &early)
          inbound += early
        }
      }
    }
  }

  @discardableResult
  private func wait(
    toRead: Bool, toWrite: Bool, until deadline: Deadline, for operation: NetworkOperation
  ) throws(NetworkError) -> Socket.Readiness {
    while true {
      if interruption.take() { throw .interrupted }
      guard
        let readiness = socket.wait(
          toRead: toRead, toWrite: toWrite, waker: interruption.pipe.reading, until: deadline)
      else { throw .timedOut(operation) }
      if readiness.isWoken {
        if interruption.take() { throw .interrupted }
        interruption.pipe.clear()
      }
      if readiness.canRead || readiness.canWrite { return readiness }
    }
  }
}
