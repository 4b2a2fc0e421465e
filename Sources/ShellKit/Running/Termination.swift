import LineEditor

/// The signals that end a program which serves others.
public enum Termination {
  /// Waits until the process is asked to end: by Ctrl-C, by an operator, by a terminal that is gone.
  ///
  /// Blocks its thread, which must be the main one: suspended, it would take signals for itself.
  public static func wait() { SignalWatch.wait() }

  /// Takes signals from now on; to be called before there are other threads.
  public static func prepare() { SignalWatch.start(isInteractive: false) { _ in true } }
}
