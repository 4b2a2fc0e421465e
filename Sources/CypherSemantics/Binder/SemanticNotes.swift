import CypherSyntax
import Diagnostics
import QueryPlan

/// What the binder met on its way that may deserve a notification.
struct SemanticNotes {
  /// Labels read, by name, with where they stand first.
  var labels: [String: SourceSpan] = [:]
  /// Relationship types read.
  var types: [String: SourceSpan] = [:]
  /// Property keys read.
  var properties: [String: SourceSpan] = [:]
  /// Relationship variables that stand twice in one pattern.
  var repeatedRelationships: [Name] = []
  /// Types parted by `|:`.
  var deprecatedTypeSeparators: [SourceSpan] = []
  /// CALL subqueries without a scope clause.
  var importingCalls: [SourceSpan] = []
  /// OPTIONAL before a subquery that returns nothing.
  var redundantOptionalCalls: [SourceSpan] = []
  /// OPTIONAL before a procedure that yields nothing.
  var redundantOptionalProcedures: [SourceSpan] = []
  /// MATCH clauses with their patterns, to look at when all else is known.
  var matches: [(clause: MatchClause, graph: PatternGraph)] = []

  mutating func use(label name: Name) { Self.add(name, to: &labels) }

  mutating func use(type name: Name) { Self.add(name, to: &types) }

  mutating func use(property name: Name) { Self.add(name, to: &properties) }

  /// A key that is written need not exist.
  mutating func use(writtenProperty name: Name) {}

  mutating func note(_ clause: MatchClause, _ graph: PatternGraph) {
    matches.append((clause, graph))
  }

  private static func add(_ name: Name, to names: inout [String: SourceSpan]) {
    if names[name.text] == nil { names[name.text] = name.span }
  }
}

/// A graph that USE names.
public struct GraphReference: Sendable, Hashable {
  /// The name as typed.
  public var name: String
  /// Where the clause stands, in bytes.
  public var offset: Int
  /// Whether it stands in a subquery.
  public var isNested: Bool
}
