import GraphValues
import KeyValueStore

/// A property to set; null removes.
typealias PropertyChange = (key: UInt32, value: Value)

extension RecordBuilder {
  /// Adds a property, and keeps a long value apart.
  mutating func add(_ change: PropertyChange, _ long: inout LongValueChanges) throws(StoreError) {
    let start = try add(change.key, change.value)
    let size = lastSize(from: start)
    guard size > ValueCodec.longestInline else { return }
    long.added.append((long.next, lastValue(from: start).bytes()))
    replaceLast(from: start, longValue: long.next, byteCount: size)
    long.next += 1
  }

  /// Adds the properties of a record with changes on top, all ascending by key.
  mutating func merge(
    _ old: borrowing PropertyView, _ changes: [PropertyChange], replacing: Bool,
    _ long: inout LongValueChanges, record: UInt64
  ) throws(StoreError) {
    var next = 0
    for index in 0..<old.count {
      let key = old.key(index)
      while next < changes.count, changes[next].key < key {
        if !changes[next].value.isNull { try add(changes[next], &long) }
        next += 1
      }
      guard let value = old.value(index) else { throw .corruptProperties(record) }
      let isChanged = next < changes.count && changes[next].key == key
      if !isChanged && !replacing {
        add(key, encoded: value)
        continue
      }
      if let number = ValueCodec.longValueNumber(value) { long.stale.append(number) }
      if isChanged {
        if !changes[next].value.isNull { try add(changes[next], &long) }
        next += 1
      }
    }
    while next < changes.count {
      if !changes[next].value.isNull { try add(changes[next], &long) }
      next += 1
    }
  }
}

extension [PropertyChange] {
  /// Changes ascending by key; of a repeated key the last one counts.
  init(normalising properties: [(key: KeyToken, value: Value)]) {
    self = properties.map { ($0.key.raw, $0.value) }
    guard count > 1 else { return }
    var isAscending = true
    for index in 1..<count where self[index - 1].key >= self[index].key { isAscending = false }
    if isAscending { return }
    var last: [UInt32: Value] = [:]
    for change in self { last[change.key] = change.value }
    self = last.map { ($0.key, $0.value) }.sorted { $0.key < $1.key }
  }

  func value(of key: UInt32) -> Value? { first { $0.key == key }?.value }
}
