import CypherSyntax
import Diagnostics
import GraphStore

/// What the `system` database does not run: there are no graphs in it.
struct SystemRules {
  let text: String

  /// - Throws: When a statement without USE is not for `system`.
  func check(_ statement: Statement) throws(Failure) {
    switch statement.body {
    case .administration: return
    case .schema: throw notRecognised(statement)
    case .query(let query):
      let clauses = Self.clauses(of: query)
      if clauses.contains(where: { $0.isUse(ofOtherThan: Catalogue.systemName) }) { return }
      switch clauses.first(where: { !$0.isUse(ofOtherThan: "") }) {
      case .show(let show)?:
        guard show.subject.readsGraph else { return }
        throw notAllowed(source(show.span).uppercased())
      case .terminate?: return
      case .callProcedure?: break
      default:
        let words = clauses.compactMap(\.systemWord)
        throw words.isEmpty ? notRecognised(statement) : unsupported(words)
      }
      let words = clauses.compactMap(\.systemWord)
      if !words.isEmpty { throw unsupported(words) }
    }
  }

  private static func clauses(of query: Query) -> [CypherSyntax.Clause] {
    switch query.kind {
    case .single(let single): single.clauses
    case .union(let first, let arms): clauses(of: first) + arms.flatMap { clauses(of: $0.query) }
    case .braced(let inner): clauses(of: inner)
    case .next(let parts): parts.flatMap { clauses(of: $0) }
    case .conditional(let conditional): conditional.branches.flatMap { clauses(of: $0.query) }
    }
  }

  private func source(_ span: SourceSpan) -> String {
    String(decoding: Array(text.utf8)[span.start..<span.end], as: UTF8.self)
  }

  private static let rules =
    "The system database supports a restricted set of Cypher clauses. The supported clauses "
    + "include procedure calls (if the procedure is allowed), a subset of show and terminate "
    + "commands, and combinations of the two. 'YIELD' and 'RETURN' are also permitted when "
    + "combined with procedure calls, show, or terminate commands."

  private func unsupported(_ words: [String]) -> Failure {
    var seen: Set<String> = []
    let unique = words.filter { seen.insert($0).inserted }
    return failure(
      "The following unsupported clauses were used: \(unique.sorted().joined(separator: ", ")). \n"
        + "The system database supports a restricted set of Cypher clauses. The supported clause "
        + "structure for procedure calls is: CALL, YIELD, RETURN. YIELD and RETURN clauses are "
        + "optional. The order of the clauses is fixed and each can only occur once.",
      unique.sorted().joined(separator: ", "), Self.rules)
  }

  private func notAllowed(_ command: String) -> Failure {
    failure(
      "The following commands are not allowed on a system database: \(command).", command,
      Self.rules)
  }

  private func notRecognised(_ statement: Statement) -> Failure {
    let text =
      switch statement.body {
      case .query(let query): source(query.span)
      case .schema(let command): source(command.span)
      case .administration(let command): source(command.span)
      }
    return failure(
      "Not a recognised system command or procedure. This Cypher command can only be executed in a "
        + "user database: \(text)", text, nil)
  }

  private func failure(_ message: String, _ what: String, _ rules: String?) -> Failure {
    let rule = "syntax error or access rule violation - "
    let request = "'\(what)' is not allowed on the system database."
    var causes = [
      GQLCause(
        gqlStatus: "42N17", gqlDescription: rule + "unsupported request. " + request,
        message: request)
    ]
    if let rules {
      causes.append(
        GQLCause(
          gqlStatus: "42NA9", gqlDescription: rule + "system database rules. " + rules,
          message: rules))
    }
    return Failure(
      code: "Neo.ClientError.Statement.SemanticError", message: message, gqlStatus: "42001",
      gqlDescription: rule + "invalid syntax", causes: causes)
  }
}

extension ShowSubject {
  fileprivate var readsGraph: Bool {
    switch self {
    case .indexes, .constraints, .currentGraphType: true
    default: false
    }
  }
}

extension CypherSyntax.Clause {
  /// Whether it is USE of another database than the one named.
  fileprivate func isUse(ofOtherThan name: String) -> Bool {
    guard case .use(let use) = self else { return false }
    if case .name(let graph) = use.target { return graph.text.lowercased() != name }
    return true
  }

  /// The word of a clause that `system` does not run.
  fileprivate var systemWord: String? {
    switch self {
    case .use, .returning, .callProcedure, .show, .terminate: nil
    case .match(let match): match.isOptional ? "OPTIONAL MATCH" : "MATCH"
    case .unwind: "UNWIND"
    case .with: "WITH"
    case .finish: "FINISH"
    case .letting: "LET"
    case .filter: "FILTER"
    case .orderAndPage: "ORDER BY"
    case .create: "CREATE"
    case .merge: "MERGE"
    case .set: "SET"
    case .remove: "REMOVE"
    case .delete: "DELETE"
    case .foreach: "FOREACH"
    case .callSubquery: "CALL"
    case .loadCSV: "LOAD CSV"
    }
  }
}
