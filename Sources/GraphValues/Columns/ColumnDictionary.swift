/// The different values of a column whose rows name them by number.
///
/// What a kernel finds out about a value it can keep by number, as long as the same dictionary comes
/// with the next batch.
public final class ColumnDictionary: Sendable {
  /// The values by number; equal values may have several numbers.
  public let values: [Value]

  /// Makes a dictionary; its first value must be null.
  public init(_ values: [Value]) {
    precondition(values.first?.isNull == true)
    self.values = values
  }
}

extension Column {
  /// Makes the column `rows` rows of general values that are given by number, first all number 0.
  public func prepareCodes(_ dictionary: ColumnDictionary, rows: Int) {
    reset(.values)
    reserve(rows)
    for row in 0..<rows { unsafe words[row] = 0 }
    count = rows
    self.dictionary = dictionary
  }

  /// Sets the number of a row's value, in a column with a dictionary.
  @inline(__always)
  public func set(code: UInt32, at row: Int) {
    precondition(row < count && dictionary != nil)
    unsafe words[row] = UInt64(code)
  }

  /// The numbers of the rows' values; empty without a dictionary.
  public var codeSpan: Span<UInt64> {
    @_lifetime(borrow self) get {
      let span = unsafe Span(_unsafeStart: words, count: dictionary == nil ? 0 : count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }
}
