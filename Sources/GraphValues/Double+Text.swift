extension Double {
  /// Appends the number as Cypher writes it: the shortest digits that read back, positional from 10⁻³
  /// up to 10⁷, else `d.dddE±x` without `+`, always with a fraction part; `NaN`, `Infinity`,
  /// `-Infinity`.
  public func appendCypherText(to text: inout [UInt8]) {
    guard isFinite else {
      text.append(contentsOf: (isNaN ? "NaN" : self < 0 ? "-Infinity" : "Infinity").utf8)
      return
    }
    let magnitude = self.magnitude
    if magnitude == 0 || (magnitude >= 1e-3 && magnitude < 1e7) {
      // In this range Swift's own text is positional with a fraction part.
      text.append(contentsOf: description.utf8)
      return
    }
    if sign == .minus { text.append(UInt8(ascii: "-")) }
    var (digits, exponent) = magnitude.shortestDigits
    if digits.count == 1 && magnitude.exponent < -1_060 {
      (digits, exponent) = magnitude.twoDigitsOfTinySubnormal
    }
    text.append(digits[0])
    text.append(UInt8(ascii: "."))
    if digits.count == 1 {
      text.append(UInt8(ascii: "0"))
    } else {
      text.append(contentsOf: digits[1...])
    }
    text.append(UInt8(ascii: "E"))
    text.append(contentsOf: String(exponent).utf8)
  }

  /// The number as Cypher writes it.
  public var cypherText: String {
    var text: [UInt8] = []
    appendCypherText(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Significant ASCII digits without zeros at either end, and the exponent of the first one.
  ///
  /// For positive finite numbers.
  public var shortestDigits: (digits: [UInt8], exponent: Int) {
    var digits: [UInt8] = []
    var point: Int?
    var written = 0
    var isInExponent = false
    var isNegative = false
    for byte in description.utf8 {
      switch byte {
      case UInt8(ascii: "."): point = digits.count
      case UInt8(ascii: "e"): isInExponent = true
      case UInt8(ascii: "-"): isNegative = true
      case UInt8(ascii: "+"): break
      default:
        if isInExponent {
          written = written * 10 + Int(byte &- 0x30)
        } else {
          digits.append(byte)
        }
      }
    }
    let leadingZeros = digits.prefix { $0 == 0x30 }.count
    let exponent =
      (isNegative ? -written : written) + (point ?? digits.count) - 1 - leadingZeros
    digits.removeFirst(leadingZeros)
    while digits.count > 1, digits.last == 0x30 { digits.removeLast() }
    return (digits, exponent)
  }

  /// Java writes two digits at least and takes the closest ones, which matters only where a number has
  /// less than two digits of precision: `4.9E-324`, not `5.0E-324`.
  private var twoDigitsOfTinySubnormal: (digits: [UInt8], exponent: Int) {
    var scaled = Double(bitPattern) * 4.940656458412465
    var exponent = -324
    while scaled >= 10 {
      scaled /= 10
      exponent += 1
    }
    var tenths = Int((scaled * 10).rounded())
    if tenths == 100 {
      tenths = 10
      exponent += 1
    }
    let digits = [UInt8(0x30 + tenths / 10), UInt8(0x30 + tenths % 10)]
    return (digits[1] == 0x30 ? [digits[0]] : digits, exponent)
  }
}
