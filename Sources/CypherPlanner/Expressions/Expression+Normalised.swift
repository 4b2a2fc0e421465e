import GraphValues
import QueryPlan

extension Expression {
  /// The same condition in a form that indexes and operators recognise.
  var normalised: Expression {
    switch self {
    case .letting(let local, let value, let body) where value.isCheap:
      return body.substituting([local: value]).normalised
    case .quantifier(.any, let local, let list, .comparison(.equal, let left, let right)):
      // Some element equals a value: the value is in the list.
      if left == .variable(local), !right.slots.contains(local) {
        return .membership(right.normalised, list: list.normalised)
      }
      if right == .variable(local), !left.slots.contains(local) {
        return .membership(left.normalised, list: list.normalised)
      }
      return mapChildren { $0.normalised }
    default: return mapChildren { $0.normalised }
    }
  }

  /// The same condition where one property that equals this or that is one of a list.
  var withListsForAlternatives: Expression {
    guard case .or(let parts) = self, parts.count > 1 else { return self }
    var property: Expression?
    var values: [Expression] = []
    for part in parts {
      guard case .comparison(.equal, let left, let right) = part else { return self }
      let (key, value) = right.isProperty ? (right, left) : (left, right)
      guard key.isProperty, value.isConstant, key == property ?? key else { return self }
      property = key
      values.append(value)
    }
    return property.map { .membership($0, list: .list(values)) } ?? self
  }

  private var isConstant: Bool {
    switch self {
    case .literal, .parameter: true
    default: false
    }
  }

  /// Whether computing this twice costs no more than keeping it.
  private var isCheap: Bool {
    switch self {
    case .variable, .literal, .parameter: true
    case .property(let base, _): if case .variable = base { true } else { false }
    default: false
    }
  }
}
