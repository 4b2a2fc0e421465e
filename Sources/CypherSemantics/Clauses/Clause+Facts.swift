import CypherSyntax
import QueryPlan

extension AST.Clause {
  /// The clause's word in messages.
  var word: String {
    switch self {
    case .use: "USE GRAPH"
    case .match: "MATCH"
    case .unwind(let clause): clause.isFor ? "FOR" : "UNWIND"
    case .with: "WITH"
    case .returning: "RETURN"
    case .finish: "FINISH"
    case .letting: "LET"
    case .filter: "FILTER"
    case .orderAndPage(let clause):
      clause.order.isEmpty ? (clause.skip == nil ? "LIMIT" : "SKIP") : "ORDER BY"
    case .create(let clause): clause.isInsert ? "INSERT" : "CREATE"
    case .merge: "MERGE"
    case .set: "SET"
    case .remove: "REMOVE"
    case .delete: "DELETE"
    case .foreach: "FOREACH"
    case .callProcedure, .callSubquery: "CALL"
    case .loadCSV: "LOAD CSV"
    case .show: "SHOW"
    case .terminate: "TERMINATE"
    }
  }

  /// Whether it changes the graph by itself.
  var isUpdating: Bool {
    switch self {
    case .create, .merge, .set, .remove, .delete, .foreach: true
    default: false
    }
  }

  /// Whether its plan surely is an operator of its own on top of those before.
  var hasOwnOperator: Bool {
    switch self {
    case .match(let clause): clause.isOptional
    case .with(let clause):
      clause.predicate != nil || !clause.projection.order.isEmpty
        || clause.projection.items.contains { $0.alias != nil }
    case .use, .returning, .finish, .create, .show, .terminate: false
    default: true
    }
  }

  var mayStandInForeach: Bool { isUpdating }

  /// Whether it cuts the scope, so that reads may follow writes.
  var isHorizon: Bool {
    switch self {
    case .with, .returning, .finish: true
    default: false
    }
  }

  /// Whether it or a query inside of it changes the graph.
  func updates(_ procedures: any ProcedureCatalogue) -> Bool {
    switch self {
    case .callSubquery(let call): call.query.updates(procedures)
    case .callProcedure(let call):
      switch procedures.signature(named: call.procedure.text)?.mode {
      case .write, .schema: true
      default: false
      }
    default: isUpdating
    }
  }
}

extension AST.Query {
  /// The single queries in it, in the order of the text.
  var singles: [AST.SingleQuery] {
    switch kind {
    case .single(let query): [query]
    case .union(let first, let arms): first.singles + arms.flatMap { $0.query.singles }
    case .braced(let query): query.singles
    case .next(let parts): parts.flatMap(\.singles)
    case .conditional(let conditional):
      conditional.branches.flatMap { $0.query.singles } + (conditional.otherwise?.singles ?? [])
    }
  }

  /// Whether a clause in it changes the graph.
  func updates(_ procedures: any ProcedureCatalogue) -> Bool {
    singles.contains { $0.clauses.contains { $0.updates(procedures) } }
  }
}
