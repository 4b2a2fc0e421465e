import CypherSyntax
import Diagnostics

/// The two ways of combining labels, which do not mix within a pattern or predicate.
struct LabelStyles {
  /// Where `:A:B` was met first, and how it reads with the other signs.
  var colon: (offset: Int, text: String)?
  /// Whether `&`, `|`, `!` or `%` was met.
  var hasSymbols = false
}

extension Binder {
  /// Checks the signs of a label or type expression.
  mutating func checkLabels(_ test: LabelTest, _ place: LabelContext) throws(Failure) {
    if !place.isNode, case .colonAnd(let parts) = test.expression.kind,
      place == .relationshipPattern
    {
      throw colonBetweenTypes(at: parts.first.map { positionAfter($0.span.end) })
    }
    if test.opener == .is || test.opener == .isLabeled || test.opener == .isNot,
      let colon = test.expression.firstColon
    {
      let text = "IS \(test.expression.modernText)"
      throw syntaxError(
        "Mixing the IS keyword with colon (':') between labels is not allowed. This expression could be expressed as \(text).",
        at: positionAfter(colon.span.end),
        CauseText(
          code: "42I29", name: "invalid use of IS",
          text:
            "Mixing the IS keyword with colon (`:`) between labels is not allowed. This expression could be expressed as `\(text)`."
        ))
    }
    if place.isNode, let bar = test.expression.firstColonOr {
      throw syntaxError(
        "Label expressions are not allowed to contain '|:'.", at: positionAfter(bar.span.end),
        CauseText(
          code: "42I20", name: "invalid symbol in expression",
          text:
            "Label expressions and relationship type expressions cannot contain '|:'. To express a label disjunction use '|' instead."
        ))
    }
    try noteStyle(of: test.expression, isNode: place.isNode)
  }

  private func colonBetweenTypes(at offset: Int?) -> Failure {
    syntaxError(
      "Relationship types in a relationship type expressions may not be combined using ':'",
      at: offset,
      CauseText(
        code: "42I20", name: "invalid symbol in expression",
        text:
          "Label expressions and relationship type expressions cannot contain ':'. To express a label disjunction use '|' instead."
      ))
  }

  private mutating func noteStyle(
    of expression: AST.LabelExpression, isNode: Bool
  ) throws(Failure) {
    if let colon = expression.firstColon, labelStyles.colon == nil {
      labelStyles.colon = (positionAfter(colon.span.end), ":" + expression.modernText)
    }
    if isNode ? expression.hasSymbols : expression.hasTypeSymbols { labelStyles.hasSymbols = true }
    try checkStyles()
  }

  /// Refuses a mixture of both ways.
  private func checkStyles() throws(Failure) {
    guard let colon = labelStyles.colon, labelStyles.hasSymbols else { return }
    throw syntaxError(
      "Mixing label expression symbols ('|', '&', '!', and '%') with colon (':') between labels is not allowed. Please only use one set of symbols. This expression could be expressed as \(colon.text).",
      at: colon.offset,
      CauseText(
        code: "42I10", name: "invalid label expression",
        text:
          "Mixing label expression symbols (`|`, `&`, `!`, and `%`) with colon (`:`) between labels is not allowed. This expression could be expressed as `\(colon.text)`."
      ))
  }

  /// Checks the types of a relationship pattern.
  mutating func checkTypes(
    _ relationship: RelationshipPattern, isVariable: Bool
  ) throws(Failure) {
    guard let test = relationship.types else { return }
    for name in test.expression.names { try checkToken(name, isLabel: false) }
    if let bar = test.expression.firstColonOr {
      let isAdorned =
        relationship.variable != nil || relationship.properties != nil || isVariable
        || relationship.predicate != nil
      if isAdorned {
        let text = ":" + test.expression.modernText
        throw syntaxError(
          "The semantics of using colon in the separation of alternative relationship types in conjunction with\nthe use of variable binding, inlined property predicates, or variable length is no longer supported.\nPlease separate the relationships types using `\(text)` instead.",
          at: positionAfter(bar.span.end),
          CauseText(
            code: "42I20", name: "invalid symbol in expression",
            text:
              "Label expressions and relationship type expressions cannot contain '|:'. To express a label disjunction use '|' instead."
          ))
      }
    }
    if isVariable, test.expression.plainTypes == nil, !test.expression.isDynamic {
      throw syntaxError(
        "Variable length relationships must not use relationship type expressions.",
        at: test.expression.operatorOffset(self),
        CauseText(
          code: "42I41", name: "invalid use of variable length relationship",
          text:
            "Variable length relationships cannot be used in combination with relationship type expressions."
        ))
    }
  }
}

extension AST.LabelExpression {
  /// The operand before the first `:` of a chain `A:B`.
  fileprivate var firstColon: AST.LabelExpression? {
    switch kind {
    case .colonAnd(let parts): parts.first
    case .and(let parts), .or(let parts), .colonOr(let parts):
      parts.lazy.compactMap(\.firstColon).first
    case .not(let inner), .parenthesized(let inner): inner.firstColon
    case .name, .dynamic, .wildcard: nil
    }
  }

  /// The operand before the first `|:`.
  fileprivate var firstColonOr: AST.LabelExpression? {
    switch kind {
    case .colonOr(let parts): parts.first
    case .and(let parts), .or(let parts), .colonAnd(let parts):
      parts.lazy.compactMap(\.firstColonOr).first
    case .not(let inner), .parenthesized(let inner): inner.firstColonOr
    case .name, .dynamic, .wildcard: nil
    }
  }

  /// Whether `&`, `|`, `!` or `%` stands in it.
  var hasSymbols: Bool {
    switch kind {
    case .and, .or, .not, .wildcard: true
    case .colonAnd(let parts), .colonOr(let parts): parts.contains { $0.hasSymbols }
    case .parenthesized(let inner): inner.hasSymbols
    case .name, .dynamic: false
    }
  }

  /// Whether `&`, `!` or `%` stands in it.
  var hasTypeSymbols: Bool {
    switch kind {
    case .and, .not, .wildcard: true
    case .or(let parts), .colonAnd(let parts), .colonOr(let parts):
      parts.contains { $0.hasTypeSymbols }
    case .parenthesized(let inner): inner.hasTypeSymbols
    case .name, .dynamic: false
    }
  }

  /// Whether it is one computed name.
  var isDynamic: Bool {
    if case .dynamic = kind { true } else { false }
  }

  /// Where its first sign stands, or its start.
  func operatorOffset(_ binder: Binder) -> Int {
    switch kind {
    case .and(let parts), .or(let parts), .colonAnd(let parts), .colonOr(let parts):
      parts.first.map { binder.positionAfter($0.span.end) } ?? span.start
    default: span.start
    }
  }
}
