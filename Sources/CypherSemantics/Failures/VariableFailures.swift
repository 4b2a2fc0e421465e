import Diagnostics

// What can be wrong with variables.

extension Binder {
  func undefinedVariable(_ name: String, at offset: Int) -> Failure {
    syntaxError(
      at: offset, "42N62", "variable not defined", "Variable `\(name)` not defined.")
  }

  func alreadyDeclared(_ name: String, at offset: Int) -> Failure {
    syntaxError(
      at: offset, "42N59", "variable already defined", "Variable `\(name)` already declared.")
  }

  func declaredInOuterScope(_ name: String, at offset: Int) -> Failure {
    syntaxError(
      "Variable `\(name)` already declared in outer scope", at: offset, shadowing(name))
  }

  func shadowsOuterVariable(_ name: String, at offset: Int) -> Failure {
    syntaxError(
      "The variable `\(name)` is shadowing a variable with the same name from the outer scope and needs to be renamed",
      at: offset, shadowing(name))
  }

  private func shadowing(_ name: String) -> CauseText {
    CauseText(
      code: "42N07", name: "variable shadowing",
      text:
        "The variable `\(name)` is shadowing a variable with the same name from the outer scope and needs to be renamed."
    )
  }

  func conflictingType(
    of name: String, _ actual: StaticType, expected: StaticType, at offset: Int
  ) -> Failure {
    valueTypeError(
      "Type mismatch: \(name) defined with conflicting type \(actual.messageActual) (expected \(expected.messageNames))",
      at: offset,
      "Invalid input '\(actual.causeActual)' for \(name). Expected to be \(expected.causeNames).")
  }

  func lostByProjection(_ name: String, in clause: String, at offset: Int) -> Failure {
    syntaxError(
      "In a WITH/RETURN with DISTINCT or an aggregation, it is not possible to access variables declared before the WITH/RETURN: \(name)",
      at: offset,
      CauseText(
        code: "42N44", name: "inaccessible variable",
        text:
          "It is not possible to access the variable `\(name)` declared before the \(clause) clause when using `DISTINCT` or an aggregation."
      ))
  }

  func patternIntroduces(_ name: String, at offset: Int) -> Failure {
    syntaxError(
      "PatternExpressions are not allowed to introduce new variables: '\(name)'.", at: offset,
      CauseText(
        code: "42N29", name: "unbound variables in pattern expression",
        text: "Pattern expressions are not allowed to introduce new variables: `\(name)`."))
  }
}
