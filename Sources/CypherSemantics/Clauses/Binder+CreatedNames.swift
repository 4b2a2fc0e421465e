import CypherSyntax
import Diagnostics
import QueryPlan

extension Binder {
  /// The labels of a node to create: a conjunction of names.
  mutating func bindCreatedLabels(
    _ test: LabelTest?, _ context: CreationContext
  ) throws(Failure) -> [NameExpression] {
    guard let test else { return [] }
    if context.isInsert, case .colonAnd(let parts) = test.expression.kind {
      throw colonInInsert(at: parts.first.map { positionAfter($0.span.end) })
    }
    if let offset = test.expression.refusedLabel(self) {
      throw refusedLabels(context, at: offset)
    }
    labelStyles = LabelStyles()
    try checkLabels(test, .nodePattern)
    var labels: [NameExpression] = []
    try appendLabels(of: test.expression, to: &labels, context)
    return labels
  }

  func refusedLabels(_ context: CreationContext, at offset: Int) -> Failure {
    syntaxError(
      "Label expressions in patterns are not allowed in a \(context.keyword) clause, but only in a MATCH clause and in expressions",
      at: offset,
      CauseText(
        code: "42I30", name: "invalid use of label expressions",
        text: "Label expressions cannot be used in 'a \(context.keyword) clause'."))
  }

  private func colonInInsert(at offset: Int?) -> Failure {
    syntaxError(
      "Colon `:` conjunction is not allowed in INSERT. Use `CREATE` or conjunction with ampersand `&` instead.",
      at: offset,
      CauseText(
        code: "42I54", name: "invalid use of `:` in INSERT",
        text:
          "Colon `:` conjunction is not allowed in INSERT. Use CREATE or conjunction with ampersand `&` instead."
      ))
  }

  private mutating func appendLabels(
    of expression: AST.LabelExpression, to labels: inout [NameExpression],
    _ context: CreationContext
  ) throws(Failure) {
    switch expression.kind {
    case .name(let name):
      try checkToken(name, isLabel: true)
      if !labels.contains(.name(name.text)) { labels.append(.name(name.text)) }
    case .dynamic(let label):
      if label.quantifier == .any { throw anyRefused(label, context) }
      labels.append(.dynamic(try bindDynamicName(label)))
    case .parenthesized(let inner): try appendLabels(of: inner, to: &labels, context)
    case .and(let parts), .colonAnd(let parts):
      for part in parts { try appendLabels(of: part, to: &labels, context) }
    case .or, .colonOr, .not, .wildcard: return
    }
  }

  private func anyRefused(_ label: DynamicLabel, _ context: CreationContext) -> Failure {
    syntaxError(
      "Dynamic labels using `$any()` are not allowed in CREATE or MERGE.", at: label.span.start,
      CauseText(
        code: "42I55", name: "invalid use of dynamic label or type",
        text: "Dynamic labels using `$any()` are not allowed in `\(context.keyword)`."))
  }

  /// What a relationship to create may not have.
  func checkCreatedRelationship(
    _ relationship: RelationshipPattern, _ context: CreationContext
  ) throws(Failure) {
    let keyword = context.keyword
    let offset = relationship.span.start
    if relationship.length != nil {
      throw syntaxError(
        at: offset, "42I41", "invalid use of variable length relationship",
        "Variable length relationships cannot be used in \(keyword).")
    }
    if let predicate = relationship.predicate {
      throw predicateRefused("Relationship", keyword, predicate)
    }
    if relationship.direction == .either, !context.isMerge {
      throw syntaxError(
        "Only directed relationships are supported in \(keyword)", at: offset,
        CauseText(
          code: "42I56", name: "invalid relationship direction",
          text: "Only directed relationships are supported in `\(keyword)`."))
    }
    guard let test = relationship.types else {
      throw typeCount(
        "Exactly one relationship type must be specified for \(keyword). Did you forget to prefix your relationship type with a ':'?",
        keyword, at: offset)
    }
    if let place = test.expression.refusedType(self) {
      throw syntaxError(
        "Relationship type expressions in patterns are not allowed in a \(keyword) clause, but only in a MATCH clause",
        at: place,
        CauseText(
          code: "42I35", name: "invalid use of relationship type expression",
          text: "Relationship type expressions can only be used in 'MATCH ...'."))
    }
    if (test.expression.plainTypes?.count ?? 1) > 1 || test.expression.isDisjunction {
      throw typeCount(
        "A single relationship type must be specified for \(keyword)", keyword, at: offset)
    }
  }

  private func typeCount(_ message: String, _ keyword: String, at offset: Int) -> Failure {
    syntaxError(
      message, at: offset,
      CauseText(
        code: "42I14", name: "invalid number of relationship types",
        text: "Exactly one relationship type must be specified for `\(keyword)`."))
  }

  mutating func bindCreatedType(
    _ relationship: RelationshipPattern, _ context: CreationContext
  ) throws(Failure) -> NameExpression {
    guard let expression = relationship.types?.expression.unwrapped else { return .name("") }
    switch expression.kind {
    case .name(let name):
      try checkToken(name, isLabel: false)
      return .name(name.text)
    case .dynamic(let label):
      if label.quantifier == .any { throw anyRefused(label, context) }
      return .dynamic(try bindDynamicName(label))
    default: return .name("")
    }
  }
}

extension AST.LabelExpression {
  /// Without parentheses around.
  fileprivate var unwrapped: AST.LabelExpression {
    if case .parenthesized(let inner) = kind { inner.unwrapped } else { self }
  }

  fileprivate var isDisjunction: Bool {
    switch unwrapped.kind {
    case .or, .colonOr: true
    default: false
    }
  }

  /// Where a sign stands that labels to create cannot have.
  func refusedLabel(_ binder: Binder) -> Int? {
    switch kind {
    case .or, .colonOr, .not, .wildcard: operatorOffset(binder)
    case .and(let parts), .colonAnd(let parts):
      parts.lazy.compactMap { $0.refusedLabel(binder) }.first
    case .parenthesized(let inner): inner.refusedLabel(binder)
    case .name, .dynamic: nil
    }
  }

  /// Where a sign stands that a type to create cannot have.
  fileprivate func refusedType(_ binder: Binder) -> Int? {
    switch unwrapped.kind {
    case .and, .not, .wildcard: operatorOffset(binder)
    case .or(let parts), .colonOr(let parts):
      parts.lazy.compactMap { $0.refusedType(binder) }.first
    case .colonAnd, .name, .dynamic, .parenthesized: nil
    }
  }
}
