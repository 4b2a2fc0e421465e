public import Diagnostics

/// `:expression` or `IS expression`, in a pattern or as a predicate.
public struct LabelTest: Hashable, Sendable {
  /// The words or signs that open a test.
  public enum Opener: Hashable, Sendable {
    /// `:`.
    case colon
    /// `IS`.
    case `is`
    /// `IS NOT`, in expressions only.
    case isNot
    /// `IS LABELED`, in expressions only.
    case isLabeled
    /// `IS NOT LABELED`, in expressions only.
    case isNotLabeled
  }

  /// How it was opened.
  public var opener: Opener
  /// What is tested.
  public var expression: LabelExpression
  /// From the opener to the end.
  @NotCompared public var span: SourceSpan

  /// Whether the answer is turned around.
  public var isNegated: Bool { opener == .isNot || opener == .isNotLabeled }
}

/// A combination of labels or relationship types.
public struct LabelExpression: Hashable, Sendable {
  /// The shapes.
  public indirect enum Kind: Hashable, Sendable {
    /// A label or type.
    case name(Name)
    /// `$(e)`, `$all(e)`, `$any(e)`.
    case dynamic(DynamicLabel)
    /// `%`: some label.
    case wildcard
    /// `!a`.
    case not(LabelExpression)
    /// `a & b & …`, at least two.
    case and([LabelExpression])
    /// `a:b:…`, at least two: the same as `and`, not to be mixed with the other signs.
    case colonAnd([LabelExpression])
    /// `a | b | …`, at least two.
    case or([LabelExpression])
    /// `a |:b …`, at least two: the old form for relationship types.
    case colonOr([LabelExpression])
    /// `(a)`.
    case parenthesized(LabelExpression)
  }

  /// What it is made of.
  public var kind: Kind
  /// The whole expression.
  @NotCompared public var span: SourceSpan
}

/// `$(e)`, `$all(e)`, `$any(e)`: labels computed for each row.
public struct DynamicLabel: Hashable, Sendable {
  /// How a list of labels is taken.
  public enum Quantifier: Hashable, Sendable {
    /// Nothing or `all`: every one of them.
    case all
    /// `any`: one of them.
    case any
  }

  /// How a list of labels is taken.
  public var quantifier: Quantifier
  /// A string or a list of strings.
  public var expression: Expression
  /// From `$` to the closing parenthesis.
  @NotCompared public var span: SourceSpan
}
