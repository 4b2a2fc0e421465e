import CypherSyntax
import Diagnostics

extension Binder {
  /// Checks the shape of a pattern with its repeated parts.
  func checkQuantifiers(
    _ parts: [PatternElement], _ pattern: PathPattern
  ) throws(Failure) {
    try checkNeighbours(parts)
    let isSelected = parts.count == 1 && pattern.selector != nil
    for part in parts { try checkElement(part, isSelected: isSelected) }
    let hasQuantified = parts.contains { $0.isQuantified }
    if hasQuantified {
      for part in parts {
        guard case .relationship(let relationship) = part, relationship.length != nil else {
          continue
        }
        throw variableLength(
          "Mixing variable-length relationships ('-[*]-') with quantified relationships ('()-->*()') or quantified path patterns ('(()-->())*') is not allowed.",
          at: relationship.span.start,
          "combination with quantified relationships ('()-->*()') or quantified path patterns ('(()-->())*')"
        )
      }
    }
    try checkNotEmpty(parts, pattern)
  }

  private func variableLength(
    _ message: String, at offset: Int, _ place: String
  ) -> Failure {
    syntaxError(
      message, at: offset,
      CauseText(
        code: "42I41", name: "invalid use of variable length relationship",
        text: "Variable length relationships cannot be used in \(place)."))
  }

  private func checkNeighbours(_ parts: [PatternElement]) throws(Failure) {
    for (left, right) in zip(parts, parts.dropFirst()) {
      guard case .node = left, case .node = right else { continue }
      throw syntaxError(
        "Juxtaposition is currently only supported for quantified path patterns.\nIn this case, both \(source(left.span)) and \(source(right.span)) are single nodes.\nThat is, neither of these is a quantified path pattern.",
        at: right.span.start,
        CauseText(
          code: "42I46", name: "invalid use of a node pattern pair",
          text: "Node pattern pairs are only supported for quantified path patterns."))
    }
  }

  private func checkElement(
    _ element: PatternElement, isSelected: Bool = false
  ) throws(Failure) {
    switch element {
    case .node: return
    case .relationship(let relationship):
      if let quantifier = relationship.quantifier { try checkBounds(quantifier) }
    case .parenthesized(let part):
      guard let quantifier = part.quantifier else {
        if let name = part.variable, !isSelected { throw subPath(name) }
        for inner in part.elements { try checkElement(inner) }
        return
      }
      try checkBounds(quantifier)
      if let name = part.variable { throw assignment(name) }
      try checkInside(part, quantifier)
    }
  }

  private func subPath(_ name: Name) -> Failure {
    syntaxError(
      "Sub-path assignment is currently not supported.", at: name.span.start,
      CauseText(
        code: "42N42", name: "unsupported sub-path binding",
        text: "Sub-path assignment is not supported."))
  }

  private func assignment(_ name: Name) -> Failure {
    syntaxError(
      "Assigning a path in a quantified path pattern is not yet supported.", at: name.span.start,
      CauseText(
        code: "42N34", name: "path bound in quantified path pattern",
        text: "Path cannot be bound in a quantified path pattern."))
  }

  private func checkInside(
    _ part: ParenthesizedPattern, _ quantifier: AST.Quantifier
  ) throws(Failure) {
    for inner in part.elements {
      if inner.isQuantified {
        throw syntaxError(
          "Quantified path patterns are not allowed to be nested.", at: inner.span.start,
          CauseText(
            code: "42I12", name: "invalid nesting of quantified path patterns",
            text: "Quantified path patterns cannot be nested."))
      }
      if case .relationship(let relationship) = inner, relationship.length != nil {
        throw variableLength(
          "Variable length relationships cannot be part of a quantified path pattern.",
          at: relationship.span.start, "a quantified path pattern")
      }
    }
    try checkNeighbours(part.elements)
    guard part.elements.count == 1, case .node = part.elements[0] else { return }
    let text = part.elements.map { source($0.span) }.joined()
    throw syntaxError(
      "A quantified path pattern needs to have at least one relationship.\nIn this case, the quantified path pattern (\(text))\(quantifier.text) consists of only one node.",
      at: part.span.start, Self.atLeastOneNode)
  }

  private static let atLeastOneNode = CauseText(
    code: "42N64", name: "at least one node or relationship required",
    text:
      "A quantified or parenthesized path pattern must have at least one node or relationship pattern."
  )

  private func checkBounds(_ quantifier: AST.Quantifier) throws(Failure) {
    if quantifier.upper == 0 {
      let what = if case .fixed = quantifier.form { "quantifier" } else { "quantifier upperbound" }
      throw syntaxError(
        "A quantifier for a path pattern must not be limited by 0.", at: quantifier.span.start,
        CauseText(
          code: "42N31", name: "specified number out of range",
          text:
            "Expected '\(what) for a path pattern' to be INTEGER in the range 1 to 9223372036854775807 but found 0."
        ))
    }
    if let upper = quantifier.upper, quantifier.lower > upper {
      throw syntaxError(
        "A quantifier for a path pattern must not have a lower bound which exceeds its upper bound.\nIn this case, the lower bound \(quantifier.lower) is greater than the upper bound \(upper).",
        at: quantifier.span.start,
        CauseText(
          code: "42I17", name: "invalid quantifier",
          text: "A quantifier must not have a lower bound greater than the upper bound."))
    }
  }

  private func checkNotEmpty(
    _ parts: [PatternElement], _ pattern: PathPattern
  ) throws(Failure) {
    guard let first = parts.first, case .parenthesized = first else { return }
    for part in parts {
      guard case .parenthesized(let repeated) = part, repeated.quantifier?.lower == 0 else {
        return
      }
    }
    let text = parts.map { part in
      guard case .parenthesized(let repeated) = part else { return "" }
      return "(\(repeated.elements.map { source($0.span) }.joined())){0}"
    }
    throw syntaxError(
      "A top-level path pattern in a `MATCH` clause must be written such that it always evaluates to at least one node pattern.\nIn this case, `\(text.joined(separator: " "))` would result in an empty pattern.",
      at: pattern.span.start, Self.atLeastOneNode)
  }
}

extension PatternElement {
  /// Whether a quantifier follows it.
  var isQuantified: Bool {
    switch self {
    case .node: false
    case .relationship(let relationship): relationship.quantifier != nil
    case .parenthesized(let part): part.quantifier != nil
    }
  }
}

extension AST.Quantifier {
  /// As messages print it.
  fileprivate var text: String {
    switch form {
    case .plus: "+"
    case .star: "*"
    case .fixed(let count): "{\(count)}"
    case .range(let lower, let upper):
      "{\(lower.map { String($0) } ?? ""), \(upper.map { String($0) } ?? "")}"
    }
  }
}
