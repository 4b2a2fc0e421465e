import Diagnostics
import GraphValues

/// Finds the shortest walks between two nodes, breadth first from both ends at once.
final class ShortestPathFinder {
  /// A walk: its nodes, one more than relationships.
  struct Walk {
    var nodes: [NodeID]
    var relationships: [RelationshipID]
  }

  private let expander: HopExpander
  private let direction: Direction
  private let context: ExecutionContext

  /// One end's search: how nodes were first reached, by all hops of the shortest length.
  private struct Side {
    var depth = 0
    var frontier: [NodeID]
    var depths: [NodeID: Int]
    var arrivals: [NodeID: [Hop]] = [:]

    init(_ start: NodeID) {
      frontier = [start]
      depths = [start: 0]
    }
  }

  init(_ expander: HopExpander, _ direction: Direction, _ context: ExecutionContext) {
    self.expander = expander
    self.direction = direction
    self.context = context
  }

  /// All shortest walks of one hop at least and `maximum` hops at most between two different nodes, or
  /// one of them.
  func find(from start: NodeID, to end: NodeID, maximum: Int, all: Bool) throws(Failure) -> [Walk] {
    var forward = Side(start)
    var backward = Side(end)
    while forward.depth + backward.depth < maximum {
      if forward.frontier.isEmpty || backward.frontier.isEmpty { return [] }
      let isForward = forward.frontier.count <= backward.frontier.count
      let meeting: Set<NodeID>
      if isForward {
        try advance(&forward, direction)
        meeting = Self.meeting(forward, backward)
      } else {
        try advance(&backward, direction.reversed)
        meeting = Self.meeting(backward, forward)
      }
      if !meeting.isEmpty {
        return try join(meeting.sorted(), forward, backward, all: all)
      }
      try context.checkCancelled()
    }
    return []
  }

  private func advance(_ side: inout Side, _ direction: Direction) throws(Failure) {
    side.depth += 1
    var next: [NodeID] = []
    var hops: [Hop] = []
    for node in side.frontier {
      hops.removeAll(keepingCapacity: true)
      try expander.append(from: node, direction, to: &hops)
      for hop in hops {
        let arrival = Hop(relationship: hop.relationship, node: node)
        if let known = side.depths[hop.node] {
          if known == side.depth { side.arrivals[hop.node]?.append(arrival) }
          continue
        }
        side.depths[hop.node] = side.depth
        side.arrivals[hop.node] = [arrival]
        next.append(hop.node)
      }
    }
    side.frontier = next
  }

  /// The nodes of a side's newest level that the other side has reached at its newest level.
  private static func meeting(_ advanced: Side, _ other: Side) -> Set<NodeID> {
    Set(advanced.frontier.filter { other.depths[$0] == other.depth })
  }

  private func join(_ nodes: [NodeID], _ forward: Side, _ backward: Side, all: Bool)
    throws(Failure) -> [Walk]
  {
    var walks: [Walk] = []
    for node in nodes {
      let heads = try trace(node, forward, all: all)
      let tails = try trace(node, backward, all: all)
      for head in heads {
        for tail in tails {
          try context.memory.hold(0)
          walks.append(
            Walk(
              nodes: head.nodes.reversed() + tail.nodes.dropFirst(),
              relationships: head.relationships.reversed() + tail.relationships))
          if !all { return walks }
        }
      }
    }
    return walks
  }

  /// The walks from a node back to where a side began.
  private func trace(_ node: NodeID, _ side: Side, all: Bool) throws(Failure) -> [Walk] {
    var open = [Walk(nodes: [node], relationships: [])]
    var done: [Walk] = []
    while let walk = open.popLast() {
      guard let last = walk.nodes.last, let arrivals = side.arrivals[last] else {
        done.append(walk)
        if !all { return done }
        continue
      }
      for arrival in arrivals.reversed() {
        var longer = walk
        longer.nodes.append(arrival.node)
        longer.relationships.append(arrival.relationship)
        open.append(longer)
      }
    }
    return done
  }
}
