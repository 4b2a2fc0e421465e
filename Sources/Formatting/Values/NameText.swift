/// Names of labels, types and keys as Cypher writes them.
public enum NameText {
  /// Appends a name: plain where the language allows it, else in backticks with those inside doubled.
  public static func append(_ name: String, to output: inout [UInt8]) {
    let start = output.count
    output.append(text: name)
    if isPlainASCII(output, from: start) { return }
    if isPlain(name) { return }
    output.removeLast(output.count - start)
    output.append(0x60)
    for byte in name.utf8 {
      if byte == 0x60 { output.append(0x60) }
      output.append(byte)
    }
    output.append(0x60)
  }

  /// Whether a name can stand without backticks: a letter of any script or `_`, then letters, digits
  /// and `_`.
  public static func isPlain(_ name: String) -> Bool {
    var isFirst = true
    for scalar in name.unicodeScalars {
      let isDigit = scalar.value >= 0x30 && scalar.value <= 0x39
      guard scalar == "_" || isLetter(scalar) || (isDigit && !isFirst) else { return false }
      isFirst = false
    }
    return !isFirst
  }

  /// Whether a scalar is a letter of some script.
  public static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return (scalar.value | 0x20) >= 0x61 && (scalar.value | 0x20) <= 0x7A }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return true
    default: return false
    }
  }

  private static func isPlainASCII(_ bytes: [UInt8], from start: Int) -> Bool {
    guard start < bytes.count, bytes[start] < 0x30 || bytes[start] > 0x39 else { return false }
    for position in start..<bytes.count {
      let byte = bytes[position]
      let isLetter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A && byte < 0x80
      guard isLetter || byte == 0x5F || (byte >= 0x30 && byte <= 0x39) else { return false }
    }
    return true
  }
}
