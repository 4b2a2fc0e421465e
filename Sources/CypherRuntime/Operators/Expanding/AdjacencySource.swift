import Diagnostics
import GraphStore
import GraphValues

/// Decides when an expansion reads adjacency from arrays in memory instead of from the store.
///
/// Arrays of all relationships of a type cost about a thirtieth of a look-up for each relationship to
/// build. They are built when as many nodes have been expanded in a run as that pays for, so that no
/// run takes more than about twice as long as with the better choice; once built for a snapshot they
/// serve all runs. Statements that write do without, since arrays do not see changes.
final class AdjacencySource {
  /// The arrays, when they are in use.
  private(set) var index: AdjacencyIndex?
  private let direction: Direction
  private let context: ExecutionContext
  private var run = -1
  private var expanded = 0
  private var worthwhile = 0
  private var isSettled = false

  init(_ direction: Direction, _ context: ExecutionContext) {
    self.direction = direction
    self.context = context
  }

  /// Takes note that nodes are about to be expanded along some types.
  func expect(_ nodes: Int, _ tokens: [TypeToken]?) throws(Failure) {
    if context.writes { return }
    if run != context.run { try start(tokens) }
    if isSettled { return }
    expanded += nodes
    if expanded < worthwhile { return }
    isSettled = true
    do throws(StoreError) {
      index = try context.transaction.adjacencyIndex(type: tokens?.first, direction)
    } catch {
      throw Failure(error)
    }
  }

  private func start(_ tokens: [TypeToken]?) throws(Failure) {
    run = context.run
    expanded = 0
    index = nil
    // Several types together have no arrays.
    isSettled = tokens.map { $0.count != 1 } ?? false
    if isSettled { return }
    index = context.transaction.cachedAdjacencyIndex(type: tokens?.first, direction)
    isSettled = index != nil
    if isSettled { return }
    let entries = try reading { () throws(StoreError) in
      try context.transaction.relationshipCount(type: tokens?.first) ?? 0
    }
    worthwhile = max(2_000, entries / 24)
  }
}

extension AdjacencyIndex {
  /// The places of a node's entries for one neighbour, found by binary search.
  ///
  /// Only for arrays of one type and one direction.
  func places(of neighbour: UInt64, from node: UInt64) -> Range<Int> {
    let all = range(of: node)
    guard let wanted = UInt32(exactly: neighbour) else {
      return all.lowerBound..<all.lowerBound
    }
    var low = all.lowerBound
    var high = all.upperBound
    while low < high {
      let middle = low &+ (high &- low) / 2
      if neighbours[middle] < wanted { low = middle &+ 1 } else { high = middle }
    }
    var end = low
    while end < all.upperBound && neighbours[end] == wanted { end &+= 1 }
    return low..<end
  }
}
