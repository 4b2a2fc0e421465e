import GraphValues

/// One property of all nodes, or of all relationships, as an array by id, built once per snapshot.
///
/// Reading it costs a few nanoseconds a row where a record in the key-value store costs a cache miss.
final class PropertyColumn: Sendable {
  /// What a row holds.
  enum Content {
    /// Words of a fixed-width kind beside what each row has.
    case words(Column.Kind, [UInt64], [Presence])
    /// The numbers of the rows' values in a dictionary.
    case codes([UInt32], ColumnDictionary)
    /// The rows' values beside what each row has.
    case values([Value], [Presence])
  }

  /// What there is at an id.
  enum Presence: UInt8 {
    case nothing, noProperty, value
  }

  /// Codes of rows without a value.
  static let nothingCode: UInt32 = 0
  static let nullCode: UInt32 = 1
  /// The first code of a value; those below stand for null.
  static let firstCode = 2

  let content: Content
  let bytes: Int

  init(_ content: Content, bytes: Int) {
    self.content = content
    self.bytes = bytes
  }

  /// Replaces the content of a column by the property of each entity of another.
  ///
  /// - Parameters:
  ///   - entities: Nodes or relationships, as this column is for; not constant.
  ///   - rowCount: How many rows to fill.
  ///   - selection: The rows that count, ascending; `nil` for all. Others get an unspecified value.
  ///   - result: Filled from row 0 on.
  /// - Returns: `false` when there is no such entity; the result is of no use then.
  func read(of entities: Column, rowCount: Int, selection: [UInt16]?, into result: Column) -> Bool {
    switch content {
    case .words(let kind, let words, let presences):
      result.prepare(kind, rows: rowCount)
      return forEachRow(of: entities, rowCount, selection, result) { (row, id) in
        guard id < presences.count else { return false }
        switch presences[id] {
        case .nothing: return false
        case .noProperty: result.setNull(at: row)
        case .value: result.set(word: words[id], at: row)
        }
        return true
      }
    case .codes(let codes, let dictionary):
      result.prepareCodes(dictionary, rows: rowCount)
      return forEachRow(of: entities, rowCount, selection, result) { (row, id) in
        guard id < codes.count else { return false }
        let code = codes[id]
        if code == Self.nothingCode { return false }
        result.set(code: code, at: row)
        return true
      }
    case .values(let values, let presences):
      result.prepare(.values, rows: rowCount)
      return forEachRow(of: entities, rowCount, selection, result) { (row, id) in
        guard id < presences.count, presences[id] != .nothing else { return false }
        result.set(values[id], at: row)
        return true
      }
    }
  }

  @inline(__always)
  private func forEachRow(
    of entities: Column, _ rowCount: Int, _ selection: [UInt16]?, _ result: Column,
    _ body: (_ row: Int, _ id: Int) -> Bool
  ) -> Bool {
    let ids = entities.wordSpan
    let mayBeNull = entities.hasNulls
    if let selection {
      for selected in selection {
        let row = Int(selected)
        if row >= rowCount { break }
        if mayBeNull && entities.isNull(at: row) {
          result.setNull(at: row)
        } else if !body(row, Int(truncatingIfNeeded: ids[row])) {
          return false
        }
      }
      return true
    }
    for row in 0..<rowCount {
      if mayBeNull && entities.isNull(at: row) {
        result.setNull(at: row)
      } else if !body(row, Int(truncatingIfNeeded: ids[row])) {
        return false
      }
    }
    return true
  }
}
