/// The text in which FalkorDB tells where a statement cannot be read, with a caret as users know it.
enum FalkorDBMessage {
  /// Longer ones are left as they are.
  private static let longestBytes = 8192

  /// The message with its place and a caret below it; any other message as it is.
  static func readable(_ message: String) -> String {
    guard message.utf8.count <= longestBytes,
      let match = message.wholeMatch(
        of:
          /(?s)errMsg: (.*) line: (\d+), column: (\d+), offset: (\d+) errCtx: (.*) errCtxOffset: (\d+)\s*/
      ), let place = Int(match.6), place <= match.5.utf8.count
    else { return message }
    let (_, words, line, column, offset, context, _) = match.output
    // The place counts bytes; what stands before it is shown in its own width.
    let before = String(decoding: context.utf8.prefix(place), as: UTF8.self)
    let blanks = String(repeating: " ", count: before.count + 1)
    return
      "\(words) (line \(line), column \(column) (offset: \(offset)))\n\"\(context)\"\n\(blanks)^"
  }
}
