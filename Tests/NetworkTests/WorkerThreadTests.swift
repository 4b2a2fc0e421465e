import Synchronization
import Testing

@testable import Network

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct WorkerThreadTests {
  /// Suspends, so that what follows is another piece of work.
  private func step() async -> pthread_t {
    await Task.yield()
    return pthread_self()
  }

  @Test func aTaskStaysOnItsThreadWhereverItSuspends() async throws {
    let worker = try #require(WorkerThread.start())
    defer { worker.stop() }
    let threads = await Task(executorPreference: worker) {
      var seen: Set<pthread_t> = [pthread_self()]
      for _ in 0..<100 { seen.insert(await step()) }
      return seen
    }.value
    #expect(threads.count == 1)
    let again = await Task(executorPreference: worker) { pthread_self() }.value
    #expect(threads == [again])
  }

  @Test func whatWasHandedOverBeforeTheStopStillRuns() async throws {
    let worker = try #require(WorkerThread.start())
    let tasks = (0..<50).map { number in
      Task(executorPreference: worker) { number }
    }
    worker.stop()
    var sum = 0
    for task in tasks { sum += await task.value }
    #expect(sum == 1225)
  }
}
