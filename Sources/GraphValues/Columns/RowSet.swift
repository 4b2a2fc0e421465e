/// The rows of a batch that an expression is computed for.
public struct RowSet: Sendable {
  /// How many rows there are.
  public let count: Int
  /// Whether these are the rows 0 to `count - 1`.
  public let isAll: Bool
  private let numbers: [UInt16]
  private let offset: Int

  /// The rows 0 to `count - 1` of a batch.
  public init(all count: Int) {
    numbers = count <= RowSet.identity.count ? RowSet.identity : (0..<count).map { UInt16($0) }
    self.count = count
    offset = 0
    isAll = true
  }

  /// Some rows, ascending.
  public init(_ numbers: [UInt16]) {
    self.numbers = numbers
    count = numbers.count
    offset = 0
    isAll = false
  }

  /// One row.
  public init(row: Int) {
    if row < RowSet.identity.count {
      numbers = RowSet.identity
      offset = row
    } else {
      numbers = [UInt16(truncatingIfNeeded: row)]
      offset = 0
    }
    count = 1
    isAll = false
  }

  /// The rows as the store takes them: `nil` for all.
  public var selection: [UInt16]? { isAll ? nil : array }

  /// The rows as an array.
  public var array: [UInt16] {
    offset == 0 && numbers.count == count ? numbers : Array(numbers[offset..<offset + count])
  }

  /// Whether there are none.
  public var isEmpty: Bool { count == 0 }

  /// The `index`-th row's number.
  public subscript(index: Int) -> Int { Int(numbers[offset &+ index]) }

  /// The `index`-th row's number as selections hold it.
  public func number(_ index: Int) -> UInt16 { numbers[offset &+ index] }

  /// The numbers of all rows, in contiguous memory.
  public var span: Span<UInt16> {
    @_lifetime(borrow self) get { numbers.span.extracting(offset..<offset + count) }
  }

  /// Some operators exceed a batch by a few rows.
  private static let identity: [UInt16] = (0..<2 * Batch.rowsPerBatch).map { UInt16($0) }
}
