public import Diagnostics

/// One step of a long run of left-associative operators: what stands behind the operand so far.
public struct ChainLink: Hashable, Sendable {
  /// The operator with what stands right of it.
  public enum Kind: Hashable, Sendable {
    /// `+ e` and the like.
    case binary(BinaryOperator, Expression)
    /// `.key`.
    case property(Name)
    /// `[index]`.
    case index(Expression)
    /// `[lower..upper]`.
    case slice(lower: Expression?, upper: Expression?)
  }

  /// What it does with the operand.
  public var kind: Kind
  /// From the first token of the whole run to the last one of this step.
  @NotCompared public var span: SourceSpan

  init(_ kind: Kind, span: SourceSpan) {
    self.kind = kind
    self._span = NotCompared(wrappedValue: span)
  }

  /// The expression that this step makes of an operand.
  public func applied(to operand: Expression) -> Expression {
    let made: ExpressionKind =
      switch kind {
      case .binary(let sign, let right): .binary(sign, operand, right)
      case .property(let key): .property(operand, key: key)
      case .index(let index): .index(operand, index)
      case .slice(let lower, let upper): .slice(operand, lower: lower, upper: upper)
      }
    return Expression(made, span: span)
  }

  /// The expressions right of the operand.
  public var operands: [Expression] {
    switch kind {
    case .binary(_, let right): [right]
    case .property: []
    case .index(let index): [index]
    case .slice(let lower, let upper): [lower, upper].compactMap { $0 }
    }
  }
}

/// A run of left-associative operators while it is read.
///
/// A short one becomes a tree. Of a long one all but the last step becomes a list, so that trees stay
/// flat enough to be walked by recursion.
struct ChainDraft {
  /// The longest run that becomes a tree.
  static let longestTree = 64
  /// The longest run that is taken.
  static let longest = 100_000

  private let base: Expression
  private var links: [ChainLink] = []

  init(_ base: Expression) { self.base = base }

  var count: Int { links.count }

  mutating func append(_ kind: ChainLink.Kind, span: SourceSpan) {
    links.append(ChainLink(kind, span: span))
  }

  /// The whole as one expression.
  var expression: Expression {
    guard links.count > Self.longestTree, let last = links.last else {
      return links.reduce(base) { $1.applied(to: $0) }
    }
    let inner = links.dropLast()
    return last.applied(
      to: Expression(.chain(base, Array(inner)), span: inner.last?.span ?? base.span))
  }
}
