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
  /// The name of the directory below the data directory that its store has to itself.
  public var directory: String
  /// The version that statements without one are in; empty for the engine's own choice.
  public var language: String
  /// Options given at its creation and later settings.
  public var options: MapValue

  /// Puts a description together.
  public init(
    name: String, id: String, isOnline: Bool = true, isWritable: Bool = true,
    isDefault: Bool = false, createdMilliseconds: Int64 = 0, directory: String? = nil,
    language: String = "", options: MapValue = MapValue()
  ) {
    self.name = name
    self.id = id
    self.isOnline = isOnline
    self.isWritable = isWritable
    self.isDefault = isDefault
    self.createdMilliseconds = createdMilliseconds
    self.directory = directory ?? name
    self.language = language
    self.options = options
  }

  init(document: Value) throws(StoreError) {
    guard case .map(let map) = document, case .string(let name)? = map["name"],
      case .string(let id)? = map["id"], case .boolean(let isOnline)? = map["online"],
      case .boolean(let isWritable)? = map["writable"],
      case .boolean(let isDefault)? = map["default"], case .integer(let created)? = map["created"],
      case .map(let options)? = map["options"]
    else { throw .corrupt(record: 0, expected: "database") }
    self.init(
      name: name, id: id, isOnline: isOnline, isWritable: isWritable, isDefault: isDefault,
      createdMilliseconds: created, directory: map["directory"]?.plainText,
      language: map["language"]?.plainText ?? "", options: options)
  }

  var document: Value {
    .map(
      MapValue([
        ("name", .string(name)), ("id", .string(id)), ("online", .boolean(isOnline)),
        ("writable", .boolean(isWritable)), ("default", .boolean(isDefault)),
        ("created", .integer(createdMilliseconds)), ("directory", .string(directory)),
        ("language", .string(language)), ("options", .map(options)),
      ]))
  }
}
