public import QuerySession

/// What stands below a result: row count, times, statistics, notifications.
public enum SummaryText {
  /// Appends the row count and the server's times.
  public static func appendFooter(
    _ summary: ResultSummary, rowCount: Int, to output: inout [UInt8]
  ) {
    output.append(decimal: Int64(rowCount))
    output.append(text: rowCount == 1 ? " row\n" : " rows\n")
    output.append(text: "ready to start consuming query after ")
    output.append(decimal: Int64(summary.availableAfterMilliseconds))
    output.append(text: " ms, results consumed after another ")
    output.append(decimal: Int64(summary.consumedAfterMilliseconds))
    output.append(text: " ms\n")
  }

  /// Appends the plan as the verbose format shows it; nothing where there is none.
  public static func appendPlan(_ summary: ResultSummary, to output: inout [UInt8]) {
    PlanTable.append(summary, to: &output)
  }

  /// Appends one line of all counters that are not zero, or nothing.
  public static func appendStatistics(_ counters: UpdateCounters, to output: inout [UInt8]) {
    guard counters.containsUpdates else { return }
    let parts: [(verb: String, count: Int, noun: String)] = [
      ("Added ", counters.nodesCreated, " nodes"),
      ("Deleted ", counters.nodesDeleted, " nodes"),
      ("Created ", counters.relationshipsCreated, " relationships"),
      ("Deleted ", counters.relationshipsDeleted, " relationships"),
      ("Set ", counters.propertiesSet, " properties"),
      ("Added ", counters.labelsAdded, " labels"),
      ("Removed ", counters.labelsRemoved, " labels"),
      ("Added ", counters.indexesAdded, " indexes"),
      ("Removed ", counters.indexesRemoved, " indexes"),
      ("Added ", counters.constraintsAdded, " constraints"),
      ("Removed ", counters.constraintsRemoved, " constraints"),
    ]
    var isFirst = true
    for part in parts where part.count != 0 {
      if !isFirst { output.append(text: ", ") }
      isFirst = false
      output.append(text: part.verb)
      output.append(decimal: Int64(part.count))
      output.append(text: part.noun)
    }
    output.append(0x0A)
  }

  /// Appends each distinct notification once, an empty line before and one behind the last.
  public static func appendNotifications(
    _ notifications: [Notification], to output: inout [UInt8]
  ) {
    guard !notifications.isEmpty else { return }
    var seen: Set<Notification> = []
    for notification in notifications where seen.insert(notification).inserted {
      output.append(0x0A)
      output.append(text: severity(notification.severity))
      output.append(text: ": ")
      output.append(text: notification.description)
      output.append(0x0A)
      if !notification.gqlStatus.isEmpty {
        output.append(text: notification.gqlStatus)
        output.append(0x20)
      }
      output.append(text: "(")
      output.append(text: notification.code)
      output.append(text: ")\n")
    }
    output.append(0x0A)
  }

  private static func severity(_ name: String) -> String {
    switch name {
    case "WARNING": "warn"
    case "INFORMATION": "info"
    default: name.lowercased()
    }
  }
}
