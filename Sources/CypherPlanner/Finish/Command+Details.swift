public import QueryPlan

extension Command {
  /// The operator's name as EXPLAIN prints it.
  var operatorName: String {
    switch self {
    case .createIndex: "CreateIndex"
    case .dropIndex: "DropIndex"
    case .createConstraint: "CreateConstraint"
    case .dropConstraint: "DropConstraint"
    case .terminateTransactions: "TerminateTransactions"
    case .administer: "AdministrationCommand"
    case .show(let listing, _): listing.operatorName
    }
  }

  /// Whether EXPLAIN tells it as one line, whatever it yields.
  var isAdministration: Bool { operatorName == "AdministrationCommand" }

  /// What is looked for first with IF NOT EXISTS: an operator of its own.
  var existenceCheckName: String? {
    switch self {
    case .createIndex(let definition) where definition.ifNotExists: "DoNothingIfExists(INDEX)"
    case .createConstraint(let definition) where definition.ifNotExists:
      "DoNothingIfExists(CONSTRAINT)"
    default: nil
    }
  }

  /// The `Details` column.
  ///
  /// - Parameter tail: What filters and projects its rows.
  /// - Returns: The text; empty for none.
  public func details(_ tail: BoundQuery?) -> String {
    switch self {
    case .createIndex(let definition): definition.details
    case .dropIndex(let name, let ifExists):
      "INDEX \(name.nameText)" + (ifExists ? " IF EXISTS" : "")
    case .createConstraint(let definition): definition.details
    case .dropConstraint(let name, let ifExists):
      "CONSTRAINT \(name.nameText)" + (ifExists ? " IF EXISTS" : "")
    case .show(let listing, let columns): listing.details(columnsText(columns, tail))
    case .terminateTransactions(let ids, let columns):
      columnsText(columns, tail) + ", transactions(\(ids.nameText))"
    case .administer: ""
    }
  }

  /// The `Details` column of a command behind another one.
  func details(yielding columns: [String], ids: String) -> String {
    let columns = columns == defaultColumns ? "defaultColumns" : text(ofColumns: columns)
    switch self {
    case .terminateTransactions: return columns + ", transactions(\(ids))"
    case .show(let listing, _):
      return listing.details(columns, ids: ids.isEmpty ? nil : ids)
    default: return columns
    }
  }

  private func text(ofColumns names: [String]) -> String {
    "columns(\(names.joined(separator: ", ")))"
  }

  /// Which columns are asked for.
  private func columnsText(_ columns: [ListingColumn], _ tail: BoundQuery?) -> String {
    guard case .project(let projection)? = tail?.arms.first?.clauses.first else {
      return "defaultColumns"
    }
    let names = Dictionary(columns.map { ($0.slot, $0.name) }, uniquingKeysWith: { one, _ in one })
    let shown = projection.items.compactMap { item -> String? in
      if case .variable(let slot) = item.expression { names[slot] } else { nil }
    }
    if shown == defaultColumns { return "defaultColumns" }
    if shown == columns.map(\.name) { return "allColumns" }
    return text(ofColumns: shown)
  }

  private var defaultColumns: [String] {
    let columns: [ListingCatalogue.Column]
    switch self {
    case .show(.indexes, _): columns = ListingCatalogue.indexes
    case .show(.constraints, _): columns = ListingCatalogue.constraints
    case .show(.functions, _): columns = ListingCatalogue.functions
    case .show(.procedures, _): columns = ListingCatalogue.procedures
    case .show(.settings, _): columns = ListingCatalogue.settings
    case .show(.transactions, _): columns = ListingCatalogue.transactions
    case .terminateTransactions: columns = ListingCatalogue.terminated
    default: return []
    }
    return columns.filter(\.isDefault).map(\.name)
  }
}

extension ShowListing {
  fileprivate var operatorName: String {
    switch self {
    case .indexes: "ShowIndexes"
    case .constraints: "ShowConstraints"
    case .functions: "ShowFunctions"
    case .procedures: "ShowProcedures"
    case .settings: "ShowSettings"
    case .transactions: "ShowTransactions"
    case .databases, .aliases, .users: "AdministrationCommand"
    }
  }

  fileprivate func details(_ columns: String, ids text: String? = nil) -> String {
    switch self {
    case .indexes(let kind):
      return (kind.map { $0.rawValue.lowercased() } ?? "all") + "Indexes, " + columns
    case .constraints(let filter, _):
      let word =
        switch filter {
        case nil: "all"
        case .unique?: "uniqueness"
        case .key?: "key"
        case .existence?: "propertyExistence"
        case .propertyType?: "propertyType"
        }
      return word + "Constraints, " + columns
    case .functions(let filter):
      let word =
        switch filter {
        case nil: "all"
        case .builtIn?: "builtIn"
        case .userDefined?: "userDefined"
        }
      return word + "Functions, functionsForUser(all), " + columns
    case .procedures: return "proceduresForUser(all), " + columns
    case .settings(let names):
      return (names.map { "settings(\(text ?? $0.nameText))" } ?? "allSettings") + ", " + columns
    case .transactions(let ids):
      return columns + ", "
        + (ids.map { "transactions(\(text ?? $0.nameText))" } ?? "allTransactions")
    case .databases, .aliases, .users: return ""
    }
  }
}

extension IndexDefinition {
  fileprivate var details: String {
    let given = name.map { " " + $0.nameText } ?? ""
    let names = labels.map { Planning.quoted($0) }.joined(separator: "|")
    let keys = properties.map { Planning.quoted($0) }.joined(separator: ", ")
    let head = "\(kind.rawValue) INDEX\(given) FOR "
    if kind == .lookup {
      return head + (entity == .node ? "(n) ON EACH labels(n)" : "()-[r]-() ON EACH type(r)")
    }
    return head + (entity == .node ? "(:\(names))" : "()-[:\(names)]-()")
      + (kind == .fulltext ? " ON EACH [\(keys)]" : " ON (\(keys))")
  }
}

extension ConstraintDefinition {
  fileprivate var details: String {
    let given = name.map { " " + $0.nameText } ?? ""
    let variable = entity == .node ? "n" : "r"
    let pattern = "\(variable):\(Planning.quoted(label))"
    let keys = properties.map { "\(variable).\(Planning.quoted($0))" }.joined(separator: ", ")
    return "CONSTRAINT\(given) FOR " + (entity == .node ? "(\(pattern))" : "()-[\(pattern)]-()")
      + " REQUIRE (\(keys)) " + kind.details(entity)
  }
}

extension ConstraintKind {
  fileprivate func details(_ entity: SchemaEntity) -> String {
    switch self {
    case .unique: "IS UNIQUE"
    case .key: entity == .node ? "IS NODE KEY" : "IS RELATIONSHIP KEY"
    case .existence: "IS NOT NULL"
    case .propertyType(let type): "IS :: \(type.text)"
    }
  }
}

extension Expression {
  /// A name, or names, that a command was given: constants are numbered as those of queries are.
  fileprivate var nameText: String {
    switch self {
    case .parameter(let name): "$\(name)"
    case .list: "$autolist_0"
    default: "$autostring_0"
    }
  }
}
