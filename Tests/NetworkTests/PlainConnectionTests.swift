import Testing

@testable import Network

@Suite struct PlainConnectionTests {
  @Test func whatIsSentComesBack() throws {
    let listener = try NetworkListener.echo()
    let connection = try listener.connect()
    try connection.send(Array("hello".utf8))
    #expect(try connection.receive(count: 5) == Array("hello".utf8))
    #expect(!connection.isDead)
  }

  @Test(arguments: [1, 65_536, 30_000_000])
  func bothEndsMaySendALot(count: Int) throws {
    let listener = try NetworkListener.echo()
    let connection = try listener.connect()
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try connection.send(bytes, timeoutSeconds: 30)
    #expect(try connection.receive(count: count) == bytes)
  }
}
