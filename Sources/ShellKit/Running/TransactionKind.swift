import GraphValues
import QuerySession

/// Who wants a transaction; told to the server, which shows it in `SHOW TRANSACTIONS`.
enum TransactionKind {
  /// A statement as the user has written it.
  static let direct = options("user-direct")
  /// What evaluates a parameter.
  static let transpiled = options("user-transpiled")
  /// What a command of the shell asks.
  static let action = options("user-action")

  private static func options(_ type: String) -> TransactionOptions {
    TransactionOptions(
      metadata: MapValue([
        ("app", .string("nacre_v\(ShellProgram.version)")), ("type", .string(type)),
      ]))
  }
}
