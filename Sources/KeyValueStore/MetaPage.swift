/// The page of an LMDB file that names a committed state: its trees' roots, its size, its number.
///
/// An LMDB file has two, written in turn. This is the form of a machine of 64 bits in version 1 of
/// LMDB's format, which is that of all its releases 0.9; what looks otherwise is not understood.
struct MetaPage: Equatable {
  /// How much of the page is in use.
  static let size = 152

  /// The page up to where it is in use.
  let bytes: [UInt8]
  /// The size of the file's pages.
  let pageSize: Int
  /// The number of the transaction that made the state.
  let transactionID: UInt64
  /// The pages of the roots: of the free pages' tree and of the main tree; missing where one is empty.
  let roots: [UInt64]

  /// Reads a page, or `nil` where it is none that is understood.
  init?(_ page: RawSpan) {
    guard page.byteCount >= Self.size, page.uint16(at: 10) == 0x08,
      page.uint32(at: 16) == 0xBEEF_C0DE, page.uint32(at: 20) == 1
    else { return nil }
    pageSize = Int(page.uint32(at: 40))
    guard pageSize >= 512, pageSize <= 1 << 16, pageSize & (pageSize - 1) == 0 else { return nil }
    transactionID = page.uint64(at: 144)
    roots = [page.uint64(at: 80), page.uint64(at: 128)].filter { $0 != .max }
    guard roots.allSatisfy({ $0 < 1 << 44 }) else { return nil }
    bytes = page.part(0, Self.size).bytes()
  }

  /// The page under the number of the other one, and as if another transaction had made the state.
  func numbered(_ number: UInt64, transactionID: UInt64) -> ByteBuffer {
    var page = ByteBuffer()
    page.append(little: number)
    page.append(Array(bytes[8..<144]))
    page.append(little: transactionID)
    return page
  }

  /// What the pages of the roots hold, as one number, by which the file is known again.
  func rootSum(in file: Int32) throws(KeyValueError) -> UInt64 {
    var sum: UInt64 = 0
    for root in roots {
      let page = try LogFile.read(file, pageSize, at: Int(root) * pageSize)
      sum = Checksum.of(page.bytes, after: sum)
    }
    return sum
  }
}

/// A number by which bytes that were not wholly written are told from those that were.
enum Checksum {
  /// Mixes eight bytes at a time by multiplication and shift, with the constants of MurmurHash3's end.
  static func of(_ bytes: RawSpan, after sum: UInt64 = 0) -> UInt64 {
    var hash = sum ^ 0x9E37_79B9_7F4A_7C15 ^ UInt64(bytes.byteCount)
    var offset = 0
    while offset &+ 8 <= bytes.byteCount {
      hash = mix(hash, bytes.uint64(at: offset))
      offset &+= 8
    }
    var last: UInt64 = 0
    while offset < bytes.byteCount {
      last = last << 8 | UInt64(bytes.uint8(at: offset))
      offset &+= 1
    }
    return mix(mix(hash, last), 0)
  }

  private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    var mixed = (hash ^ word) &* 0xFF51_AFD7_ED55_8CCD
    mixed ^= mixed >> 32
    mixed = mixed &* 0xC4CE_B9FE_1A85_EC53
    return mixed ^ (mixed >> 29)
  }
}
