import GraphValues
import KeyValueStore

/// Numbers different encoded values in the order of their first coming.
struct ValueDictionary {
  /// The values by number.
  private(set) var values: [Value] = []
  /// How many bytes the encodings have.
  var encodedBytes: Int { encodings.count }
  private var encodings: [UInt8] = []
  /// Where each encoding ends.
  private var ends: [Int] = []
  private var hashes: [UInt64] = []
  /// Number plus one at each place of an open-addressed table; 0 where free.
  private var places = [UInt32](repeating: 0, count: 256)

  /// The number of a value.
  ///
  /// - Parameters:
  ///   - encoded: How it lies in the record.
  ///   - decode: Makes the value; called when it is new.
  /// - Returns: A number below `values.count`.
  /// - Throws: What `decode` throws.
  mutating func number(
    of encoded: RawSpan, _ decode: () throws(StoreError) -> Value
  ) throws(StoreError) -> Int {
    let hash = Self.hash(encoded)
    var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
    while places[place] != 0 {
      let number = Int(places[place]) - 1
      if hashes[number] == hash, isEqual(encoded, number) { return number }
      place = (place + 1) & (places.count - 1)
    }
    let number = values.count
    values.append(try decode())
    encodings.append(contentsOf: encoded.bytes())
    ends.append(encodings.count)
    hashes.append(hash)
    places[place] = UInt32(number + 1)
    if values.count * 2 > places.count { grow() }
    return number
  }

  private func isEqual(_ encoded: RawSpan, _ number: Int) -> Bool {
    let start = number == 0 ? 0 : ends[number - 1]
    guard ends[number] - start == encoded.byteCount else { return false }
    for offset in 0..<encoded.byteCount
    where encodings[start + offset] != encoded.uint8(at: offset) {
      return false
    }
    return true
  }

  private mutating func grow() {
    places = [UInt32](repeating: 0, count: places.count * 2)
    for (number, hash) in hashes.enumerated() {
      var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
      while places[place] != 0 { place = (place + 1) & (places.count - 1) }
      places[place] = UInt32(number + 1)
    }
  }

  /// Mixes eight bytes at a time by a multiplication of twice the width.
  private static func hash(_ bytes: RawSpan) -> UInt64 {
    var hash = UInt64(bytes.byteCount) &* 0x9E37_79B9_7F4A_7C15
    var offset = 0
    while offset + 8 <= bytes.byteCount {
      hash = mixed(hash ^ bytes.uint64(at: offset))
      offset += 8
    }
    var rest: UInt64 = 0
    while offset < bytes.byteCount {
      rest = rest << 8 | UInt64(bytes.uint8(at: offset))
      offset += 1
    }
    return mixed(hash ^ rest)
  }

  @inline(__always)
  private static func mixed(_ word: UInt64) -> UInt64 {
    let product = word.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }
}
