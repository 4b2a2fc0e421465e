/// Floating-point numbers as Java and Neo4j write them.
public enum FloatText {
  /// Appends the shortest digits that read back: positional from 10⁻³ up to 10⁷, else `d.dddE±x`
  /// without `+`; at least one digit behind the point.
  public static func append(_ number: Double, to output: inout [UInt8]) {
    guard number.isFinite else {
      output.append(text: number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity")
      return
    }
    if number.sign == .minus { output.append(0x2D) }
    let magnitude = number.magnitude
    if magnitude < 10_000_000, magnitude == magnitude.rounded(.towardZero) {
      output.append(decimal: Int64(magnitude))
      output.append(text: ".0")
      return
    }
    let (digits, exponent) = decompose(magnitude)
    if magnitude >= 1e-3 && magnitude < 1e7 {
      appendPositional(digits, exponent, to: &output)
    } else {
      output.append(digits[0])
      output.append(0x2E)
      if digits.count == 1 { output.append(0x30) } else { output.append(contentsOf: digits[1...]) }
      output.append(0x45)
      output.append(decimal: Int64(exponent))
    }
  }

  /// The significant digits of a positive number and the exponent of the first one.
  private static func decompose(_ magnitude: Double) -> (digits: [UInt8], exponent: Int) {
    var digits: [UInt8] = []
    var pointPlace: Int?
    var exponent = 0
    var isNegativeExponent = false
    var readsExponent = false
    for byte in magnitude.description.utf8 {
      switch byte {
      case 0x2E: pointPlace = digits.count
      case 0x65: readsExponent = true
      case 0x2D: isNegativeExponent = true
      case 0x30...0x39 where readsExponent: exponent = exponent * 10 + Int(byte - 0x30)
      case 0x30...0x39: digits.append(byte)
      default: break
      }
    }
    if isNegativeExponent { exponent = -exponent }
    exponent += (pointPlace ?? digits.count) - 1
    let zeros = digits.prefix { $0 == 0x30 }.count
    digits.removeFirst(zeros)
    exponent -= zeros
    while digits.count > 1 && digits.last == 0x30 { digits.removeLast() }
    if digits.isEmpty { digits = [0x30] }
    if digits.count == 1, magnitude < coarse { return twoDigits(of: magnitude) }
    return (digits, exponent)
  }

  /// Below this so few numbers exist that one digit would do where Java takes the nearest two.
  private static let coarse = Double.leastNonzeroMagnitude * 2000

  /// The two digits that are nearest to one of the least numbers, and the exponent of the first.
  private static func twoDigits(of magnitude: Double) -> (digits: [UInt8], exponent: Int) {
    // The least positive number in units of 10⁻³²⁴.
    var number = Double(magnitude.bitPattern) * 4.940_656_458_412_465
    var exponent = -324
    while number >= 10 {
      number /= 10
      exponent += 1
    }
    var tenths = Int((number * 10).rounded())
    if tenths == 100 {
      tenths = 10
      exponent += 1
    }
    let digits = [UInt8(tenths / 10) + 0x30, UInt8(tenths % 10) + 0x30]
    return (tenths % 10 == 0 ? [digits[0]] : digits, exponent)
  }

  private static func appendPositional(
    _ digits: [UInt8], _ exponent: Int, to output: inout [UInt8]
  ) {
    if exponent < 0 {
      output.append(text: "0.")
      output.append(0x30, times: -exponent - 1)
      output.append(contentsOf: digits)
      return
    }
    for place in 0...exponent { output.append(place < digits.count ? digits[place] : 0x30) }
    output.append(0x2E)
    if digits.count <= exponent + 1 {
      output.append(0x30)
    } else {
      output.append(contentsOf: digits[(exponent + 1)...])
    }
  }
}
