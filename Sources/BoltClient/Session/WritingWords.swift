/// Words without which a statement cannot change anything.
enum WritingWords {
  private static let words: Set<[UInt8]> = Set(
    [
      "CREATE", "INSERT", "MERGE", "SET", "DELETE", "DETACH", "REMOVE", "FOREACH", "CALL", "DROP",
      "ALTER", "GRANT", "DENY", "REVOKE", "RENAME", "START", "STOP", "TERMINATE",
    ].map { Array($0.utf8) })
  private static let longest = 9

  /// Whether a text holds one of them, be it within a string.
  static func areIn(_ text: String) -> Bool {
    var word: [UInt8] = []
    for byte in text.utf8 {
      if (byte | 0x20) &- 0x61 < 26 || byte == 0x5F || byte >= 0x80 || byte &- 0x30 < 10 {
        if word.count <= longest { word.append(byte & 0xDF) }
        continue
      }
      // With an escape any word could be meant.
      if byte == 0x5C { return true }
      if words.contains(word) { return true }
      word.removeAll(keepingCapacity: true)
    }
    return words.contains(word)
  }
}
