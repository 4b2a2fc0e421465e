import Foundation

/// The arc tangent by the method of fdlibm, whose last digit Java, and so every server, gives.
///
/// The C library rounds some results the other way.
enum ArcTangent {
  private static let high = [
    4.63647609000806093515e-01, 7.85398163397448278999e-01, 9.82793723247329054082e-01,
    1.57079632679489655800e+00,
  ]

  private static let low = [
    2.26987774529616870924e-17, 3.06161699786838301793e-17, 1.39033110312309984516e-17,
    6.12323399573676603587e-17,
  ]

  private static let series = [
    3.33333333333329318027e-01, -1.99999999998764832476e-01, 1.42857142725034663711e-01,
    -1.11111104054623557880e-01, 9.09088713343650656196e-02, -7.69187620504482999495e-02,
    6.66107313738753120669e-02, -5.83357013379057348645e-02, 4.97687799461593236017e-02,
    -3.65315727442169155270e-02, 1.62858201153657823623e-02,
  ]

  /// The angle whose tangent is given.
  static func atan(_ tangent: Double) -> Double {
    let magnitude = tangent.magnitude
    guard magnitude < 0x1p66 else {
      return tangent.isNaN ? .nan : copysign(high[3] + low[3], tangent)
    }
    guard magnitude >= 0x1p-29 else { return tangent }
    if magnitude < 0.4375 { return tangent - tangent * correction(tangent) }
    let (segment, reduced) = reduce(magnitude)
    let angle = high[segment] - ((reduced * correction(reduced) - low[segment]) - reduced)
    return copysign(angle, tangent)
  }

  private static func reduce(_ x: Double) -> (segment: Int, reduced: Double) {
    if x < 0.6875 { return (0, (2 * x - 1) / (2 + x)) }
    if x < 1.1875 { return (1, (x - 1) / (x + 1)) }
    if x < 2.4375 { return (2, (x - 1.5) / (1 + 1.5 * x)) }
    return (3, -1 / x)
  }

  private static func correction(_ x: Double) -> Double {
    let z = x * x
    let w = z * z
    var odd = series[10]
    for place in [8, 6, 4, 2, 0] { odd = series[place] + w * odd }
    var even = series[9]
    for place in [7, 5, 3, 1] { even = series[place] + w * even }
    return z * odd + w * even
  }

  /// The angle of the point (x, y) seen from the origin.
  static func atan2(_ y: Double, _ x: Double) -> Double {
    guard y.isFinite, x.isFinite, y != 0, x != 0 else { return Foundation.atan2(y, x) }
    let distance = y.exponent - x.exponent
    let low = 1.2246467991473531772e-16
    var angle: Double
    if distance > 60 {
      angle = Double.pi / 2 + 0.5 * low
    } else if x < 0 && distance < -60 {
      angle = 0
    } else {
      angle = atan((y / x).magnitude)
    }
    if x < 0 { angle = Double.pi - (angle - low) }
    return copysign(angle, y)
  }
}
