public import Diagnostics

/// One pattern between commas: `[p =] [selector] [mode] elements`.
public struct PathPattern: Hashable, Sendable {
  /// The shapes of patterns.
  public indirect enum Kind: Hashable, Sendable {
    /// Nodes, relationships and parenthesised parts in text order, at least one.
    ///
    /// A relationship is always between two others; nodes may touch parenthesised parts, and touch
    /// each other only for the semantic check to refuse it.
    case elements([PatternElement])
    /// `shortestPath(…)`, `allShortestPaths(…)`.
    case shortest(ShortestPathPattern)
  }

  /// The path variable.
  public var variable: Name?
  /// `ANY SHORTEST` and the like.
  public var selector: PathSelector?
  /// `WALK`, `TRAIL`, `ACYCLIC`.
  public var mode: PathMode?
  /// What it is made of.
  public var kind: Kind
  /// The whole pattern.
  @NotCompared public var span: SourceSpan
}

/// `shortestPath(pattern)` or `allShortestPaths(pattern)`.
public struct ShortestPathPattern: Hashable, Sendable {
  /// `allShortestPaths`.
  public var isAll: Bool
  /// What stands in the parentheses.
  public var elements: [PatternElement]
  /// From the word to the closing parenthesis.
  @NotCompared public var span: SourceSpan
}

/// A part of a pattern.
public indirect enum PatternElement: Hashable, Sendable {
  /// `(n:L {k: 1} WHERE p)`.
  case node(NodePattern)
  /// `-[r:T]->`, with a quantifier or not.
  case relationship(RelationshipPattern)
  /// `((a)-->(b) WHERE p){1,3}`, with a quantifier or not.
  case parenthesized(ParenthesizedPattern)

  /// Where it stands.
  public var span: SourceSpan {
    switch self {
    case .node(let node): node.span
    case .relationship(let relationship): relationship.span
    case .parenthesized(let part): part.span
    }
  }
}

/// `(n:L {k: 1} WHERE p)`.
public struct NodePattern: Hashable, Sendable {
  /// The variable.
  public var variable: Name?
  /// `:A:B`, `IS A&B`.
  public var labels: LabelTest?
  /// A map or a parameter.
  public var properties: Expression?
  /// `WHERE` inside.
  public var predicate: Expression?
  /// Parentheses included.
  @NotCompared public var span: SourceSpan
}

/// Which way an arrow points.
public enum PatternDirection: Hashable, Sendable {
  /// `-->`.
  case right
  /// `<--`.
  case left
  /// `--` and `<-->`.
  case either
}

/// `-[r:T*1..3 {k: 1} WHERE p]->{1,3}`.
public struct RelationshipPattern: Hashable, Sendable {
  /// Which way the arrow points.
  public var direction: PatternDirection
  /// The variable.
  public var variable: Name?
  /// `:T|U`.
  public var types: LabelTest?
  /// `*1..3`.
  public var length: VariableLength?
  /// A map or a parameter.
  public var properties: Expression?
  /// `WHERE` inside.
  public var predicate: Expression?
  /// `+`, `*`, `{1,3}` behind the arrow.
  public var quantifier: Quantifier?
  /// Arrow heads and quantifier included.
  @NotCompared public var span: SourceSpan
}

/// `*`, `*2`, `*1..3`, `*..3`, `*2..`.
public struct VariableLength: Hashable, Sendable {
  /// The least length; `nil` where nothing was written, which means 1.
  public var lower: UInt64?
  /// The greatest length; `nil` for no bound.
  public var upper: UInt64?
  /// From `*` to the end.
  @NotCompared public var span: SourceSpan
}

/// `+`, `*`, `{2}`, `{1,3}`, `{,3}`, `{2,}` behind a relationship or a parenthesised part.
public struct Quantifier: Hashable, Sendable {
  /// The forms.
  public enum Form: Hashable, Sendable {
    /// `+`: one or more.
    case plus
    /// `*`: any number.
    case star
    /// `{n}`.
    case fixed(UInt64)
    /// `{lower, upper}`.
    case range(lower: UInt64?, upper: UInt64?)
  }

  /// As written.
  public var form: Form
  /// The whole quantifier.
  @NotCompared public var span: SourceSpan

  /// The least count.
  public var lower: UInt64 {
    switch form {
    case .plus: 1
    case .star: 0
    case .fixed(let count): count
    case .range(let lower, _): lower ?? 0
    }
  }

  /// The greatest count; `nil` for no bound.
  public var upper: UInt64? {
    switch form {
    case .plus, .star: nil
    case .fixed(let count): count
    case .range(_, let upper): upper
    }
  }
}

/// `(elements WHERE p)` with a quantifier or without.
public struct ParenthesizedPattern: Hashable, Sendable {
  /// `(p = …)`.
  public var variable: Name?
  /// `(ANY SHORTEST …)`, which only the semantic check refuses.
  public var selector: PathSelector?
  /// At least one.
  public var elements: [PatternElement]
  /// `WHERE` inside.
  public var predicate: Expression?
  /// Behind the closing parenthesis.
  public var quantifier: Quantifier?
  /// Parentheses and quantifier included.
  @NotCompared public var span: SourceSpan
}

/// What stands before a pattern to choose among its paths.
public struct PathSelector: Hashable, Sendable {
  /// The number in a selector.
  public enum Count: Hashable, Sendable {
    /// Written in the text.
    case number(UInt64)
    /// A parameter (Cypher 25).
    case parameter(Parameter)
  }

  /// The selectors.
  public enum Kind: Hashable, Sendable {
    /// `ALL`.
    case all
    /// `ANY [k] [PATHS]`.
    case any(Count?)
    /// `ALL SHORTEST`.
    case allShortest
    /// `ANY SHORTEST`, `SHORTEST [k] [PATHS]`; `nil` for one.
    case shortest(Count?)
    /// `SHORTEST [k] GROUPS`; `nil` for one.
    case shortestGroups(Count?)
  }

  /// Which one.
  public var kind: Kind
  /// The words.
  @NotCompared public var span: SourceSpan
}

/// `WALK`, `TRAIL` or `ACYCLIC` before a pattern.
public struct PathMode: Hashable, Sendable {
  /// The modes.
  public enum Kind: Hashable, Sendable {
    /// Anything may repeat.
    case walk
    /// No relationship repeats.
    case trail
    /// No node repeats.
    case acyclic
  }

  /// Which one.
  public var kind: Kind
  /// The word.
  @NotCompared public var span: SourceSpan
}
