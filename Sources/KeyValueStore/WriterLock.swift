import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The writer's place of an environment, among threads and processes, with a deadline.
///
/// LMDB itself would wait for ever. Whoever holds the place has written its pid into the file.
final class WriterLock: Sendable {
  private let file: Int32
  private let isTaken = Mutex(false)

  /// Opens the lock's file; without a path only threads of this process exclude each other.
  init(path: String?) throws(KeyValueError) {
    guard let path else {
      file = -1
      return
    }
    file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw .system(operation: "open lock", errorNumber: errno) }
  }

  deinit { if file >= 0 { _ = close(file) } }

  func acquire(deadlineSeconds: Double) throws(KeyValueError) {
    if tryAcquire() { return }
    let deadline = FileSystem.monotonicSeconds() + deadlineSeconds
    var pause: UInt32 = 50
    while true {
      guard FileSystem.monotonicSeconds() < deadline else {
        throw .locked(byProcess: isTaken.withLock { $0 } ? getpid() : holder())
      }
      FileSystem.pause(microseconds: pause)
      if tryAcquire() { return }
      pause = min(pause * 2, 4_000)
    }
  }

  private func tryAcquire() -> Bool {
    let mine = isTaken.withLock { taken in
      if taken { return false }
      taken = true
      return true
    }
    guard mine else { return false }
    guard file >= 0 else { return true }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      isTaken.withLock { $0 = false }
      return false
    }
    var pid = getpid().littleEndian
    _ = unsafe pwrite(file, &pid, 4, 0)
    return true
  }

  func release() {
    if file >= 0 { _ = flock(file, LOCK_UN) }
    isTaken.withLock { $0 = false }
  }

  private func holder() -> Int32? {
    var pid: Int32 = 0
    guard unsafe pread(file, &pid, 4, 0) == 4, pid > 0 else { return nil }
    return Int32(littleEndian: pid)
  }
}
