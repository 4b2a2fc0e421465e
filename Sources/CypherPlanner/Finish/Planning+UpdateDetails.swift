import GraphValues
import QueryPlan

extension Planning {
  /// The `Details` of writing operators.
  func updateDetails(of operation: PlanOperation) -> String {
    switch operation {
    case .create(let pattern): return text(pattern)
    case .merge(let clause):
      let undirected = Set(
        clause.pattern.relationships.filter { $0.direction == .both }.map(\.slot))
      var parts = ["CREATE " + text(clause.create, undirected: undirected)]
      if !clause.onMatch.isEmpty { parts.append("ON MATCH SET " + text(clause.onMatch)) }
      if !clause.onCreate.isEmpty { parts.append("ON CREATE SET " + text(clause.onCreate)) }
      let bound = clause.create.boundEnds
      if !bound.isEmpty { parts.append("LOCK(" + names(bound) + ")") }
      return parts.joined(separator: ", ")
    case .set(let items): return text(items)
    case .remove(let items): return printingLiterals { items.map(text).joined(separator: ", ") }
    case .delete(let expressions, _): return printingLiterals { texts(expressions) }
    case .forEach(let slot, let list, let body):
      return printingLiterals { forEachText(slot, list, body) }
    default: return ""
    }
  }

  /// What is made with the constants of the text themselves in it.
  func printingLiterals<T>(_ make: () -> T) -> T {
    let before = printsLiterals
    printsLiterals = true
    defer { printsLiterals = before }
    return make()
  }

  private func forEachText(_ slot: Slot, _ list: Expression, _ body: PlanNode) -> String {
    let writes = body.children.count <= 1 ? bodyText(body) : nil
    return name(slot) + " IN " + text(list) + (writes.map { ", " + $0 } ?? "")
  }

  /// The details of each item of a SET or REMOVE.
  func itemDetails(of operation: PlanOperation) -> [String] {
    switch operation {
    case .set(let items): items.map(text)
    case .remove(let items): printingLiterals { items.map(text) }
    case .merge(let clause):
      [
        clause.onMatch.isEmpty ? "" : "ON MATCH SET " + text(clause.onMatch),
        clause.onCreate.isEmpty ? "" : "ON CREATE SET " + text(clause.onCreate),
      ]
    default: []
    }
  }

  private func bodyText(_ body: PlanNode) -> String? {
    if case .create(let pattern) = body.operation, let leaf = body.children.first,
      case .argument = leaf.operation
    {
      return "CREATE " + text(pattern)
    }
    return nil
  }

  private func text(_ pattern: CreatePattern, undirected: Set<Slot> = []) -> String {
    var nodes: [String] = []
    var relationships: [String] = []
    for item in pattern.items {
      switch item {
      case .node(let node):
        let properties = node.properties.map { " " + text($0) } ?? ""
        nodes.append(
          "(" + name(node.slot) + node.labels.map { ":" + text($0) }.joined() + properties + ")")
      case .relationship(let relationship):
        let properties = relationship.properties.map { " " + text($0) } ?? ""
        relationships.append(
          "(" + name(relationship.start) + ")-[" + name(relationship.slot) + ":"
            + text(relationship.type) + properties
            + (undirected.contains(relationship.slot) ? "]-(" : "]->(") + name(relationship.end)
            + ")")
      }
    }
    return (nodes + relationships).joined(separator: ", ")
  }

  private func text(_ name: NameExpression) -> String {
    switch name {
    case .name(let name): Self.quoted(name)
    case .dynamic(let expression): "$(" + text(expression) + ")"
    }
  }

  private func text(_ items: [SetItem]) -> String { items.map(text).joined(separator: ", ") }

  private func text(_ item: SetItem) -> String {
    switch item {
    case .property(let entity, let key, let value):
      return text(entity) + "." + Self.quoted(key) + " = " + text(value)
    case .properties(let entity, let items):
      return items.map {
        text(entity) + "." + Self.quoted($0.key) + " = " + text($0.value)
      }.joined(separator: ", ")
    case .dynamicProperty(let entity, let key, let value):
      return text(entity) + "[" + text(key) + "] = " + text(value)
    case .replaceProperties(let entity, let map): return text(entity) + " = " + text(map)
    case .mergeProperties(let entity, let map): return text(entity) + " += " + text(map)
    case .labels(let slot, let names): return name(slot) + names.map { ":" + text($0) }.joined()
    }
  }

  private func text(_ item: RemoveItem) -> String {
    switch item {
    case .property(let entity, let key): text(entity) + "." + Self.quoted(key) + " = NULL"
    case .dynamicProperty(let entity, let key): text(entity) + "[" + text(key) + "] = NULL"
    case .labels(let slot, let names): name(slot) + names.map { ":" + text($0) }.joined()
    }
  }
}
