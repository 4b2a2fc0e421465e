import CypherRuntime
import Diagnostics
import GraphStore
import GraphValues
import QueryPlan

/// Rows of SHOW INDEXES and SHOW CONSTRAINTS, by column name.
struct SchemaListings {
  let transaction: GraphTransaction
  private var names: SchemaName { SchemaName(transaction: transaction) }

  /// Indexes by name.
  func indexes(_ kind: QueryPlan.IndexKind?) -> [[String: Value]] {
    let schema = transaction.schema
    return schema.indexes.filter { kind == nil || $0.kind == kind?.stored }
      .sorted { $0.name < $1.name }.map { row($0, schema) }
  }

  private func row(_ index: IndexDescriptor, _ schema: Schema) -> [String: Value] {
    let owner = index.owningConstraint.flatMap { schema.constraint($0)?.name }
    let isLookup = index.kind == .lookup
    let labels = names.names(of: index.target)
    let keys = index.keys.map { transaction.name(of: $0) }
    let config = MapValue(Self.config(index))
    return [
      "id": .integer(Int64(index.id.raw)), "name": .string(index.name),
      "state": .string("ONLINE"), "populationPercent": .float(100),
      "type": .string(index.kind.name),
      "entityType": .string(index.target.isNodes ? "NODE" : "RELATIONSHIP"),
      "labelsOrTypes": isLookup ? .null : .list(labels.map { .string($0) }),
      "properties": isLookup ? .null : .list(keys.map { .string($0) }),
      "indexProvider": .string(index.kind.provider),
      "owningConstraint": owner.map { .string($0) } ?? .null, "lastRead": .null,
      "readCount": .integer(0), "trackedSince": .null,
      "options": .map(
        MapValue([
          ("indexConfig", .map(config)), ("indexProvider", .string(index.kind.provider)),
        ])),
      "failureMessage": .string(""),
      "createStatement": .string(createStatement(index, owner, labels, keys)),
    ]
  }

  private func createStatement(
    _ index: IndexDescriptor, _ owner: String?, _ labels: [String], _ keys: [String]
  ) -> String {
    if let owner, let constraint = transaction.schema.constraint(named: owner) {
      return createStatement(constraint)
    }
    let head = "CREATE \(index.kind.name) INDEX \(Self.quoted(index.name)) FOR "
    let isNodes = index.target.isNodes
    if index.kind == .lookup {
      return head
        + (isNodes ? "(n) ON EACH labels(n)" : "()-[r]-() ON EACH type(r)")
    }
    let variable = isNodes ? "n" : "r"
    let pattern = self.pattern(isNodes, labels.map { Self.quoted($0) }.joined(separator: "|"))
    let list = keys.map { "\(variable).\(Self.quoted($0))" }.joined(separator: ", ")
    return head + pattern + (index.kind == .fulltext ? " ON EACH [\(list)]" : " ON (\(list))")
      + Self.optionsText(index)
  }

  private static func config(_ index: IndexDescriptor) -> [(key: String, value: Value)] {
    var given = MapValue()
    if case .map(let map)? = index.options["indexConfig"] { given = map }
    return IndexOptions.effective(index.kind, given)
  }

  /// ` OPTIONS {indexConfig: {…}}`, where there is a configuration.
  private static func optionsText(_ index: IndexDescriptor) -> String {
    let entries = config(index).map { "`\($0.key)`: \($0.value.literal)" }
    return entries.isEmpty
      ? "" : " OPTIONS {indexConfig: {" + entries.joined(separator: ",") + "}}"
  }

  private func pattern(_ isNodes: Bool, _ names: String) -> String {
    isNodes ? "(n:\(names))" : "()-[r:\(names)]-()"
  }

  /// Constraints by name.
  func constraints(_ filter: ShowListing.ConstraintFilter?, _ entity: SchemaEntity?)
    -> [[String: Value]]
  {
    transaction.schema.constraints.filter { constraint in
      if let entity, constraint.target.isNodes != (entity == .node) { return false }
      return switch (filter, constraint.kind) {
      case (nil, _), (.unique?, .unique), (.key?, .key), (.existence?, .existence),
        (.propertyType?, .propertyType):
        true
      default: false
      }
    }.sorted { $0.name < $1.name }.map { row($0) }
  }

  private func row(_ constraint: ConstraintDescriptor) -> [String: Value] {
    let owned = constraint.ownedIndex.flatMap { transaction.schema.index($0)?.name }
    var type: Value = .null
    if case .propertyType(let rule) = constraint.kind { type = .string(rule.name) }
    var options = MapValue()
    if let index = constraint.ownedIndex.flatMap({ transaction.schema.index($0) }) {
      options["indexConfig"] = .map(MapValue())
      options["indexProvider"] = .string(index.kind.provider)
    }
    return [
      "id": .integer(Int64(constraint.id.raw)), "name": .string(constraint.name),
      "type": .string(Self.type(constraint.kind, constraint.target.isNodes)),
      "entityType": .string(constraint.target.isNodes ? "NODE" : "RELATIONSHIP"),
      "labelsOrTypes": .list(names.names(of: constraint.target).map { .string($0) }),
      "properties": .list(constraint.keys.map { .string(transaction.name(of: $0)) }),
      "enforcedLabel": .null,
      "classification": constraint.kind.hasIndex ? .string("undesignated") : .null,
      "ownedIndex": owned.map { .string($0) } ?? .null, "propertyType": type,
      "options": .map(options), "createStatement": .string(createStatement(constraint)),
    ]
  }

  private static func type(_ kind: GraphStore.ConstraintKind, _ isNodes: Bool) -> String {
    switch kind {
    case .unique: isNodes ? "UNIQUENESS" : "RELATIONSHIP_UNIQUENESS"
    case .key: isNodes ? "NODE_KEY" : "RELATIONSHIP_KEY"
    case .existence: (isNodes ? "NODE" : "RELATIONSHIP") + "_PROPERTY_EXISTENCE"
    case .propertyType: (isNodes ? "NODE" : "RELATIONSHIP") + "_PROPERTY_TYPE"
    }
  }

  private func createStatement(_ constraint: ConstraintDescriptor) -> String {
    let isNodes = constraint.target.isNodes
    let variable = isNodes ? "n" : "r"
    let keys = constraint.keys.map { "\(variable).\(Self.quoted(transaction.name(of: $0)))" }
    let list = "(" + keys.joined(separator: ", ") + ")"
    let names = self.names.names(of: constraint.target).map { Self.quoted($0) }
    let rule = Self.rule(constraint.kind, isNodes)
    return "CREATE CONSTRAINT \(Self.quoted(constraint.name)) FOR "
      + "\(pattern(isNodes, names.joined(separator: "|"))) REQUIRE \(list) \(rule)"
  }

  private static func quoted(_ name: String) -> String {
    "`" + name.split(separator: "`", omittingEmptySubsequences: false).joined(separator: "``") + "`"
  }

  // MARK: Remarks

  /// A name as remarks show it: quoted where it must be.
  static func shown(_ name: String) -> String { name.isPlainName ? name : quoted(name) }

  /// `FOR (e:L) ON (e.p)`.
  static func target(
    _ isNodes: Bool, _ kind: GraphStore.IndexKind, _ labels: [String], _ keys: [String]
  ) -> String {
    if kind == .lookup {
      return isNodes ? "FOR (e) ON EACH labels(e)" : "FOR ()-[e]-() ON EACH type(e)"
    }
    let names = labels.map(shown).joined(separator: "|")
    let list = keys.map { "e.\(shown($0))" }.joined(separator: ", ")
    let pattern = isNodes ? "(e:\(names))" : "()-[e:\(names)]-()"
    return "FOR \(pattern) ON " + (kind == .fulltext ? "EACH [\(list)]" : "(\(list))")
  }

  /// `FOR (e:L) REQUIRE (e.p) IS UNIQUE`.
  static func constraint(
    _ isNodes: Bool, _ label: String, _ keys: [String], _ kind: GraphStore.ConstraintKind
  ) -> String {
    let list = keys.map { "e.\(shown($0))" }.joined(separator: ", ")
    let pattern = isNodes ? "(e:\(shown(label)))" : "()-[e:\(shown(label))]-()"
    return "FOR \(pattern) REQUIRE (\(list)) \(rule(kind, isNodes))"
  }

  /// `RANGE INDEX i FOR (e:L) ON (e.p)`.
  func existing(_ index: IndexDescriptor) -> String {
    let keys = index.keys.map { transaction.name(of: $0) }
    let target = Self.target(
      index.target.isNodes, index.kind, names.names(of: index.target), keys)
    return "\(index.kind.name) INDEX \(Self.shown(index.name)) \(target)"
  }

  /// `CONSTRAINT c FOR (e:L) REQUIRE (e.p) IS UNIQUE`.
  func existing(_ constraint: ConstraintDescriptor) -> String {
    let keys = constraint.keys.map { transaction.name(of: $0) }
    let wanted = Self.constraint(
      constraint.target.isNodes, names.names(of: constraint.target).first ?? "", keys,
      constraint.kind)
    return "CONSTRAINT \(Self.shown(constraint.name)) \(wanted)"
  }

  private static func rule(_ kind: GraphStore.ConstraintKind, _ isNodes: Bool) -> String {
    switch kind {
    case .unique: "IS UNIQUE"
    case .key: isNodes ? "IS NODE KEY" : "IS RELATIONSHIP KEY"
    case .existence: "IS NOT NULL"
    case .propertyType(let type): "IS :: \(type.name)"
    }
  }
}
