import Testing

@testable import CypherPlanner

@Suite struct ItemOrderTests {
  @Test(arguments: [
    (["d", "c", "b", "a"], ["d", "c", "b", "a"]),
    (["a", "b", "c", "d", "e", "f"], ["e", "d", "b", "f", "a", "c"]),
    (["p.name", "p.born + 1", "u", "l", "m"], ["p.name", "l", "m", "p.born + 1", "u"]),
  ]) func moreThanFourItemsStandByTheHashesOfTheirNames(names: [String], wanted: [String]) {
    #expect(ItemOrder.places(of: names).map { names[$0] } == wanted)
  }

  @Test func everyItemStandsOnce() {
    let names = (0..<2_000).map { "n\($0)" } + ["Aa", "BB"]
    #expect(Set(ItemOrder.places(of: names)) == Set(names.indices))
    #expect(ItemOrder.places(of: names).count == names.count)
  }
}
