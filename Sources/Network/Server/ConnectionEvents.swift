import CLibEvent

/// What libevent watches for a connection: bytes to read, room to write, a timer.
// Safe: an event may be added and deleted from any thread once libevent takes locks; `free` is called
// once, on the loop's thread, under the lock of the connection, which lets go of this then.
@safe final class ConnectionEvents: @unchecked Sendable {
  private let reading: OpaquePointer
  private let writing: OpaquePointer
  private let timer: OpaquePointer

  /// Made on the loop's thread; `connection` must outlive it.
  init?(_ connection: ServerConnection) {
    let context = unsafe Unmanaged.passUnretained(connection).toOpaque()
    let base = unsafe connection.loop.base
    let descriptor = connection.socket.descriptor
    guard
      let reading = unsafe event_new(
        base, descriptor, Int16(EV_READ | EV_PERSIST),
        { _, _, context in unsafe ConnectionEvents.connection(context)?.canRead() }, context)
    else { return nil }
    guard
      let writing = unsafe event_new(
        base, descriptor, Int16(EV_WRITE),
        { _, what, context in
          unsafe ConnectionEvents.connection(context)?
            .canWrite(isTooLate: Int32(what) & EV_TIMEOUT != 0)
        }, context)
    else {
      unsafe event_free(reading)
      return nil
    }
    guard
      let timer = unsafe event_new(
        base, -1, 0,
        { _, _, context in unsafe ConnectionEvents.connection(context)?.timerFired() }, context)
    else {
      unsafe event_free(reading)
      unsafe event_free(writing)
      return nil
    }
    unsafe self.reading = reading
    unsafe self.writing = writing
    unsafe self.timer = timer
  }

  private static func connection(_ context: UnsafeMutableRawPointer?) -> ServerConnection? {
    guard let context = unsafe context else { return nil }
    return unsafe Unmanaged<ServerConnection>.fromOpaque(context).takeUnretainedValue()
  }

  func enableReading() { unsafe event_add(reading, nil) }

  /// Does not wait for a callback that runs: it may be the one that wants the caller's lock.
  func disableReading() { unsafe event_del_noblock(reading) }

  func waitToWrite(atMost seconds: Double) {
    var time = timeval(seconds: seconds)
    unsafe event_add(writing, &time)
  }

  func setTimer(seconds: Double) {
    var time = timeval(seconds: seconds)
    unsafe event_add(timer, &time)
  }

  func free() {
    unsafe event_free(reading)
    unsafe event_free(writing)
    unsafe event_free(timer)
  }
}
