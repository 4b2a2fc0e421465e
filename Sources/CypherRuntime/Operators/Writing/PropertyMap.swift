import Diagnostics
import GraphStore
import GraphValues
import QueryPlan

/// The property map of something to create, compiled.
final class PropertyMap {
  private enum Content {
    /// Keys of the text, with their values' kernels.
    case entries([(key: TokenReference<KeyToken>, value: Kernel)])
    /// A whole map, such as a parameter or another entity.
    case map(Kernel)
  }

  private let content: Content
  private var columns: [Column] = []
  private var mapColumn: Column?

  init?(_ expression: Expression?, _ compiler: PlanCompiler) throws(Failure) {
    guard let expression else { return nil }
    if case .map(let items) = expression {
      var entries: [(key: TokenReference<KeyToken>, value: Kernel)] = []
      for item in items {
        entries.append((compiler.context.tokens.key(item.key), try compiler.kernel(item.value)))
      }
      content = .entries(entries)
    } else {
      content = .map(try compiler.kernel(expression))
    }
  }

  /// Computes the values for some rows; `properties(row:)` then reads them.
  func evaluate(_ batch: Batch, _ rows: RowSet) throws(Failure) {
    switch content {
    case .entries(let entries):
      columns.removeAll(keepingCapacity: true)
      for entry in entries { columns.append(try entry.value.evaluate(batch, rows)) }
    case .map(let kernel): mapColumn = try kernel.evaluate(batch, rows)
    }
  }

  /// The properties of a row that was computed, without nulls.
  func properties(row: Int, _ writer: EntityWriter) throws(Failure)
    -> [(key: KeyToken, value: Value)]
  {
    var result: [(key: KeyToken, value: Value)] = []
    switch content {
    case .entries(let entries):
      result.reserveCapacity(entries.count)
      for (index, entry) in entries.enumerated() {
        let value = columns[index].value(at: row)
        if !value.isNull { result.append((try writer.key(entry.key), value)) }
      }
    case .map:
      guard let value = mapColumn?.value(at: row) else { return result }
      for entry in try writer.map(of: value).entries where !entry.value.isNull {
        result.append((try writer.key(named: entry.key), entry.value))
      }
    }
    return result
  }

  /// The names and values of a row that was computed, nulls too, for MERGE's own checks.
  func named(row: Int, _ writer: EntityWriter) throws(Failure) -> [(name: String, value: Value)] {
    switch content {
    case .entries(let entries):
      return entries.enumerated().map { ($1.key.name, columns[$0].value(at: row)) }
    case .map:
      guard let value = mapColumn?.value(at: row) else { return [] }
      return try writer.map(of: value).entries.map { ($0.key, $0.value) }
    }
  }
}

extension EntityWriter {
  /// The map that a value is, or the properties of the entity that it is.
  func map(of value: Value) throws(Failure) -> MapValue {
    switch value {
    case .map(let map): return map
    case .node, .relationship, .nodeRecord, .relationshipRecord:
      guard let entity = try EntityID.of(value) else { return MapValue() }
      return MapValue(
        try properties(of: entity).map { (context.transaction.name(of: $0.key), $0.value) })
    default:
      throw .invalidType(
        "Expected \(value.debugText) to be a map, but it was :`\(value.debugText)`",
        value: value, expected: ["MAP"])
    }
  }
}

/// Labels or a type of the text, or computed.
final class NameList {
  private let labels: [TokenReference<LabelToken>]
  private let dynamic: [Kernel]
  private var tokens: [LabelToken] = []

  init(_ names: [NameExpression], _ compiler: PlanCompiler) throws(Failure) {
    var labels: [TokenReference<LabelToken>] = []
    var dynamic: [Kernel] = []
    for name in names {
      switch name {
      case .name(let text): labels.append(compiler.context.tokens.label(text))
      case .dynamic(let expression): dynamic.append(try compiler.kernel(expression))
      }
    }
    self.labels = labels
    self.dynamic = dynamic
  }

  /// The labels for a row, each once, made where they are new.
  func tokens(_ batch: Batch, row: Int, _ writer: EntityWriter) throws(Failure) -> [LabelToken] {
    tokens.removeAll(keepingCapacity: true)
    for label in labels { add(try writer.label(label)) }
    for kernel in dynamic {
      for name in try Self.names(try kernel.value(batch, row: row)) {
        add(try writer.label(named: name))
      }
    }
    return tokens
  }

  /// The labels for a row that exist.
  func knownTokens(_ batch: Batch, row: Int, _ context: ExecutionContext) throws(Failure)
    -> [LabelToken]
  {
    tokens.removeAll(keepingCapacity: true)
    for label in labels {
      if let token = label.resolve(context.transaction) { add(token) }
    }
    for kernel in dynamic {
      for name in try Self.names(try kernel.value(batch, row: row)) {
        if let token = context.transaction.label(named: name) { add(token) }
      }
    }
    return tokens
  }

  private func add(_ token: LabelToken) {
    if !tokens.contains(token) { tokens.append(token) }
  }

  /// The names that a computed name stands for: a string, or a list of them.
  static func names(_ value: Value, of what: String = "node label") throws(Failure) -> [String] {
    switch value {
    case .string(let name): return [name]
    case .list(let elements):
      var names: [String] = []
      for element in elements {
        guard case .string(let name) = element else { throw notNames(value, what) }
        names.append(name)
      }
      return names
    default: throw notNames(value, what)
    }
  }

  private static func notNames(_ value: Value, _ what: String) -> Failure {
    .invalidType(
      "Expected \(what) to be a string or list of strings.", value: value,
      expected: ["STRING", "LIST<STRING>"])
  }
}
