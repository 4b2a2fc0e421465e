import Diagnostics

extension Parser {
  mutating func merge() throws(SyntaxAbort) -> MergeClause {
    let first = index
    advance()
    let pattern = try pathPattern()
    var actions: [MergeClause.Action] = []
    while at(.on) {
      let start = index
      advance()
      guard let event = acceptAny(.create, .match) else { throw SyntaxAbort() }
      guard at(.set) else { throw SyntaxAbort() }
      let set = try set()
      actions.append(
        MergeClause.Action(
          event: event == .create ? .create : .match, set: set, span: spanFrom(start)))
    }
    return MergeClause(pattern: pattern, actions: actions, span: spanFrom(first))
  }

  mutating func set() throws(SyntaxAbort) -> SetClause {
    let first = index
    advance()
    var items: [SetItem] = []
    repeat {
      items.append(try beside { parser throws(SyntaxAbort) in try parser.setItem() })
    } while accept(.comma)
    return SetClause(items: items, span: spanFrom(first))
  }

  private mutating func setItem() throws(SyntaxAbort) -> SetItem {
    let first = index
    note("an expression")
    if token.isName {
      switch (peek(1).kind, peek(1).keyword) {
      case (.equal, _):
        let variable = takeName()
        advance()
        return SetItem(
          kind: .allProperties(variable: variable, value: try expression()), span: spanFrom(first))
      case (.plusEqual, _):
        let variable = takeName()
        advance()
        return SetItem(
          kind: .addProperties(variable: variable, value: try expression()), span: spanFrom(first))
      case (.colon, _), (.name, .is):
        let variable = takeName()
        return SetItem(
          kind: .labels(variable: variable, labels: try labelList()), span: spanFrom(first))
      default: break
      }
    }
    let target = try propertyTarget(isSet: true)
    note("an expression")
    if version < .cypher25 { note("'.'") }
    try expect(.equal)
    let value = try expression()
    let kind: SetItem.Kind =
      switch target {
      case .key(let entity, let key): .property(entity: entity, key: key, value: value)
      case .dynamic(let entity, let key):
        .dynamicProperty(entity: entity, key: key, value: value)
      }
    return SetItem(kind: kind, span: spanFrom(first))
  }

  private enum PropertyTarget {
    case key(Expression, Name)
    case dynamic(Expression, Expression)
  }

  /// `e.key` or `e[key]`.
  private mutating func propertyTarget(isSet: Bool) throws(SyntaxAbort) -> PropertyTarget {
    let first = index
    let isBareName = token.isName && peek(1).kind != .leftParenthesis
    let start = try atom()
    let target = try postfix(start, first: first)
    switch target.kind {
    case .property(let entity, let key): return .key(entity, key)
    case .index(let entity, let key): return .dynamic(entity, key)
    default:
      if index == collectAt {
        if version < .cypher25 { expected.formUnion(["'.'", "'['"]) }
        if isBareName {
          expected.formUnion(["an expression", "':'", "'IS'"])
          if isSet { expected.formUnion(["'+='", "'='"]) }
        }
      }
      throw SyntaxAbort()
    }
  }

  mutating func remove() throws(SyntaxAbort) -> RemoveClause {
    let first = index
    advance()
    var items: [RemoveItem] = []
    repeat {
      items.append(try beside { parser throws(SyntaxAbort) in try parser.removeItem() })
    } while accept(.comma)
    return RemoveClause(items: items, span: spanFrom(first))
  }

  private mutating func removeItem() throws(SyntaxAbort) -> RemoveItem {
    let first = index
    note("an expression")
    if token.isName, peek(1).kind == .colon || peek(1).keyword == .is {
      let variable = takeName()
      return RemoveItem(
        kind: .labels(variable: variable, labels: try labelList()), span: spanFrom(first))
    }
    let kind: RemoveItem.Kind =
      switch try propertyTarget(isSet: false) {
      case .key(let entity, let key): .property(entity: entity, key: key)
      case .dynamic(let entity, let key): .dynamicProperty(entity: entity, key: key)
      }
    return RemoveItem(kind: kind, span: spanFrom(first))
  }

  mutating func delete() throws(SyntaxAbort) -> DeleteClause {
    let first = index
    var mode = DeleteClause.Mode.plain
    if isAt(.detach) { mode = .detach } else if isAt(.nodetach) { mode = .noDetach }
    if mode != .plain { advance() }
    try expect(.delete)
    var expressions: [Expression] = []
    repeat { expressions.append(try expression()) } while accept(.comma)
    return DeleteClause(mode: mode, expressions: expressions, span: spanFrom(first))
  }

  mutating func foreach() throws(SyntaxAbort) -> ForeachClause {
    let first = index
    advance()
    guard at(.leftParenthesis) else { throw SyntaxAbort() }
    try enter(Self.queryWeight)
    let stop = barStop
    barStop = firstBarInside(index) ?? -1
    advance()
    let variable = try name("a variable name")
    try expect(.in)
    let list = try expression()
    try expect(.bar)
    barStop = stop
    let wasNested = isNested
    isNested = true
    let clauses = try clauses()
    isNested = wasNested
    try expect(.rightParenthesis)
    leave(Self.queryWeight)
    try grow()
    return ForeachClause(
      variable: variable, list: list, clauses: clauses, span: spanFrom(first))
  }

  /// The first `|` within the parentheses that open at `open` that a clause follows.
  private func firstBarInside(_ open: Int) -> Int? {
    guard let close = partner(of: open) else { return nil }
    var at = open + 1
    while at < close {
      if tokens[at].kind == .bar {
        switch tokens[at + 1].keyword {
        case .create, .merge, .set, .remove, .delete, .detach, .nodetach, .foreach, .insert, .match,
          .with, .return, .call, .unwind, .load, .optional, .use, .finish:
          return at
        default: break
        }
      }
      at = (partner(of: at) ?? at) + 1
    }
    return nil
  }
}
