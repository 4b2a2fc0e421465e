public import Diagnostics

/// What one statement's text parses to.
public struct Statement: Hashable, Sendable {
  /// `EXPLAIN`, `PROFILE`, `CYPHER 25 key=value`.
  public var prefix: StatementPrefix
  /// What to do.
  public var body: Body
  /// From the first token, prefix included, to the last.
  @NotCompared public var span: SourceSpan

  /// The kinds of statements.
  public enum Body: Hashable, Sendable {
    /// Clauses, among them `SHOW` and `TERMINATE`.
    case query(Query)
    /// Indexes and constraints.
    case schema(SchemaCommand)
    /// Databases, aliases, users, roles.
    case administration(AdministrationCommand)
  }
}

/// What stands before a statement.
public struct StatementPrefix: Hashable, Sendable {
  /// `EXPLAIN` or `PROFILE` with its place, in the order written.
  public var modes: [Mode]
  /// The versions after `CYPHER`, as typed (`5`, `25`, `4.4`), in the order written.
  public var versions: [Name]
  /// `key=value` after `CYPHER`, in the order written; values may contradict each other.
  public var options: [Option]

  /// An execution mode.
  public struct Mode: Hashable, Sendable {
    /// The two words.
    public enum Kind: Hashable, Sendable {
      /// Compile, do not run.
      case explain
      /// Run, and report figures for each operator.
      case profile
    }
    /// Which one.
    public var kind: Kind
    /// Where the word stands.
    @NotCompared public var span: SourceSpan
  }

  /// One `key=value`.
  public struct Option: Hashable, Sendable {
    /// As typed; letter case carries no meaning.
    public var key: Name
    /// As typed; letter case carries no meaning.
    public var value: Name
    /// From key to value.
    @NotCompared public var span: SourceSpan
  }

  /// Whether `EXPLAIN` stands there.
  public var isExplain: Bool { modes.contains { $0.kind == .explain } }
  /// Whether `PROFILE` stands there.
  public var isProfile: Bool { modes.contains { $0.kind == .profile } }
  /// Whether nothing stands there.
  public var isEmpty: Bool { modes.isEmpty && versions.isEmpty && options.isEmpty }
}
