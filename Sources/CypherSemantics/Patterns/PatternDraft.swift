import CypherSyntax
import QueryPlan

/// A pattern whose variables are declared and whose conditions wait for all of them.
struct PatternDraft {
  /// A condition that may name any variable of the clause.
  enum Condition {
    case nodeLabels(Slot, LabelTest)
    case types(Slot, LabelTest)
    case properties(Slot, AST.Expression, isNode: Bool)
    case predicate(AST.Expression)
    /// The types and properties of each hop of a variable-length relationship.
    case hop(relationship: Int, RelationshipPattern)
  }

  /// A part that is repeated, with the names that stand for one iteration's elements inside.
  struct Repetition {
    var index: Int
    var inner: PatternDraft
    var names: [String: Variable]
  }

  /// A part of which only shortest matches are kept.
  struct Selection {
    var index: Int
    var inner: PatternDraft
  }

  /// What is known so far.
  var graph = PatternGraph()
  /// What is still to be bound.
  var conditions: [Condition] = []
  /// Repeated parts; `index` is their place in `graph.quantified`.
  var repetitions: [Repetition] = []
  /// Selected parts; `index` is their place in `graph.shortest`.
  var selections: [Selection] = []
}

/// Where a pattern stands, which decides what may be in it.
struct PatternContext {
  /// The places of patterns.
  enum Place {
    case match
    case predicate
    case shortestExpression
    case comprehension
    case merge
  }

  /// Where it stands.
  var place: Place
  /// The clause's word in messages.
  var keyword: String
  /// Names declared by this clause so far, to tell repeated ones from those bound before.
  var declared: Set<String> = []
  /// Names of this clause that stand for the lists of a repeated part.
  var groups: Set<String> = []
  /// Whether elements are to be kept for a path variable.
  var keepsAll = false

  init(_ place: Place, keyword: String = "MATCH") {
    self.place = place
    self.keyword = keyword
  }
}
