import Diagnostics
import GraphValues

/// A kernel whose long texts and lists count as memory of the statement while its column holds them.
final class MeteredKernel: Kernel {
  private let inner: Kernel
  private let context: ExecutionContext
  private var held = 0
  private var run = -1

  init(_ inner: Kernel, _ context: ExecutionContext) {
    self.inner = inner
    self.context = context
  }

  override var isRunConstant: Bool { inner.isRunConstant }

  override func letGo() -> Bool {
    guard held > 0, run == context.run, inner.letGo() else { return false }
    context.memory.release(held)
    held = 0
    return true
  }

  override func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column {
    if run == context.run { context.memory.release(held) }
    run = context.run
    held = 0
    let column = try inner.evaluate(batch, rows)
    guard column.kind == .values, !rows.isEmpty else { return column }
    var bytes = 0
    if column.isConstant {
      bytes = column.value(at: 0).bulkBytes
    } else {
      for index in 0..<rows.count { bytes += column.value(at: rows[index]).bulkBytes }
    }
    if bytes > 0 {
      held = bytes
      try context.memory.hold(bytes)
    }
    return column
  }
}

extension Value {
  /// Bytes of a long text or list itself, 0 for all else: what elements hold counts where they are
  /// made.
  fileprivate var bulkBytes: Int {
    switch self {
    case .string(let text): text.utf8.count > 4_096 ? text.utf8.count : 0
    case .list(let elements):
      elements.count > 256 ? elements.count * MemoryLayout<Value>.stride : 0
    default: 0
    }
  }
}

extension ExecutionContext {
  /// Fails where a list of so many elements would be more than the statement may hold.
  func checkRoom(elements count: Int) throws(Failure) {
    let bytes = count * MemoryLayout<Value>.stride
    try memory.hold(bytes)
    memory.release(bytes)
  }
}
