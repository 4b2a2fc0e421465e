import Diagnostics
public import GraphValues

/// What HELLO says.
public struct HelloExtra: Sendable {
  /// The application's name and version.
  public var userAgent: String
  /// Up to 5.0 how the client says who it is.
  public var token: MapValue
  /// The routing context; `nil` when the client does no routing.
  public var routing: MapValue?
  /// Whether date-times in UTC are asked for.
  public var asksForUTC: Bool
  /// Which notifications are wanted.
  public var notifications: NotificationFilter

  /// Reads the metadata of HELLO.
  ///
  /// - Throws: What to answer when something is missing or of another type.
  public init(_ map: MapValue, version: BoltVersion) throws(ProtocolFailure) {
    switch map["user_agent"] {
    case .string(let text): userAgent = text
    case nil, .null:
      throw .illegal("user_agent", "Expected value to be non-null", GQLCauses.missing("user_agent"))
    case .some(let other):
      throw .illegal(
        "user_agent", "Expected string",
        ProtocolFailure.wrongType(other.boltText, "STRING", other.boltTypeName))
    }
    if version.hasBoltAgent { try Self.checkAgent(map["bolt_agent"]) }
    token = map
    routing = nil
    if version.hasRoutingContext, case .map(let context)? = map["routing"] { routing = context }
    asksForUTC = false
    if version.mayPatchUTC, case .list(let patches)? = map["patch_bolt"] {
      asksForUTC = patches.contains { if case .string("utc") = $0 { true } else { false } }
    }
    notifications = try NotificationFilter(map, version: version, field: "extra") ?? .everything
  }

  private static func checkAgent(_ value: Value?) throws(ProtocolFailure) {
    guard case .map(let agent)? = value,
      agent.entries.allSatisfy({ if case .string = $0.value { true } else { false } })
    else {
      throw .illegal(
        "bolt_agent", "Must be a map with string keys and string values.",
        ProtocolFailure.wrongType(
          value.map(\.boltText) ?? "null", "MAP<STRING, STRING>",
          value.map(\.boltTypeName) ?? "null"))
    }
    guard agent["product"] != nil else {
      throw .illegal(
        "bolt_agent", "Expected map to contain key: 'product'.",
        [
          GQLCauses.cause(
            "22N55", "data exception - required key missing from map",
            "Map requires key 'product' but was missing from field `bolt_agent`.")
        ])
    }
  }
}
