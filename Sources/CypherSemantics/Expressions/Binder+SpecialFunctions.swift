import CypherSyntax
import Diagnostics
import QueryPlan

extension Binder {
  /// Functions that are more than a call: `exists`, `point` with a literal map, `size` of patterns.
  mutating func bindSpecialFunction(
    _ name: String, _ call: FunctionCall, _ span: SourceSpan
  ) throws(Failure) -> Typed? {
    switch name {
    case "exists": return try bindExists(call, span)
    case "size":
      if let argument = call.arguments.first, case .pattern(let pattern) = argument.kind,
        case .elements = pattern.kind
      {
        throw syntaxError(
          "A pattern expression should only be used in order to test the existence of a pattern. It can no longer be used inside the function size(), an alternative is to replace size() with COUNT {}.",
          at: argument.span.start,
          CauseText(
            code: "42I52", name: "no longer valid syntax",
            text:
              "A pattern expression should only be used in order to test the existence of a pattern. It can no longer be used inside the function size(), an alternative is to replace size() with COUNT {}."
          ))
      }
      return nil
    case "normalize": return try bindNormalize(call)
    case "timestamp": return try bindTimestamp(call)
    case "point":
      if let argument = call.arguments.first { try checkPointMap(argument) }
      return nil
    default: return nil
    }
  }

  /// `timestamp(x)` is another word for `datetime(x).epochMillis`.
  private mutating func bindTimestamp(_ call: FunctionCall) throws(Failure) -> Typed? {
    guard !call.arguments.isEmpty else { return nil }
    var arguments: [Bound.Expression] = []
    for argument in call.arguments { arguments.append(try bindExpression(argument)) }
    return Typed(
      .property(.function("datetime", arguments), key: "epochMillis"), .integer)
  }

  /// `property_exists(n, key)`: the second argument is a bare key.
  mutating func bindPropertyExists(_ call: FunctionCall) throws(Failure) -> Typed? {
    guard call.name.text.lowercased() == "property_exists", call.arguments.count == 2,
      case .variable(let key) = call.arguments[1].kind
    else { return nil }
    let first = call.arguments[0]
    if case .literal(let literal) = first.kind, literal.value == .null {
      throw undefinedVariable(source(first.span), at: first.span.start)
    }
    guard case .variable(let owner) = first.kind else { return nil }
    let entity = try bindVariable(owner)
    notes.use(property: key)
    return Typed(.isNotNull(.property(entity.expression, key: key.text)), .boolean)
  }

  /// The normal form is a bare word.
  private mutating func bindNormalize(_ call: FunctionCall) throws(Failure) -> Typed? {
    guard call.arguments.count == 2 else { return nil }
    let form = call.arguments[1]
    guard case .variable(let name) = form.kind,
      ["NFC", "NFD", "NFKC", "NFKD"].contains(name.text.uppercased())
    else {
      throw syntaxError(
        "Invalid normal form, expected NFC, NFD, NFKC, NFKD", at: form.span.start,
        CauseText(
          code: "42N49", name: "unsupported normal form",
          text: "Unknown Normal Form: \(source(form.span))."))
    }
    let text = try bind(call.arguments[0])
    try expectOperand(.string, text.type, call.arguments[0])
    return Typed(
      .function(
        "normalize",
        [text.expression, .literal(Bound.Literal(.string(name.text.uppercased())))]), .string)
  }

  private mutating func bindExists(
    _ call: FunctionCall, _ span: SourceSpan
  ) throws(Failure) -> Typed {
    guard let argument = call.arguments.first, call.arguments.count == 1 else {
      try checkExistsArity(call, at: span.start)
      return Typed(.literal(Bound.Literal(.null)), .boolean)
    }
    switch argument.kind {
    case .pattern(let pattern): return try bindPatternCondition(pattern)
    case .property, .index:
      let text =
        "The property existence syntax `... exists(variable.property)` is no longer supported. Please use `variable.property IS NOT NULL` instead."
      throw syntaxError(
        text, at: span.start, CauseText(code: "42I52", name: "no longer valid syntax", text: text))
    default:
      _ = try bind(argument)
      throw valueTypeError(
        "Argument to exists(...) is not a pattern", at: position(of: argument),
        "Invalid input 'argument' for exists. Expected to be pattern.")
    }
  }

  private func checkExistsArity(_ call: FunctionCall, at offset: Int) throws(Failure) {
    let word = call.arguments.isEmpty ? "Insufficient" : "Too many"
    throw syntaxError(
      "\(word) parameters for function '\(call.name.text)'", at: offset,
      CauseText(
        code: "42I13", name: "invalid number of procedure or function arguments",
        text:
          "The procedure or function call does not provide the required number of arguments; expected 1 but got \(call.arguments.count). The procedure or function exists() has the signature: exists(input :: ANY) :: BOOLEAN."
      ))
  }

  private func checkPointMap(_ argument: AST.Expression) throws(Failure) {
    guard case .map(let entries) = argument.kind else { return }
    let keys = entries.map(\.key.text)
    let names = Set(keys.map { $0 })
    let isCartesian = names.contains("x") && names.contains("y")
    let isGeographic = names.contains("latitude") && names.contains("longitude")
    if isCartesian || isGeographic { return }
    let quoted = keys.map { "'\($0)'" }
    let list: String
    if quoted.isEmpty {
      list = "nothing"
    } else if let last = quoted.last, quoted.count > 1 {
      list = quoted.dropLast().joined(separator: ", ") + " and " + last
    } else {
      list = quoted[0]
    }
    throw syntaxError(
      "A map with keys \(quoted.joined(separator: ", ")) is not describing a valid point, a point is described either by using cartesian coordinates e.g. {x: 2.3, y: 4.5, crs: 'cartesian'} or using geographic coordinates e.g. {latitude: 12.78, longitude: 56.7, crs: 'WGS-84'}.",
      at: argument.span.start,
      CauseText(
        code: "42I16", name: "invalid point",
        text:
          "Map with keys \(list) is not a valid POINT. Use either Cartesian or geographic coordinates."
      ))
  }
}
