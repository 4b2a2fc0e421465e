import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The program on a terminal that a test types at.
@safe
final class PseudoTerminal {
  #if canImport(Glibc)
    /// `POSIX_SPAWN_SETSID`, which the C library shows only on request.
    private static let sessionLeader: Int16 = 0x80
  #else
    private static let sessionLeader = Int16(POSIX_SPAWN_SETSID)
  #endif

  private(set) var screen: Screen
  private var descriptor: Int32
  private let process: pid_t
  private var status: Int32?
  /// The row of the cursor when keys were last typed.
  private var typedRow = -1

  struct Problem: Error, CustomStringConvertible {
    let description: String
  }

  /// Starts the program on a new terminal.
  init(
    _ arguments: [String] = [], home: TemporaryFolder, terminal: String = "xterm",
    columns: Int = 80
  ) throws {
    screen = Screen(width: columns)
    var size = winsize(ws_row: 24, ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    var master: Int32 = -1
    var slave: Int32 = -1
    var name = [CChar](repeating: 0, count: 256)
    guard unsafe openpty(&master, &slave, &name, nil, &size) == 0 else {
      throw Problem(description: "no terminal")
    }
    close(slave)
    descriptor = master
    _ = fcntl(master, F_SETFD, FD_CLOEXEC)
    let path = String(
      decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let environment = Program.environment(home: home, terminal: terminal)
    process = try Self.spawn(
      [Program.path] + arguments, environment.map { "\($0)=\($1)" }, on: path)
  }

  deinit {
    if status == nil {
      kill(process, SIGKILL)
      _ = waitpid(process, nil, 0)
    }
    if descriptor >= 0 { close(descriptor) }
  }

  /// Types keys.
  func type(_ keys: String) {
    typedRow = screen.row
    let bytes = Array(keys.utf8)
    _ = unsafe bytes.withUnsafeBytes { bytes in
      unsafe write(descriptor, bytes.baseAddress, bytes.count)
    }
  }

  /// Waits until the screen is as wanted.
  func wait(
    _ what: String, seconds: Double = 20, until isMet: (Screen) -> Bool
  ) throws {
    let deadline = Date().addingTimeInterval(seconds)
    while !isMet(screen) {
      guard read(milliseconds: 50) || Date() < deadline else {
        throw Problem(description: "waited for \(what); the screen is\n\(screen.text)")
      }
    }
    while read(milliseconds: 40) {}
  }

  /// Waits for a prompt at the cursor, below the one that was typed at.
  func waitForPrompt(_ prompt: String = "@neo4j>") throws {
    try wait("the prompt \(prompt)") { screen in
      let line = screen.lines[screen.row]
      return screen.row > typedRow && line.hasSuffix(prompt) && screen.column == line.count + 1
    }
  }

  /// Changes the window's width.
  func resize(columns: Int) {
    var size = winsize(ws_row: 24, ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = unsafe ioctl(descriptor, UInt(TIOCSWINSZ), &size)
  }

  /// Waits for the program's end.
  func waitForEnd(seconds: Double = 20) throws -> Int32 {
    let deadline = Date().addingTimeInterval(seconds)
    while status == nil {
      _ = read(milliseconds: 20)
      var value: Int32 = 0
      if unsafe waitpid(process, &value, WNOHANG) == process {
        status = value & 0x7F == 0 ? (value >> 8) & 0xFF : 128 + (value & 0x7F)
      } else if Date() > deadline {
        throw Problem(description: "the program does not end; the screen is\n\(screen.text)")
      }
    }
    while read(milliseconds: 20) {}
    return status ?? -1
  }

  /// What a terminal does with keys, as far as editors change it.
  struct Modes: Equatable {
    var waitsForLines = true
    var echoes = true

    /// As a shell leaves it for a program.
    static let shell = Modes()
  }

  /// The modes of the moment.
  var modes: Modes {
    get {
      var settings = termios()
      _ = unsafe tcgetattr(descriptor, &settings)
      return Modes(
        waitsForLines: settings.c_lflag & tcflag_t(ICANON) != 0,
        echoes: settings.c_lflag & tcflag_t(ECHO) != 0)
    }
    set {
      var settings = termios()
      _ = unsafe tcgetattr(descriptor, &settings)
      settings.c_lflag &= ~tcflag_t(ICANON | ECHO)
      if newValue.waitsForLines { settings.c_lflag |= tcflag_t(ICANON) }
      if newValue.echoes { settings.c_lflag |= tcflag_t(ECHO) }
      _ = unsafe tcsetattr(descriptor, TCSANOW, &settings)
    }
  }

  /// Takes the terminal away, as closing its window does.
  func hangUp() {
    close(descriptor)
    descriptor = -1
  }

  /// Sends a signal to the program.
  func signal(_ number: Int32) { kill(process, number) }

  private func read(milliseconds: Int32) -> Bool {
    if descriptor < 0 {
      usleep(UInt32(milliseconds) * 1_000)
      return false
    }
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&entry, 1, milliseconds) == 1, entry.revents & Int16(POLLIN) != 0 else {
      return false
    }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe bytes.withUnsafeMutableBytes { bytes in
      #if canImport(Glibc)
        unsafe Glibc.read(descriptor, bytes.baseAddress, bytes.count)
      #else
        unsafe Darwin.read(descriptor, bytes.baseAddress, bytes.count)
      #endif
    }
    guard count > 0 else { return false }
    screen.feed(Array(bytes[..<count]))
    return true
  }

  /// Starts a process in a session of its own, whose terminal is the one at `path`.
  private static func spawn(
    _ arguments: [String], _ environment: [String], on path: String
  ) throws -> pid_t {
    #if canImport(Glibc)
      var actions = unsafe posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #else
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #endif
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    unsafe posix_spawnattr_setflags(&attributes, sessionLeader)
    for stream in Int32(0)...2 {
      unsafe posix_spawn_file_actions_addopen(&actions, stream, path, O_RDWR, 0)
    }
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    var argumentPointers = unsafe arguments.map { unsafe strdup($0) } + [nil]
    var environmentPointers = unsafe environment.map { unsafe strdup($0) } + [nil]
    defer {
      for index in unsafe argumentPointers.indices { unsafe free(argumentPointers[index]) }
      for index in unsafe environmentPointers.indices { unsafe free(environmentPointers[index]) }
    }
    var process: pid_t = 0
    let failure = unsafe posix_spawn(
      &process, arguments[0], &actions, &attributes, &argumentPointers, &environmentPointers)
    guard failure == 0 else { throw Problem(description: "cannot start \(arguments[0])") }
    return process
  }
}

/// Makes a node and completes its names, also within a transaction.
func completeNames(on terminal: PseudoTerminal) throws {
  terminal.type("CREATE (:`Loyal Customer` {since: 1});\r:begin\r")
  try terminal.waitForPrompt("@neo4j#")
  for (typed, completed) in [
    ("MATCH (n:loy", "MATCH (n:`Loyal Customer`"), (") RETURN n.si", ") RETURN n.since"),
  ] {
    terminal.type(typed)
    let deadline = Date().addingTimeInterval(20)
    // The names come behind the prompt's back: Tab does nothing before.
    try terminal.wait("the name") { screen in
      if screen.text.contains(completed) || Date() > deadline { return true }
      terminal.type("\t")
      Thread.sleep(forTimeInterval: 0.05)
      return false
    }
    #expect(terminal.screen.text.contains(completed))
  }
  terminal.type(" AS x;\r")
  try terminal.wait("the result") { $0.text.contains("x\n1\n") }
}
