import GraphValues
import QueryPlan

/// Guesses where statistics do not tell.
enum Estimate {
  /// Rows of a file.
  static let csvRows = 10.0
  /// Rows of a procedure.
  static let procedureRows = 10.0
  /// What DISTINCT leaves.
  static let distinct = 0.95
  /// Equality with a property.
  static let equality = 0.05
  /// An open range of a property.
  static let range = 0.3
  /// STARTS WITH and its like.
  static let stringMatch = 0.003
  /// A property that exists.
  static let existence = 0.5
  /// Anything else.
  static let unknown = 0.75

  /// How many elements a list has.
  static func elements(of list: Expression) -> Double { 10 }

  /// The number that LIMIT or SKIP gives.
  static func count(_ expression: Expression) -> Double {
    if case .literal(let literal) = expression, case .integer(let count) = literal.content {
      return Double(max(0, count))
    }
    return 75
  }

  /// The fraction of rows that meet a predicate.
  static func selectivity(_ predicate: Expression, in planning: Planning) -> Double {
    switch predicate {
    case .and(let parts): return parts.reduce(1) { $0 * selectivity($1, in: planning) }
    case .or(let parts): return 1 - parts.reduce(1) { $0 * (1 - selectivity($1, in: planning)) }
    case .not(let part):
      return max(0, 1 - selectivity(part, in: planning))
    case .hasLabels(.variable(let slot), let labels)
    where planning.slots[slot].kind == .node:
      return selectivity(labels, in: planning)
    case .comparison(.equal, let left, let right):
      return left.isProperty || right.isProperty ? equality : 0.1
    case .comparison(.notEqual, _, _): return 0.9
    case .comparison: return range
    case .membership(let value, _): return value.isProperty ? 1 - pow(1 - equality, 10) : 0.25
    case .stringMatch(.matches, _, _): return 0.005
    case .stringMatch: return stringMatch
    case .isNotNull, .isNull: return existence
    case .isType: return 0.9
    case .areDisjoint: return 0.99
    default: return unknown
    }
  }

  /// The fraction of nodes that meet a label expression.
  static func selectivity(_ labels: LabelExpression, in planning: Planning) -> Double {
    switch labels {
    case .name(let name):
      return min(1, nodeCount(name, in: planning) / max(1, planning.statistics.nodeCount))
    case .any: return unknown
    case .and(let parts): return parts.reduce(1) { $0 * selectivity($1, in: planning) }
    case .or(let parts): return 1 - parts.reduce(1) { $0 * (1 - selectivity($1, in: planning)) }
    case .not(let part): return 1 - selectivity(part, in: planning)
    case .dynamicAll, .dynamicAny: return unknown
    }
  }

  /// Nodes with a label; never less than ten, since a plan outlives the counts it was made with.
  static func nodeCount(_ label: String, in planning: Planning) -> Double {
    max(10, planning.statistics.nodeCount(label: label))
  }

  private static func pow(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { power, _ in power * base }
  }
}

extension Planning {
  /// The fraction of rows that meet a predicate, by an index where one knows the values.
  func selectivity(_ predicate: Expression, names: [Slot: [String]]) -> Double {
    let guess = Estimate.selectivity(predicate, in: self)
    let value: Expression
    switch predicate {
    case .comparison(.equal, let left, let right): value = left.isProperty ? left : right
    case .membership(let left, _): value = left
    default: return guess
    }
    guard case .property(.variable(let slot), let key) = value else { return guess }
    let entity: SchemaEntity = slots[slot].kind == .relationship ? .relationship : .node
    for name in names[slot] ?? [] {
      for index in statistics.indexes(entity, name: name)
      where index.reference.properties == [key] && index.kind != .text {
        let one = 1 / max(1, index.reference.isUnique ? index.entries : index.distinctValues)
        if case .membership = predicate {
          return 1 - (0..<10).reduce(1.0) { power, _ in power * (1 - one) }
        }
        return one
      }
    }
    return guess
  }
}

extension Expression {
  /// Whether this reads a property of a variable.
  var isProperty: Bool {
    if case .property(.variable, _) = self { true } else { false }
  }
}

extension Cost {
  /// The cost of computing predicates for one row.
  static func of(_ predicates: [Expression]) -> Double {
    max(perRow, predicates.reduce(0) { $0 + of($1) })
  }

  private static func of(_ expression: Expression) -> Double {
    switch expression {
    case .property: propertyRead
    case .hasLabels: labelRead
    default: expression.children.reduce(0) { $0 + of($1) }
    }
  }
}
