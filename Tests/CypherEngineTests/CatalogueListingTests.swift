import QuerySession
import Testing

@Suite struct CatalogueListingTests {
  @Test func proceduresWithoutColumnsPrintNone() async throws {
    let rows = try await Answers().rows(
      "SHOW PROCEDURES YIELD name, signature, worksOnSystem, admin "
        + "WHERE name IN ['db.awaitIndex', 'db.createLabel', 'dbms.listConfig'] "
        + "RETURN signature, worksOnSystem, admin ORDER BY name")
    #expect(
      rows[0] == [
        "'db.awaitIndex(indexName :: STRING, timeOutSeconds = 300 :: INTEGER)'", "true", "false",
      ])
    #expect(rows[1] == ["'db.createLabel(newLabel :: STRING)'", "false", "false"])
    #expect(rows[2][0].hasPrefix("'dbms.listConfig(searchString =  :: STRING) :: ("))
    #expect(rows[2][2] == "true")
  }

  @Test func argumentsOfFunctionsAreListed() async throws {
    let rows = try await Answers().rows(
      "SHOW FUNCTIONS YIELD name, argumentDescription AS a, isDeprecated AS d "
        + "WHERE name IN ['id', 'left'] RETURN [x IN a | x.name + ' ' + x.type], d ORDER BY name")
    #expect(
      rows == [
        ["['input NODE | RELATIONSHIP']", "true"],
        ["['original STRING', 'length INTEGER']", "false"],
      ])
  }

  @Test func replacedProceduresWorkAndAreToldOf() async throws {
    let answers = try Answers()
    let text =
      "CREATE (n:P) WITH n CALL db.create.setVectorProperty(n, 'emb', [1, 2.5]) YIELD node "
      + "RETURN node.emb AS e"
    let result = try await answers.session.run(StatementRequest(text))
    while try await result.next() != nil {}
    let notifications = try await result.summary().notifications
    #expect(notifications.first?.gqlStatus == "01N01")
    #expect(try await answers.rows("MATCH (n:P) RETURN n.emb") == [["[1.0, 2.5]"]])
    let newer = await answers.failureCode("CYPHER 25 " + text)
    #expect(newer == "Neo.ClientError.Procedure.ProcedureNotFound")
    try await answers.rows(
      "CALL db.index.vector.createNodeIndex('v', 'P', 'emb', 2, 'cosine')")
    #expect(
      try await answers.rows("SHOW VECTOR INDEXES YIELD name, labelsOrTypes, properties")
        == [["'v'", "['P']", "['emb']"]])
    let elsewhere = await answers.failureCode("CALL dbms.upgradeStatus()")
    #expect(elsewhere == "Neo.ClientError.Procedure.ProcedureCallFailed")
  }
}
