import LineEditor
import TestKit
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct StreamTests {
  @Test func writesAndReadsAFile() throws {
    let path = "/tmp/nacre-stream-\(getpid())-\(UInt64.random(in: 0...(.max)))"
    defer { _ = unsafe unlink(path) }
    #expect(try ByteSink(path: path, appends: false).write(Array("ab".utf8)) == .written)
    #expect(try ByteSink(path: path, appends: true).write(Array("c".utf8)) == .written)
    let source = try ByteSource(path: path)
    var bytes: [UInt8] = []
    #expect(source.read(into: &bytes) == .bytes(3))
    #expect(source.read(into: &bytes) == .end)
    #expect(bytes == Array("abc".utf8))
  }

  @Test func tellsWhyAFileCannotBeRead() {
    #expect(throws: StreamError.missing(path: "/no/such")) { try ByteSource(path: "/no/such") }
    #expect(throws: StreamError.isDirectory(path: "/tmp")) { try ByteSource(path: "/tmp") }
  }
}
