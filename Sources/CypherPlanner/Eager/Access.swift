import QueryPlan

/// Whether something concerns nodes, relationships, or either.
enum EntityKind: Hashable {
  case node
  case relationship
  case unknown

  /// Whether two kinds may be of the same entity.
  func overlaps(_ other: Self) -> Bool { self == other || self == .unknown || other == .unknown }
}

/// Something that an operator reads of the graph.
enum Read: Hashable {
  /// Nodes are looked for; the variable will have these labels and properties.
  case nodes(Slot)
  /// Relationships of these types, or of all, are looked for.
  case relationships(Set<String>, Slot)
  /// Nodes that relationships which are looked for lead from and to.
  case ends(Slot)
  /// A label of a node is asked for; `nil` reads all labels.
  case label(String?, of: Slot?)
  /// A property is asked for; `nil` reads all properties.
  case property(String?, EntityKind, of: Slot?)
  /// The relationships of a node, of these types or of all, are counted.
  case degree(Set<String>, of: Slot)
  /// An entity is changed or joined to another, so that it must not be deleted by then.
  case target(Slot)
}

/// Something that an operator changes in the graph.
enum Write: Hashable {
  /// New nodes with labels and properties; `nil` when computed.
  case createNode(labels: Set<String>?, properties: Set<String>?)
  /// New relationships of a type; `nil` when computed.
  case createRelationship(type: String?)
  /// A label is added or removed; `nil` when computed.
  case label(String?, of: Slot?)
  /// A property is changed; `nil` when computed or all.
  case property(String?, EntityKind, of: Slot?)
  /// Entities vanish, those of the variable or others.
  case delete(EntityKind, Slot?)
  /// Anything may change.
  case unknown
}

/// What the operators of a plan read and write.
struct AccessFinder {
  let slots: SlotTable

  /// The kind of the entity in a variable.
  func kind(of slot: Slot) -> EntityKind {
    guard 0..<slots.count ~= slot.index else { return .unknown }
    switch slots[slot].kind {
    case .node: return .node
    case .relationship: return .relationship
    case .relationshipList: return .relationship
    case .path, .value: return .unknown
    }
  }

  private func entity(_ expression: Expression) -> (kind: EntityKind, slot: Slot?) {
    if case .variable(let slot) = expression { (kind(of: slot), slot) } else { (.unknown, nil) }
  }

  // MARK: Reads

  /// What an operator itself reads, subqueries in its expressions included.
  func reads(of operation: PlanOperation) -> Set<Read> {
    var found = structuralReads(of: operation)
    for expression in operation.expressions { collect(expression, into: &found) }
    if case .eagerAggregation(_, let aggregates) = operation {
      for aggregate in aggregates {
        for argument in aggregate.call.arguments { collect(argument, into: &found) }
      }
    }
    return found
  }

  private func structuralReads(of operation: PlanOperation) -> Set<Read> {
    switch operation {
    case .allNodesScan(let slot), .nodeByIDSeek(let slot, _, _, _): return [.nodes(slot)]
    case .nodeByLabelScan(let slot, let label): return [.nodes(slot), .label(label, of: slot)]
    case .unionNodeByLabelsScan(let slot, let labels),
      .intersectionNodeByLabelsScan(let slot, let labels):
      return Set([.nodes(slot)] + labels.map { .label($0, of: slot) })
    case .subtractionNodeByLabelsScan(let slot, let labels, let excluded):
      return Set([.nodes(slot)] + (labels + excluded).map { .label($0, of: slot) })
    case .nodeIndexSeek(let slot, let index, _):
      return Set(
        [.nodes(slot), .label(index.entityName, of: slot)]
          + index.properties.map { .property($0, .node, of: slot) })
    case .nodeCountFromCountStore(let slot, let labels):
      return Set([.nodes(slot)] + labels.compactMap { $0.map { .label($0, of: nil) } })
    case .relationshipCountFromCountStore(let slot, let start, let types, let end, _):
      let ends = [start, end].compactMap { $0 }
      return Set([.relationships(Set(types), slot)] + ends.map { .label($0, of: nil) })
    case .allRelationshipsScan(let slot, _, _, _),
      .relationshipByIDSeek(let slot, _, _, _, _, _, _):
      return [.relationships([], slot)]
    case .relationshipTypeScan(let slot, _, _, let types, _):
      return [.relationships(Set(types), slot)]
    case .relationshipIndexSeek(let slot, _, _, let index, _, _):
      return Set(
        [.relationships([index.entityName], slot)]
          + index.properties.map { .property($0, .relationship, of: slot) })
    case .expandAll(let step), .expandInto(let step), .optionalExpandAll(let step, _),
      .optionalExpandInto(let step, _), .varLengthExpand(let step, _):
      return [
        .relationships(Set(step.types), step.relationship), .ends(step.from), .ends(step.to),
      ]
    case .shortestPath(let search):
      return [.relationships(Set(search.expansion.types), search.expansion.relationship)]
    case .procedureCall(let call):
      let isEmpty = call.signature.mode == .dbms
      return isEmpty
        ? []
        : [
          .nodes(Slot(-1)), .relationships([], Slot(-1)), .label(nil, of: nil),
          .property(nil, .unknown, of: nil),
        ]
    case .produceResults(let columns):
      return Set(columns.flatMap { wholeEntity($0.slot) })
    case .set(let items): return Set(items.compactMap(\.target).map(Read.target))
    case .remove(let items): return Set(items.compactMap(\.target).map(Read.target))
    case .create(let pattern): return Set(pattern.boundEnds.map(Read.target))
    case .merge(let clause): return Set(clause.create.boundEnds.map(Read.target))
    default: return []
    }
  }

  /// Reads of a result column that holds an entity.
  private func wholeEntity(_ slot: Slot) -> [Read] {
    guard slot.index < slots.count, slots[slot].kind != .value else { return [] }
    let kind = kind(of: slot)
    let properties = Read.property(nil, kind, of: slot)
    return kind == .relationship ? [properties] : [properties, .label(nil, of: slot)]
  }

  /// Adds what computing an expression reads.
  func collect(_ expression: Expression, into found: inout Set<Read>) {
    switch expression {
    case .property(let base, let key):
      let (kind, slot) = entity(base)
      found.insert(.property(key, kind, of: slot))
    case .element(let base, _):
      let (kind, slot) = entity(base)
      if kind != .unknown { found.insert(.property(nil, kind, of: slot)) }
    case .mapProjection(let base, let items):
      let (kind, slot) = entity(base)
      for item in items {
        switch item {
        case .allProperties: found.insert(.property(nil, kind, of: slot))
        case .property(let key): found.insert(.property(key, kind, of: slot))
        case .entry: break
        }
      }
    case .hasLabels(let base, let labels):
      let (kind, slot) = entity(base)
      if kind != .relationship {
        let names = labels.names
        if names.isEmpty || !labels.expressions.isEmpty { found.insert(.label(nil, of: slot)) }
        for name in names { found.insert(.label(name, of: slot)) }
      }
    case .function(let name, let arguments):
      let (kind, slot) = arguments.first.map(entity) ?? (.unknown, nil)
      switch name.lowercased() {
      case "labels": found.insert(.label(nil, of: slot))
      case "properties", "keys": found.insert(.property(nil, kind, of: slot))
      default: break
      }
    case .degree(let slot, _, let types): found.insert(.degree(Set(types), of: slot))
    case .nestedPlan(let plan): collect(plan.plan, into: &found)
    default: break
    }
    for child in expression.children { collect(child, into: &found) }
  }

  private func collect(_ node: PlanNode, into found: inout Set<Read>) {
    found.formUnion(reads(of: node.operation))
    for child in node.children { collect(child, into: &found) }
  }
}

extension LabelExpression {
  /// All names in it.
  var names: [String] {
    switch self {
    case .name(let name): [name]
    case .and(let parts), .or(let parts): parts.flatMap(\.names)
    case .not(let part): part.names
    case .any, .dynamicAll, .dynamicAny: []
    }
  }
}
