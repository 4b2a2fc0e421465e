import Diagnostics
import GraphValues
import QueryPlan

/// `=`, `<>`, `<`, `<=`, `>`, `>=`, with loops of their own for numbers, entities and strings.
final class ComparisonKernel: Kernel {
  private let comparison: ComparisonOperator
  private let left: Kernel
  private let right: Kernel
  private let result = Column(.booleans)
  /// What came out for the numbers of a dictionary, compared with a constant.
  private var known: KnownAnswers?

  private struct KnownAnswers {
    let dictionary: ColumnDictionary
    let constant: Value
    /// By number; `nil` where it was not asked yet.
    var answers: [Truth?]
  }

  init(_ comparison: ComparisonOperator, _ left: Kernel, _ right: Kernel) {
    self.comparison = comparison
    self.left = left
    self.right = right
  }

  override var isRunConstant: Bool { left.isRunConstant && right.isRunConstant }

  override func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column {
    let first = try left.evaluate(batch, rows)
    let second = try right.evaluate(batch, rows)
    if first.isConstant && second.isConstant && !rows.isEmpty {
      result.setConstant(compare(first.value(at: 0), second.value(at: 0)))
      return result
    }
    result.prepare(.booleans, rows: batch.rowCount)
    switch (first.kind, second.kind) {
    case (.integers, .integers):
      compareWords(first, second, rows) {
        Int64(bitPattern: $0)
      } _: {
        Int64(bitPattern: $0)
      }
    case (.floats, .floats):
      compareWords(first, second, rows) {
        Double(bitPattern: $0)
      } _: {
        Double(bitPattern: $0)
      }
    case (.integers, .floats):
      compareWords(first, second, rows) {
        Double(Int64(bitPattern: $0))
      } _: {
        Double(bitPattern: $0)
      }
    case (.floats, .integers):
      compareWords(first, second, rows) {
        Double(bitPattern: $0)
      } _: {
        Double(Int64(bitPattern: $0))
      }
    case (.nodes, .nodes), (.relationships, .relationships):
      compareWords(first, second, rows) {
        $0
      } _: {
        $0
      }
    default: compareValues(first, second, rows)
    }
    return result
  }

  /// Compares words as numbers of one type.
  @inline(__always)
  private func compareWords<Number: Comparable>(
    _ first: Column, _ second: Column, _ rows: RowSet, _ decodeFirst: (UInt64) -> Number,
    _ decodeSecond: (UInt64) -> Number
  ) {
    switch comparison {
    case .equal: compareLoop(first, second, rows, decodeFirst, decodeSecond) { $0 == $1 }
    case .notEqual: compareLoop(first, second, rows, decodeFirst, decodeSecond) { $0 != $1 }
    case .less: compareLoop(first, second, rows, decodeFirst, decodeSecond) { $0 < $1 }
    case .lessOrEqual: compareLoop(first, second, rows, decodeFirst, decodeSecond) { $0 <= $1 }
    case .greater: compareLoop(first, second, rows, decodeFirst, decodeSecond) { $0 > $1 }
    case .greaterOrEqual: compareLoop(first, second, rows, decodeFirst, decodeSecond) { $0 >= $1 }
    }
  }

  @inline(__always)
  private func compareLoop<Number>(
    _ first: Column, _ second: Column, _ rows: RowSet, _ decodeFirst: (UInt64) -> Number,
    _ decodeSecond: (UInt64) -> Number, _ holds: (Number, Number) -> Bool
  ) {
    let a = first.wordSpan
    let b = second.wordSpan
    let stepA = first.isConstant ? 0 : 1
    let stepB = second.isConstant ? 0 : 1
    let target = result
    var answers = target.mutableWords
    for index in 0..<rows.count {
      let row = rows[index]
      let answer = holds(decodeFirst(a[row &* stepA]), decodeSecond(b[row &* stepB]))
      answers[row] = answer ? 1 : 0
    }
    if first.hasNulls || second.hasNulls {
      for index in 0..<rows.count {
        let row = rows[index]
        if first.isNull(at: row) || second.isNull(at: row) { result.setNull(at: row) }
      }
    }
  }

  private func compareValues(_ first: Column, _ second: Column, _ rows: RowSet) {
    if second.isConstant, let dictionary = first.dictionary {
      return compareCodes(first, dictionary, second.value(at: 0), rows)
    }
    if comparison == .equal, second.isConstant, first.kind == .values,
      case .string(let text) = second.value(at: 0)
    {
      equalStrings(first, text, rows)
      return
    }
    for index in 0..<rows.count {
      let row = rows[index]
      result.set(compare(first.value(at: row), second.value(at: row)), at: row)
    }
  }

  private func compareCodes(
    _ column: Column, _ dictionary: ColumnDictionary, _ constant: Value, _ rows: RowSet
  ) {
    var found: KnownAnswers
    if let known, known.dictionary === dictionary, known.constant.isEquivalent(to: constant) {
      found = known
    } else {
      found = KnownAnswers(
        dictionary: dictionary, constant: constant,
        answers: Array(repeating: nil, count: dictionary.values.count))
    }
    known = nil
    let codes = column.codeSpan
    for index in 0..<rows.count {
      let row = rows[index]
      let code = Int(codes[row])
      if let answer = found.answers[code] {
        result.set(answer, at: row)
      } else {
        let answer = compare(dictionary.values[code], constant)
        found.answers[code] = answer
        result.set(answer, at: row)
      }
    }
    known = found
  }

  private func equalStrings(_ column: Column, _ text: String, _ rows: RowSet) {
    let wanted = Value.string(text)
    let length = text.utf8.count
    for index in 0..<rows.count {
      let row = rows[index]
      switch column.values[column.place(row)] {
      case .string(let other):
        let isEqual = other.utf8.count == length && other.hasSameCodePoints(as: text)
        result.set(word: isEqual ? 1 : 0, at: row)
      case let other: result.set(compare(other, wanted), at: row)
      }
    }
  }

  private func compare(_ first: Value, _ second: Value) -> Truth {
    Truth(first.compares(comparison, second))
  }
}

extension Value {
  /// A comparison of two values; `nil` when the answer is null.
  func compares(_ comparison: ComparisonOperator, _ other: Value) -> Bool? {
    switch comparison {
    case .equal: equals(other)
    case .notEqual: equals(other).map { !$0 }
    case .less: isLess(than: other)
    case .lessOrEqual: isLessOrEqual(to: other)
    case .greater: isGreater(than: other)
    case .greaterOrEqual: isGreaterOrEqual(to: other)
    }
  }
}
