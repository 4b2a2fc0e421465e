import CypherSyntax
import Diagnostics
import QueryPlan
import Testing

@testable import CypherSemantics

/// A catalogue of a few procedures.
struct FewProcedures: ProcedureCatalogue {
  func signature(named name: String) -> ProcedureSignature? {
    switch name {
    case "test.pairs":
      ProcedureSignature(
        name: name, inputs: [.init(name: "count", type: .integer, defaultText: "3")],
        outputs: [.init(name: "left", type: .integer), .init(name: "right", type: .string)])
    case "test.touch":
      ProcedureSignature(
        name: name, inputs: [.init(name: "node", type: .node)], outputs: [], mode: .write)
    default: nil
    }
  }
}

/// Parses and analyses a statement.
func analyse(
  _ text: String, parameters: [String: CypherType] = [:], literals: [Int] = []
) throws -> BoundStatement {
  let parsed = CypherParser.parse(text)
  if let failure = parsed.failures.first { throw failure }
  let statement = try #require(parsed.statement)
  return try SemanticAnalyser(procedures: FewProcedures()).analyse(
    statement, text: text, parameters: parameters, literalIndices: literals)
}

/// The failure of a statement that must not pass.
func failure(
  of text: String, parameters: [String: CypherType] = [:]
) -> Failure? {
  do {
    _ = try analyse(text, parameters: parameters)
    return nil
  } catch let failure as Failure {
    return failure
  } catch {
    return nil
  }
}

extension BoundStatement {
  /// The clauses of a query without UNION.
  var clauses: [QueryPlan.Clause] {
    if case .query(let query) = body { query.arms.first?.clauses ?? [] } else { [] }
  }

  /// The last projection.
  var projection: QueryPlan.Projection? {
    for clause in clauses.reversed() {
      if case .project(let projection) = clause { return projection }
    }
    return nil
  }

  /// The first pattern.
  var pattern: PatternGraph? {
    for clause in clauses {
      if case .match(let graph, _) = clause { return graph }
    }
    return nil
  }
}
