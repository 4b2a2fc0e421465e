import Diagnostics
import Foundation
import GraphValues
import QuerySession
import TestKit

/// Compares an answer with the recorded one, as the probe's word says.
struct GoldenComparison {
  let probe: GoldenProbe
  let got: GoldenAnswer

  private static let freeColumns: Set<String> = [
    "id", "lastRead", "readCount", "trackedSince", "databaseID", "serverID", "address",
    "creationTime", "lastStartTime", "lastStopTime", "lastCommittedTxn", "replicationLag", "store",
  ]

  /// A line for each difference; none when the probe passes.
  func differences() -> [String] {
    let wanted = probe.answer
    if let error = wanted["error"] {
      guard let failure = got.failure else {
        return ["error: no error, not \(error["code"]?.text ?? "")"]
      }
      return compare(error, failure)
    }
    if let failure = got.failure {
      return ["error: \(failure.code): \(failure.message), not a result"]
    }
    let keys = (wanted["keys"]?.array ?? []).compactMap(\.text)
    guard keys == got.keys else { return ["keys: \(got.keys), not \(keys)"] }
    return compareRows(keys) + compareSummary() + comparePlans()
  }

  // MARK: Errors

  private func compare(_ error: JSON, _ failure: Failure) -> [String] {
    var found: [String] = []
    let code = error["code"]?.text ?? ""
    if code != failure.code {
      found.append("code: \(failure.code): \(failure.message), not \(code)")
    }
    var chain: [String] = []
    var link: JSON? = error
    while let object = link, object.object != nil {
      chain.append(object["gqlStatus"]?.text ?? "")
      link = object["cause"]
    }
    let given = [failure.gqlStatus] + failure.causes.map(\.gqlStatus)
    if chain != given {
      found.append(
        "gqlStatus: \(given.joined(separator: " <- ")), not \(chain.joined(separator: " <- "))")
    }
    guard probe.word == "error" else { return found }
    let message = Self.withoutIDs(error["message"]?.text ?? "")
    let ours = Self.withoutIDs(failure.legacyMessage(in: probe.cypher))
    if message != ours { found.append("message: \(ours), not \(message)") }
    return found
  }

  private static func withoutIDs(_ text: String) -> String {
    let patterns = [
      #"(?<=Node\()\d+"#, #"(?<=Relationship\()\d+"#, #"(?<=node<)\d+"#, #"(?<=relationship<)\d+"#,
      #"(?<=with id )\d+"#, #"(?<=\bid=)\d+"#, #"(?<=ownedIndex=)\d+"#, #"(?<=Encountered: \()\d+"#,
      #"(?<=NODE )\d+:[-\w]+:\d+"#, #"(?<=RELATIONSHIP )\d+:[-\w]+:\d+"#,
    ]
    return patterns.reduce(text) {
      $0.replacingOccurrences(of: $1, with: "#", options: .regularExpression)
    }
  }

  // MARK: Rows

  private func compareRows(_ keys: [String]) -> [String] {
    let wanted = (probe.answer["rows"]?.array ?? []).map { $0.array ?? [] }
    var count = wanted.count
    if case .integer(let number)? = probe.answer["rowCount"] { count = Int(number) }
    if probe.word == "keys" { return [] }
    guard count == got.rows.count else { return ["rows: \(got.rows.count) rows, not \(count)"] }
    if probe.word == "types" { return compareTypes(wanted) }
    let isListing =
      probe.cypher.range(
        of: #"^\s*(CYPHER\s+5\s+)?(SHOW|CALL)\b"#, options: [.regularExpression, .caseInsensitive])
      != nil
    let kept = keys.indices.filter { !isListing || !Self.freeColumns.contains(keys[$0]) }
    let sorting = probe.word == "lists"
    var want = wanted.map { row in
      kept.map { GoldenValue.text(row[$0], sortingLists: sorting) }.joined(separator: " | ")
    }
    var have = got.rows.prefix(want.count).map { row in
      kept.map { GoldenValue.text(row[$0], sortingLists: sorting) }.joined(separator: " | ")
    }
    if ["multiset", "lists", "profile"].contains(probe.word) {
      want.sort()
      have.sort()
    }
    for (index, pair) in zip(have, want).enumerated() where pair.0 != pair.1 {
      return ["rows: row \(index): \(pair.0), not \(pair.1)"]
    }
    return []
  }

  private func compareTypes(_ wanted: [[JSON]]) -> [String] {
    for (index, pair) in zip(got.rows, wanted).enumerated() {
      let have = pair.0.map { GoldenValue.kind(GoldenValue.text($0, sortingLists: false)) }
      let want = pair.1.map { GoldenValue.kind(GoldenValue.text($0, sortingLists: false)) }
      if have != want { return ["rows: row \(index): types \(have), not \(want)"] }
    }
    return []
  }

  // MARK: Summary

  private func compareSummary() -> [String] {
    guard let summary = got.summary else { return ["summary: none"] }
    var found: [String] = []
    var counters: [String: Int] = [:]
    for (name, count) in probe.answer["counters"]?.object ?? [:] where !name.hasPrefix("contains") {
      if case .integer(let number) = count { counters[name] = Int(number) }
    }
    let given = Self.counters(summary.counters)
    if counters != given { found.append("counters: \(given), not \(counters)") }
    let type = probe.answer["type"]?.text
    if type != summary.queryType.rawValue {
      found.append("type: \(summary.queryType.rawValue), not \(type ?? "none")")
    }
    return found + compareNotifications(summary.notifications)
  }

  private static func counters(_ counters: UpdateCounters) -> [String: Int] {
    let all = [
      "nodesCreated": counters.nodesCreated, "nodesDeleted": counters.nodesDeleted,
      "relationshipsCreated": counters.relationshipsCreated,
      "relationshipsDeleted": counters.relationshipsDeleted,
      "propertiesSet": counters.propertiesSet, "labelsAdded": counters.labelsAdded,
      "labelsRemoved": counters.labelsRemoved, "indexesAdded": counters.indexesAdded,
      "indexesRemoved": counters.indexesRemoved, "constraintsAdded": counters.constraintsAdded,
      "constraintsRemoved": counters.constraintsRemoved, "systemUpdates": counters.systemUpdates,
    ]
    return all.filter { $0.value != 0 }
  }

  private func compareNotifications(_ notifications: [QuerySession.Notification]) -> [String] {
    let want = (probe.answer["notifications"]?.array ?? []).map { note in
      let fields = ["code", "title", "description", "severity", "category"]
      let place = ["offset", "line", "column"].map { name -> String in
        if case .integer(let number)? = note["position"]?[name] { "\(number)" } else { "" }
      }
      return (fields.map { note[$0]?.text ?? "" } + place).joined(separator: " | ")
    }
    let have = notifications.map { note in
      let place = note.position.map { ["\($0.offset)", "\($0.line)", "\($0.column)"] }
      return
        ([note.code, note.title, note.description, note.severity, note.category]
        + (place ?? ["", "", ""])).joined(separator: " | ")
    }
    var found: [String] = []
    for note in want where !have.contains(note) { found.append("notifications: missing \(note)") }
    for note in have where !want.contains(note) && !Self.isUnknownName(note) {
      found.append("notifications: surplus \(note)")
    }
    return found
  }

  private static func isUnknownName(_ note: String) -> Bool {
    ["UnknownLabelWarning", "UnknownRelationshipTypeWarning", "UnknownPropertyKeyWarning"]
      .contains { note.contains($0) }
  }

  // MARK: Plans

  private func comparePlans() -> [String] {
    guard probe.word == "plan" || probe.word == "profile" else { return [] }
    guard let plan = got.summary?.plan, let wanted = probe.answer[probe.word] else {
      return ["\(probe.word): no plan"]
    }
    return compare(wanted, plan, at: "").map { "\(probe.word): \($0)" }
  }

  private func compare(_ wanted: JSON, _ plan: PlanDescription, at path: String) -> [String] {
    let name = String((wanted["operatorType"]?.text ?? "").prefix { $0 != "@" })
    let path = path + "/" + name
    guard plan.operatorType == name else { return ["\(path): \(plan.operatorType)"] }
    var found: [String] = []
    let details = wanted["arguments"]?["Details"]?.text ?? ""
    var given = ""
    if case .string(let text)? = plan.arguments["Details"] { given = text }
    if details != given { found.append("\(path): Details \(given), not \(details)") }
    if probe.word == "profile", let rows = wanted["rows"], case .integer(let count) = rows,
      case .integer(let ours)? = plan.arguments["Rows"], count != ours
    {
      found.append("\(path): \(ours) rows, not \(count)")
    }
    let children = wanted["children"]?.array ?? []
    guard children.count == plan.children.count else {
      return found + ["\(path): \(plan.children.count) children, not \(children.count)"]
    }
    for (want, have) in zip(children, plan.children) {
      found += compare(want, have, at: path)
    }
    return found
  }
}
