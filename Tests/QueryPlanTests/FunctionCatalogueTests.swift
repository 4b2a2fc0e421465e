import Testing

@testable import QueryPlan

@Suite struct FunctionCatalogueTests {
  @Test func namesIgnoreLetterCase() {
    #expect(FunctionCatalogue.canonicalName(of: "TOUPPER") == "toUpper")
    #expect(FunctionCatalogue.canonicalName(of: "nosuch") == nil)
  }

  @Test func overloadsAndDefaultsAreParsed() {
    let round = FunctionCatalogue.signatures(of: "round", isCypher25: false)
    #expect(round.map(\.arguments.count) == [1, 2, 3])
    #expect(round[1].arguments[1].type == .number)
    #expect(round[1].returnType == .float)
    let truncate = FunctionCatalogue.signatures(of: "date.truncate", isCypher25: false)
    #expect(truncate[0].minimumArity == 1)
    #expect(truncate[0].arguments.map(\.name) == ["unit", "input", "fields"])
    #expect(truncate[0].arguments[2].defaultText == "null")
    let abs = FunctionCatalogue.signatures(of: "abs", isCypher25: false)
    #expect(abs[0].returnText == "INTEGER | FLOAT")
    #expect(abs[0].arguments[0].accepted == [.float, .integer])
  }

  @Test func languagesDiffer() {
    #expect(FunctionCatalogue.signatures(of: "coll.sort", isCypher25: false).isEmpty)
    #expect(FunctionCatalogue.signatures(of: "coll.sort", isCypher25: true).count == 1)
    #expect(FunctionCatalogue.signatures(of: "date", isCypher25: false).count == 1)
    #expect(FunctionCatalogue.signatures(of: "date", isCypher25: true)[0].arguments.count == 2)
  }

  @Test func everySignatureParses() {
    for signature in FunctionCatalogue.all(isCypher25: true) {
      #expect(!signature.returnText.isEmpty, "\(signature.text)")
      #expect(signature.arguments.allSatisfy { !$0.name.isEmpty && !$0.typeText.isEmpty })
      #expect(signature.summary.hasSuffix("."))
    }
    #expect(FunctionCatalogue.all(isCypher25: false).count == 143)
  }
}
