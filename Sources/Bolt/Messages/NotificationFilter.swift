import Diagnostics
import GraphValues

/// Which notifications a client wants to hear of.
public struct NotificationFilter: Hashable, Sendable {
  /// The least severe that is wanted; `nil` leaves it to the server.
  public var minimumSeverity: Severity?
  /// Categories that are not wanted; `nil` leaves it to the server.
  public var disabledCategories: Set<String>?

  /// The least severe notification that a client wants.
  public enum Severity: String, Sendable {
    /// None at all.
    case off = "OFF"
    /// Warnings only.
    case warning = "WARNING"
    /// All.
    case information = "INFORMATION"
  }

  /// Lets everything through.
  public static let everything = NotificationFilter()

  private static let categories: Set<String> = [
    "HINT", "UNRECOGNIZED", "UNSUPPORTED", "PERFORMANCE", "DEPRECATION", "GENERIC", "SECURITY",
    "TOPOLOGY", "SCHEMA",
  ]

  /// Makes a filter.
  public init(minimumSeverity: Severity? = nil, disabledCategories: Set<String>? = nil) {
    self.minimumSeverity = minimumSeverity
    self.disabledCategories = disabledCategories
  }

  /// Whether a notification passes.
  public func passes(severity: String, category: String) -> Bool {
    if disabledCategories?.contains(category) == true { return false }
    return switch minimumSeverity {
    case .off: false
    case .warning: severity == "WARNING"
    case .information, nil: true
    }
  }

  /// This filter with what it leaves open filled in.
  public func completed(by other: NotificationFilter) -> NotificationFilter {
    NotificationFilter(
      minimumSeverity: minimumSeverity ?? other.minimumSeverity,
      disabledCategories: disabledCategories ?? other.disabledCategories)
  }

  /// Reads the filter of a message's metadata; `nil` when it has none.
  init?(_ map: MapValue, version: BoltVersion, field: String) throws(ProtocolFailure) {
    guard version.hasNotificationFilters else { return nil }
    switch map["notifications_minimum_severity"] {
    case nil, .null: break
    case .string(let text):
      guard let known = Severity(rawValue: text.uppercased()) else {
        throw Self.illegal(
          field, "minimum severity",
          "Invalid input '\(text)' for NotificationConfig minimumSeverity. "
            + "Expected 'INFORMATION', 'WARNING' or 'NONE'.")
      }
      minimumSeverity = known
    case .some(let other):
      throw Self.illegal(field, "minimum severity", "Expected text, found \(other.boltTypeName).")
    }
    let key =
      version.hasStatuses
      ? "notifications_disabled_classifications" : "notifications_disabled_categories"
    if let names = try Self.names(map[key], field) { disabledCategories = names }
    if minimumSeverity == nil, disabledCategories == nil { return nil }
  }

  private static func names(_ value: Value?, _ field: String) throws(ProtocolFailure)
    -> Set<String>?
  {
    switch value {
    case nil, .null: return nil
    case .list(let items):
      var names: Set<String> = []
      for item in items {
        guard case .string(let text) = item, categories.contains(text.uppercased()) else {
          throw illegal(
            field, "disabled categories",
            "Invalid input '\(item.boltText)' for NotificationConfig disabledCategories.")
        }
        names.insert(text.uppercased())
      }
      return names
    case .some(let other):
      throw illegal(field, "disabled categories", "Expected a list, found \(other.boltTypeName).")
    }
  }

  private static func illegal(_ field: String, _ what: String, _ text: String) -> ProtocolFailure {
    ProtocolFailure(
      Failure(
        code: "Neo.ClientError.Request.Invalid",
        message: "Illegal value for field \"\(field)\": Illegal value for field "
          + "\"Could not parse a NotificationConfig's \(what).\"",
        gqlStatus: "08N06", gqlDescription: ProtocolFailure.protocolError,
        causes: [
          GQLCauses.cause(
            "08N06", "connection exception - protocol error", "General network protocol error."),
          GQLCauses.cause("22N04", "data exception - invalid input value", text),
        ]), closes: false)
  }
}
