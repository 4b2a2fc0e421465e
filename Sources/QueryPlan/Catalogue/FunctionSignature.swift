/// A function of the language: how it is called, what it gives, and what is said about it.
///
/// Overloads are signatures of their own with one name.
public struct FunctionSignature: Hashable, Sendable {
  /// One argument.
  public struct Argument: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// The type as signatures print it.
    public var typeText: String
    /// The type.
    public var type: CypherType
    /// The types that pass the check at compile time, which may be wider than `type`; empty when
    /// anything passes.
    public var accepted: [CypherType]
    /// The default as text; `nil` when the argument must be given.
    public var defaultText: String?

    /// Makes an argument.
    public init(
      name: String, typeText: String, type: CypherType, accepted: [CypherType],
      defaultText: String? = nil
    ) {
      self.name = name
      self.typeText = typeText
      self.type = type
      self.accepted = accepted
      self.defaultText = defaultText
    }
  }

  /// The headings under which functions are listed.
  public enum Category: String, Hashable, Sendable, CaseIterable {
    /// Over groups of rows.
    case aggregating = "Aggregating"
    /// Of composite graphs.
    case graph = "Graph"
    /// On and to lists.
    case list = "List"
    /// Exponentials and logarithms.
    case logarithmic = "Logarithmic"
    /// On numbers.
    case numeric = "Numeric"
    /// Searches for paths.
    case path = "Path"
    /// To truth values.
    case predicate = "Predicate"
    /// To single values.
    case scalar = "Scalar"
    /// On points.
    case spatial = "Spatial"
    /// On strings.
    case string = "String"
    /// On instants and durations.
    case temporal = "Temporal"
    /// Angles.
    case trigonometric = "Trigonometric"
    /// On lists of numbers as vectors.
    case vector = "Vector"
  }

  /// How often a function with equal arguments gives a new result.
  public enum Volatility: Hashable, Sendable {
    /// Never.
    case constant
    /// Once per statement: it reads the clock, the session or the row's source.
    case perStatement
    /// At each call: it is random or reads the clock afresh.
    case perCall
  }

  /// The name as it is spelt in lists; calls ignore letter case.
  public var name: String
  /// The heading.
  public var category: Category
  /// The whole signature as text.
  public var text: String
  /// Arguments in order; empty for those with a syntax of their own.
  public var arguments: [Argument]
  /// What it gives.
  public var returnType: CypherType
  /// What it gives, as text.
  public var returnText: String
  /// Whether its call has words or bars between arguments and is therefore parsed by itself.
  public var hasOwnSyntax: Bool
  /// Whether it exists in Cypher 5.
  public var isInCypher5: Bool
  /// Whether it exists in Cypher 25.
  public var isInCypher25: Bool
  /// Whether its use is discouraged.
  public var isDeprecated: Bool
  /// How often its result changes.
  public var volatility: Volatility
  /// One sentence.
  public var summary: String

  /// Whether it works over groups of rows.
  public var isAggregating: Bool { category == .aggregating }

  /// How many arguments must be given.
  public var minimumArity: Int { arguments.prefix { $0.defaultText == nil }.count }

  /// Whether any number of arguments may follow the first.
  public var isVariadic: Bool { name == "coalesce" }

  /// Whether wrong numbers of arguments are told as for calls of procedures, which temporal functions
  /// are to the server.
  public var tellsArityAsCall: Bool { category == .temporal && name != "format" }
}
