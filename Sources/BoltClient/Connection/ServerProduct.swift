import GraphValues

/// Which program answers, as far as its greeting tells; what else it says is never held against it.
enum ServerProduct: String, Sendable {
  case neo4j = "Neo4j"
  case memgraph = "Memgraph"
  case falkorDB = "FalkorDB"
  case unknown = "The server"

  /// Guesses from the greeting's metadata.
  init(greeting: MapValue) {
    guard case .string(let agent)? = greeting["server"] else {
      self = .unknown
      return
    }
    if agent.contains("Memgraph") {
      self = .memgraph
    } else if agent.contains("FalkorDB") || Self.looksLikeFalkorDB(agent, greeting) {
      self = .falkorDB
    } else if agent.hasPrefix("Neo4j/") {
      self = .neo4j
    } else {
      self = .unknown
    }
  }

  /// It calls itself a Neo4j that would send hints, which it does not, and counts no connections.
  private static func looksLikeFalkorDB(_ agent: String, _ greeting: MapValue) -> Bool {
    guard agent == "Neo4j/5.13.0", case .string(let id)? = greeting["connection_id"] else {
      return false
    }
    if case .map(let hints)? = greeting["hints"], !hints.isEmpty { return false }
    return id.utf8.count == 36 && id.count { $0 == "-" } == 4
  }

  /// Whether what a result has left can be dropped without being sent.
  var canDiscard: Bool { self != .falkorDB }

  /// Whether what is sent behind a statement that fails is passed over; only then may statements be
  /// sent ahead.
  var passesOverAfterFailures: Bool { self == .neo4j || self == .memgraph }

  /// Whether a statement that is to read only is refused when it writes; only then is it certain that
  /// one whose answer was lost has changed nothing.
  var heedsAccessMode: Bool { self == .neo4j }

  /// Whether GOODBYE does no harm: FalkorDB then answers the next connection nothing.
  var bearsGoodbye: Bool { self != .falkorDB }

  /// Whether a rolled-back transaction leaves nothing behind.
  var canRollBack: Bool { self != .falkorDB }

  /// Whether the first key of a statement's metadata, whatever it is, names the graph.
  var takesGraphFromFirstKey: Bool { self == .falkorDB }

  /// Whether parameters are pasted into the statement, and not faithfully.
  var pastesParameters: Bool { self == .falkorDB }

  /// Whether a statement behind EXPLAIN is carried out, writes included.
  var runsExplained: Bool { self == .falkorDB }

  /// Whether each statement of a transaction must say again where it runs.
  var forgetsGraphInTransactions: Bool { self == .falkorDB }
}
