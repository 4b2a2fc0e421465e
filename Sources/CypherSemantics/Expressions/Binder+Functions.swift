import CypherSyntax
import Diagnostics
import QueryPlan

extension Binder {
  mutating func bindFunction(
    _ call: FunctionCall, _ span: SourceSpan
  ) throws(Failure) -> Typed {
    let name = call.name.text
    let call = withoutLoneDistinct(call)
    if let aggregate = AggregateFunction.named(name, isCypher25: isCypher25) {
      return try bindAggregate(
        aggregate, call.arguments, isDistinct: call.isDistinct, name, span)
    }
    if isCypher25, let test = try bindPropertyExists(call) { return test }
    // A point inside of back-ticks is part of a name and no namespace.
    let isPlain = !call.name.parts.contains { $0.text.contains(".") }
    let signatures =
      isPlain ? FunctionCatalogue.signatures(of: name, isCypher25: isCypher25) : []
    guard let first = signatures.first, !first.hasOwnSyntax || first.name == "trim" else {
      throw unknownFunction(name, isQuoted: !isPlain, at: span.start)
    }
    if call.isDistinct {
      throw syntaxError(
        "Invalid use of DISTINCT with function '\(name)'", at: span.start,
        CauseText(
          code: "42I27", name: "invalid use of DISTINCT with non-aggregate function",
          text: "`DISTINCT` cannot be used with the \(name)() function."))
    }
    if first.category == .graph { throw graphFunction(first.name, at: span.start) }
    try checkArity(call, signatures, at: span.start)
    if let special = try bindSpecialFunction(first.name, call, span) { return special }
    if first.isDeprecated { remark(onFunction: first.name, at: span.start) }
    let signature =
      signatures.first { $0.arguments.count >= call.arguments.count } ?? first
    return try bindCall(signature, call)
  }

  /// `count(DISTINCT)` has the word and no argument, unless a variable is called so.
  private func withoutLoneDistinct(_ call: FunctionCall) -> FunctionCall {
    guard call.arguments.count == 1, case .variable(let word) = call.arguments[0].kind,
      !word.isQuoted, word.text.uppercased() == "DISTINCT", scope[word.text] == nil
    else { return call }
    var call = call
    call.arguments = []
    return call
  }

  private mutating func bindCall(
    _ signature: FunctionSignature, _ call: FunctionCall
  ) throws(Failure) -> Typed {
    var arguments: [Bound.Expression] = []
    var types: [StaticType] = []
    for (index, argument) in call.arguments.enumerated() {
      let typed = try bind(argument)
      if signature.arguments.indices.contains(index) {
        try checkArgument(typed.type, argument, index, signature, called: call.name.text)
      }
      arguments.append(typed.expression)
      types.append(typed.type)
    }
    return Typed(.function(signature.name, arguments), resultType(signature, types))
  }

  private func checkArgument(
    _ actual: StaticType, _ argument: AST.Expression, _ index: Int,
    _ signature: FunctionSignature, called name: String
  ) throws(Failure) {
    let argumentType = signature.arguments[index].type
    let accepted = signature.arguments[index].accepted
    if signature.tellsArityAsCall, argumentType != .number { return }
    guard !accepted.isEmpty else { return }
    let expected = StaticType(of: .union(accepted))
    // Cypher 25 takes lists in general, and still refuses those whose elements are known.
    let isKnownList =
      signature.name == "toString" && actual.kinds == .list && !actual.element.isAny
    if !isKnownList && actual.fits(expected)
      || FunctionRules.checksAtRunTime.contains(signature.name)
    {
      return
    }
    // A list of which nothing is known may hold anything that the conversions take.
    if actual.kinds == .list, actual.element.isAny,
      signature.name == "toInteger" || signature.name == "toString"
    {
      return
    }
    if signature.tellsArityAsCall {
      throw syntaxError(
        "Type mismatch: expected Float, Integer or Number but was \(actual.messageActual)",
        at: position(of: argument),
        CauseText(
          code: "22NB1", name: "type mismatch",
          text:
            "Type mismatch: expected to be INTEGER | FLOAT but was '\(actual.causeActual)'."))
    }
    if FunctionRules.reportsAsOperand.contains(signature.name) {
      throw operandMismatch(expected, actual, argument)
    }
    let place = FunctionRules.place(of: signature.name, called: name, index)
    if case .parameter(let parameter) = argument.kind {
      throw valueTypeError(
        "Type mismatch for parameter '\(parameter.name)': expected \(expected.messageNames) but was \(actual.messageActual)",
        at: position(of: argument),
        "Invalid input '\(actual.causeActual)' for \(place) parameter: \(parameter.name). Expected to be \(expected.causeNames)."
      )
    }
    throw valueTypeError(
      "Type mismatch: expected \(expected.messageNames) but was \(actual.messageActual)",
      at: position(of: argument),
      "Invalid input '\(actual.causeActual)' for \(place). Expected to be \(expected.causeNames).")
  }

  private func resultType(_ signature: FunctionSignature, _ arguments: [StaticType]) -> StaticType {
    switch signature.name {
    case "coalesce":
      guard let first = arguments.first else { return .any }
      return arguments.dropFirst().reduce(first) { $0.joined(with: $1) }
    case "head", "last": return arguments.first?.element ?? .any
    case "tail":
      guard let list = arguments.first, list.kinds == .list else { return StaticType(.list) }
      return list
    case "reverse": return arguments.first ?? .any
    case "abs":
      guard let number = arguments.first, number.kinds.isSubset(of: .number) else {
        return StaticType(.number)
      }
      return number
    case "nodes": return .list(of: .node)
    case "relationships": return .list(of: .relationship)
    case "nullIf": return .any
    default: return StaticType(of: signature.returnType)
    }
  }

  private func unknownFunction(
    _ name: String, isQuoted: Bool, at offset: Int
  ) -> Failure {
    let cause = CauseText(
      code: "42N48", name: "no such function",
      text: "The function \(name)() was not found. Verify that the spelling is correct.")
    if name.lowercased() == "distance" {
      return syntaxError(
        "'distance' has been replaced by 'point.distance'", at: offset, cause)
    }
    var failure = syntaxError("Unknown function '\(name)'", at: offset, cause)
    let isPlain = FunctionCatalogue.canonicalName(of: name) != nil && !isQuoted
    if !isCypher25, isPlain, !FunctionCatalogue.signatures(of: name, isCypher25: true).isEmpty {
      failure.causes.append(Self.availableInCypher25)
    }
    return failure
  }

  static let availableInCypher25 = CauseText(
    code: "42I78", name: "unsupported procedure or function in language version",
    text:
      "The procedure or function is available in `CYPHER 25`. Consider changing the database default Cypher version using `ALTER DATABASE SET DEFAULT LANGUAGE` or prefix the query with `CYPHER 25`."
  ).link

  private func graphFunction(_ name: String, at offset: Int) -> Failure {
    syntaxError(
      "`\(name)` is only allowed at the first position of a USE clause.", at: offset,
      CauseText(
        code: "42N75", name: "invalid use of graph function",
        text:
          "A call to the graph function \(name)() is only allowed as the top-level argument of a USE clause."
      ))
  }

  func checkArity(
    _ call: FunctionCall, _ signatures: [FunctionSignature], at offset: Int
  ) throws(Failure) {
    let count = call.arguments.count
    guard let first = signatures.first, first.name != "exists", first.name != "timestamp" else {
      return
    }
    let isTrim = first.name == "trim"
    let least = isTrim ? 1 : signatures.map(\.minimumArity).min() ?? 0
    let most = isTrim ? 3 : signatures.map(\.arguments.count).max() ?? 0
    if count >= least && (count <= most || first.isVariadic) { return }
    let texts = signatures.map(\.callText).joined(separator: " or ")
    let cause = CauseText(
      code: "42I13", name: "invalid number of procedure or function arguments",
      text:
        "The procedure or function call does not provide the required number of arguments; expected \(count < least ? least : most) but got \(count). The procedure or function \(first.name)() has the signature: \(texts)."
    )
    if first.tellsArityAsCall {
      throw syntaxError(arityText(first, count), at: offset, cause)
    }
    let message =
      count < least
      ? "Insufficient parameters for function '\(call.name.text)'"
      : "Too many parameters for function '\(call.name.text)'"
    throw syntaxError(message, at: offset, cause)
  }

  private func arityText(_ signature: FunctionSignature, _ count: Int) -> String {
    let most = signature.arguments.count
    let types = signature.arguments.map(\.typeText).joined(separator: ", ")
    let arguments = most == 1 ? "1 argument" : "\(most) arguments"
    return """
      Function call does not provide the required number of arguments: expected \(most) got \(count).

      Function \(signature.name) has signature: \(signature.callText)
      meaning that it expects \(arguments) of type \(types)
      Description: \(signature.summary)
      """
  }
}

extension FunctionSignature {
  /// The signature as messages about numbers of arguments print it.
  fileprivate var callText: String {
    guard tellsArityAsCall else { return text }
    let inputs = arguments.map { argument in
      let standard = argument.defaultText.map { "  =  '\($0)'" } ?? ""
      return "\(argument.name)\(standard) :: \(argument.typeText)"
    }
    return "\(name)(\(inputs.joined(separator: ", "))) :: \(returnText)"
  }
}

/// What single functions do differently.
enum FunctionRules {
  /// Functions whose wrong arguments are told as those of operators.
  static let reportsAsOperand: Set<String> = ["head", "last", "tail"]
  /// Functions that tell wrong arguments only when they run.
  static let checksAtRunTime: Set<String> = ["point.distance", "point.withinBBox"]

  /// How the cause names an argument.
  static func place(of function: String, called name: String, _ index: Int) -> String {
    switch function {
    case "toBoolean": "argument of function \(name)()"
    case "toString": "argument to function \(name)()"
    case "trim": "argument at index 1 of function \(name)()"
    default: "argument at index \(index) of function \(name)()"
    }
  }
}
