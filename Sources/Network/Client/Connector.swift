#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Tries the addresses of a host in order.
struct Connector {
  let host: String
  let port: Int
  let interruption: Interruption

  /// Connects to the first address that answers.
  ///
  /// Each gets its share of the time, so that one that drops packets leaves some for the others.
  func connect(
    to addresses: [SocketAddress], until deadline: Deadline
  ) throws(NetworkError) -> (Socket, SocketAddress) {
    var attempts: [ConnectionAttempt] = []
    for (index, address) in addresses.enumerated() {
      let share = deadline.remainingSeconds.map { $0 / Double(addresses.count - index) }
      switch try attempt(address, until: Deadline(seconds: share)) {
      case .success(let socket): return (socket, address)
      case .failure(let failure):
        attempts.append(ConnectionAttempt(address: address, problem: failure.problem))
      }
    }
    if attempts.allSatisfy({ $0.problem == .timedOut }) { throw .timedOut(.connect) }
    throw .unreachable(host: host, port: port, attempts: attempts)
  }

  private func attempt(
    _ address: SocketAddress, until deadline: Deadline
  ) throws(NetworkError) -> Result<Socket, AttemptFailure> {
    let socket: Socket
    switch Socket.make(for: address) {
    case .success(let made): socket = made
    case .failure(let error): return .failure(AttemptFailure(error.number))
    }
    var code: Int32 = unsafe address.withSystemAddress { pointer, size in
      unsafe SystemCall.connect(socket.descriptor, pointer, size) == 0 ? 0 : errno
    }
    // A signal does not end the attempt: it goes on like one that was begun.
    if code == EINPROGRESS || code == EINTR {
      do {
        guard try wait(socket, until: deadline) else {
          socket.close()
          return .failure(AttemptFailure(problem: .timedOut))
        }
      } catch {
        socket.close()
        throw error
      }
      code = socket.connectionError() ?? 0
    }
    guard code == 0 else {
      socket.close()
      return .failure(AttemptFailure(code))
    }
    return .success(socket)
  }

  /// Waits for an answer; false when the time has passed.
  private func wait(_ socket: Socket, until deadline: Deadline) throws(NetworkError) -> Bool {
    while true {
      if interruption.take() { throw .interrupted }
      let readiness = socket.wait(
        toRead: false, toWrite: true, waker: interruption.pipe.reading, until: deadline)
      guard let readiness else { return false }
      if readiness.canWrite { return true }
    }
  }
}

private struct AttemptFailure: Error {
  let problem: ConnectionAttempt.Problem

  init(problem: ConnectionAttempt.Problem) { self.problem = problem }

  init(_ errorNumber: Int32) {
    switch errorNumber {
    case ECONNREFUSED: problem = .refused
    case ETIMEDOUT: problem = .timedOut
    case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EHOSTDOWN: problem = .noRoute
    default: problem = .system(errorNumber: errorNumber)
    }
  }
}
