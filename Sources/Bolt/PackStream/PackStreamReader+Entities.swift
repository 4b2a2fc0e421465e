import GraphValues

extension PackStreamReader {
  /// Reads the fields of a node, a relationship or a path in a reply.
  mutating func entity(_ tag: UInt8, _ count: Int) throws(PackStreamError) -> Value {
    switch tag {
    case StructureTag.node: return .nodeRecord(try node(count))
    case StructureTag.relationship: return .relationshipRecord(try relationship(count))
    case StructureTag.path: return try path(count)
    default:
      let loose = try unbound(count)
      return .string("<relationship \(loose.elementID)>")
    }
  }

  private var hasElementIDs: Bool { rules.dialect.version.hasElementIDs }

  private mutating func node(_ count: Int) throws(PackStreamError) -> NodeRecord {
    try check(count, hasElementIDs ? 4 : 3)
    let id = try readInteger()
    let labelCount = try readListHead()
    var labels: [String] = []
    labels.reserveCapacity(min(labelCount, 4096))
    for _ in 0..<labelCount { labels.append(try readString()) }
    let properties = try readMap()
    let elementID = hasElementIDs ? try readString() : String(id)
    return NodeRecord(
      id: NodeID(UInt64(bitPattern: id)), elementID: elementID, labels: labels,
      properties: properties)
  }

  private mutating func relationship(_ count: Int) throws(PackStreamError) -> RelationshipRecord {
    try check(count, hasElementIDs ? 8 : 5)
    let id = try readInteger()
    let start = try readInteger()
    let end = try readInteger()
    let type = try readString()
    let properties = try readMap()
    let elementID = hasElementIDs ? try readString() : String(id)
    let startElementID = hasElementIDs ? try readString() : String(start)
    let endElementID = hasElementIDs ? try readString() : String(end)
    return RelationshipRecord(
      id: RelationshipID(UInt64(bitPattern: id)), elementID: elementID,
      start: NodeID(UInt64(bitPattern: start)), end: NodeID(UInt64(bitPattern: end)),
      startElementID: startElementID, endElementID: endElementID, type: type,
      properties: properties)
  }

  /// A relationship as paths hold it: its ends follow from the steps.
  private struct LooseRelationship {
    var id: Int64
    var elementID: String
    var type: String
    var properties: MapValue
  }

  private mutating func unbound(_ count: Int) throws(PackStreamError) -> LooseRelationship {
    try check(count, hasElementIDs ? 4 : 3)
    let id = try readInteger()
    let type = try readString()
    let properties = try readMap()
    return LooseRelationship(
      id: id, elementID: hasElementIDs ? try readString() : String(id), type: type,
      properties: properties)
  }

  private mutating func path(_ count: Int) throws(PackStreamError) -> Value {
    try check(count, 3)
    var nodes: [NodeRecord] = []
    for _ in 0..<(try readListHead()) {
      let head = try readStructureHead()
      guard head.tag == StructureTag.node else { throw .unknownStructure(tag: head.tag) }
      nodes.append(try node(head.count))
    }
    var loose: [LooseRelationship] = []
    for _ in 0..<(try readListHead()) {
      let head = try readStructureHead()
      guard head.tag == StructureTag.unboundRelationship else {
        throw .unknownStructure(tag: head.tag)
      }
      loose.append(try unbound(head.count))
    }
    var steps: [Int64] = []
    for _ in 0..<(try readListHead()) { steps.append(try readInteger()) }
    guard let path = Self.path(nodes, loose, steps) else {
      return .string("<path with steps that lead nowhere>")
    }
    return .pathRecord(path)
  }

  /// Walks the steps; `nil` when they name what is not there.
  private static func path(
    _ nodes: [NodeRecord], _ loose: [LooseRelationship], _ steps: [Int64]
  ) -> PathRecord? {
    guard var here = nodes.first, steps.count % 2 == 0 else { return nil }
    var walked = [here]
    var relationships: [RelationshipRecord] = []
    for step in stride(from: 0, to: steps.count, by: 2) {
      let place = steps[step]
      guard place != 0, place.magnitude <= UInt64(loose.count), steps[step + 1] >= 0,
        steps[step + 1] < Int64(nodes.count)
      else { return nil }
      let next = nodes[Int(steps[step + 1])]
      let found = loose[Int(place.magnitude) - 1]
      let (start, end) = place > 0 ? (here, next) : (next, here)
      relationships.append(
        RelationshipRecord(
          id: RelationshipID(UInt64(bitPattern: found.id)), elementID: found.elementID,
          start: start.id, end: end.id, startElementID: start.elementID,
          endElementID: end.elementID, type: found.type, properties: found.properties))
      walked.append(next)
      here = next
    }
    return PathRecord(nodes: walked, relationships: relationships)
  }
}
