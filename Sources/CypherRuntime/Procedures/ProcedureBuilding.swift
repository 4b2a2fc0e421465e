import Diagnostics
import GraphStore
import GraphValues
import QueryPlan

extension Procedure {
  /// A procedure from lists of names and types.
  init(
    _ name: String, _ inputs: [ProcedureSignature.Field] = [],
    yields outputs: [ProcedureSignature.Field] = [], mode: ProcedureSignature.Mode = .read,
    _ summary: String, warning: String = "", _ body: @escaping Body
  ) {
    self.init(
      ProcedureSignature(
        name: name, inputs: inputs, outputs: outputs, mode: mode, summary: summary,
        warning: warning), body)
  }

  /// The same for administrators.
  var administrative: Procedure {
    var signature = signature
    signature.isAdministrative = true
    return Procedure(signature, body)
  }

  /// The same where there is a graph only.
  var onGraphs: Procedure {
    var signature = signature
    signature.needsGraph = true
    return Procedure(signature, body)
  }

  /// The same, of Cypher 5 only.
  func replaced(by replacement: String) -> Procedure {
    var signature = signature
    signature.replacement = replacement
    return Procedure(signature, body)
  }
}

extension ProcedureSignature.Field {
  /// A field of a type, with a default as Cypher text where it may be left out.
  static func field(
    _ name: String, _ type: CypherType, _ defaultText: String? = nil
  ) -> ProcedureSignature.Field {
    ProcedureSignature.Field(name: name, type: type, defaultText: defaultText)
  }
}

extension ProcedureContext {
  /// Runs a call of the store and turns its errors into failures.
  func reading<Result>(_ body: () throws(StoreError) -> Result) throws(Failure) -> Result {
    do throws(StoreError) {
      return try body()
    } catch {
      throw Failure(
        code: "Neo.DatabaseError.Statement.ExecutionFailed",
        message: "The store could not be read: \(error)")
    }
  }
}

extension Failure {
  /// A procedure that failed on what it was given, told as the server tells failures of its own code.
  static func procedureFailed(
    _ procedure: String, _ message: String,
    class name: String = "java.lang.IllegalArgumentException",
    cause: String? = nil
  ) -> Failure {
    let text =
      "Execution of the procedure \(procedure)() failed due to "
      + "\(cause ?? "\(name): \(message)")."
    var failure = Failure(
      code: "Neo.ClientError.Procedure.ProcedureCallFailed",
      message: "Failed to invoke procedure `\(procedure)`: Caused by: \(name): \(message)")
    failure.setProcedureExecution(of: procedure)
    failure.causes = [
      GQLCause(
        gqlStatus: "52U00",
        gqlDescription: "procedure exception - custom procedure execution error cause. " + text,
        message: text)
    ]
    return failure
  }

  /// An index that a procedure was told and that is not there.
  static func noSuchIndex(_ name: String, in procedure: String) -> Failure {
    let text = "Execution of the procedure \(procedure)() failed due to a client error."
    return Failure(
      code: "Neo.ClientError.Schema.IndexNotFound", message: "No such index '\(name)'",
      gqlStatus: "22N69",
      gqlDescription:
        "data exception - index does not exist. The index '\(name)' does not exist.",
      causes: [
        GQLCause(
          gqlStatus: "52N02",
          gqlDescription: "procedure exception - procedure execution client error. " + text,
          message: text)
      ])
  }

  mutating func setProcedureExecution(of procedure: String) {
    gqlStatus = "52N37"
    gqlDescription =
      "procedure exception - procedure execution error. Execution of the procedure \(procedure)() failed."
  }
}
