import CLibEvent
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Takes the connections of one listening socket, on the thread of the first loop.
// Safe: everything but `init` runs on that thread.
@safe final class Acceptor: @unchecked Sendable {
  /// So many are taken at a time: those that are open want their turn too.
  private static let mostAtATime = 64
  /// So long nothing is taken when descriptors have run out: trying at once would spin.
  private static let pauseSeconds = 0.1

  private let socket: Socket
  private let loops: [EventLoop]
  private let options: ListenerOptions
  private let context: TLSContext?
  private let counter: NetworkListener.Counter
  private let makeHandler: @Sendable (ServerConnection) -> any ConnectionHandler
  private var accepting: OpaquePointer?
  private var pausing: OpaquePointer?
  private var nextLoop = 0

  init(
    _ socket: Socket, loops: [EventLoop], _ options: ListenerOptions, _ context: TLSContext?,
    _ counter: NetworkListener.Counter,
    _ makeHandler: @escaping @Sendable (ServerConnection) -> any ConnectionHandler
  ) {
    self.socket = socket
    self.loops = loops
    self.options = options
    self.context = context
    self.counter = counter
    self.makeHandler = makeHandler
  }

  func start() {
    let own = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe accepting = event_new(
      loops[0].base, socket.descriptor, Int16(EV_READ | EV_PERSIST),
      { _, _, context in
        guard let context = unsafe context else { return }
        unsafe Unmanaged<Acceptor>.fromOpaque(context).takeUnretainedValue().accept()
      }, own)
    unsafe pausing = event_new(
      loops[0].base, -1, 0,
      { _, _, context in
        guard let context = unsafe context else { return }
        unsafe Unmanaged<Acceptor>.fromOpaque(context).takeUnretainedValue().goOn()
      }, own)
    goOn()
  }

  func stop() {
    if let accepting = unsafe accepting { unsafe event_free(accepting) }
    if let pausing = unsafe pausing { unsafe event_free(pausing) }
    unsafe accepting = nil
    unsafe pausing = nil
    socket.close()
  }

  private func goOn() {
    if let accepting = unsafe accepting { unsafe event_add(accepting, nil) }
  }

  private func accept() {
    for _ in 0..<Self.mostAtATime {
      var storage = sockaddr_storage()
      var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
      let (descriptor, peer) = unsafe withUnsafeMutablePointer(to: &storage) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          let descriptor = unsafe SystemCall.accept(socket.descriptor, $0, &size)
          return (descriptor, descriptor < 0 ? nil : unsafe SocketAddress($0))
        }
      }
      guard descriptor >= 0 else {
        switch errno {
        case EINTR, ECONNABORTED: continue
        case EAGAIN: return
        default: return pause()
        }
      }
      serve(Socket(adopting: descriptor), peer)
    }
  }

  private func pause() {
    guard let accepting = unsafe accepting, let pausing = unsafe pausing else { return }
    unsafe event_del(accepting)
    var time = timeval(seconds: Self.pauseSeconds)
    unsafe event_add(pausing, &time)
  }

  private func serve(_ accepted: Socket, _ peer: SocketAddress?) {
    guard let peer, counter.value.load(ordering: .relaxed) < options.maximumConnections else {
      return accepted.close()
    }
    counter.value.add(1, ordering: .relaxed)
    let counter = counter
    let loop = loops[nextLoop]
    nextLoop = (nextLoop + 1) % loops.count
    let connection = ServerConnection(accepted, peer: peer, on: loop, options, context) {
      counter.value.subtract(1, ordering: .relaxed)
    }
    if loop === loops[0] { return connection.start(makeHandler) }
    let makeHandler = makeHandler
    loop.post { connection.start(makeHandler) }
  }
}
