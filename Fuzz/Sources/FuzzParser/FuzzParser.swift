import CypherSyntax

/// Whatever bytes come, a script is split and each statement parsed or refused.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzParser(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  for fragment in StatementSplitter.fragments(of: text) { _ = CypherParser.parse(fragment.text) }
  return 0
}
