import CZlib

/// Unpacks a stream in the DEFLATE format by zlib, piece by piece.
@safe final class Inflater {
  /// The stream does not follow the format or ends too early.
  struct Damage: Error {}

  /// What stands around the stream.
  enum Frame {
    /// A head, and the sum and the length at the end, which are checked.
    case gzip
    /// Nothing, as in a zip archive.
    case none

    /// As zlib wants it: the window's size, with a mark.
    fileprivate var windowBits: Int32 { self == .gzip ? 15 + 16 : -15 }
  }

  private static let pieceSize = 65_536

  // zlib refers back to where its stream lies.
  private let stream: UnsafeMutablePointer<z_stream>
  private let isReady: Bool
  private var isAtEnd = false
  private var input: [UInt8] = []
  private var place = 0

  /// Begins a stream.
  init(_ frame: Frame) {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    isReady =
      unsafe inflateInit2_(
        stream, frame.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
  }

  deinit {
    if isReady { _ = unsafe inflateEnd(stream) }
    unsafe stream.deinitialize(count: 1)
    unsafe stream.deallocate()
  }

  /// Unpacks one piece.
  ///
  /// - Parameter bytes: Gives the packed bytes; those behind the stream's own are put back.
  /// - Returns: What was unpacked; `nil` behind the end of the stream.
  /// - Throws: `Damage` when the bytes do not follow the format or end too early.
  func next(from bytes: inout PackedBytes) throws(Damage) -> [UInt8]? {
    guard isReady else { throw Damage() }
    while !isAtEnd {
      if place == input.count {
        guard let more = bytes.rest() else { throw Damage() }
        input = more
        place = 0
      }
      let (piece, code) = unpack()
      switch code {
      case Z_OK: break
      case Z_STREAM_END:
        isAtEnd = true
        bytes.putBack(input[place...])
      default: throw Damage()
      }
      if !piece.isEmpty { return piece }
    }
    return nil
  }

  /// Takes of the input what fills a piece of output.
  private func unpack() -> (piece: [UInt8], code: Int32) {
    var code = Z_OK
    let stream = unsafe stream
    let start = place
    var left = 0
    let piece = unsafe input.withUnsafeMutableBufferPointer { input in
      let rest = unsafe input.dropFirst(start)
      return unsafe [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { output, count in
        unsafe stream.pointee.next_in = UnsafeMutableBufferPointer(rebasing: rest).baseAddress
        unsafe stream.pointee.avail_in = UInt32(rest.count)
        unsafe stream.pointee.next_out = output.baseAddress
        unsafe stream.pointee.avail_out = UInt32(output.count)
        code = unsafe inflate(stream, Z_NO_FLUSH)
        left = Int(unsafe stream.pointee.avail_in)
        count = unsafe output.count - Int(stream.pointee.avail_out)
      }
    }
    place = input.count - left
    return (piece, code)
  }
}
