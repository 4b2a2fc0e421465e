import Diagnostics
import GraphStore
import GraphValues
import QueryPlan
import Testing

@testable import CypherRuntime

@Suite struct PathOperatorTests {
  var runner: PlanRunner
  let n: Slot
  let r: Slot
  let m: Slot
  let p: Slot

  init() throws {
    var runner = try PlanRunner()
    n = runner.slot("n", .node)
    r = runner.slot("r", .relationshipList)
    m = runner.slot("m", .node)
    p = runner.slot("p", .path)
    self.runner = runner
  }

  private var start: PlanNode {
    plan(.nodeByIDSeek(n, ids: .number(0), isList: false, isElementID: false), live: [n])
  }

  private func walk(
    _ minimum: Int, _ maximum: Int?, _ mode: VariableLength.Mode = .all,
    _ direction: Direction = .outgoing, isReversed: Bool = false
  ) -> PlanNode {
    let step = Expansion(from: n, relationship: r, to: m, direction: direction, types: ["T"])
    let length = VariableLength(
      range: HopRange(minimum: minimum, maximum: maximum), mode: mode, isReversed: isReversed)
    return plan(.varLengthExpand(step, length), start, live: [n, r, m])
  }

  @Test func walksRepeatNoRelationship() throws {
    #expect(
      try runner.run(walk(1, 2), [r, m]) == ["[r0],b", "[r0 r1],c", "[r4],c", "[r4 r2],d"])
    #expect(
      try runner.run(walk(0, 1, isReversed: true), [r, m]) == ["[],a", "[r0],b", "[r4],c"])
    #expect(try runner.run(walk(2, 2, isReversed: true), [r, m]) == ["[r1 r0],c", "[r2 r4],d"])
    // Two cycles through a: r0 r1 r2 r3 and r4 r2 r3 share r2 and r3.
    #expect(try runner.run(walk(1, nil), [r]).count == 10)
    #expect(try runner.run(walk(3, 1), [r]) == [])
  }

  @Test func prunesToDistinctEnds() throws {
    #expect(try runner.run(walk(1, nil, .pruning), [m]).sorted() == ["a", "b", "c", "d"])
    #expect(try runner.run(walk(0, 1, .pruning), [m]).sorted() == ["a", "b", "c"])
    #expect(try runner.run(walk(1, 2, .pruning, .both), [m]).sorted() == ["b", "c", "d"])
    #expect(try runner.run(walk(1, 3, .pruning, .both), [m]).sorted() == ["a", "b", "c", "d"])
    #expect(try runner.run(walk(2, 2, .pruning), [m]).sorted() == ["c", "d"])
  }

  private func shortest(
    to end: Int64, isAll: Bool, minimum: Int = 1, predicates: [Expression] = []
  ) -> PlanNode {
    let ends = plan(
      .apply, start,
      plan(.nodeByIDSeek(m, ids: .number(end), isList: false, isElementID: false), live: [m]),
      live: [n, m])
    let step = Expansion(from: n, relationship: r, to: m, direction: .outgoing, types: [])
    return plan(
      .shortestPath(
        ShortestPathSearch(
          expansion: step, range: HopRange(minimum: minimum, maximum: nil), hopPredicate: nil,
          path: p, isAll: isAll, predicates: predicates)), ends, live: [n, m, p, r])
  }

  @Test func findsShortestPaths() throws {
    #expect(try runner.run(shortest(to: 3, isAll: false), [p, r]) == ["a-c-d,[r4 r2]"])
    #expect(try runner.run(shortest(to: 3, isAll: true), [p]) == ["a-c-d"])
    #expect(try runner.run(shortest(to: 4, isAll: true), [p]) == [])
    #expect(try runner.run(shortest(to: 0, isAll: false, minimum: 0), [p]) == ["a"])
    let failure = #expect(throws: Failure.self) {
      try runner.run(shortest(to: 0, isAll: false), [p])
    }
    #expect(failure?.gqlStatus == "51N23")
    let isLong = Expression.comparison(
      .greater, .function("length", [.variable(p)]), .number(2))
    #expect(
      try runner.run(shortest(to: 3, isAll: false, predicates: [isLong]), [p]) == ["a-b-c-d"])
  }

  @Test mutating func repeatsQuantifiedPatterns() throws {
    let (x, s, y) = (
      runner.slot("x", .node), runner.slot("s", .relationship), runner.slot("y", .node)
    )
    let (xs, ss) = (runner.slot("xs"), runner.slot("ss"))
    var inner = PatternGraph()
    inner.nodes = [x, y]
    inner.relationships = [
      PatternRelationship(slot: s, left: x, right: y, direction: .outgoing, types: ["T"])
    ]
    let pattern = QuantifiedPattern(
      left: n, right: m, inner: inner, innerStart: x, innerEnd: y,
      range: HopRange(minimum: 1, maximum: 2),
      groups: [GroupVariable(inner: x, outer: xs), GroupVariable(inner: s, outer: ss)])
    let step = Expansion(from: x, relationship: s, to: y, direction: .outgoing, types: ["T"])
    let right = plan(
      .expandAll(step), plan(.argument([x]), live: [x]), live: [x, s, y])
    let root = plan(
      .repeatTrail(
        pattern, uniqueAgainst: [], innerRelationships: [s], isInto: false, isReversed: false),
      start, right, live: [n, m, xs, ss])
    #expect(
      try runner.run(root, [xs, ss, m]) == [
        "[a],[r0],b", "[a b],[r0 r1],c", "[a],[r4],c", "[a c],[r4 r2],d",
      ])
  }
}
