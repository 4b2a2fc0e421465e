public import Diagnostics

/// An expression of the language.
///
/// Compared by structure: spans and literal ordinals do not count. Parentheses leave no node; the
/// printer puts them where precedence asks for them. Depth is at most `CypherParser.maximumDepth`.
public struct Expression: Hashable, Sendable {
  /// What it is made of.
  public var kind: ExpressionKind
  /// From first token to last, without parentheses around it.
  @NotCompared public var span: SourceSpan

  /// Makes an expression.
  public init(_ kind: ExpressionKind, span: SourceSpan) {
    self.kind = kind
    self._span = NotCompared(wrappedValue: span)
  }
}

/// The kinds of expressions.
public indirect enum ExpressionKind: Hashable, Sendable {
  /// A number, string, boolean or `null`.
  case literal(Literal)
  /// `s'…{e}…'` (Cypher 25).
  case interpolatedString([InterpolatedPart])
  /// `$name`.
  case parameter(Parameter)
  /// A variable.
  case variable(Name)
  /// `e.key`.
  case property(Expression, key: Name)
  /// `e[index]`: an element of a list, or a property by its name.
  case index(Expression, Expression)
  /// `e[lower..upper]`.
  case slice(Expression, lower: Expression?, upper: Expression?)
  /// `[a, b]`.
  case list([Expression])
  /// `{a: 1}`.
  case map([MapEntry])
  /// `variable {.key, .*, key: e, other}`.
  case mapProjection(MapProjection)
  /// `[x IN list WHERE p | e]`.
  case listComprehension(ListComprehension)
  /// `[p = (a)-->(b) WHERE p | e]`.
  case patternComprehension(PatternComprehension)
  /// `all(x IN list WHERE p)` and `any`, `none`, `single`.
  case quantified(QuantifiedPredicate)
  /// `reduce(acc = init, x IN list | e)`.
  case reduce(Reduce)
  /// `allReduce(acc = init, x IN list | e, predicate)` (Cypher 25).
  case allReduce(Reduce, predicate: Expression)
  /// `CASE …`.
  case caseWhen(CaseExpression)
  /// `ns.name([DISTINCT] a, b)`.
  case function(FunctionCall)
  /// `count(*)`, `count(DISTINCT *)` being an error.
  case countAll
  /// `-e`, `+e`.
  case unary(UnaryOperator, Expression)
  /// `a + b` and the like: left-associative.
  case binary(BinaryOperator, Expression, Expression)
  /// A long run of such operators, or of `.key`, `[i]` and `[a..b]`, from left to right.
  case chain(Expression, [ChainLink])
  /// `a < b <= c …`: each neighbouring pair holds, each operand evaluated once.
  case comparison(first: Expression, [ComparisonLink])
  /// `NOT e`.
  case not(Expression)
  /// `a AND b AND …`, at least two.
  case and([Expression])
  /// `a XOR b XOR …`, at least two.
  case xor([Expression])
  /// `a OR b OR …`, at least two.
  case or([Expression])
  /// `e IS NULL`.
  case isNull(Expression)
  /// `e IS NOT NULL`.
  case isNotNull(Expression)
  /// `e IS [NOT] :: T`, `e IS [NOT] TYPED T`.
  case isTyped(Expression, TypeExpression, isNegated: Bool)
  /// `e IS [NOT] [NFC] NORMALIZED`.
  case isNormalized(Expression, form: NormalForm, isNegated: Bool)
  /// `e:A|B`, `e IS A`.
  case labelTest(Expression, LabelTest)
  /// `(a)-->(b)`: true if there is a match.
  case pattern(PathPattern)
  /// `EXISTS { … }`.
  case exists(SubqueryBody)
  /// `COUNT { … }`.
  case count(SubqueryBody)
  /// `COLLECT { … }`.
  case collect(SubqueryBody)
}

/// A literal of one token.
public struct Literal: Hashable, Sendable {
  /// What it says.
  public enum Value: Hashable, Sendable {
    /// `null`.
    case null
    /// `true`, `false`.
    case boolean(Bool)
    /// `42`, `0x1F`, `0o17`.
    case integer(Int64)
    /// `1.5`, `1e9`, `NaN`, `Inf`.
    case float(Double)
    /// `'a'`, `"a"`, decoded.
    case string(String)

    /// Whether both are the same literal: floats by their bits, so that NaN equals itself.
    public static func == (left: Self, right: Self) -> Bool {
      switch (left, right) {
      case (.null, .null): true
      case (.boolean(let left), .boolean(let right)): left == right
      case (.integer(let left), .integer(let right)): left == right
      case (.float(let left), .float(let right)): left.bitPattern == right.bitPattern
      case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
      default: false
      }
    }

    /// Adds the literal, floats by their bits.
    public func hash(into hasher: inout Hasher) {
      switch self {
      case .null: hasher.combine(0)
      case .boolean(let flag): hasher.combine(flag)
      case .integer(let number): hasher.combine(number)
      case .float(let number): hasher.combine(number.bitPattern)
      case .string(let text): hasher.combine(text)
      }
    }
  }

  /// What it says.
  public var value: Value
  /// The number of the literal among the number and string tokens of the statement, from 0.
  ///
  /// `nil` for words (`null`, `true`, `NaN` …), and for `-9223372036854775808`, which is one literal.
  @NotCompared public var ordinal: Int?

  /// Makes a literal.
  public init(_ value: Value, ordinal: Int? = nil) {
    self.value = value
    self._ordinal = NotCompared(wrappedValue: ordinal)
  }
}

/// A piece of `s'…{e}…'`.
public enum InterpolatedPart: Hashable, Sendable {
  /// Text between expressions, decoded.
  case text(String)
  /// `{e}`.
  case expression(Expression)
}

/// `key: value` of a map.
public struct MapEntry: Hashable, Sendable {
  /// The key.
  public var key: Name
  /// The value.
  public var value: Expression
}

/// Operators before one operand.
public enum UnaryOperator: Hashable, Sendable {
  /// `-`.
  case minus
  /// `+`.
  case plus
}

/// Operators between two operands, save comparison and logic.
public enum BinaryOperator: Hashable, Sendable {
  /// `+`.
  case add
  /// `-`.
  case subtract
  /// `*`.
  case multiply
  /// `/`.
  case divide
  /// `%`.
  case modulo
  /// `^`.
  case power
  /// `||`.
  case concatenate
  /// `=~`.
  case regularExpression
  /// `STARTS WITH`.
  case startsWith
  /// `ENDS WITH`.
  case endsWith
  /// `CONTAINS`.
  case contains
  /// `IN`.
  case `in`
}

/// Operators that chain.
public enum ComparisonOperator: Hashable, Sendable {
  /// `=`.
  case equal
  /// `<>`.
  case notEqual
  /// `<`.
  case less
  /// `<=`.
  case lessOrEqual
  /// `>`.
  case greater
  /// `>=`.
  case greaterOrEqual
}

/// One step of a chain of comparisons.
public struct ComparisonLink: Hashable, Sendable {
  /// How it compares with the operand before it.
  public var `operator`: ComparisonOperator
  /// Where the operator stands.
  @NotCompared public var operatorSpan: SourceSpan
  /// The right side.
  public var operand: Expression
}

/// Unicode normal forms.
public enum NormalForm: Hashable, Sendable {
  /// NFC, also where none is named.
  case nfc
  /// NFD.
  case nfd
  /// NFKC.
  case nfkc
  /// NFKD.
  case nfkd
}
