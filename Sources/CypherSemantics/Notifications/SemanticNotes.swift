import CypherSyntax
import Diagnostics
import QueryPlan

/// What the binder met on its way that may deserve a notification.
struct SemanticNotes {
  /// Labels read, by name, with where they stand.
  var labels: [String: [SourceSpan]] = [:]
  /// Relationship types read.
  var types: [String: [SourceSpan]] = [:]
  /// Property keys read.
  var properties: [String: [SourceSpan]] = [:]
  /// Relationship variables that stand twice in one pattern, each once.
  var repeatedRelationships: [Name] = []
  /// Numbers that bound lengths so far, which are not numbered as constants.
  var numbersOfHops = 0
  /// Notifications that are complete.
  var notifications: [SemanticNotification] = []

  mutating func use(label name: Name) { Self.add(name, to: &labels) }

  mutating func use(type name: Name) { Self.add(name, to: &types) }

  mutating func use(property name: Name) { Self.add(name, to: &properties) }

  private static func add(_ name: Name, to names: inout [String: [SourceSpan]]) {
    names[name.text, default: []].append(name.span)
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
