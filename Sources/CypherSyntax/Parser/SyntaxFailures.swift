import Diagnostics

/// The failures that reading a statement can end in, with the codes and words users search for.
enum SyntaxFailures {
  static let syntaxErrorCode = "Neo.ClientError.Statement.SyntaxError"
  static let syntaxDescription = "syntax error or access rule violation - invalid syntax"

  /// A syntax error of class 42001 with one cause.
  ///
  /// The condition is the cause's subcondition, such as `invalid input`; its text is the message
  /// where none is given.
  static func syntax(
    _ message: String, cause: String, condition: String, text: String? = nil
  ) -> Failure {
    let text = text ?? message
    return Failure(
      code: syntaxErrorCode, message: message, gqlStatus: "42001",
      gqlDescription: syntaxDescription,
      causes: [
        GQLCause(
          gqlStatus: cause,
          gqlDescription:
            "syntax error or access rule violation - \(condition). \(text)", message: text)
      ])
  }

  /// A token that does not fit.
  static func invalidInput(_ input: String, expected: [String]) -> Failure {
    let list = joined(expected)
    return syntax(
      "Invalid input '\(input)': expected \(list)", cause: "42I06", condition: "invalid input",
      text: "Invalid input '\(input)', expected: \(list).")
  }

  /// `a`, `a or b`, `a, b or c`.
  static func joined(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "end of input" }
    return items.dropLast().joined(separator: ", ") + " or " + last
  }

  /// What is added to a failure of a Cypher 5 statement that Cypher 25 understands.
  static let otherVersionCause = GQLCause(
    gqlStatus: "42I67",
    gqlDescription:
      "syntax error or access rule violation - unsupported language feature. \(otherVersionText)",
    message: otherVersionText)

  private static let otherVersionText =
    "The query is parsable in `CYPHER 25`, but it is run in `CYPHER 5`. Consider changing the database default Cypher version using `ALTER DATABASE SET DEFAULT LANGUAGE` or prefix the query with `CYPHER 25`."

  static func unclosedString() -> Failure {
    syntax(
      "Failed to parse string literal. The query must contain an even number of non-escaped quotes.",
      cause: "42I19", condition: "invalid string literal")
  }

  static func unclosedComment() -> Failure {
    syntax(
      "Failed to parse comment. A comment starting on `/*` must have a closing `*/`.",
      cause: "42I02", condition: "invalid comment",
      text:
        "Failed to parse comment. A comment starting with '/*' must also have a closing '*/'.")
  }

  static func brokenUnicodeEscape(_ input: String) -> Failure {
    let message =
      "Invalid input '\(input)': expected four hexadecimal digits specifying a unicode character"
    return syntax(
      message, cause: "42I47", condition: "parser error", text: "Parser Error: \(message).")
  }

  static func malformedNumber(_ literal: String, _ form: NumberForm) -> Failure {
    let (name, message): (String, String) =
      switch form {
      case .decimal: ("decimal integer", "invalid literal number")
      case .float: ("decimal double", "invalid literal number")
      case .hexadecimal:
        (
          "hex integer",
          literal.hasPrefix("0X")
            ? "The hex integer literal syntax `\(literal)` is no longer supported, please use `0x\(literal.dropFirst(2))` instead"
            : "invalid literal number"
        )
      case .octal:
        (
          "octal integer",
          literal.dropFirst().allSatisfy { ("0"..."7").contains($0) }
            ? "The octal integer literal syntax `\(literal)` is no longer supported, please use `0o\(literal.dropFirst())` instead"
            : "invalid literal number"
        )
      }
    return syntax(
      message, cause: "42I07", condition: "invalid integer literal",
      text: "The given \(name) literal '\(literal)' is invalid.")
  }

  static func numberTooLarge(_ literal: String, isFloat: Bool) -> Failure {
    Failure(
      code: syntaxErrorCode,
      message: isFloat ? "floating point number is too large" : "integer is too large",
      gqlStatus: "22003",
      gqlDescription:
        "data exception - numeric value out of range. The numeric value \(literal) is outside the required range."
    )
  }

  static func severalStatements(_ count: Int) -> Failure {
    var failure = syntax(
      "Expected exactly one statement per query but got: \(count)", cause: "42I15",
      condition: "invalid number of statements",
      text: "Expected exactly one statement per query but got: \(count).")
    failure.position = SourcePosition(offset: 0, line: 0, column: 0)
    return failure
  }

  static func emptyStatement() -> Failure {
    syntax(
      "Unexpected end of input: expected CYPHER, EXPLAIN, PROFILE or Query", cause: "42N45",
      condition: "unexpected end of input",
      text: "Unexpected end of input, expected 'CYPHER', 'EXPLAIN', 'PROFILE' or a query.")
  }

  static func oldSyntax(_ message: String) -> Failure {
    syntax(message, cause: "42I52", condition: "no longer valid syntax")
  }

  static func tooDeep(_ limit: Int) -> Failure {
    syntax(
      "The statement is nested too deeply: at most \(limit) levels are supported",
      cause: "42I06", condition: "invalid input",
      text: "The statement is nested more than \(limit) levels deep.")
  }

  static func tooManySteps(_ limit: Int) -> Failure {
    syntax(
      "The expression is too long: at most \(limit) operators in a row are supported",
      cause: "42I06", condition: "invalid input",
      text: "The expression has more than \(limit) operators in a row.")
  }

  static func tooLong() -> Failure {
    syntax(
      "The statement is too long: at most 2147483646 bytes are supported", cause: "42I06",
      condition: "invalid input", text: "The statement is longer than 2147483646 bytes.")
  }

  static func notUTF8() -> Failure {
    syntax(
      "Invalid input: the statement is not valid UTF-8", cause: "42I06",
      condition: "invalid input", text: "The statement is not valid UTF-8.")
  }
}

extension SyntaxFailures {
  static func quantifierWithoutWhere(_ word: String) -> Failure {
    syntax(
      "\(word)(...) requires a WHERE predicate", cause: "42N70",
      condition: "function without required WHERE clause",
      text: "The function \(word)() requires a WHERE clause.")
  }

  private static let allReduceSignatureText =
    "allReduce(accumulator :: VARIABLE = initial :: ANY, variable :: VARIABLE IN list :: LIST<ANY> | reducer :: ANY, predicate :: BOOLEAN) :: BOOLEAN"

  static func allReduceSignature() -> Failure {
    syntax(
      "Invalid syntax for the `allReduce` function. The function allReduce must have the signature \(allReduceSignatureText)",
      cause: "42I51", condition: "invalid call signature",
      text:
        "The procedure or function allReduce() must have the signature: \(allReduceSignatureText)."
    )
  }

  static func pathModeInside(_ mode: String, isQuantified: Bool) -> Failure {
    let place = isQuantified ? "quantified" : "parenthesized"
    return syntax(
      "Explicit path modes such as `\(mode)` are not supported within \(place) path patterns.",
      cause: "42N35",
      condition: "unsupported path selector or explicit path mode in path pattern",
      text:
        "The path selector or explicit path mode \(mode) is not supported within quantified or parenthesized path patterns."
    )
  }

  static func reduceWithoutStep() -> Failure {
    syntax(
      "reduce(...) requires '| expression' (an accumulation expression)", cause: "42N41",
      condition: "missing |-expression",
      text: "The reduce function requires a '| expression' after the accumulator.")
  }
}
