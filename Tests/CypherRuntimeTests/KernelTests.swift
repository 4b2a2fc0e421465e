import Diagnostics
import GraphValues
import QueryPlan
import Testing

@testable import CypherRuntime

@Suite struct KernelTests {
  private static let division = Expression.comparison(
    .equal, .arithmetic(.divide, .number(1), .number(0)), .number(1))

  /// Evaluates with `x` as 1, 2, 3 and null in turn.
  private func check(_ make: (Slot, inout PlanRunner) -> Expression, _ expected: [String]) throws {
    var runner = try PlanRunner()
    let x = runner.slot("x")
    let expression = make(x, &runner)
    let y = runner.slot("y")
    let rows = plan(
      .unwind(.list([.number(1), .number(2), .number(3), .null]), x),
      plan(.argument([]), live: []), live: [x])
    let root = plan(
      .projection([.init(slot: y, expression: expression)]), rows, live: [y])
    #expect(try runner.run(root, [y]) == expected)
  }

  @Test func decidingOperandsHideFailures() throws {
    try check({ _, _ in .and([Self.division, .no]) }, ["false", "false", "false", "false"])
    try check({ _, _ in .or([Self.division, .yes]) }, ["true", "true", "true", "true"])
    #expect(throws: Failure.self) { try check({ _, _ in .and([.null, Self.division]) }, []) }
    try check(
      { x, _ in
        .and([
          .comparison(.notEqual, .variable(x), .number(2)),
          .comparison(.less, .variable(x), .number(3)),
        ])
      }, ["true", "false", "false", "null"])
  }

  @Test func branchesAreLazy() throws {
    try check(
      { x, _ in
        .caseWhen(
          [
            CaseAlternative(when: .comparison(.equal, .variable(x), .number(1)), then: .number(10)),
            CaseAlternative(when: .isNull(.variable(x)), then: .text("none")),
            CaseAlternative(when: .no, then: Self.division),
          ], otherwise: .variable(x))
      }, ["10", "2", "3", "'none'"])
  }

  @Test func coalesceIsLazy() throws {
    try check(
      { x, _ in .function("coalesce", [.variable(x), .number(9)]) }, ["1", "2", "3", "9"])
  }

  @Test func localVariablesShadowNothing() throws {
    try check(
      { x, runner in
        let e = runner.slot("e")
        return .listComprehension(
          e, list: .numbers(1, 2, 3),
          predicate: .comparison(.greaterOrEqual, .variable(e), .variable(x)),
          projection: .arithmetic(.multiply, .variable(e), .number(10)))
      }, ["[10 20 30]", "[20 30]", "[30]", "[]"])
    try check(
      { x, runner in
        let (a, e) = (runner.slot("a"), runner.slot("e"))
        return .reduce(
          accumulator: a, initial: .number(0), e, list: .numbers(1, 2, 3),
          step: .arithmetic(
            .add, .variable(a), .arithmetic(.multiply, .variable(e), .variable(x))))
      }, ["6", "12", "18", "null"])
    try check(
      { x, runner in
        let e = runner.slot("e")
        return .quantifier(
          .any, e, list: .numbers(2, 0),
          predicate: .comparison(
            .equal, .arithmetic(.modulo, .number(4), .variable(e)), .number(0)))
      }, ["true", "true", "true", "true"])
  }

  @Test func arithmeticKeepsTypes() throws {
    try check(
      { x, _ in .arithmetic(.add, .variable(x), .text("!")) },
      ["'1!'", "'2!'", "'3!'", "null"])
    try check(
      { x, _ in .arithmetic(.divide, .number(7), .variable(x)) }, ["7", "3", "2", "null"])
    try check(
      { x, _ in .membership(.variable(x), list: .numbers(1, 3)) },
      [
        "true", "false", "true", "null",
      ])
    #expect(throws: Failure.self) {
      try check({ x, _ in .arithmetic(.add, .variable(x), .number(Int64.max)) }, [])
    }
  }
}
