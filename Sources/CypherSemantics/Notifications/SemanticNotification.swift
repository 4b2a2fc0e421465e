public import Diagnostics

/// A remark about a statement, ready to be sent.
public struct SemanticNotification: Sendable, Hashable {
  /// The Neo4j code.
  public var code: String
  /// A short title.
  public var title: String
  /// What is remarked.
  public var description: String
  /// `WARNING` or `INFORMATION`.
  public var severity: String
  /// Such as `PERFORMANCE`.
  public var category: String
  /// Five characters such as `03N90`.
  public var gqlStatus: String
  /// The GQL status description, whole.
  public var gqlDescription: String
  /// Where in the statement.
  public var position: SourcePosition?

  private static let statement = "Neo.ClientNotification.Statement."

  private init(
    code: String, title: String, _ description: String, severity: String, category: String,
    status: String, name: String, _ text: String, _ position: SourcePosition?
  ) {
    self.code = code
    self.title = title
    self.description = description
    self.severity = severity
    self.category = category
    gqlStatus = status
    gqlDescription = "\(severity == "WARNING" ? "warn" : "info"): \(name). \(text)"
    self.position = position
  }
}

extension SemanticNotification {
  /// A procedure that warns whoever calls it.
  static func procedureWarning(
    _ name: String, _ warning: String, at position: SourcePosition
  ) -> Self {
    let text = "The query used a procedure that generated a warning."
    return Self(
      code: "Neo.ClientNotification.Procedure.ProcedureWarning", title: text,
      "\(text) (\(warning))", severity: "WARNING", category: "GENERIC", status: "01N62",
      name: "procedure or function execution warning",
      "Execution of the procedure \(name)() generated the warning \(warning)", position)
  }

  /// A label that the store does not know.
  public static func unknownLabel(
    _ name: String, database: String, at position: SourcePosition
  ) -> Self {
    Self(
      code: statement + "UnknownLabelWarning",
      title: "The provided label is not in the database.",
      "One of the labels in your query is not available in the database, make sure you didn't misspell it or that the label is available when you run this statement in your application (the missing label name is: \(name))",
      severity: "WARNING", category: "UNRECOGNIZED", status: "01N50", name: "label does not exist",
      "The label `\(name)` does not exist in database `\(database)`. Verify that the spelling is correct.",
      position)
  }

  /// A relationship type that the store does not know.
  public static func unknownType(
    _ name: String, database: String, at position: SourcePosition
  ) -> Self {
    Self(
      code: statement + "UnknownRelationshipTypeWarning",
      title: "The provided relationship type is not in the database.",
      "One of the relationship types in your query is not available in the database, make sure you didn't misspell it or that the label is available when you run this statement in your application (the missing relationship type is: \(name))",
      severity: "WARNING", category: "UNRECOGNIZED", status: "01N51",
      name: "relationship type does not exist",
      "The relationship type `\(name)` does not exist in database `\(database)`. Verify that the spelling is correct.",
      position)
  }

  /// A property key that the store does not know.
  public static func unknownProperty(
    _ name: String, database: String, at position: SourcePosition
  ) -> Self {
    Self(
      code: statement + "UnknownPropertyKeyWarning",
      title: "The provided property key is not in the database",
      "One of the property names in your query is not available in the database, make sure you didn't misspell it or that the label is available when you run this statement in your application (the missing property name is: \(name))",
      severity: "WARNING", category: "UNRECOGNIZED", status: "01N52",
      name: "property key does not exist",
      "The property `\(name)` does not exist in database `\(database)`. Verify that the spelling is correct.",
      position)
  }

  /// Parameters that EXPLAIN was not given, in the order of their names.
  public static func missingParameters(_ names: [String]) -> Self {
    let quoted = names.map { "$`\($0)`" }
    let list =
      quoted.count > 1
      ? quoted.dropLast().joined(separator: ", ") + " and " + (quoted.last ?? "")
      : quoted.joined()
    return Self(
      code: statement + "ParameterNotProvided",
      title: "The statement refers to a parameter that was not provided in the request.",
      "Did not supply query with enough parameters. The produced query plan will not be cached and is not executable without EXPLAIN. (Missing parameters: \(names.joined(separator: ", ")))",
      severity: "WARNING", category: "GENERIC", status: "01N60", name: "parameter missing",
      "The query plan cannot be cached and is not executable without 'EXPLAIN' due to the undefined parameter(s) \(list). Provide the parameter(s).",
      nil)
  }

  /// A plan that is eager behind LOAD CSV.
  public static var eagerLoadCSV: Self {
    Self(
      code: statement + "EagerOperator",
      title:
        "The execution plan for this query contains the Eager operator, which forces all dependent data to be materialized in main memory before proceeding",
      "Using LOAD CSV with a large data set in a query where the execution plan contains the Eager operator could potentially consume a lot of memory and is likely to not perform well. See the Neo4j Manual entry on the Eager operator for more information and hints on how problems could be avoided.",
      severity: "INFORMATION", category: "PERFORMANCE", status: "03N94", name: "eager operator",
      "The query execution plan contains the 'Eager' operator. 'LOAD CSV' in combination with 'Eager' can consume a lot of memory.",
      nil)
  }

  static func cartesianProduct(
    _ names: [String], pattern: String, at position: SourcePosition
  ) -> Self {
    let apart = names.joined(separator: ", ")
    let found = names.count == 1 ? "identifier is: (\(apart))" : "identifiers are: (\(apart))"
    return Self(
      code: statement + "CartesianProduct",
      title: "This query builds a cartesian product between disconnected patterns.",
      "If a part of a query contains multiple disconnected patterns, this will build a cartesian product between all those parts. This may produce a large amount of data and slow down query processing. While occasionally intended, it may often be possible to reformulate the query that avoids the use of this cross product, perhaps by adding a relationship between the different parts or by using OPTIONAL MATCH (\(found))",
      severity: "INFORMATION", category: "PERFORMANCE", status: "03N90", name: "cartesian product",
      "The disconnected pattern '\(pattern)' builds a cartesian product. A cartesian product may produce a large amount of data and slow down query processing.",
      position)
  }

  static func unboundedShortest(pattern: String, at position: SourcePosition) -> Self {
    Self(
      code: statement + "UnboundedVariableLengthPattern",
      title:
        "The provided pattern is unbounded, consider adding an upper limit to the number of node hops.",
      "Using shortest path with an unbounded pattern will likely result in long execution times. It is recommended to use an upper limit to the number of node hops in your pattern.",
      severity: "INFORMATION", category: "PERFORMANCE", status: "03N91",
      name: "unbounded variable length pattern",
      "The provided pattern '\(pattern)' is unbounded. Shortest path with an unbounded pattern may result in long execution times. Use an upper limit (e.g. '[*..5]') on the number of node hops in your pattern.",
      position)
  }

  static func unsatisfiableTypes(_ expression: String, at position: SourcePosition) -> Self {
    Self(
      code: statement + "UnsatisfiableRelationshipTypeExpression",
      title: "The query contains a relationship type expression that cannot be satisfied.",
      "Relationship type expression cannot possibly be satisfied. (`\(expression)` can never be satisfied by any relationship. Relationships must have exactly one relationship type.)",
      severity: "WARNING", category: "GENERIC", status: "01N61",
      name: "unsatisfiable relationship type expression",
      "The expression '\(expression)' cannot be satisfied because relationships must have exactly one type.",
      position)
  }

  static func repeatedRelationship(
    _ name: String, pattern: String, at position: SourcePosition
  ) -> Self {
    Self(
      code: statement + "RepeatedRelationshipReference",
      title: "The query returns no results due to repeated references to a relationship.",
      "A relationship is referenced more than once in the query, which leads to no results because relationships must not occur more than once in each result. (Relationship `\(name)` was repeated)",
      severity: "WARNING", category: "GENERIC", status: "01N63",
      name: "repeated relationship pattern variable",
      "`\(name)` is repeated in '\(pattern)', which leads to no results.", position)
  }

  static func shadowing(_ name: String, at position: SourcePosition) -> Self {
    Self(
      code: statement + "SubqueryVariableShadowing",
      title:
        "Variable in subquery is shadowing a variable with the same name from the outer scope.",
      "Variable in subquery is shadowing a variable with the same name from the outer scope. If you want to use that variable instead, it must be imported into the subquery using a variable scope clause. (the shadowing variable is: \(name))",
      severity: "INFORMATION", category: "GENERIC", status: "03N60",
      name: "subquery variable shadowing",
      "The variable `\(name)` in the subquery uses the same name as a variable from the outer query. Use 'CALL (`\(name)`)' to import the one from the outer scope unless you want it to be a new variable.",
      position)
  }

  static func redundantOptionalSubquery(at position: SourcePosition) -> Self {
    let text = "The use of `OPTIONAL` is redundant as `CALL` is a unit subquery."
    return Self(
      code: statement + "RedundantOptionalSubquery",
      title: "The use of `OPTIONAL` is redundant when `CALL` is a unit subquery.", text,
      severity: "INFORMATION", category: "GENERIC", status: "03N62",
      name: "redundant optional subquery", text, position)
  }

  static func redundantOptionalProcedure(
    _ name: String, at position: SourcePosition
  ) -> Self {
    let text = "The use of `OPTIONAL` is redundant as `CALL \(name)` is a void procedure."
    return Self(
      code: statement + "RedundantOptionalProcedure",
      title: "The use of `OPTIONAL` is redundant when calling a void procedure.", text,
      severity: "INFORMATION", category: "GENERIC", status: "03N61",
      name: "redundant optional procedure", text, position)
  }

  /// A hint that names an index which does not exist.
  ///
  /// - Parameters:
  ///   - variable: The variable that the hint is for.
  ///   - name: The label or type.
  ///   - properties: The properties in the hint's order.
  ///   - isNode: Whether the variable is a node.
  /// - Returns: The remark.
  public static func missingIndex(
    variable: String, of name: String, _ properties: [String], isNode: Bool
  ) -> Self {
    let entity = isNode ? "(`\(variable)`:`\(name)`)" : "()-[`\(variable)`:`\(name)`]-()"
    let keys = properties.map { "`\(variable)`.`\($0)`" }.joined(separator: ", ")
    return Self(
      code: "Neo.ClientNotification.Schema.HintedIndexNotFound",
      title: "The request (directly or indirectly) referred to an index that does not exist.",
      "The hinted index does not exist, please check the schema (index is: INDEX FOR \(entity) ON (\(keys)))",
      severity: "WARNING", category: "HINT", status: "01N31", name: "hinted index does not exist",
      "Unable to create a plan with 'INDEX :\(name)(\(properties.joined(separator: ", ")))' because the index does not exist.",
      nil)
  }

  /// A file's rows are all held in memory at once.
  public static var eagerLoading: Self {
    Self(
      code: statement + "EagerOperator",
      title:
        "The execution plan for this query contains the Eager operator, which forces all dependent data to be materialized in main memory before proceeding",
      "Using LOAD CSV with a large data set in a query where the execution plan contains the Eager operator could potentially consume a lot of memory and is likely to not perform well. See the Neo4j Manual entry on the Eager operator for more information and hints on how problems could be avoided.",
      severity: "INFORMATION", category: "PERFORMANCE", status: "03N94", name: "eager operator",
      "The query execution plan contains the 'Eager' operator. 'LOAD CSV' in combination with 'Eager' can consume a lot of memory.",
      nil)
  }

  /// Labels or types with indexes that a property of a computed name cannot use.
  public static func dynamicProperty(_ names: [String], isNode: Bool) -> Self {
    let word = isNode ? "label" : "relationship type"
    let listed = names.map { "(:\($0))" }.joined(separator: ", ")
    let found = names.count == 1 ? "indexed \(word) is: " : "indexed \(word)s are: "
    return Self(
      code: statement + "DynamicProperty",
      title:
        "Queries using dynamic properties will use neither index seeks nor index scans for those properties",
      "Using a dynamic property makes it impossible to use an index lookup for this query (\(found)\(listed))",
      severity: "INFORMATION", category: "PERFORMANCE", status: "03N95", name: "dynamic property",
      "An index already exists on the relationship type or the label(s) \(names.map { "`\($0)`" }.joined(separator: ", ")). It is not possible to use indexes for dynamic properties. Consider using static properties.",
      nil)
  }

  static func exhaustiveShortest(_ predicates: [String], at position: SourcePosition) -> Self {
    Self(
      code: statement + "ExhaustiveShortestPath",
      title:
        "Exhaustive shortest path has been planned for your query that means that shortest path graph algorithm might not be used to find the shortest path. Hence an exhaustive enumeration of all paths might be used in order to find the requested shortest path.",
      "Using shortest path with an exhaustive search fallback might cause query slow down since shortest path graph algorithms might not work for this use case. It is recommended to introduce a WITH to separate the MATCH containing the shortest path from the existential predicates on that path.",
      severity: "INFORMATION", category: "PERFORMANCE", status: "03N92",
      name: "exhaustive shortest path",
      "The query runs with exhaustive shortest path due to the existential predicate(s) \(predicates.map { "'\($0)'" }.joined(separator: ", ")). It may be possible to use 'WITH' to separate the 'MATCH' from the existential predicate(s).",
      position)
  }

  /// A name with a character that later versions take in back-ticks only.
  public static func legacyName(
    _ name: String, _ character: Unicode.Scalar, at position: SourcePosition
  ) -> Self {
    let digits = String(character.value, radix: 16)
    let code = "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    let text =
      "The character with the Unicode representation `\(code)` is deprecated for unescaped identifiers and will not be supported in the future. To continue using it, escape the identifier by adding backticks around the identifier `\(name)`."
    return .deprecated(text, "01N00", text, at: position)
  }

  /// A list or path that was taken as a condition, which only a run tells.
  public static var listAsCondition: Self {
    .deprecated(
      "The query converted a list or path to a boolean value.", "01N02",
      "Converting a list or a path to a boolean is deprecated and will be removed without a replacement.",
      at: nil)
  }

  static func unsupportedRuntime(_ name: String) -> Self {
    let cause = "This version of Neo4j does not support the requested runtime: `\(name)`"
    return Self(
      code: statement + "RuntimeUnsupportedWarning",
      title: "This query is not supported by the chosen runtime.",
      "Selected runtime is unsupported for this query, please use a different runtime instead or fallback to default. (\(cause))",
      severity: "WARNING", category: "UNSUPPORTED", status: "01N40", name: "unsupported runtime",
      "The query cannot be executed with 'runtime=\(name)'; instead, 'runtime=slotted' is used. Cause: \(cause).",
      nil)
  }

  /// Whatever is deprecated: with a replacement, without one for good, or in its own words.
  static func deprecated(
    _ description: String, _ status: String, _ text: String, at position: SourcePosition?
  ) -> Self {
    let name =
      switch status {
      case "01N01": "feature deprecated with replacement"
      case "01N02": "feature deprecated without replacement"
      default: "feature deprecated"
      }
    return Self(
      code: statement + "FeatureDeprecationWarning",
      title: "This feature is deprecated and will be removed in future versions.", description,
      severity: "WARNING", category: "DEPRECATION", status: status, name: name, text, position)
  }
}
