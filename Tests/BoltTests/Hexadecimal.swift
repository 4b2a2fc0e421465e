/// Bytes written as pairs of digits; blanks are free.
func bytes(_ text: String) -> [UInt8] {
  let digits = text.filter { !$0.isWhitespace }
  var result: [UInt8] = []
  var rest = digits[...]
  while rest.count >= 2 {
    result.append(UInt8(rest.prefix(2), radix: 16) ?? 0)
    rest = rest.dropFirst(2)
  }
  return result
}

/// Bytes as pairs of digits with blanks between them.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  bytes.map { byte in
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.count < 2 ? "0" + digits : digits
  }.joined(separator: " ")
}
