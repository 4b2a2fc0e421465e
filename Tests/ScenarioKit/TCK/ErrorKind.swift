import Diagnostics
import Foundation

/// An error as the TCK names it.
struct ErrorKind: Equatable, CustomStringConvertible {
  var type: String
  var phase: String
  var detail: String

  var description: String { "\(type) at \(phase): \(detail)" }

  /// Reads `a SyntaxError should be raised at compile time: UndefinedVariable`.
  init?(step: String) {
    let words = step.split(separator: " ").map(String.init)
    guard let should = words.firstIndex(of: "should"), should >= 1,
      words.dropFirst(should).starts(with: ["should", "be", "raised", "at"]),
      let colon = step.lastIndex(of: ":")
    else { return nil }
    type = words[should - 1]
    let phaseStart = step.range(of: "raised at ")
    phase = phaseStart.map { String(step[$0.upperBound..<colon]) } ?? ""
    detail = String(step[step.index(after: colon)...].drop { $0 == " " })
  }

  /// Whether a failure, raised in a phase, is of this kind.
  func matches(_ failure: Failure, isCompileTime: Bool) -> Bool {
    switch phase {
    case "compile time": guard isCompileTime else { return false }
    case "runtime": guard !isCompileTime else { return false }
    default: break
    }
    guard Self.types(of: failure).contains(type) else { return false }
    return detail == "*" || Self.details(of: failure).contains(detail)
  }

  private static func types(of failure: Failure) -> Set<String> {
    switch failure.code {
    case "Neo.ClientError.Statement.SyntaxError":
      // The TCK files some static checks under the name of the error that they would be at run time.
      failure.message.hasPrefix("Type mismatch") || failure.message.contains("not a valid argument")
        ? ["SyntaxError", "TypeError", "ArgumentError"] : ["SyntaxError"]
    case "Neo.ClientError.Statement.SemanticError": ["SemanticError"]
    case "Neo.ClientError.Statement.TypeError": ["TypeError", "ArgumentError"]
    case "Neo.ClientError.Statement.ArgumentError":
      ["ArgumentError", "SyntaxError", "TypeError"]
    case "Neo.ClientError.Statement.ArithmeticError": ["ArithmeticError"]
    case "Neo.ClientError.Statement.EntityNotFound": ["EntityNotFound"]
    case "Neo.ClientError.Statement.ParameterMissing": ["ParameterMissing"]
    case "Neo.ClientError.Procedure.ProcedureNotFound": ["ProcedureError"]
    case "Neo.ClientError.Schema.ConstraintValidationFailed":
      ["ConstraintValidationFailed", "ConstraintVerificationFailed"]
    default: []
    }
  }

  /// What a message says, in the TCK's words: prefix or part of the text, and the details it stands
  /// for.
  private static let phrases: [(part: String, details: Set<String>)] = [
    ("not defined", ["UndefinedVariable"]),
    (
      "it is not possible to access variables declared before",
      ["UndefinedVariable", "AmbiguousAggregationExpression"]
    ),
    ("not allowed to introduce new variables", ["UndefinedVariable"]),
    ("already declared", ["VariableAlreadyBound"]),
    ("defined with conflicting type", ["VariableTypeConflict", "VariableAlreadyBound"]),
    ("Coercion of list to boolean", ["InvalidArgumentType"]),
    ("A pattern expression should only be used", ["UnexpectedSyntax"]),
    ("Illegal aggregation expression", ["UndefinedVariable", "AmbiguousAggregationExpression"]),
    ("only supports a subset of Cypher types for storage", ["InvalidPropertyType"]),
    ("Type mismatch", ["InvalidArgumentType", "VariableTypeConflict"]),
    ("Unknown function", ["UnknownFunction"]),
    ("Insufficient parameters for", ["InvalidNumberOfArguments"]),
    ("Too many parameters for", ["InvalidNumberOfArguments"]),
    ("does not provide the required number of arguments", ["InvalidNumberOfArguments"]),
    ("provides too many arguments", ["InvalidNumberOfArguments"]),
    ("There is no procedure with the name", ["ProcedureNotFound"]),
    ("missing parentheses", ["InvalidArgumentPassingMode"]),
    ("Cannot use `YIELD *`", ["UnexpectedSyntax"]),
    ("does not support naming results implicitly", ["UnexpectedSyntax", "UndefinedVariable"]),
    ("Expected parameter(s)", ["MissingParameter"]),
    ("Invalid use of aggregating function", ["InvalidAggregation"]),
    ("Can't use aggregating expressions inside", ["InvalidAggregation"]),
    ("cannot take an aggregating function", ["InvalidAggregation"]),
    ("Cannot use aggregation in ORDER BY", ["InvalidAggregation"]),
    ("Can't use aggregate functions inside of aggregate", ["NestedAggregation"]),
    ("Can't use non-deterministic", ["NonConstantExpression"]),
    ("It is not allowed to refer to variables in", ["NonConstantExpression"]),
    ("implicit grouping expressions", ["AmbiguousAggregationExpression"]),
    ("Multiple result columns with the same name", ["ColumnNameConflict"]),
    ("must be aliased", ["NoExpressionAlias"]),
    ("no variables in scope", ["NoVariablesInScope"]),
    ("must have the same return column names", ["DifferentColumnsInUnion"]),
    ("Invalid combination of UNION", ["InvalidClauseComposition"]),
    ("cannot contain any updates", ["InvalidClauseComposition"]),
    ("WITH is required between", ["InvalidClauseComposition"]),
    ("Exactly one relationship type", ["NoSingleRelationshipType"]),
    ("A single relationship type", ["NoSingleRelationshipType"]),
    ("Only directed relationships", ["RequiresDirectedRelationship"]),
    ("Variable length relationships cannot be used", ["CreatingVarLength"]),
    ("Parameter maps cannot be used", ["InvalidParameterUse"]),
    ("doesn't support removing labels", ["InvalidDelete"]),
    ("integer is too large", ["IntegerOverflow"]),
    ("floating point number is too large", ["FloatingPointOverflow"]),
    ("invalid literal number", ["InvalidNumberLiteral"]),
    ("four hexadecimal digits", ["InvalidUnicodeLiteral"]),
    ("Must be a non-negative integer", ["NegativeIntegerArgument", "InvalidArgumentType"]),
    ("Don't know how to treat that as a predicate", ["InvalidArgumentType"]),
    ("Cannot access a list", ["InvalidArgumentType", "ListElementAccessByNonInteger"]),
    ("Cannot access a map", ["MapElementAccessByNonString", "InvalidArgumentType"]),
    ("is not a collection or a map", ["InvalidArgumentType", "InvalidElementAccess"]),
    ("Invalid input for function", ["InvalidArgumentValue", "InvalidArgumentType"]),
    ("Property values can only be", ["InvalidPropertyType"]),
    ("Collections containing", ["InvalidPropertyType"]),
    ("cannot be zero", ["NumberOutOfRange"]),
    ("must be a number in the range", ["NumberOutOfRange"]),
    ("has been deleted in this transaction", ["DeletedEntityAccess"]),
    ("because it still has relationships", ["DeleteConnectedNode"]),
    ("because of null property value", ["MergeReadOwnWrites"]),
    ("expected a map", ["InvalidArgumentType"]),
    ("Invalid argument, cannot process", ["InvalidArgumentType", "InvalidArgumentValue"]),
  ]

  private static func details(of failure: Failure) -> Set<String> {
    var details: Set<String> = []
    for phrase in phrases where failure.message.contains(phrase.part) {
      details.formUnion(phrase.details)
    }
    guard failure.message.hasPrefix("Invalid input '") else { return details }
    details.insert("UnexpectedSyntax")
    details.insert("InvalidRelationshipPattern")
    let token = failure.message.dropFirst("Invalid input '".count)
    if let first = token.unicodeScalars.first, first.value > 127 {
      details.insert("InvalidUnicodeCharacter")
    }
    if let first = token.unicodeScalars.first, ("0"..."9").contains(first) {
      details.insert("InvalidNumberLiteral")
    }
    return details
  }
}
