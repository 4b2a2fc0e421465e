public import Diagnostics

/// `CREATE patterns` or `INSERT patterns`.
public struct CreateClause: Hashable, Sendable {
  /// Written as `INSERT`.
  public var isInsert: Bool
  /// At least one.
  public var patterns: [PathPattern]
  /// The whole clause.
  @NotCompared public var span: SourceSpan
}

/// `MERGE pattern [ON CREATE SET …] [ON MATCH SET …]`.
public struct MergeClause: Hashable, Sendable {
  /// `ON CREATE` or `ON MATCH` with its `SET`.
  public struct Action: Hashable, Sendable {
    /// When an action runs.
    public enum Event: Hashable, Sendable {
      /// Nothing was found.
      case create
      /// The pattern was found.
      case match
    }

    /// When it runs.
    public var event: Event
    /// What it sets.
    public var set: SetClause
    /// From `ON` to the end.
    @NotCompared public var span: SourceSpan
  }

  /// The one pattern.
  public var pattern: PathPattern
  /// In the order written, any number.
  public var actions: [Action]
  /// The whole clause.
  @NotCompared public var span: SourceSpan
}

/// `SET item, …`.
public struct SetClause: Hashable, Sendable {
  /// At least one.
  public var items: [SetItem]
  /// The whole clause.
  @NotCompared public var span: SourceSpan
}

/// One item of `SET`.
public struct SetItem: Hashable, Sendable {
  /// What is set.
  public enum Kind: Hashable, Sendable {
    /// `entity.key = value`; the entity is any expression.
    case property(entity: Expression, key: Name, value: Expression)
    /// `entity[key] = value`.
    case dynamicProperty(entity: Expression, key: Expression, value: Expression)
    /// `variable = value`: all properties.
    case allProperties(variable: Name, value: Expression)
    /// `variable += value`: those of the map.
    case addProperties(variable: Name, value: Expression)
    /// `variable:A:B`, `variable IS A`, `variable:$(e)`.
    case labels(variable: Name, labels: LabelList)
  }

  /// What is set.
  public var kind: Kind
  /// The whole item.
  @NotCompared public var span: SourceSpan
}

/// `REMOVE item, …`.
public struct RemoveClause: Hashable, Sendable {
  /// At least one.
  public var items: [RemoveItem]
  /// The whole clause.
  @NotCompared public var span: SourceSpan
}

/// One item of `REMOVE`.
public struct RemoveItem: Hashable, Sendable {
  /// What is removed.
  public enum Kind: Hashable, Sendable {
    /// `entity.key`.
    case property(entity: Expression, key: Name)
    /// `entity[key]`.
    case dynamicProperty(entity: Expression, key: Expression)
    /// `variable:A:B`.
    case labels(variable: Name, labels: LabelList)
  }

  /// What is removed.
  public var kind: Kind
  /// The whole item.
  @NotCompared public var span: SourceSpan
}

/// The labels of a `SET` or `REMOVE` item: `:A:B`, `IS A`, `:$(e)`.
public struct LabelList: Hashable, Sendable {
  /// Written with `IS`.
  public var usesIs: Bool
  /// One label, given or computed.
  public enum Item: Hashable, Sendable {
    /// A name.
    case name(Name)
    /// `$(e)`, `$all(e)`, `$any(e)`.
    case dynamic(DynamicLabel)
  }

  /// At least one.
  public var items: [Item]
  /// From `:` or `IS` to the end.
  @NotCompared public var span: SourceSpan
}

/// `[DETACH | NODETACH] DELETE e, …`.
public struct DeleteClause: Hashable, Sendable {
  /// The word before `DELETE`.
  public enum Mode: Hashable, Sendable {
    /// Nothing.
    case plain
    /// `DETACH`: relationships go with their nodes.
    case detach
    /// `NODETACH`: the same as nothing.
    case noDetach
  }

  /// The word before `DELETE`.
  public var mode: Mode
  /// At least one.
  public var expressions: [Expression]
  /// The whole clause.
  @NotCompared public var span: SourceSpan
}

/// `FOREACH (x IN list | clauses)`.
public struct ForeachClause: Hashable, Sendable {
  /// Seen inside only.
  public var variable: Name
  /// What is walked.
  public var list: Expression
  /// Updating clauses; the parser takes any, the semantic check refuses others.
  public var clauses: [Clause]
  /// The whole clause.
  @NotCompared public var span: SourceSpan
}
