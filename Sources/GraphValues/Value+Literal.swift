extension Value {
  /// Appends the value as Cypher text: `null`, `1.0`, `'it\'s'`, `[1, 2]`, `{a: 1}`,
  /// `date('2020-01-01')`; entities as patterns, `(:A {k: 1})`, `[:T]`; references by their ids.
  public func appendLiteral(to text: inout [UInt8]) {
    switch self {
    case .null: text.append(contentsOf: "null".utf8)
    case .boolean(let flag): text.append(contentsOf: (flag ? "true" : "false").utf8)
    case .integer(let number): text.append(contentsOf: String(number).utf8)
    case .float(let number): number.appendCypherText(to: &text)
    case .string(let string): string.appendLiteral(to: &text)
    case .bytes(let bytes): Self.appendHexadecimal(bytes, to: &text)
    case .list(let elements):
      text.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { text.append(contentsOf: ", ".utf8) }
        element.appendLiteral(to: &text)
      }
      text.append(UInt8(ascii: "]"))
    case .map(let map): map.appendLiteral(to: &text)
    case .node, .relationship, .path, .nodeRecord, .relationshipRecord, .pathRecord:
      appendEntity(to: &text)
    default: appendTemporalOrPoint(to: &text)
    }
  }

  /// The value as Cypher text.
  public var literal: String {
    var text: [UInt8] = []
    appendLiteral(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  private func appendEntity(to text: inout [UInt8]) {
    switch self {
    case .node(let id): text.append(contentsOf: "(\(id.raw))".utf8)
    case .relationship(let id): text.append(contentsOf: "[\(id.raw)]".utf8)
    case .nodeRecord(let node): node.appendPattern(to: &text)
    case .relationshipRecord(let relationship): relationship.appendPattern(to: &text)
    case .path(let path):
      for (index, node) in path.nodes.enumerated() {
        if index > 0 {
          text.append(contentsOf: "-[\(path.relationships[index - 1].raw)]-".utf8)
        }
        text.append(contentsOf: "(\(node.raw))".utf8)
      }
    case .pathRecord(let path):
      for (index, node) in path.nodes.enumerated() {
        if index > 0 {
          let relationship = path.relationships[index - 1]
          let isForward = relationship.start == path.nodes[index - 1].id
          text.append(contentsOf: (isForward ? "-" : "<-").utf8)
          relationship.appendPattern(to: &text)
          text.append(contentsOf: (isForward ? "->" : "-").utf8)
        }
        node.appendPattern(to: &text)
      }
    default: break
    }
  }

  private static func appendHexadecimal(_ bytes: [UInt8], to text: inout [UInt8]) {
    let digits = Array("0123456789abcdef".utf8)
    text.append(UInt8(ascii: "#"))
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
  }
}

extension NodeRecord {
  fileprivate func appendPattern(to text: inout [UInt8]) {
    text.append(UInt8(ascii: "("))
    for label in labels {
      text.append(UInt8(ascii: ":"))
      label.appendName(to: &text)
    }
    if !properties.isEmpty {
      if !labels.isEmpty { text.append(UInt8(ascii: " ")) }
      properties.appendLiteral(to: &text)
    }
    text.append(UInt8(ascii: ")"))
  }
}

extension RelationshipRecord {
  fileprivate func appendPattern(to text: inout [UInt8]) {
    text.append(contentsOf: "[:".utf8)
    type.appendName(to: &text)
    if !properties.isEmpty {
      text.append(UInt8(ascii: " "))
      properties.appendLiteral(to: &text)
    }
    text.append(UInt8(ascii: "]"))
  }
}

extension MapValue {
  /// Appends `{a: 1, b: 'x'}`.
  public func appendLiteral(to text: inout [UInt8]) {
    text.append(UInt8(ascii: "{"))
    for (index, entry) in entries.enumerated() {
      if index > 0 { text.append(contentsOf: ", ".utf8) }
      entry.key.appendName(to: &text)
      text.append(contentsOf: ": ".utf8)
      entry.value.appendLiteral(to: &text)
    }
    text.append(UInt8(ascii: "}"))
  }
}

extension String {
  /// Appends the string in single quotes, with escapes for quotes, backslashes and control characters.
  public func appendLiteral(to text: inout [UInt8]) {
    text.append(UInt8(ascii: "'"))
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "'"), UInt8(ascii: "\\"):
        text.append(UInt8(ascii: "\\"))
        text.append(byte)
      case 0x0A: text.append(contentsOf: "\\n".utf8)
      case 0x0D: text.append(contentsOf: "\\r".utf8)
      case 0x09: text.append(contentsOf: "\\t".utf8)
      case 0x08: text.append(contentsOf: "\\b".utf8)
      case 0x0C: text.append(contentsOf: "\\f".utf8)
      default: text.append(byte)
      }
    }
    text.append(UInt8(ascii: "'"))
  }

  /// Appends the string as a name of Cypher: plain where it may stand so, else in backticks.
  public func appendName(to text: inout [UInt8]) {
    if isPlainName {
      text.append(contentsOf: utf8)
      return
    }
    text.append(UInt8(ascii: "`"))
    for byte in utf8 {
      if byte == UInt8(ascii: "`") { text.append(byte) }
      text.append(byte)
    }
    text.append(UInt8(ascii: "`"))
  }

  /// Whether the string is a name without backticks: a letter of any script or `_`, then letters,
  /// digits and `_`.
  public var isPlainName: Bool {
    guard let first = unicodeScalars.first, first == "_" || first.properties.isAlphabetic else {
      return false
    }
    return unicodeScalars.dropFirst().allSatisfy { scalar in
      scalar == "_" || (scalar.value >= 0x30 && scalar.value <= 0x39)
        || scalar.properties.isAlphabetic
    }
  }
}
