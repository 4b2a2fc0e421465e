import Diagnostics
import GraphValues

/// `e IN list`, by hash where the list is the same for all rows and long.
final class MembershipKernel: Kernel {
  private let element: Kernel
  private let list: Kernel
  private let context: ExecutionContext
  private let result = Column(.booleans)
  private var run = -1
  private var lookup: Lookup?

  /// Elements of a list that holds nothing but integers, or nothing but strings.
  private enum Lookup {
    case integers(Set<Int64>)
    case strings(Set<GroupingKey>)
  }

  init(_ element: Kernel, _ list: Kernel, _ context: ExecutionContext) {
    self.element = element
    self.list = list
    self.context = context
  }

  override var isRunConstant: Bool { element.isRunConstant && list.isRunConstant }

  override func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column {
    let elements = try element.evaluate(batch, rows)
    let lists = try list.evaluate(batch, rows)
    if elements.isConstant && lists.isConstant && !rows.isEmpty {
      result.setConstant(elements.value(at: 0).isMember(of: lists.value(at: 0)))
      return result
    }
    result.prepare(.booleans, rows: batch.rowCount)
    if list.isRunConstant && lists.isConstant && !rows.isEmpty {
      let value = lists.value(at: 0)
      if run != context.run {
        run = context.run
        lookup = Self.lookup(value.listElements)
      }
      for index in 0..<rows.count {
        let row = rows[index]
        result.set(find(elements.value(at: row), value), at: row)
      }
      return result
    }
    for index in 0..<rows.count {
      let row = rows[index]
      result.set(elements.value(at: row).isMember(of: lists.value(at: row)), at: row)
    }
    return result
  }

  private func find(_ element: Value, _ list: Value) -> Value {
    switch (lookup, element) {
    case (.integers(let known), .integer(let number)): .boolean(known.contains(number))
    case (.strings(let known), .string): .boolean(known.contains(GroupingKey(element)))
    default: element.isMember(of: list)
    }
  }

  private static func lookup(_ elements: [Value]) -> Lookup? {
    guard elements.count > 8, let first = elements.first else { return nil }
    switch first {
    case .integer:
      var numbers: Set<Int64> = []
      for element in elements {
        guard case .integer(let number) = element else { return nil }
        numbers.insert(number)
      }
      return .integers(numbers)
    case .string:
      var texts: Set<GroupingKey> = []
      for element in elements {
        guard case .string = element else { return nil }
        texts.insert(GroupingKey(element))
      }
      return .strings(texts)
    default: return nil
    }
  }
}
