import Testing

@testable import BoltServer

@Suite struct ClientPaceTests {
  private func watch(after pauses: [Int]) -> Int {
    var pace = ClientPace()
    for pause in pauses { pace.note(.microseconds(pause)) }
    return pace.watchMicroseconds
  }

  @Test func quickClientsAreWatched() {
    #expect(watch(after: []) == 300)
    #expect(watch(after: Array(repeating: 20, count: 30)) == 200)
    #expect((750...800) ~= watch(after: Array(repeating: 390, count: 30)))
  }

  @Test func slowClientsAreNot() {
    #expect(watch(after: Array(repeating: 20_000, count: 4)) == 0)
    #expect(watch(after: Array(repeating: 600, count: 30)) == 0)
  }

  @Test func onePauseIsForgivenAndASeriesNoticed() {
    #expect(watch(after: [20, 20, 20, 1_000_000]) > 0)
    #expect(watch(after: Array(repeating: 20_000, count: 100) + Array(repeating: 50, count: 3)) > 0)
  }
}
