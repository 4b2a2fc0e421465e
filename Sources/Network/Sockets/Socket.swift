import CLibEvent

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The descriptor of a stream that never blocks; closed by its owner, once.
struct Socket: Sendable {
  /// What came of one call.
  enum Outcome: Equatable {
    case bytes(Int)
    case wouldBlock
    case failed(errorNumber: Int32)
  }

  /// What a wait ended with.
  struct Readiness {
    var canRead = false
    var canWrite = false
    var isWoken = false
  }

  let descriptor: Int32

  /// Makes a descriptor of the system one of ours: not blocking, closed on exec, small messages at
  /// once, dead peers found out by the system.
  init(adopting descriptor: Int32) {
    self.descriptor = descriptor
    evutil_make_socket_nonblocking(descriptor)
    evutil_make_socket_closeonexec(descriptor)
    set(tcpLevel, TCP_NODELAY, 1)
    set(SOL_SOCKET, SO_KEEPALIVE, 1)
    #if canImport(Glibc)
      // A machine that is gone is found out after two minutes, not after two hours.
      set(tcpLevel, TCP_KEEPIDLE, 60)
      set(tcpLevel, TCP_KEEPINTVL, 15)
      set(tcpLevel, TCP_KEEPCNT, 4)
    #endif
    #if canImport(Darwin)
      set(SOL_SOCKET, SO_NOSIGPIPE, 1)
    #endif
  }

  /// A new one of the family of `address`.
  static func make(for address: SocketAddress) -> Result<Socket, SystemError> {
    let descriptor = socket(address.family, SystemCall.streamKind, 0)
    guard descriptor >= 0 else { return .failure(SystemError(errno)) }
    return .success(Socket(adopting: descriptor))
  }

  func set(_ level: Int32, _ name: Int32, _ value: Int32) {
    var value = value
    unsafe setsockopt(descriptor, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
  }

  /// Takes what is there, at most as much as fits; 0 bytes is the end.
  func receive(into buffer: UnsafeMutableRawBufferPointer) -> Outcome {
    while true {
      let count = unsafe recv(descriptor, buffer.baseAddress, buffer.count, 0)
      if count >= 0 { return .bytes(count) }
      if errno == EINTR { continue }
      return errno == EAGAIN || errno == EWOULDBLOCK
        ? .wouldBlock : .failed(errorNumber: errno)
    }
  }

  /// Takes what is there, at most 16 KiB; `nil` when that is nothing, at the end and after a failure.
  func receiveSome() -> [UInt8]? {
    unsafe withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { buffer in
      guard case .bytes(let count) = unsafe receive(into: buffer), count > 0 else { return nil }
      return unsafe Array(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  /// Looks for bytes, or the end, without sleeping; whether something has come in time.
  func watch(microseconds: Int) -> Bool {
    let end = ContinuousClock.now + .microseconds(microseconds)
    repeat {
      if waitToRead(milliseconds: 0) { return true }
      sched_yield()
    } while ContinuousClock.now < end
    return false
  }

  /// Waits for bytes, or the end; whether something has come in time.
  func waitToRead(milliseconds: Int32) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&entry, 1, milliseconds) > 0
  }

  /// Whether the peer has closed its end, also while bytes of its are not read yet.
  ///
  /// Where the system does not tell that, only whether the connection is broken.
  var isPeerGone: Bool {
    #if os(Linux)
      // POLLRDHUP, which the module of the C library leaves out.
      let events: Int16 = 0x2000
    #else
      let events: Int16 = 0
    #endif
    var entry = pollfd(fd: descriptor, events: events, revents: 0)
    return unsafe poll(&entry, 1, 0) > 0
  }

  /// Hands over what the system takes now.
  func send(_ buffer: UnsafeRawBufferPointer) -> Outcome {
    while true {
      let count = unsafe SystemCall.send(descriptor, buffer)
      if count >= 0 { return .bytes(count) }
      if errno == EINTR { continue }
      return errno == EAGAIN || errno == EWOULDBLOCK
        ? .wouldBlock : .failed(errorNumber: errno)
    }
  }

  /// Hands over part of `bytes`, from `offset` on.
  func send(_ bytes: [UInt8], from offset: Int) -> Outcome {
    unsafe bytes.withUnsafeBytes { unsafe send(UnsafeRawBufferPointer(rebasing: $0[offset...])) }
  }

  /// Waits for one of the things wanted, or for a byte in `waker`.
  ///
  /// - Returns: `nil` when the time has passed.
  func wait(
    toRead: Bool, toWrite: Bool, waker: Int32, until deadline: Deadline
  ) -> Readiness? {
    let wanted = Int16((toRead ? POLLIN : 0) | (toWrite ? POLLOUT : 0))
    while true {
      var entries = (
        pollfd(fd: descriptor, events: wanted, revents: 0),
        pollfd(fd: waker, events: Int16(POLLIN), revents: 0)
      )
      let milliseconds = deadline.remainingMilliseconds
      let count = unsafe withUnsafeMutablePointer(to: &entries) {
        unsafe $0.withMemoryRebound(to: pollfd.self, capacity: 2) {
          unsafe poll($0, 2, milliseconds)
        }
      }
      if count == 0 { return nil }
      if count < 0 {
        // Anything but a signal would be a fault of ours; the next call on the socket tells it.
        if errno == EINTR { continue }
        return Readiness(canRead: toRead, canWrite: toWrite)
      }
      let events = Int32(entries.0.revents)
      let isBroken = events & (POLLERR | POLLHUP | POLLNVAL) != 0
      return Readiness(
        canRead: events & POLLIN != 0 || isBroken, canWrite: events & POLLOUT != 0 || isBroken,
        isWoken: entries.1.revents != 0)
    }
  }

  /// Why a connection that was begun did not come about; `nil` when it did.
  func connectionError() -> Int32? {
    var code: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
    return code == 0 ? nil : code
  }

  /// The address at this end.
  func localAddress() -> SocketAddress? {
    var storage = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return unsafe withUnsafeMutablePointer(to: &storage) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        guard unsafe getsockname(descriptor, $0, &size) == 0 else { return nil }
        return unsafe SocketAddress($0)
      }
    }
  }

  /// Says that nothing more will be sent.
  func endOutput() { SystemCall.endOutput(descriptor) }

  func close() { evutil_closesocket(descriptor) }
}

/// A number of the system for what went wrong.
struct SystemError: Error {
  let number: Int32

  init(_ number: Int32) { self.number = number }
}

private let tcpLevel = Int32(IPPROTO_TCP)
