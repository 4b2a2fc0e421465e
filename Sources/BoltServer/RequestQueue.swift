import Bolt

/// What a client's bytes come to.
enum QueuedRequest {
  /// A message, as it stood; a RESET that came when the client had been let in interrupts.
  case message([UInt8], interrupts: Bool)
  /// A message longer than allowed; nothing behind it can be read.
  case tooLong(limitBytes: Int)
}

/// Requests of one connection that have come and are not answered yet.
struct RequestQueue {
  /// Reading pauses at this many requests, and goes on when so many are left.
  private static let pauseCount = 300
  private static let resumeCount = 100

  private var requests: [QueuedRequest] = []
  private var head = 0
  private var bytes = 0
  private let pauseBytes: Int
  /// Whether the connection is not read from until less waits.
  private(set) var isPaused = false

  /// `pauseBytes` of waiting requests pause reading, however few they are.
  init(pauseBytes: Int) { self.pauseBytes = pauseBytes }

  /// How many requests wait.
  var count: Int { requests.count - head }

  /// Whether nothing waits.
  var isEmpty: Bool { head == requests.count }

  /// Adds a request; tells whether to pause reading now.
  mutating func add(_ request: QueuedRequest) -> Bool {
    bytes += request.byteCount
    requests.append(request)
    guard !isPaused, count >= Self.pauseCount || bytes >= pauseBytes else { return false }
    isPaused = true
    return true
  }

  /// The next request, which stays.
  var first: QueuedRequest? { isEmpty ? nil : requests[head] }

  /// Takes the next request; tells whether to read on.
  mutating func next() -> (request: QueuedRequest, resumes: Bool)? {
    guard head < requests.count else { return nil }
    let request = requests[head]
    requests[head] = .message([], interrupts: false)
    head += 1
    if head == requests.count {
      requests.removeAll(keepingCapacity: requests.capacity <= 2 * Self.pauseCount)
      head = 0
    }
    bytes -= request.byteCount
    guard isPaused, count <= Self.resumeCount, bytes <= pauseBytes / 2 else {
      return (request, false)
    }
    isPaused = false
    return (request, true)
  }

  /// Drops what waits.
  mutating func removeAll() {
    requests = []
    head = 0
    bytes = 0
  }
}

extension QueuedRequest {
  /// Whether it is a RESET, which counts from its arrival.
  var isReset: Bool {
    guard case .message(let bytes, _) = self else { return false }
    return ClientMessage.isReset(bytes, 0..<bytes.count)
  }

  /// Whether it is a GOODBYE, which ends what runs.
  var isGoodbye: Bool {
    guard case .message(let bytes, _) = self else { return false }
    return ClientMessage.isGoodbye(bytes, 0..<bytes.count)
  }

  fileprivate var byteCount: Int {
    if case .message(let bytes, _) = self { bytes.count } else { 0 }
  }
}
