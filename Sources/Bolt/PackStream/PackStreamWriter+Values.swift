public import GraphValues

extension PackStreamWriter {
  /// Writes any value; references to entities, which never leave the engine, become `null`.
  public mutating func write(_ value: Value) {
    switch value {
    case .null, .node, .relationship, .path: writeNull()
    case .boolean(let truth): write(truth)
    case .integer(let number): write(number)
    case .float(let number): write(number)
    case .string(let text): write(text)
    case .bytes(let value): write(bytes: value)
    case .list(let items):
      writeList(count: items.count)
      for item in items { write(item) }
    case .map(let map): write(map)
    case .nodeRecord(let node): write(node)
    case .relationshipRecord(let relationship): write(relationship)
    case .pathRecord(let path): write(path)
    default: writeTemporalOrSpatial(value)
    }
  }

  /// Writes a map in the order of its entries.
  public mutating func write(_ map: MapValue) {
    writeMap(count: map.count)
    for entry in map.entries {
      write(entry.key)
      write(entry.value)
    }
  }

  // MARK: Graph structures

  private mutating func write(_ node: NodeRecord) {
    writeStructure(StructureTag.node, count: dialect.version.hasElementIDs ? 4 : 3)
    write(Int64(bitPattern: node.id.raw))
    writeList(count: node.labels.count)
    for label in node.labels { write(label) }
    write(node.properties)
    if dialect.version.hasElementIDs { write(node.elementID) }
  }

  private mutating func write(_ relationship: RelationshipRecord) {
    writeStructure(StructureTag.relationship, count: dialect.version.hasElementIDs ? 8 : 5)
    write(Int64(bitPattern: relationship.id.raw))
    write(Int64(bitPattern: relationship.start.raw))
    write(Int64(bitPattern: relationship.end.raw))
    write(relationship.type)
    write(relationship.properties)
    guard dialect.version.hasElementIDs else { return }
    write(relationship.elementID)
    write(relationship.startElementID)
    write(relationship.endElementID)
  }

  /// Writes a path: each node and relationship once, in order of first appearance, then two numbers
  /// a step.
  private mutating func write(_ path: PathRecord) {
    var nodes: [NodeRecord] = []
    var nodePlaces: [NodeID: Int] = [:]
    for node in path.nodes where nodePlaces[node.id] == nil {
      nodePlaces[node.id] = nodes.count
      nodes.append(node)
    }
    var relationships: [RelationshipRecord] = []
    var places: [RelationshipID: Int] = [:]
    for relationship in path.relationships where places[relationship.id] == nil {
      places[relationship.id] = relationships.count
      relationships.append(relationship)
    }
    writeStructure(StructureTag.path, count: 3)
    writeList(count: nodes.count)
    for node in nodes { write(node) }
    writeList(count: relationships.count)
    for relationship in relationships { write(unbound: relationship) }
    writeList(count: path.relationships.count * 2)
    for (step, relationship) in path.relationships.enumerated() {
      let place = Int64((places[relationship.id] ?? 0) + 1)
      write(relationship.start == path.nodes[step].id ? place : -place)
      write(Int64(nodePlaces[path.nodes[step + 1].id] ?? 0))
    }
  }

  private mutating func write(unbound relationship: RelationshipRecord) {
    writeStructure(
      StructureTag.unboundRelationship, count: dialect.version.hasElementIDs ? 4 : 3)
    write(Int64(bitPattern: relationship.id.raw))
    write(relationship.type)
    write(relationship.properties)
    if dialect.version.hasElementIDs { write(relationship.elementID) }
  }

  // MARK: Temporal and spatial values

  private mutating func writeTemporalOrSpatial(_ value: Value) {
    switch value {
    case .date(let date):
      writeStructure(StructureTag.date, count: 1)
      write(date.epochDay)
    case .localTime(let time):
      writeStructure(StructureTag.localTime, count: 1)
      write(time.nanosecondOfDay)
    case .zonedTime(let time):
      writeStructure(StructureTag.time, count: 2)
      write(time.nanosecondOfDay)
      write(Int64(time.offsetSeconds))
    case .localDateTime(let time):
      writeStructure(StructureTag.localDateTime, count: 2)
      write(time.epochSecond)
      write(Int64(time.nanosecond))
    case .zonedDateTime(let time): write(time)
    case .duration(let duration):
      writeStructure(StructureTag.duration, count: 4)
      write(duration.months)
      write(duration.days)
      write(duration.seconds)
      write(Int64(duration.nanoseconds))
    case .point(let point): write(point)
    default: writeNull()
    }
  }

  private mutating func write(_ time: ZonedDateTime) {
    let tag =
      switch (time.zoneName == nil, dialect.usesUTC) {
      case (true, true): StructureTag.dateTime
      case (true, false): StructureTag.legacyDateTime
      case (false, true): StructureTag.dateTimeZoneID
      case (false, false): StructureTag.legacyDateTimeZoneID
      }
    writeStructure(tag, count: 3)
    write(dialect.usesUTC ? time.epochSecond : time.epochSecond &+ Int64(time.offsetSeconds))
    write(Int64(time.nanosecond))
    if let name = time.zoneName { write(name) } else { write(Int64(time.offsetSeconds)) }
  }

  private mutating func write(_ point: PointValue) {
    let isThreeDimensional = point.system.isThreeDimensional
    writeStructure(
      isThreeDimensional ? StructureTag.point3D : StructureTag.point2D,
      count: isThreeDimensional ? 4 : 3)
    write(Int64(point.system.rawValue))
    write(point.x)
    write(point.y)
    if isThreeDimensional { write(point.z) }
  }
}
