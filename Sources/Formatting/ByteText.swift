extension [UInt8] {
  /// Appends a string's UTF-8.
  @inline(__always)
  mutating func append(text: String) {
    append(contentsOf: text.utf8)
  }

  /// Appends an integer in decimal digits.
  mutating func append(decimal number: Int64) {
    if number >= 0 && number < 10 {
      append(0x30 &+ UInt8(truncatingIfNeeded: number))
      return
    }
    if number < 0 { append(0x2D) }
    var rest = number.magnitude
    let start = count
    while rest > 0 {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      append(0x30 &+ UInt8(truncatingIfNeeded: digit))
      rest = quotient
    }
    var low = start
    var high = count - 1
    while low < high {
      swapAt(low, high)
      low += 1
      high -= 1
    }
  }

  /// Appends a non-negative integer with leading zeros up to a width.
  mutating func append(decimal number: Int64, digits: Int) {
    var width = 1
    var bound: Int64 = 10
    while width < digits && number >= bound {
      width += 1
      bound = bound &* 10
    }
    for _ in width..<Swift.max(digits, width) { append(0x30) }
    append(decimal: number)
  }

  /// Appends one byte several times.
  mutating func append(_ byte: UInt8, times: Int) {
    guard times > 0 else { return }
    append(contentsOf: repeatElement(byte, count: times))
  }
}
