import CypherRuntime
import Diagnostics
import GraphStore
import GraphValues
import QueryPlan

/// Rows of SHOW FUNCTIONS, PROCEDURES and SETTINGS, by column name.
struct CatalogueListings {
  let engine: GraphEngine

  // MARK: Functions and procedures

  func functions(_ filter: ShowListing.FunctionFilter?) -> [[String: Value]] {
    if filter == .userDefined { return [] }
    return FunctionCatalogue.all(isCypher25: false).map { function in
      [
        "name": .string(function.name), "category": .string(function.category.rawValue),
        "description": .string(function.summary), "signature": .string(function.text),
        "isBuiltIn": .boolean(true),
        "argumentDescription": .list(function.arguments.map(Self.description)),
        "returnDescription": .string(function.returnText),
        "aggregating": .boolean(function.isAggregating), "rolesExecution": .null,
        "rolesBoostedExecution": .null, "isDeprecated": .boolean(function.isDeprecated),
        "deprecatedBy": .null,
      ]
    }
  }

  func procedures() -> [[String: Value]] {
    engine.procedures.signatures.map { procedure in
      [
        "name": .string(procedure.name), "description": .string(procedure.summary),
        "mode": .string(procedure.mode.rawValue), "worksOnSystem": .boolean(!procedure.needsGraph),
        "signature": .string(Self.text(procedure)),
        "argumentDescription": .list(procedure.inputs.map(Self.description)),
        "returnDescription": .list(procedure.outputs.map(Self.description)),
        "admin": .boolean(procedure.isAdministrative), "rolesExecution": .null,
        "rolesBoostedExecution": .null,
        "isDeprecated": .boolean(procedure.replacement != nil),
        "deprecatedBy": procedure.replacement.map { .string($0) } ?? .null,
        "option": .map(MapValue([("deprecated", .boolean(procedure.replacement != nil))])),
      ]
    }
  }

  private static func description(_ field: ProcedureSignature.Field) -> Value {
    description(field.name, field.type.text, field.defaultText)
  }

  private static func description(_ argument: FunctionSignature.Argument) -> Value {
    description(argument.name, argument.typeText, argument.defaultText)
  }

  private static func description(_ name: String, _ type: String, _ given: String?) -> Value {
    var entries: [(String, Value)] = [
      ("name", .string(name)), ("description", .string("\(name) :: \(type)")),
      ("isDeprecated", .boolean(false)), ("type", .string(type)),
    ]
    if let given {
      let value = Self.unquoted(given)
      entries.append(("default", .string("DefaultParameterValue{value=\(value), type=\(type)}")))
    }
    return .map(MapValue(entries))
  }

  /// A default as it is listed: text without its quotes.
  private static func unquoted(_ text: String) -> String {
    text.count > 1 && text.hasPrefix("'") && text.hasSuffix("'")
      ? String(text.dropFirst().dropLast()) : text
  }

  private static func text(_ procedure: ProcedureSignature) -> String {
    func fields(_ fields: [ProcedureSignature.Field]) -> String {
      fields.map { field in
        let given = field.defaultText.map { " = \(Self.unquoted($0))" } ?? ""
        return "\(field.name)\(given) :: \(field.type.text)"
      }.joined(separator: ", ")
    }
    let call = "\(procedure.name)(\(fields(procedure.inputs)))"
    return procedure.outputs.isEmpty ? call : call + " :: (\(fields(procedure.outputs)))"
  }

  // MARK: Settings

  func settings(_ names: Value?) throws(Failure) -> [[String: Value]] {
    let wanted = try names.map { (names) throws(Failure) in Set(try names.texts()) }
    return engine.settings.filter { wanted?.contains($0.name) ?? true }.map { setting in
      [
        "name": .string(setting.name), "value": .string(setting.value),
        "isDynamic": .boolean(setting.isDynamic), "defaultValue": .string(setting.defaultValue),
        "description": .string(setting.summary), "startupValue": .string(setting.value),
        "isExplicitlySet": .boolean(setting.isExplicitlySet),
        "validValues": .string(setting.validValues), "isDeprecated": .boolean(false),
      ]
    }
  }
}
