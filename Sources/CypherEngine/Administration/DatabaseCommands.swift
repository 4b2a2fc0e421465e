import Diagnostics
import GraphStore
import GraphValues
import QueryPlan

extension AdministrationCommands {
  func createDatabase(
    _ name: String, _ ifNotExists: Bool, _ orReplace: Bool, _ settings: DatabaseSettings
  ) throws(Failure) -> Int {
    var updates = 1
    if try isTaken(name) {
      if ifNotExists { return 0 }
      guard orReplace, try database(name) != nil else { throw .databaseExists("create", name) }
      updates += try dropDatabase(name, false, cascades: true, dumps: false)
    }
    try DatabaseName.check(name)
    let options = try self.options(settings.options)
    try storing { () throws(StoreError) in
      var made = try list.create(name, options: options)
      guard let language = settings.language else { return }
      made.language = language
      try list.update(made)
    }
    return updates
  }

  func dropDatabase(
    _ name: String, _ ifExists: Bool, cascades: Bool, dumps: Bool
  ) throws(Failure) -> Int {
    guard let found = try database(name) else {
      if ifExists { return 0 }
      throw .databaseMissing("delete", name)
    }
    guard found.name != Catalogue.systemName else { throw .systemIsFixed("delete") }
    let aliases = try engine.aliases(in: list).filter { $0.target == name }.map(\.name)
    if !aliases.isEmpty, !cascades { throw .hasAliases(name, aliases) }
    if dumps { try dump(found) }
    for alias in aliases { try removeAlias(alias) }
    try storing { () throws(StoreError) in try list.remove(name) }
    return 1
  }

  /// Copies a database's store into the directory of dumps.
  private func dump(_ database: DatabaseDescriptor) throws(Failure) {
    guard let data = engine.dataDirectory else {
      throw Failure(
        code: "Neo.ClientError.Statement.NotSupported",
        message: "A database in memory has no place for a dump of '\(database.name)'.")
    }
    try storing { () throws(StoreError) in
      try engine.catalogue.store(of: database.name).backup(
        to: data + "/dumps/" + database.name + "." + database.id.prefix(16).lowercased())
    }
  }

  func alterDatabase(
    _ name: String, _ ifExists: Bool, _ settings: DatabaseSettings
  ) throws(Failure) -> Int {
    guard var found = try database(name) else {
      if ifExists { return 0 }
      throw .databaseMissing("alter", name)
    }
    if let isReadOnly = settings.isReadOnly {
      if found.name == Catalogue.systemName { throw .systemIsFixed("alter") }
      found.isWritable = !isReadOnly
    }
    if let language = settings.language { found.language = language }
    let changed = found
    try storing { () throws(StoreError) in try list.update(changed) }
    return 1
  }

  func setOnline(_ name: String, _ isOnline: Bool) throws(Failure) -> Int {
    let verb = isOnline ? "start" : "stop"
    guard var found = try database(name) else { throw .databaseMissing(verb, name) }
    if found.name == Catalogue.systemName, !isOnline { throw .systemIsFixed(verb) }
    if found.isOnline == isOnline { return 0 }
    found.isOnline = isOnline
    let changed = found
    try storing { () throws(StoreError) in try list.update(changed) }
    return 1
  }

  private func database(_ name: String) throws(Failure) -> DatabaseDescriptor? {
    try storing { () throws(StoreError) in try list.database(named: name) }
  }

  private func isTaken(_ name: String) throws(Failure) -> Bool {
    if try database(name) != nil { return true }
    return try aliasTarget(name) != nil
  }

  private func options(_ expression: Expression?) throws(Failure) -> MapValue {
    guard let expression else { return MapValue() }
    guard case .map(let map) = try ConstantExpression.value(expression, parameters) else {
      throw .databaseOptions("Could not create database: OPTIONS is to be a map.")
    }
    let known: Set<String> = [
      "existingdata", "storeformat", "txlogenrichment", "existingdataseedinstance",
    ]
    for entry in map.entries where !known.contains(entry.key.lowercased()) {
      throw .databaseOptions("Could not create database with unknown option '\(entry.key)'.")
    }
    return map
  }

  // MARK: Aliases

  private static let aliasPrefix = "alias/"

  private func aliasTarget(_ name: String) throws(Failure) -> String? {
    try storing { () throws(StoreError) in
      try list.setting(Self.aliasPrefix + name)?.plainText
    }
  }

  private func setAlias(_ name: String, to target: String) throws(Failure) {
    guard try database(target) != nil else { throw .databaseMissing("create an alias of", target) }
    try storing { () throws(StoreError) in
      try list.setSetting(Self.aliasPrefix + name, to: .string(target))
    }
  }

  private func removeAlias(_ name: String) throws(Failure) {
    try storing { () throws(StoreError) in
      try list.setSetting(Self.aliasPrefix + name, to: nil)
    }
  }

  func createAlias(
    _ name: String, of target: String, _ ifNotExists: Bool, _ orReplace: Bool
  ) throws(Failure) -> Int {
    var updates = 1
    if try database(name) != nil { throw .databaseExists("create", name) }
    if try aliasTarget(name) != nil {
      if ifNotExists { return 0 }
      guard orReplace else { throw .aliasExists(name) }
      updates += 1
    }
    try DatabaseName.check(name)
    try setAlias(name, to: target)
    return updates
  }

  func alterAlias(_ name: String, to target: String, _ ifExists: Bool) throws(Failure) -> Int {
    guard try aliasTarget(name) != nil else {
      if ifExists { return 0 }
      throw .aliasMissing("alter", name)
    }
    try setAlias(name, to: target)
    return 1
  }

  func dropAlias(_ name: String, _ ifExists: Bool) throws(Failure) -> Int {
    guard try aliasTarget(name) != nil else {
      if ifExists { return 0 }
      throw .aliasMissing("delete", name)
    }
    try removeAlias(name)
    return 1
  }
}

/// What databases may be called.
enum DatabaseName {
  /// - Throws: What is wrong with a name in lower case.
  static func check(_ name: String) throws(Failure) {
    guard (3...63).contains(name.unicodeScalars.count) else { throw .databaseNameLength(name) }
    for scalar in name.unicodeScalars where !isAllowed(scalar) {
      throw .databaseName(
        name, "contains illegal characters. Use simple ascii characters, numbers, dots and dashes")
    }
    if name.hasPrefix("system") || name.hasPrefix("_") {
      throw .databaseName(name, "is invalid, due to the prefix 'system'")
    }
    if let first = name.unicodeScalars.first, first == "." || first == "-" {
      throw .databaseName(name, "is not starting with an ASCII alphabetic character or digit")
    }
    if name.hasSuffix(".") || name.hasSuffix("-") {
      throw .databaseName(name, "is not ending with an ASCII alphabetic character or digit")
    }
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", ".", "-": true
    default: false
    }
  }
}
