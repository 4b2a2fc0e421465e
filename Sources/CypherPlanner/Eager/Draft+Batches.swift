import QueryPlan

extension Draft {
  /// Puts barriers around `CALL { … } IN TRANSACTIONS` where something may not run between its batches.
  ///
  /// There is one writer, so that clauses which write behind the batches begin when all are committed.
  /// Of several such calls, a later one takes its rows when an earlier one is done: they are read in a
  /// snapshot that its own batches would end.
  func partBatches() { partBatches(precedingWrites: false) }

  private func partBatches(precedingWrites: Bool) {
    for place in children.indices {
      let child = children[place]
      let isLeft = place == 0
      var writesFollow = precedingWrites || operation.isWrite
      if isLeft {
        writesFollow = writesFollow || children.dropFirst().contains { $0.containsWrites }
      }
      if case .transactionApply = operation {
        if !isLeft { continue }
        if child.containsBatches { children[place] = child.asBarrier("batches before batches") }
        child.partBatches(precedingWrites: false)
        continue
      }
      if case .transactionApply(var batching, let isUnit, let columns) = child.operation,
        writesFollow
      {
        batching.precedesWrites = true
        child.operation = .transactionApply(batching, isUnit: isUnit, columns: columns)
        if case .eager = operation {
        } else {
          children[place] = child.asBarrier("writes after batches")
        }
      }
      child.partBatches(precedingWrites: writesFollow)
    }
  }

  private var containsBatches: Bool {
    if case .transactionApply = operation { true } else { children.contains { $0.containsBatches } }
  }

  private func asBarrier(_ reason: String) -> Draft {
    if case .eager = operation { return self }
    return Draft(.eager(reason: reason), children: [self], rows: rows)
  }
}
