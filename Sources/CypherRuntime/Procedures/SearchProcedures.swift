import Diagnostics
import GraphStore
import GraphValues
import QueryPlan

/// Procedures that ask full-text and vector indexes.
enum SearchProcedures {
  static let all: [Procedure] = [
    Procedure(
      "db.index.fulltext.queryNodes", fulltextInputs,
      yields: [.field("node", .node), .field("score", .float)],
      "Finds nodes by the words of their texts, best first."
    ) { (arguments, context) throws(Failure) in
      try fulltext("db.index.fulltext.queryNodes", arguments, context, ofNodes: true)
    },
    Procedure(
      "db.index.fulltext.queryRelationships", fulltextInputs,
      yields: [.field("relationship", .relationship), .field("score", .float)],
      "Finds relationships by the words of their texts, best first."
    ) { (arguments, context) throws(Failure) in
      try fulltext("db.index.fulltext.queryRelationships", arguments, context, ofNodes: false)
    },
    Procedure(
      "db.index.fulltext.listAvailableAnalyzers",
      yields: [
        .field("analyzer", .string), .field("description", .string),
        .field("stopwords", .list(.string)),
      ], "Lists the ways in which texts can be cut into words."
    ) { (_, _) throws(Failure) in
      TextAnalyzer.allCases.map {
        [
          .string($0.rawValue), .string($0.summary),
          .list($0.stopWords.sorted().map { .string($0) }),
        ]
      }
    },
    Procedure(
      "db.index.fulltext.awaitEventuallyConsistentIndexRefresh", [],
      "Waits until full-text indexes are up to date; they always are here."
    ) { (_, _) throws(Failure) in [] },
    Procedure(
      "db.index.vector.queryNodes", vectorInputs,
      yields: [.field("node", .node), .field("score", .float)],
      "Finds the nodes whose vectors are most like a given one, best first."
    ) { (arguments, context) throws(Failure) in
      try vector("db.index.vector.queryNodes", arguments, context, ofNodes: true)
    }.onGraphs,
    Procedure(
      "db.index.vector.queryRelationships", vectorInputs,
      yields: [.field("relationship", .relationship), .field("score", .float)],
      "Finds the relationships whose vectors are most like a given one, best first."
    ) { (arguments, context) throws(Failure) in
      try vector("db.index.vector.queryRelationships", arguments, context, ofNodes: false)
    }.onGraphs,
    Procedure(
      "db.create.setNodeVectorProperty",
      [.field("node", .node), .field("key", .string), .field("vector", .any)], mode: .write,
      "Stores a vector as a property of a node.", setVector),
    Procedure(
      "db.create.setRelationshipVectorProperty",
      [.field("relationship", .relationship), .field("key", .string), .field("vector", .any)],
      mode: .write, "Stores a vector as a property of a relationship.", setVector),
    Procedure(
      "db.create.setVectorProperty",
      [.field("node", .node), .field("key", .string), .field("vector", .any)],
      yields: [.field("node", .node)], mode: .write, "Stores a vector as a property of a node."
    ) { (arguments, context) throws(Failure) in
      _ = try setVector(arguments, context)
      return [[arguments[0]]]
    }.replaced(by: "db.create.setNodeVectorProperty"),
    Procedure(
      "db.index.vector.createNodeIndex",
      [
        .field("indexName", .string), .field("label", .string), .field("propertyKey", .string),
        .field("vectorDimension", .integer), .field("vectorSimilarityFunction", .string),
      ], mode: .schema, "Makes an index of vectors.", createVectorIndex
    ).replaced(by: "CREATE VECTOR INDEX"),
  ]

  private static let fulltextInputs: [ProcedureSignature.Field] = [
    .field("indexName", .string), .field("queryString", .string), .field("options", .map, "{}"),
  ]

  private static let vectorInputs: [ProcedureSignature.Field] = [
    .field("indexName", .string), .field("numberOfNearestNeighbours", .integer),
    .field("query", .any),
  ]

  // MARK: Full text

  private static func fulltext(
    _ procedure: String, _ arguments: [Value], _ context: ProcedureContext, ofNodes: Bool
  ) throws(Failure) -> [[Value]] {
    let index = try index(
      procedure, arguments[0], .fulltext, "fulltext", context, ofNodes: ofNodes)
    guard case .string(let text) = arguments[1] else {
      throw .procedureFailed(
        procedure, "'query' must not be null", class: "java.lang.NullPointerException")
    }
    let options: MapValue = if case .map(let map) = arguments[2] { map } else { MapValue() }
    let names = index.keys.map { context.transaction.name(of: $0) }
    // Words lie in the index as it cut them; an option says only how the query is cut.
    let indexed = try analyzer(configured(index), procedure)
    let asked = try options["analyzer"].map { (name) throws(Failure) in
      try analyzer(name, procedure)
    }
    let query: FulltextQuery
    do throws(FulltextQueryError) {
      query = try FulltextQuery.parse(text, fields: names, analyzer: asked ?? indexed)
    } catch {
      throw .procedureFailed(
        procedure, error.text, class: "org.apache.lucene.queryparser.classic.\(error.class)",
        cause: "java.lang.RuntimeException: Could not parse the given fulltext search query: "
          + "'\(text)'.")
    }
    var documents = FulltextDocuments(fieldCount: names.count)
    try visit(index, context) { (entity, values) in
      documents.add(entity, values.map { indexed.words(of: $0) })
    }
    let found = documents.search(query)
    let skip = Int(clamping: integer(options["skip"]) ?? 0)
    let limit = integer(options["limit"]).map { Int(clamping: $0) } ?? Int.max
    return found.dropFirst(max(skip, 0)).prefix(max(limit, 0)).map {
      [$0.entity, .float($0.score)]
    }
  }

  private static func integer(_ value: Value?) -> Int64? {
    if case .integer(let number)? = value { number } else { nil }
  }

  private static func configured(_ index: IndexDescriptor) -> Value {
    guard case .map(let config)? = index.options["indexConfig"] else { return .null }
    return config["fulltext.analyzer"] ?? .null
  }

  private static func analyzer(
    _ name: Value, _ procedure: String
  ) throws(Failure) -> TextAnalyzer {
    guard case .string(let text) = name else { return .standardWithoutStopWords }
    guard let analyzer = TextAnalyzer(rawValue: text) else {
      throw .procedureFailed(procedure, "No such full-text analyzer: '\(text)'.")
    }
    return analyzer
  }

  // MARK: Vectors

  private static func vector(
    _ procedure: String, _ arguments: [Value], _ context: ProcedureContext, ofNodes: Bool
  ) throws(Failure) -> [[Value]] {
    let index = try index(procedure, arguments[0], .vector, "vector", context, ofNodes: ofNodes)
    guard let wanted = integer(arguments[1]), wanted > 0 else {
      throw .procedureFailed(procedure, "'numberOfNearestNeighbours' must be positive")
    }
    if arguments[2].isNull {
      throw .procedureFailed(
        procedure, "'query' must not be null", class: "java.lang.NullPointerException",
        cause: "java.lang.IllegalArgumentException: 'query' must not be NO_VALUE, which is treated "
          + "as null")
    }
    let config: MapValue =
      if case .map(let map)? = index.options["indexConfig"] { map } else { MapValue() }
    let isEuclidean =
      config["vector.similarity_function"]?.plainText?.lowercased() == "euclidean"
    let query = try queryVector(
      arguments[2], procedure, index, integer(config["vector.dimensions"]))
    var found: [(entity: Value, score: Double)] = []
    try visit(index, context) { (entity, values) in
      guard let value = values.first, let vector = numbers(value), vector.count == query.count
      else {
        return
      }
      let score =
        isEuclidean
        ? VectorFunctions.euclidean(query, vector) : VectorFunctions.cosine(query, vector)
      if score.isFinite { found.append((entity, Double(Float(score)))) }
    }
    found.sort { $0.score > $1.score }
    return found.prefix(Int(clamping: wanted)).map { [$0.entity, .float($0.score)] }
  }

  private static func numbers(_ value: Value) -> [Double]? {
    guard case .list(let elements) = value else { return nil }
    let numbers = elements.compactMap(\.double)
    return numbers.count == elements.count && !numbers.isEmpty ? numbers : nil
  }

  private static func queryVector(
    _ value: Value, _ procedure: String, _ index: IndexDescriptor, _ dimensions: Int64?
  ) throws(Failure) -> [Double] {
    let vector = numbers(value) ?? []
    if let dimensions, Int(clamping: dimensions) != vector.count, !vector.isEmpty {
      let message =
        "Vector index '\(index.name)' has a configured dimensionality of \(dimensions), but the "
        + "provided vector has dimension \(vector.count)."
      throw failure(
        "TypeError", message, procedure,
        GQLCause(
          gqlStatus: "51N65",
          gqlDescription:
            "system configuration or operation exception - vector index dimensionality mismatch. "
            + "Vector index `\(index.name)` has a configured dimensionality of \(dimensions), but "
            + "the provided vector has a dimension \(vector.count).", message: message))
    }
    let squares = vector.reduce(0) { $0 + $1 * $1 }
    guard squares.isFinite, squares > 0 else {
      let message =
        "Vector must only contain finite values, and have positive and finite l2-norm. "
        + "Provided: \(value.debugText)"
      throw failure(
        "ArgumentError", message, procedure,
        GQLCause(
          gqlStatus: "22NBG",
          gqlDescription: "data exception - invalid vector coordinates. Invalid vector "
            + "coordinates. The vector coordinates must be finite.", message: message))
    }
    return vector
  }

  private static func failure(
    _ title: String, _ message: String, _ procedure: String, _ cause: GQLCause
  ) -> Failure {
    var failure = Failure(code: "Neo.ClientError.Statement.\(title)", message: message)
    failure.setProcedureExecution(of: procedure)
    failure.causes = [cause]
    return failure
  }

  // MARK: Common

  private static func index(
    _ procedure: String, _ name: Value, _ kind: GraphStore.IndexKind, _ word: String,
    _ context: ProcedureContext, ofNodes: Bool
  ) throws(Failure) -> IndexDescriptor {
    let name = name.plainText ?? ""
    guard let index = context.transaction.schema.index(named: name), index.kind == kind else {
      throw .procedureFailed(procedure, "There is no such \(word) schema index: \(name)")
    }
    guard index.target.isNodes == ofNodes else {
      let (found, wanted) = ofNodes ? ("RELATIONSHIP", "NODE") : ("NODE", "RELATIONSHIP")
      throw .procedureFailed(
        procedure,
        "The '\(name)' index is an index on \(found), so it cannot be queried for \(wanted).")
    }
    return index
  }

  /// Calls a function with each entity that an index is about and the values of its properties.
  private static func visit(
    _ index: IndexDescriptor, _ context: ProcedureContext, _ body: (Value, [Value]) -> Void
  ) throws(Failure) {
    let transaction = context.transaction
    try context.reading { () throws(StoreError) in
      switch index.target {
      case .nodes(let labels):
        var seen: Set<NodeID> = []
        for label in labels {
          let cursor = transaction.scanNodes(labels: [label])
          let column = Column(.nodes)
          while try cursor.fill(column, limit: 1_024) > 0 {
            for row in 0..<column.count {
              let id = NodeID(column.word(at: row))
              guard labels.count == 1 || seen.insert(id).inserted else { continue }
              var values: [Value] = []
              for key in index.keys { values.append(try transaction.property(key, of: id)) }
              body(.node(id), values)
            }
            column.reset(.nodes)
          }
        }
      case .relationships(let types):
        let cursor = transaction.scanRelationships(types: types)
        let column = Column(.relationships)
        while try cursor.fill(column, limit: 1_024) > 0 {
          for row in 0..<column.count {
            let id = RelationshipID(column.word(at: row))
            var values: [Value] = []
            for key in index.keys { values.append(try transaction.property(key, of: id)) }
            body(.relationship(id), values)
          }
          column.reset(.relationships)
        }
      }
    }
  }

  private static func createVectorIndex(
    _ arguments: [Value], _ context: ProcedureContext
  ) throws(Failure) -> [[Value]] {
    guard case .string(let name) = arguments[0], case .string(let label) = arguments[1],
      case .string(let key) = arguments[2], case .integer(let dimensions) = arguments[3],
      case .string(let similarity) = arguments[4], (1...4_096).contains(dimensions),
      ["COSINE", "EUCLIDEAN"].contains(similarity.uppercased())
    else {
      throw .procedureFailed(
        "db.index.vector.createNodeIndex",
        "An index needs names, 1 to 4096 dimensions and the similarity COSINE or EUCLIDEAN")
    }
    let settings = MapValue([
      ("vector.dimensions", .integer(dimensions)),
      ("vector.similarity_function", .string(similarity.uppercased())),
    ])
    try context.reading { () throws(StoreError) in
      let transaction = context.transaction
      if !transaction.isWritable { try transaction.upgradeToWrite() }
      _ = try transaction.createIndex(
        named: name, .vector, on: .nodes([try transaction.createLabel(named: label)]),
        [try transaction.createKey(named: key)],
        options: MapValue([("indexConfig", .map(settings))]))
    }
    return []
  }

  private static func setVector(
    _ arguments: [Value], _ context: ProcedureContext
  ) throws(Failure) -> [[Value]] {
    guard case .string(let name) = arguments[1], let vector = numbers(arguments[2]) else {
      throw .procedureFailed(
        "db.create.setNodeVectorProperty", "'vector' must be a list of numbers")
    }
    let value = Value.list(vector.map { .float($0) })
    try context.reading { () throws(StoreError) in
      let transaction = context.transaction
      if !transaction.isWritable { try transaction.upgradeToWrite() }
      let key = try transaction.createKey(named: name)
      if let node = arguments[0].nodeID {
        _ = try transaction.setProperty(key, of: node, to: value)
      } else if let relationship = arguments[0].relationshipID {
        _ = try transaction.setProperty(key, of: relationship, to: value)
      }
    }
    return []
  }
}
