import GraphValues
import KeyValueStore
import Synchronization

/// Property columns of one snapshot; those of older ones go when a newer one asks.
///
/// A column is built when as many rows have been read of a property as there are records: then it
/// costs about as much as has been spent already. Whoever reads the property builds a piece of it.
struct PropertyCache {
  struct Key: Hashable {
    let property: UInt32
    let isOfNodes: Bool
  }

  private enum Entry {
    /// So many rows were read.
    case counted(Int)
    case building(PropertyColumnBuilder)
    /// Somebody reads on for the column at this moment.
    case lent
    case ready(PropertyColumn)
    case tooLarge
  }

  /// What a reader is to do.
  enum Offer {
    case read(PropertyColumn)
    /// Build a piece, and give the builder back.
    case build(PropertyColumnBuilder)
    case none
  }

  private var snapshotID: UInt64 = 0
  private var entries: [Key: Entry] = [:]
  private var bytes = 0

  /// How many columns are there.
  var readyCount: Int {
    entries.values.count { if case .ready = $0 { true } else { false } }
  }

  /// Asks for a column, of which `rows` rows are to be read.
  mutating func offer(
    _ key: Key, _ snapshotID: UInt64, rows: Int, end: UInt64, limitBytes: Int
  ) -> Offer {
    guard snapshotID >= self.snapshotID else { return .none }
    if snapshotID > self.snapshotID {
      entries.removeAll()
      bytes = 0
      self.snapshotID = snapshotID
    }
    switch entries[key] {
    case .ready(let column): return .read(column)
    case .building(let builder):
      entries[key] = .lent
      return .build(builder)
    case .lent, .tooLarge: return .none
    case .counted(let before) where UInt64(before + rows) >= end:
      entries[key] = .lent
      return .build(PropertyColumnBuilder(key, end: end, limitBytes: limitBytes))
    case .counted(let before): entries[key] = .counted(before + rows)
    case nil: entries[key] = .counted(rows)
    }
    return .none
  }

  /// Takes a builder back; `nil` when reading on has failed.
  mutating func take(
    _ builder: PropertyColumnBuilder, _ progress: PropertyColumnBuilder.Progress?,
    _ snapshotID: UInt64
  ) {
    guard self.snapshotID == snapshotID else { return }
    switch progress {
    case .more: entries[builder.key] = .building(builder)
    case .done(let column):
      if bytes + column.bytes > builder.limitBytes {
        // The others may come again; this one is what is read now.
        entries.removeAll()
        bytes = 0
      }
      entries[builder.key] = .ready(column)
      bytes += column.bytes
    case .tooLarge, nil: entries[builder.key] = .tooLarge
    }
  }
}

extension GraphTransaction {
  /// The snapshot whose caches tell what this transaction sees; `nil` when it has changed something.
  var cachedSnapshotID: UInt64? {
    hasChanges || isFinished ? nil : resultingSnapshotID
  }

  /// Of so few rows at once a property is read from the records.
  private static let fewRows = 64
  /// So few records are in the processor's caches anyway.
  private static let fewRecords: UInt64 = 4_096
  /// How many records a reader takes in for a column.
  private static let recordsAtOnce = 16_384

  /// The column of a property, if there is one; else counts the rows, or builds a piece of it.
  func propertyColumn(_ property: KeyToken, of entities: Column, rows: Int) throws(StoreError)
    -> PropertyColumn?
  {
    guard rows >= Self.fewRows, !entities.isConstant,
      entities.kind == .nodes || entities.kind == .relationships,
      let snapshotID = cachedSnapshotID
    else { return nil }
    let isOfNodes = entities.kind == .nodes
    let end = isOfNodes ? state.meta.nextNode : state.meta.nextRelationship
    guard end >= Self.fewRecords else { return nil }
    let limit = store.cacheLimitBytes / 2
    let key = PropertyCache.Key(property: property.raw, isOfNodes: isOfNodes)
    let offer = store.properties.withLock {
      $0.offer(key, snapshotID, rows: rows, end: end, limitBytes: limit)
    }
    switch offer {
    case .read(let column): return column
    case .none: return nil
    case .build(let builder):
      var progress: PropertyColumnBuilder.Progress?
      defer { store.properties.withLock { $0.take(builder, progress, snapshotID) } }
      progress = try builder.advance(state, records: Self.recordsAtOnce)
      if case .done(let column)? = progress { return column }
      return nil
    }
  }
}
