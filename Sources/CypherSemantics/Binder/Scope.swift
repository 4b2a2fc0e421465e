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

/// A name whose letters count as they are written: composed in another way they are another name.
struct ExactName: Hashable, Sendable {
  /// The name.
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: Self, right: Self) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// The names that can be seen at a place.
struct Scope: Sendable {
  /// Variables by name.
  var variables: [ExactName: Variable] = [:]

  /// The names of all variables.
  var names: Set<String> { Set(variables.keys.map(\.text)) }

  subscript(name: String) -> Variable? {
    get { variables[ExactName(name)] }
    set { variables[ExactName(name)] = newValue }
  }

  /// Names in the order that `*` lists them: by code points.
  var sortedNames: [String] {
    variables.keys.map(\.text).sorted {
      $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars)
    }
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
