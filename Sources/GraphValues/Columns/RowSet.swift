/// The rows of a batch that an expression is computed for.
public struct RowSet: Sendable {
  /// Row numbers, ascending; of a set of all rows only the first `count` count.
  public let indices: [UInt16]
  /// How many rows there are.
  public let count: Int
  /// Whether these are the rows 0 to `count - 1`.
  public let isAll: Bool

  /// The rows 0 to `count - 1` of a batch.
  public init(all count: Int) {
    indices = count <= RowSet.identity.count ? RowSet.identity : (0..<count).map { UInt16($0) }
    self.count = count
    isAll = true
  }

  /// Some rows, ascending.
  public init(_ indices: [UInt16]) {
    self.indices = indices
    count = indices.count
    isAll = false
  }

  /// The rows as the store takes them: `nil` for all.
  public var selection: [UInt16]? { isAll ? nil : indices }

  /// Whether there are none.
  @inlinable public var isEmpty: Bool { count == 0 }

  /// The `index`-th row's number.
  @inlinable public subscript(index: Int) -> Int { Int(indices[index]) }

  /// Some operators exceed a batch by a few rows.
  private static let identity: [UInt16] = (0..<2 * Batch.rowsPerBatch).map { UInt16($0) }
}
