import CypherRuntime
import Diagnostics
import GraphStore
import GraphValues
import QueryPlan
import QuerySession

/// Makes and drops indexes and constraints.
struct SchemaCommands {
  let transaction: GraphTransaction
  let parameters: [String: Value]
  private var names: SchemaName { SchemaName(transaction: transaction) }

  /// Runs a command that changes the schema.
  ///
  /// - Returns: What changed, all zero when IF [NOT] EXISTS left things as they were.
  func run(_ command: Command) throws(Failure) -> Outcome {
    var outcome = Outcome()
    switch command {
    case .createIndex(let definition):
      if let remark = try create(definition) {
        outcome.notifications = [remark]
      } else {
        outcome.counters.indexesAdded = 1
      }
      if try lacksDimensions(definition) { outcome.notifications.append(.dimensionsMissing) }
    case .dropIndex(let name, let ifExists):
      let name = try text(name)
      if try dropIndex(name, ifExists) {
        outcome.counters.indexesRemoved = 1
      } else {
        outcome.notifications = [
          .schemaMissing("DROP INDEX \(SchemaListings.shown(name)) IF EXISTS", name: name)
        ]
      }
    case .createConstraint(let definition):
      if let remark = try create(definition) {
        outcome.notifications = [remark]
      } else {
        outcome.counters.constraintsAdded = 1
      }
    case .dropConstraint(let name, let ifExists):
      let name = try text(name)
      if try dropConstraint(name, ifExists) {
        outcome.counters.constraintsRemoved = 1
      } else {
        outcome.notifications = [
          .schemaMissing("DROP CONSTRAINT \(SchemaListings.shown(name)) IF EXISTS", name: name)
        ]
      }
    case .show, .terminateTransactions, .administer:
      throw .notSupported("this command here")
    }
    return outcome
  }

  /// What a command did.
  struct Outcome {
    var counters = QuerySession.UpdateCounters()
    var notifications: [QuerySession.Notification] = []
  }

  // MARK: Indexes

  /// Makes an index; the remark when IF NOT EXISTS found one in its place.
  private func create(_ definition: IndexDefinition) throws(Failure)
    -> QuerySession.Notification?
  {
    let isNodes = definition.entity == .node
    let shown = names.schema(
      isNodes: isNodes, names: definition.labels, properties: definition.properties)
    if let twice = Self.repeated(definition.properties) {
      throw .repeated("property", twice, inIndex: true, shown)
    }
    if let twice = Self.repeated(definition.labels) {
      throw .repeated("label", twice, inIndex: true, shown)
    }
    let kind = definition.kind.stored
    let options = try definition.options.map { (expression) throws(Failure) in try map(expression) }
    try IndexOptions(kind: kind, title: Self.title(kind, isNodes)).check(options ?? MapValue())
    let target = try target(isNodes, definition.labels)
    let keys = try keys(definition.properties)
    let name =
      try definition.name.map { (expression) throws(Failure) in try schemaName(expression) }
      ?? GeneratedSchemaName(
        isNodes: isNodes, labels: definition.labels, properties: definition.properties
      ).index(kind)
    if let conflict = indexConflict(name, kind, target, keys, shown) {
      guard definition.ifNotExists else { throw conflict }
      return existing(
        "\(kind.name) INDEX", definition.name == nil ? nil : name,
        SchemaListings.target(
          isNodes, kind, definition.labels, definition.properties),
        index: transaction.schema.index(kind, on: target, keys)
          ?? transaction.schema.index(named: name))
    }
    _ = try changing { () throws(StoreError) in
      try transaction.createIndex(
        named: name, kind, on: target, keys, options: options ?? MapValue())
    }
    return nil
  }

  /// Whether a vector index does not say how long its vectors are.
  private func lacksDimensions(_ definition: IndexDefinition) throws(Failure) -> Bool {
    guard definition.kind == .vector else { return false }
    guard let expression = definition.options,
      case .map(let config)? = try map(expression)["indexConfig"]
    else { return true }
    return config["vector.dimensions"] == nil
  }

  private static func title(_ kind: GraphStore.IndexKind, _ isNodes: Bool) -> String {
    let entity = isNodes ? "node" : "relationship"
    let word = kind.name.lowercased()
    return switch kind {
    case .lookup: "\(entity) lookup index"
    case .fulltext, .vector: "\(word) \(entity) index"
    default: "\(word) \(entity) property index"
    }
  }

  private func existing(
    _ head: String, _ name: String?, _ target: String, index: IndexDescriptor?
  ) -> QuerySession.Notification {
    let given = name.map { " " + SchemaListings.shown($0) } ?? ""
    let there = index.map { SchemaListings(transaction: transaction).existing($0) } ?? target
    return .schemaExists("CREATE \(head)\(given) IF NOT EXISTS \(target)", existing: there)
  }

  private func indexConflict(
    _ name: String, _ kind: GraphStore.IndexKind, _ target: SchemaTarget, _ keys: [KeyToken],
    _ shown: String
  ) -> Failure? {
    let schema = transaction.schema
    if let same = schema.index(kind, on: target, keys) {
      if let owner = same.owningConstraint.flatMap({ schema.constraint($0) }) {
        if owner.name == name { return .constraintNameTaken(name) }
        return .indexOwned(shown, constraint: owner.name)
      }
      return same.name == name
        ? .equivalentIndex(names.text(same), name: name) : .indexExists(shown)
    }
    if schema.constraint(named: name) != nil { return .constraintNameTaken(name) }
    if schema.index(named: name) != nil { return .indexNameTaken(name) }
    return nil
  }

  private func dropIndex(_ name: String, _ ifExists: Bool) throws(Failure) -> Bool {
    guard let index = transaction.schema.index(named: name) else {
      if ifExists { return false }
      throw .noIndexToDrop(name)
    }
    if let owner = index.owningConstraint.flatMap({ transaction.schema.constraint($0) }) {
      throw .indexBelongs(name, constraint: owner.name)
    }
    try changing { () throws(StoreError) in try transaction.dropIndex(index.id) }
    return true
  }

  // MARK: Constraints

  /// Makes a constraint; the remark when IF NOT EXISTS found one in its place.
  private func create(_ definition: ConstraintDefinition) throws(Failure)
    -> QuerySession.Notification?
  {
    let isNodes = definition.entity == .node
    let shown = names.schema(
      isNodes: isNodes, names: [definition.label], properties: definition.properties)
    if let twice = Self.repeated(definition.properties) {
      throw .repeated("property", twice, inIndex: false, shown)
    }
    let kind = definition.kind.stored
    let target = try target(isNodes, [definition.label])
    let keys = try keys(definition.properties)
    if let options = definition.options {
      let title = isNodes ? "uniqueness constraint" : "relationship uniqueness constraint"
      try IndexOptions(kind: .range, title: title).check(try map(options))
    }
    let given = try definition.name.map { (expression) throws(Failure) in
      try schemaName(expression)
    }
    let name =
      given
      ?? GeneratedSchemaName(
        isNodes: isNodes, labels: [definition.label], properties: definition.properties
      ).constraint(kind)
    if let conflict = constraintConflict(name, kind, target, keys) {
      guard definition.ifNotExists else { throw conflict }
      let wanted = SchemaListings.constraint(
        isNodes, definition.label, definition.properties, kind)
      let there =
        transaction.schema.constraints(on: target, keys).first
        ?? transaction.schema.constraint(named: name)
      let shownName = given.map { " " + SchemaListings.shown($0) } ?? ""
      return .schemaExists(
        "CREATE CONSTRAINT\(shownName) IF NOT EXISTS \(wanted)",
        existing: there.map { SchemaListings(transaction: transaction).existing($0) } ?? wanted)
    }
    if kind.hasIndex, transaction.schema.index(.range, on: target, keys) != nil {
      throw .indexInTheWay(shown)
    }
    if transaction.schema.index(named: name) != nil { throw .indexNameTaken(name) }
    do throws(StoreError) {
      _ = try transaction.createConstraint(named: name, kind, on: target, keys)
    } catch {
      throw creationFailure(error, given, kind, target, keys)
    }
    return nil
  }

  private func constraintConflict(
    _ name: String, _ kind: GraphStore.ConstraintKind, _ target: SchemaTarget, _ keys: [KeyToken]
  ) -> Failure? {
    let schema = transaction.schema
    for other in schema.constraints(on: target, keys) {
      if other.kind == kind {
        return other.name == name
          ? .equivalentConstraint(names.text(other), name: name)
          : .constraintExists(names.text(other))
      }
      if kind.hasIndex && other.kind.hasIndex { return .constraintConflicts(names.text(other)) }
    }
    return schema.constraint(named: name) == nil ? nil : .constraintNameTaken(name)
  }

  private func creationFailure(
    _ error: StoreError, _ name: String?, _ kind: GraphStore.ConstraintKind,
    _ target: SchemaTarget, _ keys: [KeyToken]
  ) -> Failure {
    guard case .constraintCreationFailed(let constraint, let violation) = error else {
      return Failure(error)
    }
    let text = ConstraintText(constraint, transaction)
    let definition = names.text(named: name, kind, target, keys)
    switch violation.reason {
    case .duplicate(let other, let values):
      return .constraintCreation(
        definition, name: name, text.duplicates(violation.entity, other, values),
        isDuplicate: true)
    case .missing(let keys):
      return .constraintCreation(
        definition, name: name, text.missing(violation.entity, keys), isDuplicate: false)
    case .wrongType(let value):
      return .constraintCreation(
        definition, name: name, text.wrongType(violation.entity, value), isDuplicate: false)
    }
  }

  private func dropConstraint(_ name: String, _ ifExists: Bool) throws(Failure) -> Bool {
    guard let constraint = transaction.schema.constraint(named: name) else {
      if ifExists { return false }
      throw .noConstraintToDrop(name)
    }
    try changing { () throws(StoreError) in try transaction.dropConstraint(constraint.id) }
    return true
  }

  // MARK: Parts

  private func changing<Result>(_ body: () throws(StoreError) -> Result) throws(Failure) -> Result {
    try storing(body)
  }

  private func target(_ isNodes: Bool, _ names: [String]) throws(Failure) -> SchemaTarget {
    try changing { () throws(StoreError) in
      if isNodes {
        var labels: [LabelToken] = []
        for name in names { labels.append(try transaction.createLabel(named: name)) }
        return .nodes(labels)
      }
      var types: [TypeToken] = []
      for name in names { types.append(try transaction.createType(named: name)) }
      return .relationships(types)
    }
  }

  private func keys(_ names: [String]) throws(Failure) -> [KeyToken] {
    try changing { () throws(StoreError) in
      var keys: [KeyToken] = []
      for name in names { keys.append(try transaction.createKey(named: name)) }
      return keys
    }
  }

  private static func repeated(_ names: [String]) -> String? {
    var seen: Set<String> = []
    return names.first { !seen.insert($0).inserted }
  }

  private func text(_ expression: Expression) throws(Failure) -> String {
    let value = try ConstantExpression.value(expression, parameters)
    guard case .string(let text) = value else { throw .schemaNameType(value, value.javaName) }
    return text
  }

  /// The name of an index or constraint to be.
  private func schemaName(_ expression: Expression) throws(Failure) -> String {
    let name = try text(expression)
    if name.allSatisfy(\.isWhitespace) { throw .emptySchemaName }
    return name
  }

  private func map(_ expression: Expression) throws(Failure) -> MapValue {
    let value = try ConstantExpression.value(expression, parameters)
    guard case .map(let map) = value else {
      throw Failure(
        code: "Neo.ClientError.Statement.TypeError",
        message: "Expected options as a map, but got \(value.literal)")
    }
    return map
  }
}

extension Value {
  /// The kind of a value as some messages name it.
  fileprivate var javaName: String {
    switch self {
    case .integer: "Long"
    case .float: "Double"
    case .boolean: "Boolean"
    case .list: "List"
    case .map: "Map"
    case .null: "NO_VALUE"
    default: "Value"
    }
  }
}

extension QueryPlan.IndexKind {
  /// The store's name of the kind.
  var stored: GraphStore.IndexKind {
    switch self {
    case .range: .range
    case .text: .text
    case .point: .point
    case .fulltext: .fulltext
    case .lookup: .lookup
    case .vector: .vector
    }
  }
}

extension QueryPlan.ConstraintKind {
  /// The store's name of the kind.
  var stored: GraphStore.ConstraintKind {
    switch self {
    case .unique: .unique
    case .key: .key
    case .existence: .existence
    case .propertyType(let type): .propertyType(PropertyTypeRule(type))
    }
  }
}

extension PropertyTypeRule {
  /// The rule that a type of the language makes.
  init(_ type: CypherType) {
    var scalars: Set<Scalar> = []
    var elements: Set<Scalar> = []
    Self.collect(type, &scalars, &elements)
    self.init(scalars: scalars, listElements: elements, name: type.text)
  }

  private static func collect(
    _ type: CypherType, _ scalars: inout Set<Scalar>, _ elements: inout Set<Scalar>
  ) {
    switch type {
    case .union(let parts): for part in parts { collect(part, &scalars, &elements) }
    case .notNull(let inner): collect(inner, &scalars, &elements)
    case .list(let inner):
      var none: Set<Scalar> = []
      collect(inner, &elements, &none)
    default: if let scalar = scalar(type) { scalars.insert(scalar) }
    }
  }

  private static func scalar(_ type: CypherType) -> Scalar? {
    switch type {
    case .boolean: .boolean
    case .string: .string
    case .integer: .integer
    case .float: .float
    case .date: .date
    case .localTime: .localTime
    case .zonedTime: .zonedTime
    case .localDateTime: .localDateTime
    case .zonedDateTime: .zonedDateTime
    case .duration: .duration
    case .point: .point
    default: nil
    }
  }
}
