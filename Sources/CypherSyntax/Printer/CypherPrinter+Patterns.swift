// Patterns, labels and types.

extension CypherPrinter {
  mutating func pathPattern(_ pattern: PathPattern) {
    if let name = pattern.variable {
      variable(name)
      write(" = ")
    }
    if let selector = pattern.selector { self.selector(selector) }
    if let mode = pattern.mode {
      switch mode.kind {
      case .walk: write("WALK ")
      case .trail: write("TRAIL ")
      case .acyclic: write("ACYCLIC ")
      }
    }
    switch pattern.kind {
    case .elements(let elements): list(elements, separator: "") { $0.element($1) }
    case .shortest(let shortest):
      enclosed(shortest.isAll ? "allShortestPaths(" : "shortestPath(", ")") { printer in
        printer.list(shortest.elements, separator: "") { $0.element($1) }
      }
    }
  }

  private mutating func selector(_ selector: PathSelector) {
    switch selector.kind {
    case .all: write("ALL ")
    case .any(let count):
      write("ANY ")
      self.count(count)
    case .allShortest: write("ALL SHORTEST ")
    case .shortest(nil): write("ANY SHORTEST ")
    case .shortest(let count):
      write("SHORTEST ")
      self.count(count)
    case .shortestGroups(let count):
      write("SHORTEST ")
      self.count(count)
      write("GROUPS ")
    }
  }

  private mutating func count(_ count: PathSelector.Count?) {
    switch count {
    case .number(let number): write("\(number) ")
    case .parameter(let parameter):
      self.parameter(parameter)
      write(" ")
    case nil: break
    }
  }

  mutating func element(_ element: PatternElement) {
    switch element {
    case .node(let node): self.node(node)
    case .relationship(let relationship): self.relationship(relationship)
    case .parenthesized(let part): parenthesized(part)
    }
  }

  private mutating func node(_ node: NodePattern) {
    enclosed("(", ")") { printer in
      printer.inside(node.variable, node.labels, nil, node.properties, node.predicate)
    }
  }

  private mutating func inside(
    _ variable: Name?, _ labels: LabelTest?, _ length: VariableLength?,
    _ properties: Expression?, _ predicate: Expression?
  ) {
    if let variable { self.variable(variable) }
    if let labels { labelTest(labels, isAfterName: variable != nil) }
    if let length { self.length(length) }
    if let properties {
      if variable != nil || labels != nil || length != nil { write(" ") }
      expression(properties, 13)
    }
    if let predicate {
      write(" WHERE ")
      expression(predicate)
    }
  }

  private mutating func relationship(_ relationship: RelationshipPattern) {
    write(relationship.direction == .left ? "<-" : "-")
    let isEmpty =
      relationship.variable == nil && relationship.types == nil && relationship.length == nil
      && relationship.properties == nil && relationship.predicate == nil
    if !isEmpty {
      enclosed("[", "]") { printer in
        printer.inside(
          relationship.variable, relationship.types, relationship.length,
          relationship.properties, relationship.predicate)
      }
    }
    write(relationship.direction == .right ? "->" : "-")
    if let quantifier = relationship.quantifier { self.quantifier(quantifier) }
  }

  private mutating func length(_ length: VariableLength) {
    write("*")
    switch (length.lower, length.upper) {
    case (nil, nil): break
    case (let lower?, let upper?) where lower == upper: write("\(lower)")
    case (let lower, let upper):
      write(lower.map(String.init) ?? "")
      write("..")
      write(upper.map(String.init) ?? "")
    }
  }

  private mutating func quantifier(_ quantifier: Quantifier) {
    switch quantifier.form {
    case .plus: write("+")
    case .star: write("*")
    case .fixed(let count): write("{\(count)}")
    case .range(let lower, let upper):
      write("{\(lower.map(String.init) ?? ""),\(upper.map(String.init) ?? "")}")
    }
  }

  private mutating func parenthesized(_ part: ParenthesizedPattern) {
    enclosed("(", ")") { printer in
      if let name = part.variable {
        printer.variable(name)
        printer.write(" = ")
      }
      if let selector = part.selector { printer.selector(selector) }
      printer.list(part.elements, separator: "") { $0.element($1) }
      if let predicate = part.predicate {
        printer.write(" WHERE ")
        printer.expression(predicate)
      }
    }
    if let quantifier = part.quantifier { self.quantifier(quantifier) }
  }

  // MARK: - Labels

  mutating func labelTest(_ labels: LabelTest, isAfterName: Bool = true) {
    let blank = isAfterName ? " " : ""
    switch labels.opener {
    case .colon: write(":")
    case .is: write("\(blank)IS ")
    case .isNot: write("\(blank)IS NOT ")
    case .isLabeled: write("\(blank)IS LABELED ")
    case .isNotLabeled: write("\(blank)IS NOT LABELED ")
    }
    labelExpression(labels.expression, quotesKeywords: labels.opener != .colon)
  }

  mutating func labelExpression(_ labels: LabelExpression, quotesKeywords: Bool = false) {
    switch labels.kind {
    case .name(let name): quotesKeywords ? variable(name) : plainName(name)
    case .dynamic(let label): dynamicLabel(label)
    case .wildcard: write("%")
    case .not(let inner):
      write("!")
      labelExpression(inner, quotesKeywords: quotesKeywords)
    case .and(let operands): labelList(operands, "&", quotesKeywords)
    case .colonAnd(let operands): labelList(operands, ":", quotesKeywords)
    case .or(let operands): labelList(operands, "|", quotesKeywords)
    case .colonOr(let operands): labelList(operands, "|:", quotesKeywords)
    case .parenthesized(let inner):
      enclosed("(", ")") { $0.labelExpression(inner, quotesKeywords: quotesKeywords) }
    }
  }

  private mutating func labelList(
    _ operands: [LabelExpression], _ separator: String, _ quotesKeywords: Bool
  ) {
    list(operands, separator: separator) {
      $0.labelExpression($1, quotesKeywords: quotesKeywords)
    }
  }

  mutating func dynamicLabel(_ label: DynamicLabel) {
    enclosed(label.quantifier == .any ? "$any(" : "$(", ")") { $0.expression(label.expression) }
  }

  mutating func labelList(_ labels: LabelList) {
    write(labels.usesIs ? " IS " : ":")
    list(labels.items, separator: ":") { printer, item in
      switch item {
      case .name(let name): printer.plainName(name)
      case .dynamic(let label): printer.dynamicLabel(label)
      }
    }
  }

  // MARK: - Types

  mutating func type(_ type: TypeExpression) {
    if case .union(let parts) = type.kind, parts.count > 1, !type.isNotNull {
      list(parts, separator: " | ") { $0.typePart($1) }
    } else {
      typePart(type)
    }
  }

  private mutating func typePart(_ type: TypeExpression) {
    switch type.kind {
    case .simple(let simple): write(simple.rawValue)
    case .list(let element): enclosed("LIST<", ">") { $0.type(element) }
    case .union(let parts):
      enclosed("ANY<", ">") { printer in
        printer.list(parts, separator: " | ") { $0.typePart($1) }
      }
    case .vector(let coordinate, let dimensions):
      write("VECTOR")
      if let coordinate { write("<\(coordinate.rawValue)>") }
      if let dimensions { write("(\(dimensions))") }
    }
    if type.isNotNull { write(" NOT NULL") }
  }
}
