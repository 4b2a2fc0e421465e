import Diagnostics

extension Failure {
  /// A command that this edition does not have.
  static func unsupportedAdministration(_ text: String) -> Failure {
    let words = text.split(whereSeparator: \.isWhitespace).prefix(2).joined(separator: " ")
    return Failure(
      code: "Neo.ClientError.Statement.UnsupportedAdministrationCommand",
      message: "Unsupported administration command: \(text)", gqlStatus: "51N27",
      gqlDescription: edition(words.uppercased()))
  }

  private static func edition(_ what: String) -> String {
    "system configuration or operation exception - not supported in this edition. "
      + "'\(what)' is not supported in community edition."
  }

  /// A part of a command on a user that this edition does not have.
  static func notInThisEdition(_ action: String, _ name: String, _ what: String) -> Failure {
    Failure(
      code: "Neo.DatabaseError.Statement.ExecutionFailed",
      message: "Failed to \(action) the specified user '\(name)': \(what) is not available in "
        + "community edition.",
      gqlStatus: "51N27", gqlDescription: edition(what))
  }

  private static let syntaxRule = "syntax error or access rule violation"

  /// A failure of class 42 with one cause.
  static func invalidSyntax(
    _ title: String, _ message: String, _ status: String, _ name: String, _ text: String
  ) -> Failure {
    Failure(
      code: "Neo.ClientError.\(title)", message: message, gqlStatus: "42001",
      gqlDescription: syntaxRule + " - invalid syntax",
      causes: [
        GQLCause(
          gqlStatus: status,
          gqlDescription: "\(status.hasPrefix("22") ? "data exception" : syntaxRule) - \(name). "
            + text,
          message: text)
      ])
  }

  private static func invalidInput(
    _ message: String, _ what: String, _ status: String, _ name: String, _ text: String
  ) -> Failure {
    Failure(
      code: "Neo.ClientError.Statement.ArgumentError", message: message, gqlStatus: "22N05",
      gqlDescription: "data exception - input failed validation. Invalid input \(what).",
      causes: [
        GQLCause(
          gqlStatus: status, gqlDescription: "data exception - \(name). " + text, message: text)
      ])
  }

  // MARK: Databases

  /// `verb` is `create`, `alias` and so on go in `kind`.
  static func databaseExists(_ verb: String, _ name: String) -> Failure {
    invalidSyntax(
      "Database.ExistingDatabaseFound",
      "Failed to \(verb) the specified database '\(name)': Database already exists.", "42N11",
      "database already exists",
      "A database, alias, or composite database with the name `\(name)` already exists.")
  }

  static func databaseMissing(_ verb: String, _ name: String) -> Failure {
    invalidSyntax(
      "Database.DatabaseNotFound",
      "Failed to \(verb) the specified database '\(name)': Database does not exist.", "42N00",
      "graph reference not found",
      "A graph reference with the name `\(name)` was not found. Verify that the spelling is correct."
    )
  }

  static func aliasExists(_ name: String) -> Failure {
    invalidSyntax(
      "Statement.ArgumentError",
      "Failed to create the specified database alias '\(name)': Database alias already exists.",
      "42N11", "database already exists",
      "A database, alias, or composite database with the name `\(name)` already exists.")
  }

  static func aliasMissing(_ verb: String, _ name: String) -> Failure {
    invalidSyntax(
      "Database.DatabaseNotFound",
      "Failed to \(verb) the specified database alias '\(name)': Database alias does not exist.",
      "42N00", "graph reference not found",
      "A graph reference with the name `\(name)` was not found. Verify that the spelling is correct."
    )
  }

  static func hasAliases(_ name: String, _ aliases: [String]) -> Failure {
    let list = aliases.map { "`\($0)`" }.joined(separator: ", ")
    return invalidSyntax(
      "Statement.ArgumentError",
      "Failed to delete the specified database '\(name)': Database has one or more aliases. "
        + "Drop the aliases \(list) before dropping the database.", "42N82",
      "database alias in use",
      "The database `\(name)` has one or more aliases. Drop the aliases \(list) before dropping the "
        + "database.")
  }

  static func systemIsFixed(_ verb: String) -> Failure {
    Failure(
      code: "Neo.ClientError.Statement.ArgumentError",
      message: "Failed to \(verb) the specified database 'system': Not allowed to \(verb) system "
        + "database.",
      gqlStatus: "42N17",
      gqlDescription: syntaxRule
        + " - unsupported request. '\(verb.uppercased()) DATABASE' is not allowed on the system "
        + "database.")
  }

  static func databaseNameLength(_ name: String) -> Failure {
    let isShort = name.unicodeScalars.count < 3
    return invalidInput(
      "The provided database name must have a length between 3 and 63 characters.",
      "'\(name)' for database name", isShort ? "22N85" : "22N84",
      isShort ? "string too short" : "string too long",
      isShort
        ? "Expected the string to be at least 3 characters long."
        : "Expected the string to be no more than 63 characters long.")
  }

  static func databaseName(_ name: String, _ reason: String) -> Failure {
    invalidInput(
      "Database name '\(name)' \(reason).", "'\(name)' for database name", "22N82",
      "input contains invalid characters",
      "Input '\(name)' contains invalid characters for database name. Special characters may require "
        + "that the input is quoted using backticks.")
  }

  static func databaseOptions(_ message: String) -> Failure {
    invalidInput(
      message, "for OPTIONS", "22N04", "invalid input value",
      "Invalid input for OPTIONS. Expected 'existingData', 'storeFormat', 'txLogEnrichment'.")
  }

  // MARK: Users

  static func userExists(_ action: String, _ name: String, _ reason: String) -> Failure {
    invalidSyntax(
      "Statement.ArgumentError", "Failed to \(action): \(reason)", "42N12",
      "user already exists", "A user with the name `\(name)` already exists.")
  }

  static func userMissing(_ action: String, _ name: String, _ reason: String) -> Failure {
    invalidSyntax(
      "Statement.ArgumentError", "Failed to \(action): \(reason)", "42N09", "no such user",
      "A user with the name `\(name)` was not found. Verify that the spelling is correct.")
  }

  static func ownUser(_ verb: String, _ name: String) -> Failure {
    Failure(
      code: "Neo.ClientError.Statement.ArgumentError",
      message: "Failed to \(verb) the specified user '\(name)': Deleting yourself is not allowed.",
      gqlStatus: "42N99",
      gqlDescription: syntaxRule
        + " - cannot delete own user. Cannot delete the user record of the current user.")
  }

  static func ownStatus(_ name: String) -> Failure {
    Failure(
      code: "Neo.ClientError.Statement.ArgumentError",
      message:
        "Failed to alter the specified user '\(name)': Changing your own activation status is "
        + "not allowed.",
      gqlStatus: "42N98",
      gqlDescription: syntaxRule
        + " - cannot modify own user. Cannot modify the user record of the current user.")
  }

  static func userName(_ name: String) -> Failure {
    if name.isEmpty {
      return Failure(
        code: "Neo.ClientError.Statement.ArgumentError",
        message: "The provided username is empty.", gqlStatus: "22NB6",
        gqlDescription:
          "data exception - input empty. Invalid input. Username is not allowed to be "
          + "an empty string.")
    }
    return invalidInput(
      "Username '\(name)' contains illegal characters.\n"
        + "Use ascii characters that are not ',', ':' or whitespaces.",
      "'\(name)' for username", "22N82", "input contains invalid characters",
      "Input '\(name)' contains invalid characters for username. Special characters may require that "
        + "the input is quoted using backticks.")
  }

  static func passwordLength(_ minimum: Int) -> Failure {
    invalidInput(
      "A password must be at least \(minimum) characters.", "'***' for password", "22N85",
      "string too short", "Expected the string to be at least \(minimum) characters long.")
  }

  static var emptyPassword: Failure {
    Failure(
      code: "Neo.ClientError.Statement.ArgumentError", message: "A password cannot be empty.",
      gqlStatus: "22NB6",
      gqlDescription:
        "data exception - input empty. Invalid input. Password is not allowed to be an "
        + "empty string.")
  }

  static func samePassword(_ who: String) -> Failure {
    invalidInput(
      "\(who): Old password and new password cannot be the same.", "'***' for password", "22N89",
      "new password cannot be the same as the old password",
      "Expected the new password to be different from the old password.")
  }

  static func wrongOldPassword(_ name: String) -> Failure {
    Failure(
      code: "Neo.ClientError.Statement.ArgumentError",
      message:
        "User '\(name)' failed to alter their own password: Invalid principal or credentials.",
      gqlStatus: "42NFF",
      gqlDescription: syntaxRule
        + " - permission/access denied. Access denied, see the security logs for details.")
  }

  static var encryptedPassword: Failure {
    let form = "'<encryption-version>,<hash>,<salt>'"
    return invalidSyntax(
      "Statement.ArgumentError",
      "Incorrect format of encrypted password. Correct format is \(form).", "22N04",
      "invalid input value", "Invalid input '*' for password format. Expected '\(form)'.")
  }

  /// An engine without password hashing was asked for it.
  static var noPasswordHashing: Failure {
    Failure(
      code: "Neo.ClientError.Statement.NotSupported",
      message: "This engine was opened without password hashing, so that it can neither set nor "
        + "check passwords.")
  }

  /// A client whose user is no more.
  static var authorizationExpired: Failure {
    let text = "The authorization of this connection has expired: log in again."
    return Failure(
      code: "Neo.ClientError.Security.AuthorizationExpired", message: text, gqlStatus: "42NFF",
      gqlDescription: syntaxRule
        + " - permission/access denied. Access denied, see the security logs for details.",
      causes: [
        GQLCause(
          gqlStatus: "42NFE",
          gqlDescription: syntaxRule + " - authentication and authorization info expired. " + text,
          message: text)
      ])
  }

  /// A user who must choose another password first.
  static func credentialsExpired(_ database: String) -> Failure {
    let text =
      "The credentials you provided were valid, but must be changed before you can use this instance."
    return Failure(
      code: "Neo.ClientError.Security.CredentialsExpired",
      message: "ACCESS on database '\(database)' is not allowed.\n\n\(text) If this is the first "
        + "time you are using Neo4j, this is to ensure you are not using the default credentials in "
        + "production. If you are not using default credentials, you are getting this message "
        + "because an administrator requires a password change.\nTo change your password, issue an "
        + "`ALTER CURRENT USER SET PASSWORD FROM 'current password' TO 'new password'` statement "
        + "against the system database.",
      gqlStatus: "42NFF",
      gqlDescription: syntaxRule
        + " - permission/access denied. Access denied, see the security logs for details.",
      causes: [
        GQLCause(
          gqlStatus: "42NFD",
          gqlDescription: syntaxRule + " - credentials expired. " + text, message: text)
      ])
  }
}
