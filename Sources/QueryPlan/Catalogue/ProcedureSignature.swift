/// A procedure: what it takes and what it yields.
public struct ProcedureSignature: Hashable, Sendable {
  /// An input or a column.
  public struct Field: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// Its type.
    public var type: CypherType
    /// The default as Cypher text; `nil` when it must be given.
    public var defaultText: String?

    /// Makes a field.
    public init(name: String, type: CypherType, defaultText: String? = nil) {
      self.name = name
      self.type = type
      self.defaultText = defaultText
    }
  }

  /// What a procedure may do.
  public enum Mode: String, Hashable, Sendable {
    /// Reads.
    case read = "READ"
    /// Writes.
    case write = "WRITE"
    /// Changes the schema.
    case schema = "SCHEMA"
    /// Administers or informs.
    case dbms = "DBMS"
  }

  /// The whole name, such as `db.labels`.
  public var name: String
  /// Inputs in order.
  public var inputs: [Field]
  /// Columns in order; empty for procedures that yield nothing.
  public var outputs: [Field]
  /// What it may do.
  public var mode: Mode
  /// One sentence.
  public var summary: String
  /// What callers are warned of; empty for nothing.
  public var warning: String
  /// What has taken its place, for those that only Cypher 5 has.
  public var replacement: String?
  /// Whether it administers.
  public var isAdministrative = false
  /// Whether it needs a graph, which the database `system` has not.
  public var needsGraph: Bool

  /// Makes a signature.
  public init(
    name: String, inputs: [Field], outputs: [Field], mode: Mode = .read, summary: String = "",
    warning: String = ""
  ) {
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
    self.mode = mode
    self.summary = summary
    self.warning = warning
    needsGraph = mode == .write || mode == .schema
  }
}
