/// A file as it was before gzip or zip packed it; any other file as it is.
///
/// What packed it shows in its first bytes. Of a zip archive the first file is read.
public final class UnpackedFile {
  private enum Packing {
    case unknown
    case none
    case gzip
    case zip
    /// A file that lies in a zip archive as it is, so many bytes of which are left.
    case stored(left: Int)
  }

  /// Whether the file is packed and cannot be unpacked to its end.
  public private(set) var isDamaged = false
  private var bytes: PackedBytes
  private var packing = Packing.unknown
  private var inflater = Inflater(.none)

  /// Makes a file of what a source gives.
  public init(_ source: @escaping DelimitedReader.Source) { bytes = PackedBytes(source) }

  /// The next piece; `nil` at the end, also of a damaged file.
  public func next() -> [UInt8]? {
    if isDamaged { return nil }
    do throws(Inflater.Damage) {
      if case .unknown = packing { try begin() }
      return try piece()
    } catch {
      isDamaged = true
      return nil
    }
  }

  private func piece() throws(Inflater.Damage) -> [UInt8]? {
    switch packing {
    case .unknown, .none: return bytes.rest()
    case .zip: return try inflater.next(from: &bytes)
    case .gzip:
      while true {
        if let piece = try inflater.next(from: &bytes) { return piece }
        // Another member may follow.
        guard bytes.peek(0) == 0x1F, bytes.peek(1) == 0x8B else { return nil }
        inflater = Inflater(.gzip)
      }
    case .stored(let left):
      if left == 0 { return nil }
      guard let piece = bytes.rest() else { throw Inflater.Damage() }
      packing = .stored(left: max(0, left - piece.count))
      return Array(piece.prefix(left))
    }
  }

  private func begin() throws(Inflater.Damage) {
    if bytes.peek(0) == 0x1F, bytes.peek(1) == 0x8B {
      packing = .gzip
      inflater = Inflater(.gzip)
    } else if bytes.peek(0) == 0x50, bytes.peek(1) == 0x4B, bytes.peek(2) == 3, bytes.peek(3) == 4 {
      try beginZip()
    } else {
      packing = .none
    }
  }

  private func beginZip() throws(Inflater.Damage) {
    while true {
      let flags = try number(at: 6, bytes: 2)
      let method = try number(at: 8, bytes: 2)
      let packed = try number(at: 18, bytes: 4)
      let nameLength = try number(at: 26, bytes: 2)
      let extraLength = try number(at: 28, bytes: 2)
      // A name that ends in a slash is a folder's.
      let isFolder = nameLength > 0 && bytes.peek(29 + nameLength) == 0x2F
      guard bytes.skip(30 + nameLength + extraLength) else { throw Inflater.Damage() }
      if isFolder, packed == 0, bytes.peek(0) == 0x50, bytes.peek(2) == 3 { continue }
      switch method {
      case 8: packing = .zip
      case 0 where flags & 8 == 0: packing = .stored(left: packed)
      default: throw Inflater.Damage()
      }
      return
    }
  }

  private func number(at place: Int, bytes count: Int) throws(Inflater.Damage) -> Int {
    var number = 0
    for index in 0..<count {
      guard let byte = bytes.peek(place + index) else { throw Inflater.Damage() }
      number |= Int(byte) << (8 * index)
    }
    return number
  }
}
