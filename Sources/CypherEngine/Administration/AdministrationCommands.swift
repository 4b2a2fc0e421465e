import Diagnostics
import GraphStore
import GraphValues
import QueryPlan

/// Runs commands on databases, aliases and users in a transaction on the `system` database.
struct AdministrationCommands {
  let engine: GraphEngine
  let list: CatalogueList
  let parameters: [String: Value]
  /// The name of the user who runs them.
  let actor: String

  /// Runs a command.
  ///
  /// - Returns: How many changes it made; none when IF [NOT] EXISTS left things as they were.
  func run(_ action: AdministrationAction) throws(Failure) -> Int {
    switch action {
    case .createDatabase(let name, let ifNotExists, let orReplace, let settings):
      return try createDatabase(try text(name).lowercased(), ifNotExists, orReplace, settings)
    case .dropDatabase(let name, let ifExists, let cascades, let dumps):
      return try dropDatabase(
        try text(name).lowercased(), ifExists, cascades: cascades, dumps: dumps)
    case .alterDatabase(let name, let ifExists, let settings):
      return try alterDatabase(try text(name).lowercased(), ifExists, settings)
    case .startDatabase(let name):
      return try setOnline(try text(name).lowercased(), true)
    case .stopDatabase(let name):
      return try setOnline(try text(name).lowercased(), false)
    case .createAlias(let name, let target, let ifNotExists, let orReplace):
      return try createAlias(
        try text(name).lowercased(), of: try text(target).lowercased(), ifNotExists, orReplace)
    case .alterAlias(let name, let ifExists, let target):
      return try alterAlias(
        try text(name).lowercased(), to: try text(target).lowercased(), ifExists)
    case .dropAlias(let name, let ifExists):
      return try dropAlias(try text(name).lowercased(), ifExists)
    case .createUser(let name, let ifNotExists, let orReplace, let change):
      return try createUser(try text(name), ifNotExists, orReplace, change)
    case .alterUser(let name, let ifExists, let change):
      return try alterUser(try text(name), ifExists, change)
    case .renameUser(let from, let to, let ifExists):
      return try renameUser(try text(from), to: try text(to), ifExists)
    case .dropUser(let name, let ifExists): return try dropUser(try text(name), ifExists)
    case .setOwnPassword(let old, let new):
      return try setOwnPassword(from: try text(old), to: try text(new))
    case .unsupported(let statement): throw .unsupportedAdministration(statement)
    }
  }

  /// A name, password or the like.
  func text(_ expression: Expression) throws(Failure) -> String {
    let value = try ConstantExpression.value(expression, parameters)
    guard case .string(let text) = value else {
      throw Failure(
        code: "Neo.ClientError.Statement.ParameterTypeError",
        message: "Expected a string, but got \(value.literal).")
    }
    return text
  }
}
