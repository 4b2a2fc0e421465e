import GraphValues
import KeyValueStore

extension GraphState {
  private mutating func setSettingKey(_ name: String) {
    key.removeAll()
    key.append(MainKey.setting.rawValue)
    key.append(name)
  }

  mutating func setting(_ name: String) throws(StoreError) -> Value? {
    setSettingKey(name)
    guard let bytes = try space.value(in: trees.main, key.bytes) else { return nil }
    return try DocumentCodec.decode(bytes)
  }

  mutating func setSetting(_ name: String, to value: Value?) throws(StoreError) {
    guard name.utf8.count <= 500 else { throw .catalogueConflict(name: name) }
    try willChange()
    setSettingKey(name)
    guard let value else {
      try space.remove(in: trees.main, key)
      return
    }
    block.removeAll()
    block.append(try DocumentCodec.encode(value))
    try space.put(in: trees.main, key, block)
  }

  mutating func settings(prefix: String) throws(StoreError) -> [(key: String, value: Value)] {
    setSettingKey(prefix)
    var settings: [(key: String, value: Value)] = []
    var cursor = try space.cursor(trees.main)
    var found = try cursor.seek(key.bytes)
    while found, cursor.key.starts(with: key.bytes) {
      guard let name = cursor.key.part(1, cursor.key.byteCount - 1).text() else {
        throw .corrupt(record: 0, expected: "setting")
      }
      settings.append((name, try DocumentCodec.decode(cursor.value)))
      found = try cursor.next()
    }
    return settings
  }
}
