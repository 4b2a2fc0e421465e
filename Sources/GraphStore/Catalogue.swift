public import GraphValues

/// What the catalogue knows of one database.
public struct DatabaseDescriptor: Sendable {
  /// Its name in lower case.
  public var name: String
  /// A stable id of 64 hexadecimal digits.
  public var id: String
  /// Whether it should be online.
  public var isOnline: Bool
  /// Whether writes are allowed.
  public var isWritable: Bool
  /// Whether sessions without a name use it.
  public var isDefault: Bool
  /// Milliseconds since 1970 when it was made.
  public var createdMilliseconds: Int64
  /// Options given at its creation and later settings.
  public var options: MapValue

  /// Puts a description together.
  public init(
    name: String, id: String, isOnline: Bool = true, isWritable: Bool = true,
    isDefault: Bool = false, createdMilliseconds: Int64 = 0, options: MapValue = MapValue()
  ) {
    self.name = name
    self.id = id
    self.isOnline = isOnline
    self.isWritable = isWritable
    self.isDefault = isDefault
    self.createdMilliseconds = createdMilliseconds
    self.options = options
  }
}

/// The list of databases under one data directory, kept in an environment of its own.
public final class Catalogue: Sendable {
  /// Opens or makes the catalogue of a data directory; a fresh one lists `neo4j` and `system`.
  public static func open(dataDirectory: String, options: StoreOptions = StoreOptions())
    throws(StoreError) -> Catalogue
  { Catalogue() }

  /// Makes a catalogue whose databases vanish with it.
  public static func memory() throws(StoreError) -> Catalogue { Catalogue() }

  /// All databases by ascending name, `system` too.
  public func databases() throws(StoreError) -> [DatabaseDescriptor] { [] }

  /// The database of a name, in any case of letters.
  public func database(named name: String) throws(StoreError) -> DatabaseDescriptor? { nil }

  /// Lists a new database; its store is made when it is first opened.
  ///
  /// - Throws: `catalogueConflict` when the name is taken.
  public func create(_ name: String, options: MapValue = MapValue()) throws(StoreError)
    -> DatabaseDescriptor
  { throw .catalogueConflict(name: name) }

  /// Replaces what is known of a database.
  public func update(_ database: DatabaseDescriptor) throws(StoreError) {}

  /// Takes a database from the list and deletes its store's files.
  public func drop(_ name: String) throws(StoreError) {}

  /// Opens the store of a database that is listed.
  public func store(of name: String) throws(StoreError) -> Store {
    throw .catalogueConflict(name: name)
  }

  /// A setting kept beside the list, such as an alias or a user record.
  public func setting(_ key: String) throws(StoreError) -> Value? { nil }

  /// Keeps a setting; `nil` removes it.
  public func setSetting(_ key: String, to value: Value?) throws(StoreError) {}

  /// All settings whose keys start so, by ascending key.
  public func settings(prefix: String) throws(StoreError) -> [(key: String, value: Value)] { [] }
}
