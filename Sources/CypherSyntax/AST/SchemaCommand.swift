public import Diagnostics

/// `CREATE` or `DROP` of an index or constraint.
public enum SchemaCommand: Hashable, Sendable {
  /// `CREATE … INDEX`.
  case createIndex(CreateIndex)
  /// `DROP INDEX name [IF EXISTS]`.
  case dropIndex(DropSchema)
  /// `CREATE CONSTRAINT`.
  case createConstraint(CreateConstraint)
  /// `DROP CONSTRAINT name [IF EXISTS]`.
  case dropConstraint(DropSchema)

  /// The whole command.
  public var span: SourceSpan {
    switch self {
    case .createIndex(let command): command.span
    case .dropIndex(let command), .dropConstraint(let command): command.span
    case .createConstraint(let command): command.span
    }
  }
}

/// The kinds of indexes.
public enum IndexType: String, Hashable, Sendable, CaseIterable {
  /// Equality, ranges, order; also where no kind is named.
  case range = "RANGE"
  /// Parts of strings.
  case text = "TEXT"
  /// Points.
  case point = "POINT"
  /// Labels and types.
  case lookup = "LOOKUP"
  /// Words.
  case fulltext = "FULLTEXT"
  /// Nearest neighbours.
  case vector = "VECTOR"
}

/// `FOR (n:A|B)` or `FOR ()-[r:T]-()`.
public struct SchemaPattern: Hashable, Sendable {
  /// A relationship pattern.
  public var isRelationship: Bool
  /// The variable.
  public var variable: Name
  /// The label or types; one but for full-text and vector indexes, none for lookup indexes.
  public var labels: [Name]
  /// The whole pattern.
  @NotCompared public var span: SourceSpan
}

/// `variable.key` in a schema command.
public struct SchemaProperty: Hashable, Sendable {
  /// Must be the pattern's variable, which the semantic check sees to.
  public var variable: Name
  /// The property key.
  public var key: Name
}

/// `CREATE [OR REPLACE] [type] INDEX [name] [IF NOT EXISTS] FOR … ON … [OPTIONS …]`.
public struct CreateIndex: Hashable, Sendable {
  /// `OR REPLACE`, which is refused later.
  public var orReplace: Bool
  /// The kind named; `nil` means range.
  public var type: IndexType?
  /// `nil` for a generated name.
  public var name: NameOrParameter?
  /// `IF NOT EXISTS`.
  public var ifNotExists: Bool
  /// `FOR …`.
  public var pattern: SchemaPattern
  /// `ON (n.a, n.b)`, `ON EACH [n.a]`; empty for lookup indexes.
  public var properties: [SchemaProperty]
  /// `ON [EACH] labels(n)`, `ON [EACH] type(r)`: function and argument of a lookup index.
  public var lookup: Lookup?
  /// `WITH [n.b, …]` of a vector index (Cypher 25).
  public var additionalProperties: [SchemaProperty]
  /// `OPTIONS {…}` or `OPTIONS $map`.
  public var options: Expression?
  /// The whole command.
  @NotCompared public var span: SourceSpan

  /// What a lookup index is on.
  public struct Lookup: Hashable, Sendable {
    /// `labels` or `type`, as typed.
    public var function: Name
    /// Must be the pattern's variable.
    public var variable: Name
  }
}

/// `DROP INDEX name [IF EXISTS]` or `DROP CONSTRAINT name [IF EXISTS]`.
public struct DropSchema: Hashable, Sendable {
  /// What to drop.
  public var name: NameOrParameter
  /// `IF EXISTS`.
  public var ifExists: Bool
  /// The whole command.
  @NotCompared public var span: SourceSpan
}

/// `CREATE [OR REPLACE] CONSTRAINT [name] [IF NOT EXISTS] FOR … REQUIRE … IS … [OPTIONS …]`.
public struct CreateConstraint: Hashable, Sendable {
  /// What `UNIQUE` and `KEY` may be led by.
  public enum Entity: Hashable, Sendable {
    /// `NODE`.
    case node
    /// `RELATIONSHIP` or `REL`.
    case relationship
  }

  /// What is required.
  public enum Requirement: Hashable, Sendable {
    /// `IS [NODE | RELATIONSHIP] UNIQUE`.
    case unique(Entity?)
    /// `IS [NODE | RELATIONSHIP] KEY`.
    case key(Entity?)
    /// `IS NOT NULL`.
    case notNull
    /// `IS :: T`, `IS TYPED T`.
    case type(TypeExpression)
  }

  /// `OR REPLACE`, which is refused later.
  public var orReplace: Bool
  /// `nil` for a generated name.
  public var name: NameOrParameter?
  /// `IF NOT EXISTS`.
  public var ifNotExists: Bool
  /// `FOR …`, one label or type.
  public var pattern: SchemaPattern
  /// At least one.
  public var properties: [SchemaProperty]
  /// What is required of them.
  public var requirement: Requirement
  /// `OPTIONS {…}` or `OPTIONS $map`.
  public var options: Expression?
  /// The whole command.
  @NotCompared public var span: SourceSpan
}
