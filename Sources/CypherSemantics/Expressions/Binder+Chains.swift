import CypherSyntax
import Diagnostics
import QueryPlan

/// What an operator is applied to: bound, and where it stands in the text.
struct Operand {
  let typed: Binder.Typed
  let source: AST.Expression

  init(_ typed: Binder.Typed, _ source: AST.Expression) {
    self.typed = typed
    self.source = source
  }
}

/// A run of left-associative operators while it is bound.
///
/// A tree as deep as the run is long would exhaust the stack of whoever walks it. So pieces of the
/// run are kept in locals: `let a = first + …; let b = a + …; b + …`. With pieces as long as there are
/// of them, depth grows with the root of the length.
struct BoundRun {
  /// The run so far, as the next operator sees it.
  private(set) var expression: Bound.Expression
  private var locals: [(slot: Slot, value: Bound.Expression)] = []
  private var steps = 0
  private let pieceLength: Int

  /// Begins a run of so many steps.
  init(_ first: Bound.Expression, steps: Int) {
    expression = first
    pieceLength = max(100, Int(Double(steps).squareRoot()))
  }

  /// Takes one step: `longer` is an operator applied to the run so far.
  mutating func extend(to longer: Bound.Expression, _ slots: inout SlotTable) {
    expression = longer
    steps += 1
    guard steps == pieceLength else { return }
    let slot = slots.addAnonymous(.value)
    locals.append((slot, longer))
    expression = .variable(slot)
    steps = 0
  }

  /// The run with its locals around it.
  var whole: Bound.Expression {
    var result = expression
    for local in locals.reversed() { result = .letting(local.slot, local.value, in: result) }
    return result
  }
}

extension Binder {
  mutating func bindChain(_ base: AST.Expression, _ links: [ChainLink]) throws(Failure) -> Typed {
    var operand = Operand(try bind(base), base)
    var run = BoundRun(operand.typed.expression, steps: links.count)
    for link in links {
      let result = try bindLink(link.kind, operand)
      run.extend(to: result.expression, &slots)
      // For messages the outermost operator and its place are enough: what is within is left out.
      let outline = AST.Expression(.countAll, span: operand.source.span)
      operand = Operand(Typed(run.expression, result.type), link.applied(to: outline))
    }
    return Typed(run.whole, operand.typed.type)
  }

  private mutating func bindLink(_ link: ChainLink.Kind, _ operand: Operand) throws(Failure)
    -> Typed
  {
    switch link {
    case .binary(let sign, let right): try bindBinary(sign, operand, right)
    case .property(let key): try bindProperty(operand, key)
    case .index(let index): try bindIndex(operand, index)
    case .slice(let lower, let upper): try bindSlice(operand, lower, upper)
    }
  }
}
