import GraphStore
import Testing

@testable import CypherEngine

@Suite struct GeneratedSchemaNameTests {
  @Test(arguments: [
    (true, [], [], IndexKind.lookup, "index_460996c0"),
    (false, [], [], .lookup, "index_1b9dcc97"),
    (true, ["Unnamed"], ["x"], .range, "index_1cd0777d"),
  ]) func indexesAreNamedAsInTheOriginal(
    isNodes: Bool, labels: [String], properties: [String], kind: IndexKind, name: String
  ) {
    let names = GeneratedSchemaName(isNodes: isNodes, labels: labels, properties: properties)
    #expect(names.index(kind) == name)
  }

  @Test func constraintsAreNamedAsInTheOriginal() {
    let names = GeneratedSchemaName(
      isNodes: true, labels: ["odd label"], properties: ["odd key"])
    #expect(names.constraint(.unique) == "constraint_5c579751")
  }

  @Test func everyKindAndSchemaHasItsOwnName() {
    var names: Set<String> = []
    for isNodes in [true, false] {
      for properties in [["a"], ["b"], ["a", "b"], ["b", "a"]] {
        let schema = GeneratedSchemaName(isNodes: isNodes, labels: ["L"], properties: properties)
        for kind in IndexKind.allCases { names.insert(schema.index(kind)) }
        for kind in [ConstraintKind.unique, .key, .existence] {
          names.insert(schema.constraint(kind))
        }
      }
    }
    #expect(names.count == 2 * 4 * (IndexKind.allCases.count + 3))
  }
}
