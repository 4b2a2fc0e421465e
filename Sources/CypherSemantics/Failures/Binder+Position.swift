import CypherSyntax
import Diagnostics

extension Binder {
  /// Where Neo4j places a mistake in an expression: at the operator of binary ones and of access.
  func position(of expression: AST.Expression) -> Int {
    switch expression.kind {
    case .binary(_, let left, _), .property(let left, _), .index(let left, _),
      .slice(let left, _, _):
      positionAfter(left.span.end)
    case .isNull(let left), .isNotNull(let left), .isTyped(let left, _, _),
      .isNormalized(let left, _, _):
      positionAfter(left.span.end)
    case .labelTest(_, let test): test.span.start
    case .comparison(_, let links): links.last?.operatorSpan.start ?? expression.span.start
    case .and(let operands), .or(let operands), .xor(let operands):
      operands.dropLast().last.map { positionAfter($0.span.end) } ?? expression.span.start
    default: expression.span.start
    }
  }

  /// The first byte after an operand that belongs to the operator: behind blanks, comments and the
  /// operand's closing parentheses.
  func positionAfter(_ end: Int) -> Int {
    var place = max(end, 0)
    while place < bytes.count {
      switch bytes[place] {
      case 0x20, 0x09, 0x0A, 0x0D, 0x0B, 0x0C, UInt8(ascii: ")"): place += 1
      case UInt8(ascii: "/") where place + 1 < bytes.count && bytes[place + 1] == UInt8(ascii: "*"):
        place = Self.endOfBlockComment(bytes, from: place + 2)
      case UInt8(ascii: "/") where place + 1 < bytes.count && bytes[place + 1] == UInt8(ascii: "/"):
        while place < bytes.count, bytes[place] != 0x0A, bytes[place] != 0x0D { place += 1 }
      default: return place
      }
    }
    return end
  }

  private static func endOfBlockComment(_ bytes: [UInt8], from start: Int) -> Int {
    var place = start
    while place + 1 < bytes.count {
      if bytes[place] == UInt8(ascii: "*"), bytes[place + 1] == UInt8(ascii: "/") {
        return place + 2
      }
      place += 1
    }
    return bytes.count
  }
}
