extension Value {
  /// `STARTS WITH`: null unless both are strings; by code points.
  public func starts(with prefix: Value) -> Value {
    guard case .string(let text) = self, case .string(let prefix) = prefix else { return .null }
    return .boolean(text.utf8.starts(with: prefix.utf8))
  }

  /// `ENDS WITH`: null unless both are strings; by code points.
  public func ends(with suffix: Value) -> Value {
    guard case .string(let text) = self, case .string(let suffix) = suffix else { return .null }
    guard suffix.utf8.count <= text.utf8.count else { return .boolean(false) }
    return .boolean(text.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8))
  }

  /// `CONTAINS`: null unless both are strings; by code points.
  public func contains(text part: Value) -> Value {
    guard case .string(let text) = self, case .string(let part) = part else { return .null }
    return .boolean(text.containsCodePoints(of: part))
  }
}

extension String {
  /// Whether another string's code points occur in this one in one piece.
  ///
  /// Bytes decide, as no encoding of a code point is a part of another's.
  public func containsCodePoints(of part: String) -> Bool {
    guard let first = part.utf8.first else { return true }
    let bytes = utf8
    let partLength = part.utf8.count
    guard partLength <= bytes.count else { return false }
    var place = bytes.startIndex
    let last = bytes.index(bytes.endIndex, offsetBy: -partLength)
    while place <= last {
      guard let hit = bytes[place...].firstIndex(of: first), hit <= last else { return false }
      if bytes[hit...].starts(with: part.utf8) { return true }
      place = bytes.index(after: hit)
    }
    return false
  }
}
