public import Diagnostics

/// `variable {.key, .*, key: e, other}`.
public struct MapProjection: Hashable, Sendable {
  /// One item in the braces.
  public enum Item: Hashable, Sendable {
    /// `.key`.
    case property(Name)
    /// `.*`.
    case allProperties
    /// `key: e`.
    case entry(MapEntry)
    /// `variable`: an entry of that name.
    case variable(Name)
  }

  /// The node, relationship or map.
  public var variable: Name
  /// May be empty.
  public var items: [Item]
}

/// `[x IN list WHERE p | e]`.
public struct ListComprehension: Hashable, Sendable {
  /// Seen inside only.
  public var variable: Name
  /// What is walked.
  public var list: Expression
  /// Keeps elements where true.
  public var predicate: Expression?
  /// The result's element; the variable where absent.
  public var projection: Expression?
}

/// `[p = (a)-->(b) WHERE p | e]`.
public struct PatternComprehension: Hashable, Sendable {
  /// With its path variable.
  public var pattern: PathPattern
  /// Keeps matches where true.
  public var predicate: Expression?
  /// The result's element.
  public var projection: Expression
}

/// `all(x IN list WHERE p)` and its like.
public struct QuantifiedPredicate: Hashable, Sendable {
  /// The words.
  public enum Kind: Hashable, Sendable {
    /// True for every element.
    case all
    /// True for at least one.
    case any
    /// True for no element.
    case none
    /// True for exactly one.
    case single
  }

  /// Which one.
  public var kind: Kind
  /// Seen inside only.
  public var variable: Name
  /// What is walked.
  public var list: Expression
  /// `nil` where `WHERE` is missing, for the semantic check to refuse.
  public var predicate: Expression?
}

/// `reduce(accumulator = initial, x IN list | step)`.
public struct Reduce: Hashable, Sendable {
  /// Seen inside only.
  public var accumulator: Name
  /// Its first value.
  public var initial: Expression
  /// Seen inside only.
  public var variable: Name
  /// What is walked.
  public var list: Expression
  /// The accumulator's next value; `nil` where it is missing, for the semantic check to refuse.
  public var step: Expression?
}

/// `CASE [operand] WHEN … THEN … ELSE … END`.
public struct CaseExpression: Hashable, Sendable {
  /// What a simple CASE compares its operand with.
  public enum Test: Hashable, Sendable {
    /// The generic form's predicate, or the simple form's value that must be equal.
    case expression(Expression)
    /// `WHEN > e`, `WHEN <> e` …
    case comparison(ComparisonOperator, Expression)
    /// `WHEN STARTS WITH e`, `WHEN =~ e`, `WHEN IN e` …
    case binary(BinaryOperator, Expression)
    /// `WHEN IS [NOT] NULL`.
    case isNull(isNegated: Bool)
    /// `WHEN IS [NOT] :: T`.
    case isTyped(TypeExpression, isNegated: Bool)
    /// `WHEN IS [NOT] NORMALIZED`.
    case isNormalized(NormalForm, isNegated: Bool)
    /// `WHEN :A`, `WHEN IS A`.
    case labels(LabelTest)
  }

  /// `WHEN test, test THEN result`.
  public struct Branch: Hashable, Sendable {
    /// One in the generic form, at least one in the simple form.
    public var tests: [Test]
    /// The value.
    public var result: Expression
    /// From `WHEN` to the end of the result.
    @NotCompared public var span: SourceSpan
  }

  /// `nil` in the generic form.
  public var operand: Expression?
  /// At least one, tried in this order.
  public var branches: [Branch]
  /// The value of `ELSE`.
  public var otherwise: Expression?
}

/// `ns.name([DISTINCT] a, b)`.
public struct FunctionCall: Hashable, Sendable {
  /// The function, as typed.
  public var name: QualifiedName
  /// `DISTINCT` or `ALL` before the arguments.
  public var quantifier: SetQuantifier?
  /// May be empty.
  public var arguments: [Expression]
  /// The word of `trim(LEADING chars FROM text)`.
  ///
  /// The arguments are then the word as a string, the characters if there are any, and the text.
  public var trim: TrimSide?

  /// Which ends `trim(… FROM text)` shortens.
  public enum TrimSide: Hashable, Sendable {
    /// `LEADING`.
    case leading
    /// `TRAILING`.
    case trailing
    /// `BOTH`, or no word.
    case both

    /// The word.
    public var text: String {
      switch self {
      case .leading: "LEADING"
      case .trailing: "TRAILING"
      case .both: "BOTH"
      }
    }
  }

  /// Whether duplicates are removed before aggregating.
  public var isDistinct: Bool { quantifier == .distinct }
}

/// What stands in the braces of `EXISTS`, `COUNT` and `COLLECT`.
public enum SubqueryBody: Hashable, Sendable {
  /// `{ [mode] pattern, … [WHERE p] }`: as of a MATCH clause without the word.
  case pattern(MatchClause)
  /// `{ MATCH … RETURN … }`.
  case query(Query)
}
