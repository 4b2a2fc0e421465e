import Bolt
import Diagnostics
import GraphValues
import QuerySession

extension Notification {
  /// The notifications of a statement's last reply, in whichever form the server has them.
  static func all(in end: MapValue) -> [Notification] {
    let statuses = end.maps("statuses").compactMap { Notification(status: $0) }
    return statuses.isEmpty
      ? end.maps("notifications").map { Notification(legacy: $0) } : statuses
  }

  /// Reads a GQL status; `nil` for one that only tells how the statement ended.
  private init?(status: MapValue) {
    guard let code = status.text("neo4j_code") else { return nil }
    let record = status.map("diagnostic_record") ?? MapValue()
    self.init(
      code: code, title: status.text("title") ?? "",
      description: status.text("description") ?? status.text("status_description") ?? "",
      severity: record.text("_severity") ?? "", category: record.text("_classification") ?? "",
      gqlStatus: status.text("gql_status") ?? "",
      gqlDescription: status.text("status_description") ?? "",
      position: SourcePosition(metadata: record["_position"]))
  }

  /// Reads a notification from before there were statuses.
  private init(legacy: MapValue) {
    let severity = legacy.text("severity") ?? "INFORMATION"
    let description = legacy.text("description") ?? ""
    let isWarning = severity == "WARNING"
    // What drivers make of servers that do not tell.
    self.init(
      code: legacy.text("code") ?? "", title: legacy.text("title") ?? "", description: description,
      severity: severity, category: legacy.text("category") ?? "",
      gqlStatus: isWarning ? "01N42" : "03N42",
      gqlDescription: isWarning
        ? "warn: unknown warning. \(description)"
        : "info: unknown notification. \(description)",
      position: SourcePosition(metadata: legacy["position"]))
  }
}
