import DataFiles
import Foundation
import Testing

@Suite struct UnpackedFileTests {
  /// Unpacks bytes that come in pieces of `size`.
  private func unpack(_ bytes: [UInt8], size: Int) -> (text: String, isDamaged: Bool) {
    var rest = ArraySlice(bytes)
    let file = UnpackedFile {
      let piece = Array(rest.prefix(size))
      rest = rest.dropFirst(size)
      return piece.isEmpty ? nil : piece
    }
    var text: [UInt8] = []
    while let piece = file.next() { text += piece }
    return (String(decoding: text, as: UTF8.self), file.isDamaged)
  }

  private static func bytes(_ base64: String) -> [UInt8] {
    [UInt8](Data(base64Encoded: base64) ?? Data())
  }

  private static let table = "id,name\n1,Ann\n2,Bob\n"
  private static let gzip =
    "H4sIAAAAAAACA8tM0clLzE3lMtRxzMvjMtJxyk/iAgCk9wY9FAAAAA=="

  static let packed: [(String, String)] = [
    (gzip, table),
    // Not compressed.
    (
      "H4sIAAAAAAAEAwEUAOv/aWQsbmFtZQoxLEFubgoyLEJvYgqk9wY9FAAAAA==", table
    ),
    // With a name, a comment and all else that a header may hold.
    (
      "H4sIHgAAAAAAAwMAYWJjbi5jc3YAaGkA4G3LTNHJS8xN5TLUcczL4zLSccpP4gIApPcG"
        + "PRQAAAA=", table
    ),
    // A folder, then a file.
    (
      "UEsDBBQAAAAAAAAAIQAAAAAAAAAAAAAAAAACAAAAZC9QSwMEFAAAAAgAAAAhAKT3Bj0WAAAA"
        + "FAAAAAcAAABkL2EuY3N2y0zRyUvMTeUy1HHMy+My0nHKT+ICAFBLAQIUAxQAAAAAAAAAIQAA"
        + "AAAAAAAAAAAAAAACAAAAAAAAAAAAAACAAQAAAABkL1BLAQIUAxQAAAAIAAAAIQCk9wY9FgAA"
        + "ABQAAAAHAAAAAAAAAAAAAACAASAAAABkL2EuY3N2UEsFBgAAAAACAAIAZQAAAFsAAAAAAA==", table
    ),
    // A file in an archive that is stored as it is.
    (
      "UEsDBBQAAAAAAAAAIQCk9wY9FAAAABQAAAAFAAAAYS5jc3ZpZCxuYW1lCjEsQW5uCjIsQm9i"
        + "ClBLAQIUAxQAAAAAAAAAIQCk9wY9FAAAABQAAAAFAAAAAAAAAAAAAACAAQAAAABhLmNzdlBL"
        + "BQYAAAAAAQABADMAAAA3AAAAAAA=", table
    ),
    // With codes of its own.
    (
      "H4sIAAAAAAACAxWTuxEEMQjFcmp5gTFf99/YaqMdXcBYiDs65tq7dtUZFspaS90JK+1a63nb"
        + "aMJtVdn2FO3mRz5t7vJz0vxq/ZmHOqBUJlS6DbUGGL0z5qu51/ypYuweRV27TGno6r2yG8w6"
        + "dlN9oWIW1LoF8RJgtY8nP43z5qNCIFzxG1w5ChF62xapPW5RajSilXjE6CISy48WD81neRic"
        + "lq7CI68Cjww5Hpl6M5aFx7VsNSI5SkRydRFJfK7VYdaxcjUedZkFhQKPSmZBpddrxU6WFY8K"
        + "kVolIvV0EenDK63JMm5NFzw6VHh0KvDokuPRxKlnzU4mrcmDSD8lInN0EZl/KTbU6WtDHTyG"
        + "OnhMKfCYluMx5KljQ54uG3QQWfIgss4s6JLAljoVttTBY6mDx1IHjx05Hrt6ybmQp7gX8iDy"
        + "eAkijyGIPDYLUCfTHnXweNTB41EHj7dcFvT0gns59EnO5xCof6bQ/Myg93PqJ242ii+NsPFD"
        + "pP6ZSvsz00CO993g69z18qVU/Uyq/plW+zN7Ps6xc8J7/2sf/iU/E6x+ptj4B/Bx6LxFAwAA",
      (0..<120).map { "\($0),\($0 * 7_919 % 1_013)" }.joined(separator: "\n")
    ),
  ]

  @Test(arguments: packed) func isReadAsItWas(base64: String, expected: String) {
    for size in [1, 7, 100_000] {
      let (text, isDamaged) = unpack(Self.bytes(base64), size: size)
      #expect(text == expected)
      #expect(!isDamaged)
    }
  }

  @Test func severalMembersFollowEachOther() {
    let member = Self.bytes(Self.gzip)
    #expect(unpack(member + member, size: 5) == (Self.table + Self.table, false))
  }

  @Test(arguments: ["", "a,b\n1,2", "\u{1F}x", "PK,1"]) func otherFilesStay(text: String) {
    for size in [1, 100] { #expect(unpack(Array(text.utf8), size: size) == (text, false)) }
  }

  @Test func whatIsCutOffOrChangedIsDamaged() {
    let whole = Self.bytes(Self.gzip)
    for count in 3..<whole.count {
      #expect(unpack(Array(whole.prefix(count)), size: 9).isDamaged, "\(count) bytes")
    }
    for place in 10..<whole.count {
      for byte in [0, 0x55, 0xFF] as [UInt8] {
        var bytes = whole
        bytes[place] = byte
        _ = unpack(bytes, size: 4)
      }
    }
  }
}
