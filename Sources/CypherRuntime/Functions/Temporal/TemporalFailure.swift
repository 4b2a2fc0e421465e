import Diagnostics
import GraphValues

/// Failures of temporal functions, in the words and codes that clients know.
enum TemporalFailure {
  static let argumentError = "Neo.ClientError.Statement.ArgumentError"
  static let typeError = "Neo.ClientError.Statement.TypeError"
  static let syntaxError = "Neo.ClientError.Statement.SyntaxError"
  static let arithmeticError = "Neo.ClientError.Statement.ArithmeticError"

  private static let dataException = "data exception"
  private static let invalidFormat =
    "data exception - invalid date, time, or datetime format"
  private static let invalidFieldName =
    "data exception - invalid date, time, or datetime function field name"
  private static let invalidFieldValue =
    "data exception - invalid date, time, or datetime function field value"

  /// A link of the chain whose text follows its condition.
  static func cause(_ status: String, _ condition: String, _ text: String) -> GQLCause {
    GQLCause(
      gqlStatus: status, gqlDescription: "data exception - \(condition). \(text)", message: text)
  }

  static func cannotProcess(_ what: String) -> GQLCause {
    cause("22N11", "invalid argument", "Invalid argument: cannot process '\(what)'.")
  }

  /// 22007 with a cause of its own.
  static func format(
    _ message: String, _ cause: GQLCause, code: String = argumentError
  ) -> Failure {
    Failure(
      code: code, message: message, gqlStatus: "22007", gqlDescription: invalidFormat,
      causes: [cause])
  }

  /// 22000, a data exception that only its cause tells more of.
  static func data(_ message: String, _ cause: GQLCause, code: String) -> Failure {
    Failure(
      code: code, message: message, gqlStatus: "22000", gqlDescription: dataException,
      causes: [cause])
  }

  /// A component that is missing, unknown or does not go with the others.
  static func component(_ message: String, _ key: String) -> Failure {
    format(
      message,
      cause(
        "22N12", "invalid date, time, or datetime format",
        "Invalid argument: cannot process '\(key)'."))
  }

  static func noSuchField(_ key: String) -> Failure {
    component("No such field: \(key)", key)
  }

  static func mustBeSpecified(_ key: String) -> Failure {
    component("\(key) must be specified", key)
  }

  static func noComponents() -> Failure {
    let text = "At least one temporal unit must be specified."
    return format(text, cause("22N30", "missing temporal unit", text))
  }

  /// A key that the type does not have.
  static func notSupported(_ key: String, _ type: TemporalType) -> Failure {
    cannotAssign("Not supported: \(key)", key, type.typeName)
  }

  static func zoneWithOtherFields(_ type: TemporalType) -> Failure {
    cannotAssign(
      "Cannot assign time zone if also assigning other fields.", "timezone", type.typeName)
  }

  static func cannotAssign(_ message: String, _ key: String, _ type: String) -> Failure {
    Failure(
      code: typeError, message: message, gqlStatus: "22G05", gqlDescription: invalidFieldName,
      causes: [notAssignable(key, type)])
  }

  /// A component of the wrong type.
  static func wrongComponent(_ key: String, _ value: Value) -> Failure {
    let type = value.componentTypeName
    return Failure(
      code: typeError, message: "Cannot assign \(key) of a \(type).", gqlStatus: "22G06",
      gqlDescription: invalidFieldValue, causes: [notAssignable(key, type)])
  }

  /// A part of a duration of the wrong type.
  static func wrongDurationPart(_ key: String, _ value: Value) -> Failure {
    let type = value.componentTypeName
    return Failure(
      code: typeError, message: "Cannot assign \(key) of a \(type).", gqlStatus: "22G08",
      gqlDescription: "data exception - invalid duration function field value",
      causes: [notAssignable(key, type)])
  }

  private static func notAssignable(_ key: String, _ type: String) -> GQLCause {
    cause(
      "22N40", "non-assignable temporal component", "Cannot assign '\(key)' of a \(type).")
  }

  static func unknownDurationField(_ key: String) -> Failure {
    Failure(
      code: argumentError, message: "Unknown field: \(key)", gqlStatus: "22G0I",
      gqlDescription:
        "data exception - invalid duration field. `\(key)` is not a valid duration field.")
  }

  /// Two ways to say the same thing at once.
  static func selectedTogether(_ key: String, with other: String) -> Failure {
    format(
      "\(key) cannot be selected together with \(other).",
      cause(
        "22N14", "invalid temporal value combination", "Cannot select both \(key) and \(other)."))
  }

  /// A part that a value lacks: `Cannot get the time of: 2020-01-01`.
  static func cannotGet(
    _ part: String, of instant: TemporalInstant, _ component: String
  ) -> Failure {
    unreadable("Cannot get the \(part) of: \(instant.fullText)", component, instant.fullText)
  }

  static func cannotSelect(from instant: TemporalInstant) -> Failure {
    unreadable(
      "Cannot select datetime from: \(instant.fullText)", TemporalType.zonedDateTime.typeName,
      instant.fullText)
  }

  static func unreadable(_ message: String, _ component: String, _ value: String) -> Failure {
    Failure(
      code: typeError, message: message, gqlStatus: "22G05", gqlDescription: invalidFieldName,
      causes: [
        cause(
          "22N15", "invalid temporal component",
          "Cannot read the specified '\(component)' component from \(value).")
      ])
  }

  /// A base that is no instant at all.
  static func cannotConstruct(_ part: String, _ type: String, from value: Value) -> Failure {
    format(
      "Cannot construct \(part) from: \(value.debugText)",
      cause(
        "22N25", "invalid temporal arguments",
        "Cannot construct a \(type) from \(value.literal)."))
  }

  /// A sub-second component beyond what the larger ones leave it.
  static func subsecond(_ name: String, _ value: Int64, limit: Int64, message: String) -> Failure {
    let text =
      "Expected '\(name)' to be of type INTEGER and in the range 0 to \(limit) but found \(value)."
    return format(message, cause("22N03", "specified numeric value out of range", text))
  }

  static func unsupportedUnit(_ unit: String) -> Failure {
    execution("Unsupported unit: \(unit)")
  }

  static func execution(_ message: String) -> Failure {
    Failure(
      code: "Neo.DatabaseError.Statement.ExecutionFailed", message: message, gqlStatus: "50N00",
      gqlDescription:
        "general processing exception - internal error. Internal exception raised CypherExecution: \(message)"
    )
  }

  /// Arguments that a constructor does not take; in Cypher 25 each has a pattern as well.
  static func constructorCall(
    _ name: String, _ arguments: [Value], function: String, input: String, result: String,
    _ context: FunctionContext
  ) -> Failure {
    var (provided, parameters) = (arguments, input)
    if context.isCypher25 {
      if provided.count < 2 { provided.append(.string("DEFAULT_TEMPORAL_ARGUMENT")) }
      parameters += ", pattern = DEFAULT_TEMPORAL_ARGUMENT :: STRING"
    }
    return call(
      name, provided, function: function, signature: "\(function)(\(parameters)) :: \(result)")
  }

  /// Arguments that the signature does not allow.
  static func call(
    _ name: String, _ arguments: [Value], function: String, signature: String
  ) -> Failure {
    let provided = arguments.map(\.debugText).joined(separator: ", ")
    let text = "The procedure or function \(function)() must have the signature: \(signature)."
    return Failure(
      code: "Neo.ClientError.Procedure.ProcedureCallFailed",
      message: "Invalid call signature for \(name): Provided input was [\(provided)]",
      gqlStatus: "42001",
      gqlDescription: "syntax error or access rule violation - invalid syntax",
      causes: [
        GQLCause(
          gqlStatus: "42I51",
          gqlDescription:
            "syntax error or access rule violation - invalid call signature. \(text)",
          message: text)
      ])
  }
}
