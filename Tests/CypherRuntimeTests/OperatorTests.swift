import Diagnostics
import GraphStore
import GraphValues
import QueryPlan
import Testing

@testable import CypherRuntime

@Suite struct OperatorTests {
  var runner: PlanRunner

  init() throws { runner = try PlanRunner() }

  @Test mutating func scansFilterAndProject() throws {
    let (n, k) = (runner.slot("n", .node), runner.slot("k"))
    let scan = plan(.nodeByLabelScan(n, label: "Q"), live: [n])
    let project = plan(
      .projection([.init(slot: k, expression: .property(.variable(n), key: "k"))]), scan,
      live: [n, k])
    let filter = plan(
      .filter([.comparison(.greater, .variable(k), .number(4))]), project, live: [n, k])
    #expect(try runner.run(filter, [n, k]) == ["e,5", "f,6"])
  }

  @Test mutating func expandsInAllDirections() throws {
    let (n, r, m) = (runner.slot("n", .node), runner.slot("r"), runner.slot("m", .node))
    func expand(_ direction: Direction, _ types: [String]) -> PlanNode {
      plan(
        .expandAll(
          Expansion(from: n, relationship: r, to: m, direction: direction, types: types)),
        plan(.allNodesScan(n), live: [n]), live: [n, r, m])
    }
    #expect(
      try runner.run(expand(.outgoing, ["T"]), [n, r, m]) == [
        "a,r0,b", "a,r4,c", "b,r1,c", "c,r2,d", "d,r3,a",
      ])
    #expect(
      try runner.run(expand(.both, ["U"]), [n, r, m]).sorted() == [
        "e,r5,e", "e,r6,f", "f,r6,e",
      ])
    #expect(try runner.run(expand(.incoming, ["X"]), [n, r, m]) == [])
  }

  @Test mutating func applyPassesLeftColumnsOn() throws {
    let (i, n, m) = (runner.slot("i"), runner.slot("n", .node), runner.slot("m", .node))
    let r = runner.slot("r")
    let root = plan(.argument([]), live: [])
    let left = plan(.unwind(.numbers(2, 3, 2), i), root, live: [i])
    let scan = plan(.allNodesScan(n), live: [i, n])
    let right = plan(
      .filter([.comparison(.equal, .property(.variable(n), key: "k"), .variable(i))]), scan,
      live: [n])
    let step = Expansion(from: n, relationship: r, to: m, direction: .outgoing, types: [])
    let apply = plan(.apply, left, right, live: [i, n])
    let expand = plan(.expandAll(step), apply, live: [i, n, m])
    #expect(try runner.run(expand, [i, n, m]) == ["2,b,c", "3,c,d", "2,b,c"])
    let limited = plan(.limit(.number(1)), scan, live: [n])
    let perRow = plan(.apply, left, limited, live: [i, n])
    #expect(try runner.run(perRow, [i, n]) == ["2,a", "3,a", "2,a"])
  }

  @Test mutating func optionalKeepsArguments() throws {
    let (i, n) = (runner.slot("i"), runner.slot("n", .node))
    let left = plan(
      .unwind(.numbers(6, 7), i), plan(.argument([]), live: []), live: [i])
    let scan = plan(.allNodesScan(n), live: [i, n])
    let found = plan(
      .filter([.comparison(.equal, .property(.variable(n), key: "k"), .variable(i))]), scan,
      live: [n])
    let optional = plan(.optional(nulls: [n]), found, live: [n])
    #expect(
      try runner.run(plan(.apply, left, optional, live: [i, n]), [i, n]) == ["6,f", "7,null"])
    let semi = plan(.semiApply(isNegated: true), left, found, live: [i])
    #expect(try runner.run(semi, [i]) == ["7"])
  }

  @Test mutating func groupsByEquivalence() throws {
    let (x, g, c, s) = (runner.slot("x"), runner.slot("g"), runner.slot("c"), runner.slot("s"))
    let values: Expression = .list([
      .number(1), .literal(Literal(.float((1.0).bitPattern))), .null, .text("a"), .number(1),
      .null, .text("a"),
    ])
    let rows = plan(.unwind(values, x), plan(.argument([]), live: []), live: [x])
    let group = plan(
      .eagerAggregation(
        grouping: [.init(slot: g, expression: .variable(x))],
        aggregates: [
          .init(slot: c, call: AggregateCall(.countAll, arguments: [])),
          .init(
            slot: s, call: AggregateCall(.collect, isDistinct: true, arguments: [.variable(x)])),
        ]), rows, live: [g, c, s])
    #expect(try runner.run(group, [g, c, s]) == ["1,3,[1]", "null,2,[]", "'a',2,['a']"])
    let distinct = plan(
      .distinct([.init(slot: g, expression: .variable(x))]), rows, live: [g])
    #expect(try runner.run(distinct, [g]) == ["1", "null", "'a'"])
  }

  @Test(
    arguments: [
      (AggregateFunction.sum, [1, 2, 3], "6"), (.average, [1, 2], "1.5"), (.minimum, [3, 1], "1"),
      (.maximum, [3, 1], "3"), (.count, [3, 1], "2"),
      (.sum, [Int64.max, 1], "9.223372036854776E18"),
      (.sampleDeviation, [1, 3], "1.4142135623730951"), (.populationDeviation, [1, 3], "1.0"),
      (.sum, [], "0"), (.average, [], "null"), (.collect, [], "[]"),
    ] as [(AggregateFunction, [Int64], String)])
  mutating func aggregates(function: AggregateFunction, values: [Int64], expected: String) throws {
    let (x, a) = (runner.slot("x"), runner.slot("a"))
    let list = Expression.list(values.map { .number($0) })
    let rows = plan(.unwind(list, x), plan(.argument([]), live: []), live: [x])
    let root = plan(
      .eagerAggregation(
        grouping: [],
        aggregates: [.init(slot: a, call: AggregateCall(function, arguments: [.variable(x)]))]),
      rows, live: [a])
    #expect(try runner.run(root, [a]) == [expected])
  }

  @Test(arguments: [
    (AggregateFunction.percentileDiscrete, 0.5, "20"), (.percentileContinuous, 0.5, "25.0"),
    (.percentileContinuous, 0.0, "10"), (.percentileDiscrete, 1.0, "40"),
  ])
  mutating func percentiles(function: AggregateFunction, p: Double, expected: String) throws {
    let (x, a) = (runner.slot("x"), runner.slot("a"))
    let rows = plan(
      .unwind(.numbers(30, 10, 40, 20), x), plan(.argument([]), live: []), live: [x])
    let call = AggregateCall(
      function, arguments: [.variable(x), .literal(Literal(.float(p.bitPattern)))])
    let root = plan(
      .eagerAggregation(grouping: [], aggregates: [.init(slot: a, call: call)]), rows, live: [a])
    #expect(try runner.run(root, [a]) == [expected])
  }

  @Test(arguments: [2, 30, 700, 1_500])
  mutating func sortsRunsOfEqualKeys(length: Int) throws {
    let (x, y) = (runner.slot("x"), runner.slot("y"))
    let last = 5 * length - 1
    let numbers = plan(
      .unwind(.function("range", [.number(0), .number(Int64(last))]), y),
      plan(.argument([]), live: []), live: [y])
    // Runs of equal length, whose other key falls.
    let rows = plan(
      .projection([
        .init(slot: x, expression: .arithmetic(.divide, .variable(y), .number(Int64(length))))
      ]), numbers, live: [x, y])
    let keys = [SortKey(slot: x, isDescending: false), SortKey(slot: y, isDescending: true)]
    let all = (0...last).map {
      "\($0 / length),\($0 / length * length + length - 1 - $0 % length)"
    }
    let whole = plan(.partialSort(keys, sorted: 1, limit: nil), rows, live: [x, y])
    #expect(try runner.run(whole, [x, y]) == all)
    for limit in [0, 1, length, length + 1, last, last + 9] {
      let top = plan(
        .partialSort(keys, sorted: 1, limit: .number(Int64(limit))), rows, live: [x, y])
      #expect(try runner.run(top, [x, y]) == Array(all.prefix(limit)))
    }
    let distinct = plan(
      .orderedDistinct(.init(slot: x, expression: .variable(x))), rows, live: [x])
    #expect(try runner.run(distinct, [x]) == ["0", "1", "2", "3", "4"])
  }

  @Test mutating func sortsAllTypesAndKeepsTheTop() throws {
    let x = runner.slot("x")
    let list: Expression = .list([.number(3), .null, .text("a"), .yes, .number(-1)])
    let rows = plan(.unwind(list, x), plan(.argument([]), live: []), live: [x])
    let ascending = [SortKey(slot: x, isDescending: false)]
    let sorted = ["'a'", "true", "-1", "3", "null"]
    #expect(try runner.run(plan(.sort(ascending), rows, live: [x]), [x]) == sorted)
    let descending = [SortKey(slot: x, isDescending: true)]
    #expect(
      try runner.run(plan(.sort(descending), rows, live: [x]), [x]) == sorted.reversed())
    #expect(
      try runner.run(plan(.top(ascending, limit: .number(2)), rows, live: [x]), [x])
        == ["'a'", "true"])
    let many = plan(
      .unwind(.function("range", [.number(1), .number(20_000)]), x),
      plan(.argument([]), live: []), live: [x])
    #expect(
      try runner.run(plan(.top(descending, limit: .number(3)), many, live: [x]), [x])
        == ["20000", "19999", "19998"])
    let page = plan(
      .limit(.number(2)), plan(.skip(.number(1_500)), many, live: [x]), live: [x])
    #expect(try runner.run(page, [x]) == ["1501", "1502"])
  }

  @Test mutating func joinsAndMultiplies() throws {
    let (x, y) = (runner.slot("x"), runner.slot("y"))
    let left = plan(
      .unwind(.list([.number(1), .null, .number(2), .number(2)]), x),
      plan(.argument([]), live: []), live: [x])
    let right = plan(
      .unwind(.list([.number(2), .null, .number(3), .number(2)]), y),
      plan(.argument([]), live: []), live: [y])
    let join = plan(.valueHashJoin(.variable(x), .variable(y)), left, right, live: [x, y])
    #expect(try runner.run(join, [x, y]) == ["2,2", "2,2", "2,2", "2,2"])
    let product = plan(.cartesianProduct, left, right, live: [x, y])
    #expect(try runner.run(product, [x, y]).count == 16)
    let z = runner.slot("z")
    let union = plan(.union(left: [x], right: [y], into: [z]), left, right, live: [z])
    #expect(
      try runner.run(union, [z]) == ["1", "null", "2", "2", "2", "null", "3", "2"])
  }

  @Test mutating func memoryIsBounded() throws {
    let (x, y) = (runner.slot("x"), runner.slot("y"))
    runner.memoryLimitBytes = 100_000
    let many = plan(
      .unwind(.function("range", [.number(1), .number(1_000_000)]), x),
      plan(.argument([]), live: []), live: [x])
    let sort = plan(.sort([SortKey(slot: x, isDescending: true)]), many, live: [x])
    let collect = plan(
      .eagerAggregation(
        grouping: [],
        aggregates: [.init(slot: y, call: AggregateCall(.collect, arguments: [.variable(x)]))]),
      many, live: [y])
    for root in [sort, collect] {
      let failure = #expect(throws: Failure.self) { try runner.run(root, [x]) }
      #expect(failure?.code == "Neo.TransientError.General.MemoryPoolOutOfMemoryError")
    }
  }
}
