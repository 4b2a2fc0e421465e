public import GraphValues

/// An expression after binding: names are slots, functions are known, aggregates stand apart.
///
/// Equality is structural; equal literals are equal wherever they stand in the text.
public indirect enum Expression: Hashable, Sendable {
  /// A constant of the text.
  case literal(Literal)
  /// A value the client sends.
  case parameter(String)
  /// A variable, also a local one of a comprehension.
  case variable(Slot)
  /// `e.key` on a node, relationship, map, temporal or point.
  case property(Expression, key: String)
  /// `e[i]` on a list, map, node or relationship.
  case element(Expression, Expression)
  /// `e[from..to]`.
  case slice(Expression, from: Expression?, to: Expression?)
  /// `[a, b]`.
  case list([Expression])
  /// `{a: 1}`; keys unique, the last one won.
  case map([MapItem])
  /// `e {.*, .key, key: value}`.
  case mapProjection(Expression, [MapProjectionItem])
  /// `e:A|B`, for a node's labels or a relationship's type.
  case hasLabels(Expression, LabelExpression)
  /// `NOT e`.
  case not(Expression)
  /// Conjunction of at least two.
  case and([Expression])
  /// Disjunction of at least two.
  case or([Expression])
  /// Exclusive disjunction.
  case xor(Expression, Expression)
  /// `=`, `<>`, `<`, `<=`, `>`, `>=`. A chain `a < b < c` is a conjunction of two.
  case comparison(ComparisonOperator, Expression, Expression)
  /// `+`, `-`, `*`, `/`, `%`, `^`, `||`.
  case arithmetic(ArithmeticOperator, Expression, Expression)
  /// `-e`.
  case negate(Expression)
  /// `+e`, which checks that `e` is a number.
  case unaryPlus(Expression)
  /// `e IN list`.
  case membership(Expression, list: Expression)
  /// `STARTS WITH`, `ENDS WITH`, `CONTAINS`, `=~`.
  case stringMatch(StringMatchOperator, Expression, Expression)
  /// `e IS NULL`.
  case isNull(Expression)
  /// `e IS NOT NULL`.
  case isNotNull(Expression)
  /// `e IS :: T`; `IS NOT ::` is wrapped in `not`.
  case isType(Expression, CypherType)
  /// `e IS NFC NORMALIZED`; the negation is wrapped in `not`.
  case isNormalized(Expression, NormalForm)
  /// CASE, searched form; the simple form compares its operand in each `when`.
  case caseWhen([CaseAlternative], otherwise: Expression?)
  /// A call of a scalar function of the catalogue, by its canonical name.
  case function(String, [Expression])
  /// An aggregate; stands only in `Projection.aggregates`.
  case aggregate(AggregateCall)
  /// `[x IN list WHERE p | e]`; without projection `e` is the variable itself.
  case listComprehension(Slot, list: Expression, predicate: Expression?, projection: Expression?)
  /// `all(x IN list WHERE p)` and its like.
  case quantifier(Quantifier, Slot, list: Expression, predicate: Expression)
  /// `reduce(a = initial, x IN list | e)`.
  case reduce(
    accumulator: Slot, initial: Expression, Slot, list: Expression, step: Expression)
  /// Evaluates the first expression once, into a local slot that the second may read: the operand of
  /// a simple CASE, the inner operands of `a < f() < b`.
  case letting(Slot, Expression, in: Expression)
  /// `EXISTS { … }`, `COUNT { … }`, `COLLECT { … }`, pattern predicates and comprehensions, before
  /// planning.
  case subquery(Subquery)
  /// A subquery after planning, run afresh for each row that asks.
  case nestedPlan(NestedPlan)
  /// A path put together from slots of nodes and relationships.
  case path([PathElement])
  /// Whether two relationships, or lists of them, have none in common; slots may hold either.
  case areDisjoint(Slot, Slot)
  /// How many relationships of some types, or of all, the node has; a loop counts once, and null has
  /// none. Made by the planner.
  case degree(Slot, Direction, types: [String])
}

/// A constant as the text has it.
public struct Literal: Hashable, Sendable {
  /// The kinds of constants.
  public enum Content: Hashable, Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case boolean(Bool)
    /// A whole number.
    case integer(Int64)
    /// A floating-point number, by bit pattern.
    case float(UInt64)
    /// Text.
    case string(String)
  }

  /// The value in the text this was compiled from.
  public var content: Content
  /// Where a cached plan finds the value of the text being run: an index into the statement's
  /// distinct literals.
  ///
  /// `nil` when the plan depends on the value itself.
  public var liftedIndex: Int?
  /// Which of the text's literals this is, for the number that plans print; not compared.
  public var ordinal: Int?

  /// Makes a constant.
  public init(_ content: Content, liftedIndex: Int? = nil, ordinal: Int? = nil) {
    self.content = content
    self.liftedIndex = liftedIndex
    self.ordinal = ordinal
  }

  /// Whether both always have the same value.
  public static func == (left: Literal, right: Literal) -> Bool {
    left.content == right.content && left.liftedIndex == right.liftedIndex
  }

  /// Hashes what is compared.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(content)
    hasher.combine(liftedIndex)
  }
}

/// A key and value of a map.
public struct MapItem: Hashable, Sendable {
  /// The key.
  public var key: String
  /// Its value.
  public var value: Expression

  /// Makes an item.
  public init(key: String, value: Expression) {
    self.key = key
    self.value = value
  }
}

/// A part of a map projection.
public enum MapProjectionItem: Hashable, Sendable {
  /// `.*`.
  case allProperties
  /// `.key`.
  case property(String)
  /// `key: value`, also a bare variable.
  case entry(MapItem)
}

/// One WHEN … THEN … of a CASE.
public struct CaseAlternative: Hashable, Sendable {
  /// The condition, true only when it is `true`.
  public var when: Expression
  /// The result.
  public var then: Expression

  /// Makes an alternative.
  public init(when: Expression, then: Expression) {
    self.when = when
    self.then = then
  }
}

/// A node or relationship on the way of a path.
public enum PathElement: Hashable, Sendable {
  /// A node.
  case node(Slot)
  /// One relationship; the next node is its other end.
  case relationship(Slot)
  /// A list of relationships; the nodes between them follow from their ends.
  case relationshipList(Slot)
  /// A repeated part: lists of equal length for inner nodes and relationships, alternating from the
  /// first inner node of each iteration.
  case groups([Slot])
}

/// Comparison operators.
public enum ComparisonOperator: String, Hashable, Sendable {
  /// Equality with null.
  case equal = "="
  /// Inequality with null.
  case notEqual = "<>"
  /// Before.
  case less = "<"
  /// Before or equal.
  case lessOrEqual = "<="
  /// After.
  case greater = ">"
  /// After or equal.
  case greaterOrEqual = ">="
}

/// Operators that compute.
public enum ArithmeticOperator: String, Hashable, Sendable {
  /// Addition, concatenation, appending.
  case add = "+"
  /// Subtraction.
  case subtract = "-"
  /// Multiplication.
  case multiply = "*"
  /// Division.
  case divide = "/"
  /// Remainder.
  case modulo = "%"
  /// Power, always FLOAT.
  case power = "^"
  /// Concatenation of strings or lists only.
  case concatenate = "||"
}

/// Operators on strings.
public enum StringMatchOperator: String, Hashable, Sendable {
  /// Prefix.
  case startsWith = "STARTS WITH"
  /// Suffix.
  case endsWith = "ENDS WITH"
  /// Infix.
  case contains = "CONTAINS"
  /// Regular expression over the whole string.
  case matches = "=~"
}

/// Quantifiers over lists.
public enum Quantifier: String, Hashable, Sendable {
  /// All elements satisfy.
  case all
  /// At least one does.
  case any
  /// None does.
  case none
  /// Exactly one does.
  case single
}

/// Unicode normal forms.
public enum NormalForm: String, Hashable, Sendable {
  /// Canonical composition.
  case nfc = "NFC"
  /// Canonical decomposition.
  case nfd = "NFD"
  /// Compatibility composition.
  case nfkc = "NFKC"
  /// Compatibility decomposition.
  case nfkd = "NFKD"
}

/// A condition on a node's labels or a relationship's type.
public indirect enum LabelExpression: Hashable, Sendable {
  /// One name.
  case name(String)
  /// `%`: any.
  case any
  /// All of them.
  case and([LabelExpression])
  /// One of them at least.
  case or([LabelExpression])
  /// Not this.
  case not(LabelExpression)
  /// `$(e)`, `$all(e)`: all names that the expression gives, a string or list of strings.
  case dynamicAll(Expression)
  /// `$any(e)`: one of the names that the expression gives.
  case dynamicAny(Expression)
}

/// Aggregating functions.
public enum AggregateFunction: String, Hashable, Sendable {
  /// `count(*)`.
  case countAll
  /// `count(e)`.
  case count
  /// `sum(e)`.
  case sum
  /// `avg(e)`.
  case average = "avg"
  /// `min(e)`.
  case minimum = "min"
  /// `max(e)`.
  case maximum = "max"
  /// `collect(e)`.
  case collect
  /// `stdev(e)`.
  case sampleDeviation = "stdev"
  /// `stdevp(e)`.
  case populationDeviation = "stdevp"
  /// `percentileCont(e, p)`.
  case percentileContinuous = "percentilecont"
  /// `percentileDisc(e, p)`.
  case percentileDiscrete = "percentiledisc"
}

/// A call of an aggregating function.
public struct AggregateCall: Hashable, Sendable {
  /// Which.
  public var function: AggregateFunction
  /// Whether equal arguments count once.
  public var isDistinct: Bool
  /// What it takes: none for `countAll`, two for the percentiles.
  public var arguments: [Expression]

  /// Makes a call.
  public init(_ function: AggregateFunction, isDistinct: Bool = false, arguments: [Expression]) {
    self.function = function
    self.isDistinct = isDistinct
    self.arguments = arguments
  }
}
