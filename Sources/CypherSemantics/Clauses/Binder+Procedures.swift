import CypherSyntax
import Diagnostics
import QueryPlan

/// A procedure call, bound, with the names and types of what it yields.
struct BoundProcedureCall {
  var call: ProcedureCall
  var names: [String]
  var types: [StaticType]
}

extension Binder {
  mutating func bindProcedureCall(
    _ call: CallProcedureClause, isStandalone: Bool
  ) throws(Failure) -> BoundProcedureCall {
    let name = call.procedure.text
    guard let signature = procedures.signature(named: name),
      signature.replacement == nil || !isCypher25
    else { throw unknownProcedure(name) }
    let offset = call.span.start
    if call.arguments == nil, !isStandalone {
      throw syntaxError(
        "Procedure call is missing parentheses: \(name)", at: offset,
        CauseText(
          code: "42N36", name: "procedure call without parentheses",
          text: "Procedure call is missing parentheses."))
    }
    let arguments = try bindArguments(call, signature)
    let yields = try bindYields(call, signature, isStandalone: isStandalone)
    var predicate: Bound.Expression?
    if let condition = call.yield?.predicate {
      if isStandalone { throw standaloneWhere(at: offset) }
      labelStyles = LabelStyles()
      predicate = try bindCondition(condition).expression
    }
    if call.isOptional, signature.outputs.isEmpty {
      remark(.redundantOptionalProcedure(name, at: place(offset)))
    }
    if !signature.warning.isEmpty {
      remark(.procedureWarning(name, signature.warning, at: place(offset)))
    }
    if let replacement = signature.replacement {
      remark(
        .deprecated(
          "The query used a deprecated procedure. ('\(name)' has been replaced by '\(replacement)')",
          "01N01", "\(name) is deprecated. It is replaced by \(replacement).", at: place(offset)))
    }
    if signature.mode == .write || signature.mode == .schema { context.hasWritten = true }
    return BoundProcedureCall(
      call: ProcedureCall(
        signature: signature, arguments: arguments, yields: yields.map(\.yield),
        predicate: predicate, isOptional: call.isOptional),
      names: yields.map(\.name), types: yields.map(\.type))
  }

  private func unknownProcedure(_ name: String) -> Failure {
    Failure(
      code: "Neo.ClientError.Procedure.ProcedureNotFound",
      message:
        "There is no procedure with the name `\(name)` registered for this database instance. Please ensure you've spelled the procedure name correctly and that the procedure is properly deployed.",
      gqlStatus: "42001",
      gqlDescription: "syntax error or access rule violation - invalid syntax",
      causes: [
        CauseText(
          code: "42N08", name: "no such procedure",
          text: "The procedure \(name)() was not found. Verify that the spelling is correct."
        ).link
      ])
  }

  private func standaloneWhere(at offset: Int) -> Failure {
    syntaxError(
      "Cannot use standalone call with WHERE (instead use: `CALL ... WITH * WHERE ... RETURN *`)",
      at: offset,
      CauseText(
        code: "42N24", name: "missing WITH",
        text: "A WITH clause is required between 'CALL' and 'WHERE'."))
  }

  private mutating func bindArguments(
    _ call: CallProcedureClause, _ signature: ProcedureSignature
  ) throws(Failure) -> [Bound.Expression] {
    guard let given = call.arguments else { return bindImplicitArguments(signature) }
    let least = signature.inputs.prefix { $0.defaultText == nil }.count
    if given.count < least || given.count > signature.inputs.count {
      throw wrongCount(given.count, signature, least, at: call.span.start)
    }
    if let aggregate = given.first(where: \.containsAggregate) {
      throw syntaxError(
        "Procedure call cannot take an aggregating function as argument, please add a 'WITH' to your statement.\nFor example:\n    MATCH (n:Person) WITH collect(n.name) AS names CALL proc(names) YIELD value RETURN value",
        at: aggregate.span.start, aggregateCause(aggregate.span))
    }
    var arguments: [Bound.Expression] = []
    for (argument, input) in zip(given, signature.inputs) {
      let typed = try bind(argument)
      let expected = StaticType(of: input.type)
      let accepted = expected.kinds == .map ? StaticType(.mapLike) : expected
      try expectOperand(accepted, typed.type, argument)
      arguments.append(typed.expression)
    }
    for input in signature.inputs.dropFirst(given.count) {
      arguments.append(Self.standard(of: input))
    }
    return arguments
  }

  /// Without parentheses, arguments come from the parameters of the same names.
  private mutating func bindImplicitArguments(
    _ signature: ProcedureSignature
  ) -> [Bound.Expression] {
    var arguments: [Bound.Expression] = []
    for input in signature.inputs {
      if input.defaultText == nil || parameters[input.name] != nil {
        parameterNames.insert(input.name)
        arguments.append(.parameter(input.name))
      } else {
        arguments.append(Self.standard(of: input))
      }
    }
    return arguments
  }

  /// The value of an input that was left out.
  private static func standard(of input: ProcedureSignature.Field) -> Bound.Expression {
    DefaultValue.parse(input.defaultText ?? "null")
  }

  private func wrongCount(
    _ count: Int, _ signature: ProcedureSignature, _ least: Int, at offset: Int
  ) -> Failure {
    let most = signature.inputs.count
    let message: String
    if count < least {
      let optional = most - least
      let wanted =
        optional == 0
        ? "expected \(least)"
        : "expected at least \(least) (total: \(most), \(optional) of which have default values)"
      message =
        "Procedure call does not provide the required number of arguments: got \(count) \(wanted)."
    } else {
      let wanted = most == 0 ? "none" : most == least ? "\(most)" : "no more than \(most)"
      message = "Procedure call provides too many arguments: got \(count) expected \(wanted)."
    }
    let inputs = signature.inputs.map { input in
      "\(input.name)\(input.defaultText.map { "  =  \($0)" } ?? "") :: \(input.type.text)"
    }
    let outputs = signature.outputs.map { "\($0.name) :: \($0.type.text)" }
    let types = signature.inputs.prefix(least).map(\.type.text).joined(separator: ", ")
    let expects: String
    switch (most, least) {
    case (0, _): expects = "no arguments"
    case (let most, let least) where most == least:
      expects = "\(least) \(least == 1 ? "argument" : "arguments") of type \(types)"
    default: expects = "at least \(least) \(least == 1 ? "argument" : "arguments") of type \(types)"
    }
    let result = outputs.isEmpty ? "" : " :: \(outputs.joined(separator: ", "))"
    let text = "\(signature.name)(\(inputs.joined(separator: ", ")))\(result)"
    return syntaxError(
      "\(message)\n\nProcedure \(signature.name) has signature: \(text)\nmeaning that it expects \(expects)\nDescription: \(signature.summary)",
      at: offset,
      CauseText(
        code: "42I13", name: "invalid number of procedure or function arguments",
        text:
          "The procedure or function call does not provide the required number of arguments; expected \(count < least ? least : most) but got \(count). The procedure or function \(signature.name)() has the signature: \(text)."
      ))
  }

  private struct YieldedColumn {
    var yield: ProcedureCall.Yield
    var name: String
    var type: StaticType
  }

  private mutating func bindYields(
    _ call: CallProcedureClause, _ signature: ProcedureSignature, isStandalone: Bool
  ) throws(Failure) -> [YieldedColumn] {
    let offset = call.span.start
    guard let yield = call.yield else {
      if !isStandalone, !signature.outputs.isEmpty {
        throw syntaxError(
          "Procedure call inside a query does not support naming results implicitly (name explicitly using `YIELD` instead)",
          at: offset,
          CauseText(
            code: "42N25", name: "missing YIELD clause",
            text:
              "Procedure call inside a query does not support naming results implicitly. Use 'YIELD' to name results explicitly."
          ))
      }
      return isStandalone ? allColumns(signature) : []
    }
    if signature.outputs.isEmpty {
      throw syntaxError(
        "Cannot yield value from void procedure.", at: offset,
        CauseText(
          code: "42I42", name: "invalid use of YIELD",
          text: "Cannot use YIELD on a call to a void procedure."))
    }
    if yield.includesAll {
      if isStandalone { return allColumns(signature) }
      throw syntaxError(
        "Cannot use `YIELD *` outside standalone call", at: offset,
        CauseText(
          code: "42I43", name: "invalid use of YIELD *",
          text: "'YIELD *' can only be used with a standalone procedure call."))
    }
    var columns: [YieldedColumn] = []
    var names: Set<String> = []
    for item in yield.items {
      guard let output = signature.outputs.first(where: { $0.name == item.column.text }) else {
        throw unknownOutput(item.column, signature)
      }
      let type = StaticType(of: output.type)
      let name = item.alias ?? item.column
      if !names.insert(name.text).inserted {
        throw alreadyDeclared(name.text, at: yield.items.first?.span.start ?? offset)
      }
      let slot = try declare(name, type)
      columns.append(
        YieldedColumn(
          yield: ProcedureCall.Yield(column: output.name, slot: slot), name: name.text, type: type))
    }
    return columns
  }

  private mutating func allColumns(_ signature: ProcedureSignature) -> [YieldedColumn] {
    var columns: [YieldedColumn] = []
    for output in signature.outputs {
      let type = StaticType(of: output.type)
      columns.append(
        YieldedColumn(
          yield: ProcedureCall.Yield(column: output.name, slot: newSlot(output.name, type)),
          name: output.name, type: type))
    }
    return columns
  }

  private func unknownOutput(_ name: Name, _ signature: ProcedureSignature) -> Failure {
    syntaxError(
      "Unknown procedure output: `\(name.text)`", at: name.span.start,
      CauseText(
        code: "42N50", name: "procedure return column not defined",
        text:
          "The procedure return column '\(name.text)' is not defined for this procedure. Available output columns are: \(signature.outputs.map { "'\($0.name)'" }.joined(separator: ", ")). Verify that the spelling is correct."
      ))
  }
}
