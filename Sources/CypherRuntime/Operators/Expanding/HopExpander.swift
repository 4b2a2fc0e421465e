import Diagnostics
import GraphStore
import GraphValues
import QueryPlan

/// The hops from one node that an expansion of several hops may take.
struct Hop {
  var relationship: RelationshipID
  var node: NodeID
}

/// Finds hops and keeps those that meet conditions on their relationship and node.
final class HopExpander {
  private let context: ExecutionContext
  private let types: TypeFilter
  private let relationshipTest: (slot: Int, kernel: Kernel)?
  private let nodeTest: (slot: Int, kernel: Kernel)?
  private let frame: LocalFrame
  private let truths = Column(.booleans)
  private let nodes = Column(.nodes)
  private let relationships = Column(.relationships)
  private var tokens: [TypeToken]?
  private let adjacency: [Direction: AdjacencySource]

  init(
    _ compiler: PlanCompiler, types: [String], relationshipTest: HopPredicate?,
    nodeTest: HopPredicate? = nil
  ) throws(Failure) {
    context = compiler.context
    self.types = TypeFilter(types, compiler.context.tokens)
    var sources: [Direction: AdjacencySource] = [:]
    for direction in [Direction.outgoing, .incoming, .both] {
      sources[direction] = AdjacencySource(direction, compiler.context)
    }
    adjacency = sources
    var used: Set<Slot> = []
    var locals: [Slot] = []
    for test in [relationshipTest, nodeTest] {
      guard let test else { continue }
      used.formUnion(test.expression.usedSlots)
      locals.append(test.slot)
    }
    frame = LocalFrame(slotCount: compiler.slotCount, used: used, locals: locals)
    self.relationshipTest = try relationshipTest.map { (test) throws(Failure) in
      (test.slot.index, try compiler.kernel(test.expression))
    }
    self.nodeTest = try nodeTest.map { (test) throws(Failure) in
      (test.slot.index, try compiler.kernel(test.expression))
    }
  }

  /// Takes the outer variables of a row; false when none of the types exists.
  func enter(_ source: Batch, row: Int) -> Bool {
    tokens = types.resolve(context.transaction)
    frame.enter(source, row: row)
    return tokens?.isEmpty != true
  }

  /// Appends all hops from a node.
  func append(from node: NodeID, _ direction: Direction, to hops: inout [Hop]) throws(Failure) {
    if let source = adjacency[direction] {
      try source.expect(1, tokens)
      if let index = source.index { return try append(from: node, index, to: &hops) }
    }
    var resume: ExpandPosition?
    repeat {
      nodes.reset(.nodes)
      relationships.reset(.relationships)
      do throws(StoreError) {
        resume = try context.transaction.appendNeighbours(
          of: node, direction, types: tokens, limit: Batch.rowsPerBatch, resume: resume,
          neighbours: nodes, relationships: relationships, typeTokens: nil)
      } catch {
        throw Failure(error)
      }
      context.storeHits &+= nodes.count + 1
      if nodes.count == 0 { continue }
      try appendTested(to: &hops)
      try context.checkCancelled()
    } while resume != nil
  }

  /// Appends all hops from a node that arrays hold.
  private func append(from node: NodeID, _ index: AdjacencyIndex, to hops: inout [Hop])
    throws(Failure)
  {
    var left = index.range(of: node.raw)
    context.storeHits &+= left.count + 1
    while !left.isEmpty {
      let taken = left.prefix(Batch.rowsPerBatch)
      if relationshipTest == nil && nodeTest == nil {
        for place in taken {
          hops.append(
            Hop(
              relationship: RelationshipID(UInt64(index.relationships[place])),
              node: NodeID(UInt64(index.neighbours[place]))))
        }
      } else {
        nodes.reset(.nodes)
        relationships.reset(.relationships)
        nodes.append(index.neighbours, taken)
        relationships.append(index.relationships, taken)
        try appendTested(to: &hops)
      }
      left = taken.upperBound..<left.upperBound
      try context.checkCancelled()
    }
  }

  private func appendTested(to hops: inout [Hop]) throws(Failure) {
    let rows = try test()
    for index in 0..<rows.count {
      let row = rows[index]
      hops.append(
        Hop(
          relationship: RelationshipID(relationships.word(at: row)),
          node: NodeID(nodes.word(at: row))))
    }
  }

  private func test() throws(Failure) -> RowSet {
    let batch = frame.batch
    batch.restart(rowCount: nodes.count)
    if let relationshipTest {
      batch.columns[relationshipTest.slot] = relationships
      try batch.filter(
        [relationshipTest.kernel], conjunction: relationshipTest.kernel, truths)
    }
    if let nodeTest, batch.count > 0 {
      batch.columns[nodeTest.slot] = nodes
      try batch.filter([nodeTest.kernel], conjunction: nodeTest.kernel, truths)
    }
    return batch.rows
  }
}

extension Batch {
  /// The relationships in some slots, each one or a list of them.
  func relationships(_ slots: [Slot], _ row: Int) -> Set<RelationshipID> {
    var found: Set<RelationshipID> = []
    for slot in slots {
      guard let value = columns[slot.index]?.value(at: row) else { continue }
      switch value {
      case .relationship(let id): found.insert(id)
      case .list(let elements):
        for element in elements {
          if let id = element.relationshipID { found.insert(id) }
        }
      default: break
      }
    }
    return found
  }
}
