import Testing

@testable import Network

@Suite struct CryptographyTests {
  private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  @Test func digestsAreThoseOfTheStandards() {
    let text = Array("abc".utf8)
    #expect(hex(Digest.sha1(text)) == "a9993e364706816aba3e25717850c26c9cd0d89d")
    #expect(
      hex(Digest.sha256(text))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      hex(Digest.sha256([]))
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy"),
  ])
  func base64IsThatOfTheStandard(text: String, encoded: String) {
    #expect(Digest.base64(Array(text.utf8)) == encoded)
    #expect(Digest.bytes(base64: encoded) == Array(text.utf8))
  }

  @Test(arguments: ["Zg=", "Z===", "!!!!", "Zm9vYg"])
  func otherTextIsNotBase64(text: String) { #expect(Digest.bytes(base64: text) == nil) }

  @Test func passwordIsVerifiedAgainstItsHash() {
    let text = PasswordHash.scrypt(password: "correct horse")
    #expect(text.hasPrefix("$scrypt$ln=14,r=8,p=1$"))
    #expect(PasswordHash.verify(password: "correct horse", against: text))
    #expect(!PasswordHash.verify(password: "correct horsf", against: text))
    #expect(text != PasswordHash.scrypt(password: "correct horse"))
  }

  /// RFC 7914, 12: `pleaseletmein`, `SodiumChloride`.
  @Test func hashIsThatOfTheStandard() {
    let hash: [UInt8] = [
      0x70, 0x23, 0xBD, 0xCB, 0x3A, 0xFD, 0x73, 0x48, 0x46, 0x1C, 0x06, 0xCD, 0x81, 0xFD, 0x38,
      0xEB, 0xFD, 0xA8, 0xFB, 0xBA, 0x90, 0x4F, 0x8E, 0x3E, 0xA9, 0xB5, 0x43, 0xF6, 0x54, 0x5D,
      0xA1, 0xF2, 0xD5, 0x43, 0x29, 0x55, 0x61, 0x3F, 0x0F, 0xCF, 0x62, 0xD4, 0x97, 0x05, 0x24,
      0x2A, 0x9A, 0xF9, 0xE6, 0x1E, 0x85, 0xDC, 0x0D, 0x65, 0x1E, 0x40, 0xDF, 0xCF, 0x01, 0x7B,
      0x45, 0x57, 0x58, 0x87,
    ]
    let salt = Digest.base64(Array("SodiumChloride".utf8))
    let text = "$scrypt$ln=14,r=8,p=1$\(salt)$\(Digest.base64(hash))"
    #expect(PasswordHash.verify(password: "pleaseletmein", against: text))
  }

  @Test(arguments: [
    "", "$", "plain", "$scrypt$ln=14,r=8,p=1$$", "$scrypt$ln=99,r=8,p=1$AAAA$AAAA",
    "$scrypt$r=8,ln=14,p=1$AAAA$AAAA", "$scrypt$ln=14,r=8,p=1$AAAA$!!!!",
  ])
  func otherTextVerifiesNothing(text: String) {
    #expect(!PasswordHash.verify(password: "", against: text))
  }

  @Test func randomBytesDiffer() {
    #expect(RandomBytes.make(16) != RandomBytes.make(16))
    #expect(RandomBytes.make(0).isEmpty)
  }

  @Test func comparisonIsExact() {
    #expect(ConstantTime.areEqual([], []))
    #expect(ConstantTime.areEqual([1, 2], [1, 2]))
    #expect(!ConstantTime.areEqual([1, 2], [1, 3]))
    #expect(!ConstantTime.areEqual([1, 2], [1]))
  }
}
