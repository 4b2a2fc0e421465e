import Diagnostics
import Testing

@testable import BoltClient

@Suite struct AddressTests {
  @Test(
    arguments: [
      ("bolt", "h", nil, "", "bolt://h:7687"), ("BOLT+S", "h", 1, "", "bolt+s://h:1"),
      ("bolt+ssc", "::1", nil, "", "bolt+ssc://[::1]:7687"),
      ("neo4j", "[::1]", 7688, "", "neo4j://[::1]:7688"),
      ("bolt+routing", "h", nil, "", "neo4j://h:7687"),
      ("neo4j+s", "h", nil, "policy=eu&region=x%20y", "neo4j+s://h:7687?policy=eu&region=x y"),
    ] as [(String, String, Int?, String, String)])
  func reads(
    scheme: String, host: String, port: Int?, query: String, expected: String
  ) throws {
    let address = try RemoteAddress(scheme: scheme, host: host, port: port, query: query)
    #expect("\(address)" == expected)
  }

  @Test(
    arguments: [
      ("http", nil, "", "Invalid address format http"), ("ftp", nil, "", "Invalid address format"),
      ("bolt", 99_999, "", "Illegal port: 99999"), ("bolt", 0, "", "Illegal port: 0"),
      ("bolt", nil, "policy=eu", "Routing parameters are not supported with scheme 'bolt'"),
      ("neo4j", nil, "address=x", "reserved"), ("neo4j", nil, "a=1&a=2", "twice"),
      ("neo4j", nil, "a=", "not a pair"), ("neo4j", nil, "a=1&&b=2", "not a pair"),
    ] as [(String, Int?, String, String)])
  func refuses(scheme: String, port: Int?, query: String, words: String) throws {
    let error = #expect(throws: Failure.self) {
      try RemoteAddress(scheme: scheme, host: "h", port: port, query: query)
    }
    #expect(error?.message.contains(words) == true)
  }

  @Test(
    arguments: [
      ("h", "h:7687"), ("h:1", "h:1"), ("[::1]:2", "[::1]:2"), ("[::1]", "[::1]:7687"),
      ("::1", "[::1]:7687"), ("h:0", nil), ("h:x", nil), ("", nil), ("[]:1", nil), ("[::1", nil),
      ("[::1]x", nil),
    ] as [(String, String?)])
  func readsEndpoints(text: String, expected: String?) {
    #expect(ServerEndpoint(text).map { "\($0)" } == expected)
  }
}
