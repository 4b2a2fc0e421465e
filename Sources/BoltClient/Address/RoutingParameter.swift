import Diagnostics

/// A pair of the query string of a `neo4j://` address.
public struct RoutingParameter: Sendable, Hashable {
  /// Not empty, and not `address`, which the client itself sets.
  public var key: String
  /// Not empty.
  public var value: String

  /// Makes a parameter.
  public init(key: String, value: String) {
    self.key = key
    self.value = value
  }

  /// Reads a query string.
  static func parse(_ query: String) throws(Failure) -> [RoutingParameter] {
    var parameters: [RoutingParameter] = []
    for pair in query.split(separator: "&", omittingEmptySubsequences: false) {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let key = percentDecoded(parts[0])
      let value = parts.count == 2 ? percentDecoded(parts[1]) : ""
      if key.isEmpty || value.isEmpty {
        throw invalid("'\(pair)' is not a pair of a name and a value")
      }
      if key == "address" { throw invalid("the name 'address' is reserved") }
      if parameters.contains(where: { $0.key == key }) {
        throw invalid("the name '\(key)' stands there twice")
      }
      parameters.append(RoutingParameter(key: key, value: value))
    }
    return parameters
  }

  private static func invalid(_ reason: String) -> Failure {
    Failure(
      code: "Neo.ClientError.General.InvalidArguments",
      message: "Invalid routing parameters: \(reason)")
  }

  private static func percentDecoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
