import Diagnostics
import GraphValues
import QueryPlan

/// How a function of the language is computed; the shape tells what it needs, so that plans call it
/// without boxing arguments.
enum FunctionBody: Sendable {
  /// Reads nothing but the statement's surroundings.
  case none(@Sendable (FunctionContext) throws(Failure) -> Value)
  /// One argument, nothing else.
  case one(@Sendable (Value) throws(Failure) -> Value)
  /// Two arguments, nothing else.
  case two(@Sendable (Value, Value) throws(Failure) -> Value)
  /// Any number of arguments, and the statement's surroundings.
  case many(@Sendable ([Value], FunctionContext) throws(Failure) -> Value)
  /// One argument whose nodes and relationships are read from the store.
  case entity(@Sendable (Value, EntityReader) throws(Failure) -> Value)
}

/// Finds functions by name; done once when a statement is compiled.
enum FunctionRegistry {
  /// The body of a function; `nil` when there is none of that name, in any letter case.
  ///
  /// The number of arguments decides where overloads have bodies of their own.
  static func body(of name: String, argumentCount: Int) -> FunctionBody? {
    let lowered = name.lowercased()
    guard let body = bodies["\(lowered)/\(argumentCount)"] ?? bodies[lowered] else { return nil }
    if case .none = body { return body }
    return takes(argumentCount, name) ? body : nil
  }

  /// Whether some signature has this number of arguments, so that bodies need not count them.
  private static func takes(_ argumentCount: Int, _ name: String) -> Bool {
    let signatures = FunctionCatalogue.signatures(ofAnyLanguage: name)
    return signatures.contains { signature in
      let most =
        signature.isVariadic ? Int.max : signature.hasOwnSyntax ? 3 : signature.arguments.count
      let least = signature.hasOwnSyntax ? 1 : signature.minimumArity
      return argumentCount >= least && argumentCount <= most
    }
  }

  /// Bodies by lower-case name; `name/count` for one overload.
  private static let bodies: [String: FunctionBody] = {
    var bodies: [String: FunctionBody] = [:]
    for table in tables {
      for (name, body) in table { bodies[name] = body }
    }
    return bodies
  }()

  private static let tables: [[String: FunctionBody]] = [
    NumericFunctions.table, TextFunctions.table, ConversionFunctions.table, ListFunctions.table,
    EntityFunctions.table, ScalarFunctions.table, VectorFunctions.table,
    TemporalFunctions.table, DurationFunctions.table, PatternFunctions.table,
    SpatialFunctions.table,
  ]
}
