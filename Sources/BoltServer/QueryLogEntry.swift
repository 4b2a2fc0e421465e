/// What a log says of a statement that has ended.
public struct QueryLogEntry: Sendable {
  /// The connection, such as `bolt-17`.
  public var connection: String
  /// Where the client is.
  public var peer: String
  /// The user's name; empty where nobody needs to say who they are.
  public var user: String
  /// What the client calls itself.
  public var agent: String
  /// The database it ran on.
  public var database: String
  /// Milliseconds from its start to its end.
  public var milliseconds: Int
  /// Its text; passwords are masked.
  public var statement: String
  /// The Neo4j code of its failure.
  public var failureCode: String?

  /// The text with every quoted text masked that stands in a statement about passwords.
  ///
  /// Parameters are never logged, so that what stands in quotes is all that could tell.
  static func masking(_ statement: String) -> String {
    guard mentionsPassword(statement) else { return statement }
    var masked = ""
    var quote: Character?
    var isEscaped = false
    for character in statement {
      guard let open = quote else {
        masked.append(character)
        if character == "'" || character == "\"" {
          quote = character
          masked += "******"
        }
        continue
      }
      if isEscaped {
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == open {
        masked.append(character)
        quote = nil
      }
    }
    return masked
  }

  private static func mentionsPassword(_ statement: String) -> Bool {
    let word = Array("password".utf8)
    var matched = 0
    for byte in statement.utf8 {
      let lower = byte >= 65 && byte <= 90 ? byte | 32 : byte
      if lower == word[matched] {
        matched += 1
        if matched == word.count { return true }
      } else {
        matched = lower == word[0] ? 1 : 0
      }
    }
    return false
  }
}
