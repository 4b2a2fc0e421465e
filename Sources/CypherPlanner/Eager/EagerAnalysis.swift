import Diagnostics
import QueryPlan

/// Puts barriers between reads and writes of one statement that may touch the same data.
///
/// Rows flow through the plan a batch at a time, so that an operator below a write runs again after
/// the write has changed something, and one above it sees rows before all writes are done. Where a
/// read and a write conflict, an `Eager` on an edge between them makes all rows arrive before the
/// first goes on. A leaf that is not on the right of an apply yields what was there when it was
/// opened and needs none against writes above it.
struct EagerAnalysis {
  let planning: Planning
  private let finder: AccessFinder
  private var places: [Place] = []
  private var requirements = Requirements()
  private var barriers: [Int: [Reason]] = [:]

  /// An operator in the tree.
  private struct Place {
    var draft: Draft
    var parent: Int
    /// Which input of the parent it is.
    var side: Int
    var reads: Set<Read>
    var writes: [Write]
  }

  /// Why there is a barrier.
  private struct Reason {
    var text: String
    var writer: Draft
    var reader: Draft
  }

  init(_ planning: Planning) {
    self.planning = planning
    finder = AccessFinder(slots: planning.slots)
  }

  /// The most pairs of operators that are compared.
  ///
  /// With more, each write gets barriers, as with `updateStrategy=eager`: comparing is much work for
  /// each pair, and statements of hundreds of clauses have few rows.
  private static let mostPairs = 50_000

  /// Adds barriers to a whole plan.
  mutating func run(on root: Draft) throws(Failure) {
    requirements.add(root)
    gather(root, parent: -1, side: 0)
    let writers = places.indices.filter { !places[$0].writes.isEmpty }
    let readers = places.indices.filter { !places[$0].reads.isEmpty }
    if writers.count * readers.count > Self.mostPairs {
      return surroundWrites(in: root, reason: "too many reads and writes to compare")
    }
    for writer in writers {
      try planning.checkCancelled()
      for reader in readers where reader != writer { compare(writer: writer, reader: reader) }
    }
    insert(root)
  }

  /// Puts barriers below and above each write, as `updateStrategy=eager` asks.
  func surroundWrites(in draft: Draft, reason: String = "updateStrategy=eager") {
    func barrier(over draft: Draft) -> Draft {
      Draft(.eager(reason: reason), children: [draft], rows: draft.rows)
    }
    for place in draft.children.indices {
      let child = draft.children[place]
      surroundWrites(in: child, reason: reason)
      if !child.operation.isWrite { continue }
      if let below = child.children.first, !below.children.isEmpty || !below.available.isEmpty {
        child.children[0] = barrier(over: below)
      }
      draft.children[place] = barrier(over: child)
    }
  }

  private mutating func gather(_ draft: Draft, parent: Int, side: Int) {
    let index = places.count
    places.append(
      Place(
        draft: draft, parent: parent, side: side, reads: finder.reads(of: draft.operation),
        writes: finder.writes(of: draft.operation)))
    for (side, child) in draft.children.enumerated().reversed() {
      gather(child, parent: index, side: side)
    }
  }

  // MARK: Comparing

  private mutating func compare(writer: Int, reader: Int) {
    guard let (edges, readsFirst) = edges(writer: writer, reader: reader) else { return }
    if edges.contains(where: { places[$0].draft.operation.isBarrier }) { return }
    let isStableLeaf = readsFirst && places[reader].draft.children.isEmpty && edges.contains(reader)
    if isStableLeaf { return }
    var reasons: [String] = []
    for write in places[writer].writes {
      for read in places[reader].reads {
        reasons += planning.conflicts(write, read, requirements: requirements) { slot in
          hasOwnEntity(slot, in: places[writer].draft)
        }
      }
    }
    if reasons.isEmpty { return }
    if edges.isEmpty { return }
    let known = edges.first { barriers[$0] != nil }
    guard let edge = known ?? (readsFirst ? edges.last : edges.first) else { return }
    for text in Set(reasons).sorted() {
      barriers[edge, default: []].append(
        Reason(text: text, writer: places[writer].draft, reader: places[reader].draft))
    }
  }

  /// The operators above which a barrier parts the two, lowest first, and whether the reader comes
  /// first; `nil` when they do not interleave.
  private func edges(writer: Int, reader: Int) -> (edges: [Int], readsFirst: Bool)? {
    let writerPath = path(writer)
    let readerPath = path(reader)
    if let place = readerPath.firstIndex(of: writer) {
      // The reader is below the writer. What MERGE looks for is its own affair.
      let below = Array(readerPath[..<place])
      if places[below[below.count - 1]].side > 0 { return nil }
      return (effective(below), true)
    }
    if let place = writerPath.firstIndex(of: reader) {
      let below = Array(writerPath[..<place])
      if places[below[below.count - 1]].side > 0 { return nil }
      return (effective(below), false)
    }
    guard let common = readerPath.first(where: { writerPath.contains($0) }),
      places[common].draft.operation.runsRightForEachLeft,
      let readerPlace = readerPath.firstIndex(of: common),
      let writerPlace = writerPath.firstIndex(of: common)
    else { return nil }
    let readerBelow = Array(readerPath[..<readerPlace])
    let writerBelow = Array(writerPath[..<writerPlace])
    let readsFirst = places[readerBelow[readerBelow.count - 1]].side == 0
    return (effective(readsFirst ? readerBelow : writerBelow), readsFirst)
  }

  /// From an operator up to the root.
  private func path(_ index: Int) -> [Int] {
    var result = [index]
    var place = places[index].parent
    while place >= 0 {
      result.append(place)
      place = places[place].parent
    }
    return result
  }

  /// Of operators on a way up, those outside all right sides of the way.
  private func effective(_ path: [Int]) -> [Int] {
    let first = path.lastIndex { places[$0].side > 0 }.map { $0 + 1 } ?? 0
    return Array(path[first...])
  }

  /// Whether every row that reaches `writer` has another entity in `slot`.
  private func hasOwnEntity(_ slot: Slot, in writer: Draft) -> Bool {
    var draft = writer
    while true {
      switch draft.operation {
      case .allNodesScan(slot), .nodeByLabelScan(slot, _), .unionNodeByLabelsScan(slot, _),
        .intersectionNodeByLabelsScan(slot, _), .subtractionNodeByLabelsScan(slot, _, _),
        .nodeIndexSeek(slot, _, _), .nodeByIDSeek(slot, _, _, _):
        return true
      case .allRelationshipsScan(slot, _, _, let isDirected),
        .relationshipTypeScan(slot, _, _, _, let isDirected):
        return isDirected
      case .create(let pattern) where pattern.filledSlots.contains(slot): return true
      case .filter, .set, .remove, .create, .eager, .sort, .top, .partialSort, .skip, .limit,
        .exhaustiveLimit, .delete, .projection:
        guard let child = draft.children.first else { return false }
        draft = child
      case .argument(let slots): return slots.isEmpty
      default: return false
      }
    }
  }

  // MARK: Inserting

  private func insert(_ root: Draft) {
    var made: [(draft: Draft, reasons: [Reason])] = []
    for (edge, reasons) in barriers.sorted(by: { $0.key < $1.key }) {
      let below = places[edge].draft
      let parent = places[places[edge].parent].draft
      let barrier = Draft(.eager(reason: ""), children: [below], rows: below.rows)
      parent.children[places[edge].side] = barrier
      made.append((barrier, reasons))
    }
    if made.isEmpty { return }
    let numbers = numbers(from: root)
    for (barrier, reasons) in made {
      var texts: [String] = []
      for reason in reasons {
        let writer = numbers[ObjectIdentifier(reason.writer)] ?? 0
        let reader = numbers[ObjectIdentifier(reason.reader)] ?? 0
        texts.append(reason.text + " (Operator: \(writer) vs \(reader))")
      }
      barrier.operation = .eager(reason: Set(texts).sorted().joined(separator: ", "))
    }
  }

  /// The ids that EXPLAIN gives: root first, right inputs before left ones; a MERGE on top of rows
  /// shows as an Apply over it.
  private func numbers(from root: Draft) -> [ObjectIdentifier: Int] {
    var numbers: [ObjectIdentifier: Int] = [:]
    var next = 0
    func visit(_ draft: Draft) {
      if draft.isSingleEmptyRow { return }
      if case .merge = draft.operation, draft.children.first?.isArgument == false {
        next += 1
      }
      numbers[ObjectIdentifier(draft)] = next
      if draft.isUniqueMerge {
        for sought in draft.children.dropFirst() { numbers[ObjectIdentifier(sought)] = next }
        next += 1
        if let left = draft.children.first { visit(left) }
        return
      }
      switch draft.operation {
      case .set(let items): next += max(1, items.count)
      case .remove(let items): next += max(1, items.count)
      default: next += 1
      }
      for child in draft.children.reversed() { visit(child) }
    }
    visit(root)
    return numbers
  }
}

extension PlanOperation {
  /// Whether all rows arrive before the first leaves.
  fileprivate var isBarrier: Bool {
    switch self {
    case .eager, .eagerAggregation, .sort, .top: true
    default: false
    }
  }

  /// Whether the right side runs anew for each left row.
  fileprivate var runsRightForEachLeft: Bool {
    switch self {
    case .apply, .semiApply, .letSemiApply, .selectOrSemiApply, .rollUpApply, .conditionalApply,
      .antiConditionalApply, .subqueryForeach, .transactionApply, .merge, .forEach, .repeatTrail,
      .statefulShortestPath:
      true
    default: false
    }
  }
}
