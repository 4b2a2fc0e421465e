/// What answers at a server's end of one connection.
///
/// Called on the thread of the connection's event loop, one call after the other; `received` also on
/// the thread that calls `ServerConnection.receive`. What takes longer than a moment belongs on another
/// thread: the loop serves other connections meanwhile.
public protocol ConnectionHandler: AnyObject, Sendable {
  /// Bytes have come, at least one; TLS and WebSocket frames have been taken off.
  func received(_ bytes: [UInt8])
  /// The output has fallen to the low mark after it had been above the high one.
  func drained()
  /// The time set with `setTimer` has come.
  func timeout()
  /// The connection has ended; the last call, made once for each connection.
  func closed(_ reason: CloseReason)
}

/// Why a connection of a server has ended.
public enum CloseReason: Sendable, Equatable {
  /// The peer has closed, or says that it will send nothing more.
  case peerClosed
  /// The peer or the network broke the connection off.
  case lost(errorNumber: Int32)
  /// `finish` was called, and what had been sent before was handed over or given up.
  case finished
  /// `abort` was called, or the listener closed.
  case aborted
  /// The peer took nothing for too long, or left too much untaken.
  case notReading
  /// What came first was neither plain, TLS nor HTTP as the options allow, or broke their rules.
  case notSpoken(reason: String)
}
