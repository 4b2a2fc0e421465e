import QueryPlan

/// A variable that can be seen.
struct Variable: Hashable, Sendable {
  /// How it came here, which decides what may be done with its name.
  enum Origin: Hashable, Sendable {
    /// Declared by a clause of this query.
    case clause
    /// Declared by a comprehension, quantifier or `reduce` around.
    case local
    /// Of the query around a subquery expression: a constant here.
    case outer
    /// Imported by a scope clause: a constant here.
    case imported
  }

  /// Where its value is.
  var slot: Slot
  /// What is known of it.
  var type: StaticType
  /// How it came here.
  var origin: Origin

  /// Whether it is the same for all rows of this query.
  var isConstant: Bool { origin == .outer || origin == .imported }
}

/// The names that can be seen at a place.
struct Scope: Sendable {
  /// Variables by name.
  var variables: [String: Variable] = [:]

  subscript(name: String) -> Variable? {
    get { variables[name] }
    set { variables[name] = newValue }
  }

  /// Names in the order that `*` lists them: by code points.
  var sortedNames: [String] {
    variables.keys.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
  }

  /// The slots of variables that are the same for all rows.
  var constantSlots: Set<Slot> {
    Set(variables.values.lazy.filter(\.isConstant).map(\.slot))
  }

  /// The slots of all variables.
  var slots: Set<Slot> { Set(variables.values.map(\.slot)) }

  /// The same names inside a subquery expression.
  var asOuter: Scope {
    var outer = self
    for (name, variable) in variables where variable.origin != .imported {
      outer.variables[name]?.origin = .outer
    }
    return outer
  }
}
