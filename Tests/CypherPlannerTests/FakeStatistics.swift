import CypherPlanner
import QueryPlan

/// A graph of shops: 54 nodes, of which 30 customers, 12 products, 8 suppliers, 4 regions.
struct FakeStatistics: Statistics {
  var nodeCount: Double { 54 }

  func nodeCount(label: String) -> Double {
    ["Customer": 30, "Product": 12, "Supplier": 8, "Region": 4, "Vip": 6][label] ?? 0
  }

  func relationshipCount(type: String?, start: String?, end: String?) -> Double {
    let ends: [String: (count: Double, start: String, end: String)] = [
      "BOUGHT": (33, "Customer", "Product"), "SUPPLIES": (19, "Supplier", "Product"),
      "LIVES_IN": (30, "Customer", "Region"), "REFERRED": (29, "Customer", "Customer"),
    ]
    return ends.reduce(0) { total, item in
      if let type, type != item.key { return total }
      if let start, start != item.value.start { return total }
      if let end, end != item.value.end { return total }
      return total + item.value.count
    }
  }

  func indexes(_ entity: SchemaEntity, name: String) -> [IndexStatistics] {
    guard entity == .node else {
      return name == "BOUGHT" ? [index("bought_qty", name, ["qty"], entries: 33)] : []
    }
    switch name {
    case "Customer":
      return [
        index("customer_id", name, ["id"], isUnique: true, entries: 30),
        index("customer_age", name, ["age"], entries: 30),
        index("customer_name", name, ["last", "first"], entries: 30),
      ]
    case "Product":
      return [
        index("product_sku", name, ["sku"], isUnique: true, entries: 12),
        index("product_name", name, ["name"], kind: .text, entries: 12),
      ]
    default: return []
    }
  }

  func hasExistenceConstraint(_ entity: SchemaEntity, name: String, property: String) -> Bool {
    false
  }

  private func index(
    _ name: String, _ label: String, _ properties: [String], kind: IndexKind = .range,
    isUnique: Bool = false, entries: Double
  ) -> IndexStatistics {
    IndexStatistics(
      reference: IndexReference(
        name: name, entityName: label, properties: properties, isUnique: isUnique),
      kind: kind, entries: entries, distinctValues: entries)
  }
}
