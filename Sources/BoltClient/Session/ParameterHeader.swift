import Diagnostics
import GraphValues

/// Parameters as text in front of a statement, for a server that would paste them there itself: it
/// rounds numbers to six digits and takes names and quotes as they are.
struct ParameterHeader {
  /// The header, with a blank behind it; empty without parameters.
  let text: String

  /// Writes parameters down.
  ///
  /// Those without a form there are left out unless the statement names them: a shell sends all that
  /// it has.
  ///
  /// - Throws: When the statement names a parameter that cannot be written.
  init(_ parameters: MapValue, of statement: String, to product: String) throws(Failure) {
    var bytes: [UInt8] = []
    for (name, value) in parameters.entries {
      var written: [UInt8] = []
      guard Self.append(value, to: &written) else {
        if Self.names(name, in: statement) { throw .unwritable(name, product) }
        continue
      }
      Self.append(name: name, to: &bytes)
      bytes.append(UInt8(ascii: "="))
      bytes += written
      bytes.append(UInt8(ascii: " "))
    }
    text = bytes.isEmpty ? "" : "CYPHER " + String(decoding: bytes, as: UTF8.self)
  }

  /// Whether a statement has `$name` somewhere.
  private static func names(_ name: String, in statement: String) -> Bool {
    if statement.contains("$`\(name)`") { return true }
    return statement.split(separator: "$", omittingEmptySubsequences: false).dropFirst().contains {
      piece in
      piece.hasPrefix(name)
        && piece.dropFirst(name.count).first.map { $0.isLetter || $0.isNumber || $0 == "_" } != true
    }
  }

  /// Appends a value; `false` where it has no form.
  private static func append(_ value: Value, to text: inout [UInt8]) -> Bool {
    switch value {
    case .null, .boolean, .integer, .string: value.appendLiteral(to: &text)
    case .float(let number) where number.isFinite: number.appendCypherText(to: &text)
    case .list(let elements):
      text.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        guard append(element, to: &text) else { return false }
      }
      text.append(UInt8(ascii: "]"))
    case .map(let map):
      text.append(UInt8(ascii: "{"))
      for (index, entry) in map.entries.enumerated() {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        append(name: entry.key, to: &text)
        text.append(UInt8(ascii: ":"))
        guard append(entry.value, to: &text) else { return false }
      }
      text.append(UInt8(ascii: "}"))
    default: return false
    }
    return true
  }

  /// Appends a name in backticks: what letters may stand without them is not the same everywhere.
  private static func append(name: String, to text: inout [UInt8]) {
    text.append(UInt8(ascii: "`"))
    for byte in name.utf8 {
      if byte == UInt8(ascii: "`") { text.append(byte) }
      text.append(byte)
    }
    text.append(UInt8(ascii: "`"))
  }
}

extension Failure {
  /// A parameter that a server has no way to take.
  fileprivate static func unwritable(_ name: String, _ product: String) -> Failure {
    Failure(
      code: "Neo.ClientError.Statement.ParameterMissing",
      message: "\(product) takes no points, temporal values, bytes, infinite numbers or NaN as "
        + "parameters, as `\(name)` is or holds")
  }
}
