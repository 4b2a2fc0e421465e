import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A program run to its end with pipes or on a pseudo-terminal.
@safe
struct ChildProcess {
  struct Problem: Error {}

  /// What came of a run.
  struct Outcome {
    var output: [UInt8] = []
    var errors: [UInt8] = []
    /// The exit status; negative for a signal, `nil` where it had to be killed.
    var status: Int32?
  }

  /// The program and its arguments.
  var words: [String]
  var environment: [String: String]
  var folder: String
  var input: [UInt8] = []
  /// Which streams are on a terminal of this size.
  var terminalStreams: Set<Int32> = []
  var rows = 24
  var columns = 80
  /// A signal to send, and when.
  var signal: (number: Int32, seconds: Double)?
  var seconds: Double = 60

  #if canImport(Darwin)
    private static let sessionLeader = Int16(POSIX_SPAWN_SETSID)
  #else
    /// `POSIX_SPAWN_SETSID`, which the C library shows only on request.
    private static let sessionLeader: Int16 = 0x80
  #endif

  /// Runs it.
  func run() throws -> Outcome {
    var streams = Streams()
    defer { streams.closeAll() }
    let terminal = terminalStreams.isEmpty ? nil : try streams.terminal(rows, columns)
    var child: [Int32] = []
    for number in Int32(0)...2 {
      if let terminal, terminalStreams.contains(number) {
        child.append(terminal.slave)
      } else {
        child.append(try streams.pipe(number))
      }
    }
    let process = try spawn(child)
    streams.closeChildEnds()
    return streams.exchange(self, process)
  }

  /// Starts it in a session and a folder of its own.
  private func spawn(_ streams: [Int32]) throws -> pid_t {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = unsafe posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    unsafe posix_spawnattr_setflags(&attributes, Self.sessionLeader)
    for (number, stream) in streams.enumerated() {
      unsafe posix_spawn_file_actions_adddup2(&actions, stream, Int32(number))
    }
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    let command = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", folder] + words
    var arguments = unsafe command.map { unsafe strdup($0) } + [nil]
    var variables = unsafe environment.map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
    defer {
      for index in unsafe arguments.indices { unsafe free(arguments[index]) }
      for index in unsafe variables.indices { unsafe free(variables[index]) }
    }
    var process: pid_t = 0
    let failure = unsafe posix_spawn(
      &process, command[0], &actions, &attributes, &arguments, &variables)
    guard failure == 0 else { throw Problem() }
    return process
  }
}

/// The ends of pipes and terminals of one run.
private struct Streams {
  private var input: Int32 = -1
  private var output: Int32 = -1
  private var errors: Int32 = -1
  private var childEnds: [Int32] = []

  mutating func terminal(_ rows: Int, _ columns: Int) throws -> (master: Int32, slave: Int32) {
    var size = winsize(
      ws_row: UInt16(clamping: rows), ws_col: UInt16(clamping: columns), ws_xpixel: 0, ws_ypixel: 0)
    var (master, slave): (Int32, Int32) = (-1, -1)
    guard unsafe openpty(&master, &slave, nil, nil, &size) == 0 else {
      throw ChildProcess.Problem()
    }
    closeOnExec([master, slave])
    output = master
    childEnds.append(slave)
    return (master, slave)
  }

  /// Makes a pipe and returns the child's end.
  mutating func pipe(_ number: Int32) throws -> Int32 {
    var ends: [Int32] = [-1, -1]
    #if canImport(Glibc)
      guard unsafe Glibc.pipe(&ends) == 0 else { throw ChildProcess.Problem() }
    #elseif canImport(Musl)
      guard unsafe Musl.pipe(&ends) == 0 else { throw ChildProcess.Problem() }
    #else
      guard unsafe Darwin.pipe(&ends) == 0 else { throw ChildProcess.Problem() }
    #endif
    closeOnExec(ends)
    if number == 0 {
      input = ends[1]
      _ = fcntl(input, F_SETFL, fcntl(input, F_GETFL) | O_NONBLOCK)
      childEnds.append(ends[0])
      return ends[0]
    }
    if number == 1 { output = ends[0] } else { errors = ends[0] }
    childEnds.append(ends[1])
    return ends[1]
  }

  private func closeOnExec(_ descriptors: [Int32]) {
    for descriptor in descriptors { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
  }

  mutating func closeChildEnds() {
    for descriptor in childEnds { close(descriptor) }
    childEnds = []
  }

  mutating func closeAll() {
    closeChildEnds()
    for descriptor in [input, output, errors] where descriptor >= 0 { close(descriptor) }
    (input, output, errors) = (-1, -1, -1)
  }

  /// Writes the input and reads everything until the program ends or its time is up.
  mutating func exchange(_ child: ChildProcess, _ process: pid_t) -> ChildProcess.Outcome {
    var outcome = ChildProcess.Outcome()
    let start = Date()
    var unsent = child.input[...]
    var signal = child.signal
    if unsent.isEmpty { closeInput() }
    while output >= 0 || errors >= 0 {
      let passed = Date().timeIntervalSince(start)
      if passed > child.seconds { break }
      if let due = signal, passed >= due.seconds {
        kill(process, due.number)
        signal = nil
      }
      var entries = [
        pollfd(fd: output, events: Int16(POLLIN), revents: 0),
        pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
        pollfd(fd: input, events: Int16(POLLOUT), revents: 0),
      ]
      guard unsafe poll(&entries, 3, 50) > 0 else { continue }
      if entries[0].revents != 0, !take(output, into: &outcome.output) { forget(&output) }
      if entries[1].revents != 0, !take(errors, into: &outcome.errors) { forget(&errors) }
      if entries[2].revents != 0 { send(&unsent) }
    }
    outcome.status = end(of: process, deadline: start.addingTimeInterval(child.seconds))
    return outcome
  }

  private mutating func send(_ unsent: inout ArraySlice<UInt8>) {
    let count = unsafe unsent.withUnsafeBytes { unsafe write(input, $0.baseAddress, $0.count) }
    if count > 0 { unsent = unsent.dropFirst(count) }
    if unsent.isEmpty || (count < 0 && errno != EAGAIN) { closeInput() }
  }

  private mutating func closeInput() { forget(&input) }

  private func forget(_ descriptor: inout Int32) {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }

  private func take(_ descriptor: Int32, into bytes: inout [UInt8]) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe buffer.withUnsafeMutableBytes {
      unsafe read(descriptor, $0.baseAddress, $0.count)
    }
    guard count > 0 else { return false }
    bytes += buffer[..<count]
    return true
  }

  private func end(of process: pid_t, deadline: Date) -> Int32? {
    var value: Int32 = 0
    while unsafe waitpid(process, &value, WNOHANG) != process {
      if Date() > deadline {
        kill(process, SIGKILL)
        _ = unsafe waitpid(process, &value, 0)
        return nil
      }
      usleep(2_000)
    }
    let signal = value & 0x7F
    return signal == 0 ? (value >> 8) & 0xFF : -signal
  }
}
