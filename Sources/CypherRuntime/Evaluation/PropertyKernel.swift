import Diagnostics
import GraphStore
import GraphValues

/// `e.key`.
final class PropertyKernel: Kernel {
  private let object: Kernel
  private let key: TokenReference<KeyToken>
  private let context: ExecutionContext
  private let result = Column(.values)

  init(_ object: Kernel, _ key: String, _ context: ExecutionContext) {
    self.object = object
    self.key = context.tokens.key(key)
    self.context = context
  }

  override var isRunConstant: Bool { object.isRunConstant }

  override func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column {
    let column = try object.evaluate(batch, rows)
    if rows.isEmpty { return result }
    switch column.kind {
    case .nodes, .relationships: return try readEntities(column, batch.rowCount, rows)
    default: break
    }
    if column.isConstant {
      result.setConstant(try context.property(key, of: column.value(at: 0)))
      return result
    }
    result.prepare(.values, rows: batch.rowCount)
    for index in 0..<rows.count {
      let row = rows[index]
      result.set(try context.property(key, of: column.value(at: row)), at: row)
    }
    return result
  }

  private func readEntities(_ column: Column, _ rowCount: Int, _ rows: RowSet) throws(Failure)
    -> Column
  {
    let isConstant = column.isConstant
    context.storeHits &+= isConstant ? 1 : rows.count
    guard let token = key.resolve(context.transaction) else {
      result.setConstant(.null)
      return result
    }
    // A guess that numbers come spares general columns whose first rows are null.
    result.reset(.integers)
    do throws(StoreError) {
      try context.transaction.read(
        token, of: column, rowCount: isConstant ? 1 : rowCount,
        selection: isConstant ? nil : rows.selection, into: result)
    } catch {
      throw Failure(error)
    }
    result.isConstant = isConstant
    return result
  }
}

extension ExecutionContext {
  /// `e.key` of any value.
  func property(_ key: TokenReference<KeyToken>, of value: Value) throws(Failure) -> Value {
    switch value {
    case .null: return .null
    case .map(let map): return map[key.name] ?? .null
    case .node(let id):
      storeHits &+= 1
      guard let token = key.resolve(transaction) else { return .null }
      do throws(StoreError) {
        return try transaction.property(token, of: id)
      } catch {
        throw Failure(error)
      }
    case .relationship(let id):
      storeHits &+= 1
      guard let token = key.resolve(transaction) else { return .null }
      do throws(StoreError) {
        return try transaction.property(token, of: id)
      } catch {
        throw Failure(error)
      }
    default: return try value.component(key.name)
    }
  }

  /// `e[key]` of a node or relationship, the key known at run time only.
  func property(named name: String, of value: Value) throws(Failure) -> Value {
    storeHits &+= 1
    guard let token = transaction.key(named: name) else { return .null }
    do throws(StoreError) {
      switch value {
      case .node(let id): return try transaction.property(token, of: id)
      case .relationship(let id): return try transaction.property(token, of: id)
      default: return .null
      }
    } catch {
      throw Failure(error)
    }
  }

  /// The properties of a node or relationship; a deleted one has none.
  func properties(of value: Value) throws(Failure) -> MapValue {
    storeHits &+= 1
    do throws(StoreError) {
      let found: [(key: KeyToken, value: Value)]
      switch value {
      case .node(let id):
        found = try transaction.exists(id) ? transaction.properties(of: id) : []
      case .relationship(let id):
        found = try transaction.exists(id) ? transaction.properties(of: id) : []
      default: return MapValue()
      }
      return MapValue(found.map { (transaction.name(of: $0.key), $0.value) })
    } catch {
      throw Failure(error)
    }
  }

  /// `container[index]`.
  func element(of container: Value, at index: Value) throws(Failure) -> Value {
    switch container {
    case .node, .relationship:
      switch index {
      case .null: return .null
      case .string(let name): return try property(named: name, of: container)
      default: throw Failure(ValueError.keyNotString(container: container, key: index))
      }
    default:
      if case .string(let name) = index,
        let component = try TemporalComponents.component(named: name, of: container)
      {
        return component
      }
    }
    do throws(ValueError) {
      return try container.element(at: index)
    } catch {
      throw Failure(error)
    }
  }
}

/// `e:A|B` on nodes and relationships.
final class LabelTestKernel: Kernel {
  private let entity: Kernel
  private let test: LabelTest
  private let context: ExecutionContext
  private let result = Column(.booleans)

  init(_ entity: Kernel, _ test: LabelTest, _ context: ExecutionContext) {
    self.entity = entity
    self.test = test
    self.context = context
  }

  override func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) -> Column {
    let column = try entity.evaluate(batch, rows)
    context.storeHits &+= column.isConstant ? 1 : rows.count
    if column.kind == .nodes && test.isStatic && !rows.isEmpty {
      return try selectNodes(column, batch.rowCount, rows)
    }
    if column.isConstant && test.isStatic && !rows.isEmpty {
      result.setConstant(try holds(column.value(at: 0), batch, 0))
      return result
    }
    result.prepare(.booleans, rows: batch.rowCount)
    for index in 0..<rows.count {
      let row = rows[index]
      result.set(try holds(column.value(at: row), batch, row), at: row)
    }
    return result
  }

  private func selectNodes(_ column: Column, _ rowCount: Int, _ rows: RowSet) throws(Failure)
    -> Column
  {
    let all = column.isConstant ? [0] : rows.array
    let kept = try test.select(all, of: column, context)
    result.prepare(.booleans, rows: column.isConstant ? 1 : rowCount)
    for row in all { result.set(word: 0, at: Int(row)) }
    for row in kept { result.set(word: 1, at: Int(row)) }
    if column.hasNulls {
      for row in all where column.isNull(at: Int(row)) { result.setNull(at: Int(row)) }
    }
    result.isConstant = column.isConstant
    return result
  }

  private func holds(_ value: Value, _ batch: Batch, _ row: Int) throws(Failure) -> Truth {
    switch value {
    case .null: return .unknown
    case .node(let id):
      let labels: [LabelToken]
      do throws(StoreError) {
        labels = try context.transaction.exists(id) ? context.transaction.labels(of: id) : []
      } catch {
        throw Failure(error)
      }
      let names = labels.map { context.transaction.name(of: $0) }
      return Truth(try test.holds(names, batch, row))
    case .relationship(let id):
      let header: RelationshipHeader
      do throws(StoreError) {
        header = try context.transaction.header(of: id)
      } catch {
        throw Failure(error)
      }
      return Truth(try test.holds([context.transaction.name(of: header.type)], batch, row))
    default:
      throw .invalidType(
        "Expected \(value.debugText) to be a Node or Relationship, but it was a "
          + value.className, value: value, expected: ["NODE", "RELATIONSHIP"])
    }
  }
}

/// A compiled `LabelExpression`.
indirect enum LabelTest {
  case name(TokenReference<LabelToken>)
  case any
  case and([LabelTest])
  case or([LabelTest])
  case not(LabelTest)
  case dynamic(Kernel, isAll: Bool)

  /// Whether no names are computed.
  var isStatic: Bool {
    switch self {
    case .name, .any: true
    case .and(let parts), .or(let parts): parts.allSatisfy(\.isStatic)
    case .not(let part): part.isStatic
    case .dynamic: false
    }
  }

  /// The rows whose node fits; null nodes fit nothing.
  func select(_ rows: [UInt16], of nodes: Column, _ context: ExecutionContext) throws(Failure)
    -> [UInt16]
  {
    switch self {
    case .name(let reference):
      guard let token = reference.resolve(context.transaction) else { return [] }
      var kept = rows
      do throws(StoreError) {
        try context.transaction.keepRows(having: token, of: nodes, in: &kept)
      } catch {
        throw Failure(error)
      }
      return kept
    case .any:
      var kept: [UInt16] = []
      for row in rows {
        guard case .node(let id) = nodes.value(at: Int(row)) else { continue }
        let labels = try reading { () throws(StoreError) in
          try context.transaction.exists(id) ? context.transaction.labels(of: id) : []
        }
        if !labels.isEmpty { kept.append(row) }
      }
      return kept
    case .and(let parts):
      var kept = rows
      for part in parts { kept = try part.select(kept, of: nodes, context) }
      return kept
    case .or(let parts):
      var kept: Set<UInt16> = []
      for part in parts {
        let rest = rows.filter { !kept.contains($0) }
        kept.formUnion(try part.select(rest, of: nodes, context))
      }
      return rows.filter { kept.contains($0) }
    case .not(let part):
      let dropped = Set(try part.select(rows, of: nodes, context))
      return rows.filter { !dropped.contains($0) && !nodes.isNull(at: Int($0)) }
    case .dynamic: return []
    }
  }

  /// Whether an entity with these labels, or this type, fits.
  func holds(_ names: [String], _ batch: Batch, _ row: Int) throws(Failure) -> Bool {
    switch self {
    case .name(let reference): return names.contains(reference.name)
    case .any: return !names.isEmpty
    case .and(let parts):
      for part in parts where try !part.holds(names, batch, row) { return false }
      return true
    case .or(let parts):
      for part in parts where try part.holds(names, batch, row) { return true }
      return false
    case .not(let part): return try !part.holds(names, batch, row)
    case .dynamic(let kernel, let isAll):
      let wanted = try kernel.value(batch, row: row).labelNames()
      return isAll
        ? wanted.allSatisfy { names.contains($0) } : wanted.contains { names.contains($0) }
    }
  }
}

extension Value {
  /// The names that a dynamic label or type gives: a string or a list of strings.
  func labelNames() throws(Failure) -> [String] {
    switch self {
    case .string(let name):
      if name.isEmpty { throw .tokenName(name, of: .label) }
      return [name]
    case .list(let elements):
      var names: [String] = []
      for element in elements {
        guard case .string(let name) = element else { throw .labelNotString(element) }
        if name.isEmpty { throw .tokenName(name, of: .label) }
        names.append(name)
      }
      return names
    default: throw .labelNotString(self)
    }
  }
}

extension Failure {
  /// A dynamic label that is not a string.
  static func labelNotString(_ value: Value) -> Failure {
    .invalidType(
      "Expected node label to be a string or list of strings.", value: value,
      expected: ["STRING", "LIST<STRING>"])
  }
}
