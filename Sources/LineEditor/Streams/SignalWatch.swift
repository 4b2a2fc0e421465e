import CLineEditorShims
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Signals as events: a thread of its own takes them, so that no code runs in a signal handler.
public enum SignalWatch {
  /// The signals that are taken.
  public enum Signal: Sendable {
    /// Ctrl-C.
    case interrupt
    /// A polite request to end.
    case terminate
    /// Ctrl-\\, a less polite one.
    case quit
    /// The terminal is gone.
    case hangUp
    /// The window has another size.
    case windowChange
    /// Ctrl-Z.
    case stop
    /// The process goes on after a stop.
    case resume

    /// The system's number.
    public var number: Int32 {
      switch self {
      case .interrupt: SIGINT
      case .terminate: SIGTERM
      case .quit: SIGQUIT
      case .hangUp: SIGHUP
      case .windowChange: SIGWINCH
      case .stop: SIGTSTP
      case .resume: SIGCONT
      }
    }

    init?(number: Int32) {
      switch number {
      case SIGINT: self = .interrupt
      case SIGTERM: self = .terminate
      case SIGQUIT: self = .quit
      case SIGHUP: self = .hangUp
      case SIGWINCH: self = .windowChange
      case SIGTSTP: self = .stop
      case SIGCONT: self = .resume
      default: return nil
      }
    }

    /// The byte that wakes a reader.
    fileprivate var wakeByte: UInt8 {
      switch self {
      case .interrupt, .terminate, .quit, .hangUp: 0x49
      case .windowChange: 0x57
      case .stop: 0x5A
      case .resume: 0x43
      }
    }
  }

  private struct State {
    var reading: Int32 = -1
    var writing: Int32 = -1
    var action: (@Sendable (Signal) -> Bool)?
  }

  private static let state = Mutex(State())

  /// The descriptor that becomes readable when a signal should end a read; -1 before `start`.
  static var wakeDescriptor: Int32 { state.withLock { $0.reading } }

  /// Takes signals from now on; also keeps writes to a closed pipe from ending the process.
  ///
  /// - Parameters:
  ///   - isInteractive: Whether window changes and resumes count too.
  ///   - action: Called for each signal on a thread of its own; tells whether a read that waits
  ///     should end because of it.
  /// - Returns: Whether the system agreed.
  @discardableResult
  public static func start(
    isInteractive: Bool, action: @escaping @Sendable (Signal) -> Bool
  ) -> Bool {
    ignoreClosedPipes()
    let isFirst = state.withLock { state in
      state.action = action
      guard state.reading < 0 else { return false }
      return unsafe nacre_make_pipe(&state.reading, &state.writing) == 0
    }
    guard isFirst else { return wakeDescriptor >= 0 }
    // What whoever started the process had ignored stays so: `nohup`, a shell's `&`.
    let ending = [SIGINT, SIGTERM, SIGQUIT, SIGHUP].filter {
      isInteractive || !nacre_is_ignored($0)
    }
    let signals = ending + (isInteractive ? [SIGWINCH, SIGTSTP, SIGCONT] : [])
    return unsafe nacre_watch_signals(signals, Int32(signals.count)) { number in
      SignalWatch.received(number)
    } == 0
  }

  /// Keeps writes to a closed pipe from ending the process; they fail with `closed` instead.
  public static func ignoreClosedPipes() {
    _ = signal(SIGPIPE, SIG_IGN)
  }

  /// Has the process end with a sentence when a page of a mapped file is missing or unreadable.
  public static func explainLostPages() {
    nacre_explain_lost_pages()
  }

  /// Stops the process as Ctrl-Z does, until its shell has it go on.
  public static func stopProcess() { nacre_stop_process() }

  /// Blocks until a signal has come whose action told to end a read.
  public static func wait() {
    let descriptor = wakeDescriptor
    guard descriptor >= 0 else { return }
    while nacre_wait_readable(descriptor, -1, -1) != 1 {}
    clearWakeReasons()
  }

  /// Takes one reason to wake from the pipe, after a read was woken.
  static func takeWakeReason() -> Signal? {
    let descriptor = wakeDescriptor
    guard descriptor >= 0, nacre_wait_readable(descriptor, -1, 0) == 1 else { return nil }
    var byte: UInt8 = 0
    guard unsafe read(descriptor, &byte, 1) == 1 else { return nil }
    return switch byte {
    case 0x49: .interrupt
    case 0x57: .windowChange
    case 0x5A: .stop
    default: .resume
    }
  }

  /// Takes all reasons to wake; tells whether Ctrl-C was one of them.
  public static func takeInterrupt() -> Bool {
    var isInterrupted = false
    while let reason = takeWakeReason() { isInterrupted = isInterrupted || reason == .interrupt }
    return isInterrupted
  }

  /// Forgets reasons to wake that nobody took.
  public static func clearWakeReasons() {
    while takeWakeReason() != nil {}
  }

  private static func received(_ number: Int32) {
    guard let signal = Signal(number: number) else { return }
    let (action, descriptor) = state.withLock { ($0.action, $0.writing) }
    guard action?(signal) ?? false else { return }
    var byte = signal.wakeByte
    _ = unsafe write(descriptor, &byte, 1)
  }
}
