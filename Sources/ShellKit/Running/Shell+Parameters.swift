import Diagnostics
import Formatting
import GraphValues
import QuerySession

extension Shell {
  /// Forgets all parameters.
  func clearParameters() {
    parameters = MapValue()
  }

  /// Evaluates a map once and keeps its entries as parameters; on failure none is set.
  func set(_ expression: ParameterExpression) async throws(ShellError) {
    let value = try await evaluate(expression)
    guard case .map(let map) = value else {
      throw .message(
        "Failed to evaluate parameters \(expression.map), got \(ValueText.text(of: value))")
    }
    let entities = map.entries.filter { Self.containsEntity($0.value) }
    guard entities.isEmpty else {
      let found = entities.map { "`\($0.key)`: \(Self.driverText(of: $0.value))" }
      throw .message(
        "Parameter values needs to have a literal type (not nodes, relationships or paths), "
          + "but found: \(found.joined(separator: ", "))")
    }
    for (key, value) in map.entries { parameters[key] = value }
  }

  private func evaluate(_ expression: ParameterExpression) async throws(ShellError) -> Value {
    // Literals need no database, and `system` or one that is stopped would evaluate nothing.
    if let value = LiteralMap.value(of: expression.map, calls: session == nil) { return value }
    let query = "RETURN \(expression.map) AS `result`"
    // Most expressions name no parameter: thousands of them would go along for nothing.
    let parameters = query.utf8.contains(UInt8(ascii: "$")) ? parameters : MapValue()
    do throws(ShellError) {
      if isInTransaction { try await rehearse(query, parameters) }
      return try await records(
        of: query, parameters: parameters, as: TransactionKind.transpiled
      ).first?.first ?? .null
    } catch {
      throw .message("Failed to evaluate expression \(expression.map): \(reason(error))")
    }
  }

  /// Evaluates in a session of its own first, so that a failure leaves the open transaction alone.
  private func rehearse(_ query: String, _ parameters: MapValue) async throws(ShellError) {
    guard let other = try? await connector.connect(request) else { return }
    var failure: Failure?
    do {
      let result = try await other.run(
        StatementRequest(
          query, parameters: parameters, transaction: TransactionKind.transpiled))
      while try await result.next() != nil {}
    } catch {
      failure = error
    }
    await other.close()
    if let failure { throw .statement(failure, text: query) }
  }

  private func reason(_ error: ShellError) -> String {
    switch error {
    case .statement(let failure, let text), .transaction(let failure, let text):
      FailureText.legacy(failure, in: text)
    case .message(let text): text
    case .lost, .outputClosed, .signalled: text(of: error) ?? ""
    }
  }

  private static func containsEntity(_ value: Value) -> Bool {
    var open = [value]
    while let next = open.popLast() {
      switch next {
      case .node, .relationship, .path, .nodeRecord, .relationshipRecord, .pathRecord: return true
      case .list(let elements): open.append(contentsOf: elements)
      case .map(let map): open.append(contentsOf: map.entries.map(\.value))
      default: break
      }
    }
    return false
  }

  /// A value with entities in the words of drivers: `node<60>`, `[path[]]`.
  private static func driverText(of value: Value) -> String {
    switch value {
    case .node(let id): "node<\(id.raw)>"
    case .nodeRecord(let node): "node<\(node.id.raw)>"
    case .relationship(let id): "relationship<\(id.raw)>"
    case .relationshipRecord(let relationship): "relationship<\(relationship.id.raw)>"
    case .pathRecord(let path): "path[\(driverText(of: path))]"
    case .list(let elements): "[\(elements.map { driverText(of: $0) }.joined(separator: ", "))]"
    case .map(let map):
      "{\(map.entries.map { "\($0.key): \(driverText(of: $0.value))" }.joined(separator: ", "))}"
    default: ValueText.text(of: value)
    }
  }

  private static func driverText(of path: PathRecord) -> String {
    path.relationships.map { "(\($0.start.raw))-[\($0.id.raw):\($0.type)]->(\($0.end.raw))" }
      .joined(separator: ", ")
  }
}
