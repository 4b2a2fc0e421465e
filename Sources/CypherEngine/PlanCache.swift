import CypherRuntime
import CypherSyntax
import GraphValues
import QueryPlan

/// What a cache must know of a plan that it keeps.
protocol KeptPlan {
  /// The schema that it was made for.
  var schemaVersion: UInt64 { get }
  /// How large the graph was then.
  var size: GraphSize { get }
  /// Which distinct literals it depends on.
  var structural: [Int] { get }
}

/// A parameter as far as plans depend on it.
struct ParameterType: Hashable {
  var name: String
  var type: CypherType
}

/// What identifies a statement but for the values of its literals.
struct PlanKey: Hashable {
  var template: TemplateKey
  /// Types of the parameters, which the compile-time checks look at.
  var parameterTypes: [ParameterType]
  /// What language it is in unless it says so itself.
  var defaultsToCypher25: Bool
}

/// Plans by the statement's text without its literals.
///
/// Statements that differ only in literals share a plan, unless the plan depends on a literal's value
/// (a row limit, a number of hops): then one plan is kept for each combination of such values. A plan
/// is dropped when the schema changed, or when the graph has grown or shrunk so much that another
/// plan may be better.
struct PlanCache<Plan: KeptPlan> {
  private struct Family {
    /// Which of the distinct literals the plans depend on.
    var structural: [Int]
    var plans: [[TemplateLiteral]: Plan] = [:]
  }

  private struct Entry {
    let plan: Plan
    let key: PlanKey
    let literals: [TemplateLiteral]
  }

  private let mostPlans: Int
  /// Of all texts together.
  private let mostBytes = 1 << 20

  /// The plan that was made last; it goes to the others when there is a second one, so that a
  /// process with one statement sets no table up.
  private var last: Entry?
  private var families: [PlanKey: Family] = [:]
  private var planCount = 0
  private var byteCount = 0

  /// Makes a cache that is emptied when it holds so many plans.
  init(mostPlans: Int = 1_000) { self.mostPlans = mostPlans }

  /// A plan made for this statement before, if it is still good.
  func plan(
    _ key: PlanKey, _ literals: [TemplateLiteral], schemaVersion: UInt64, size: GraphSize
  ) -> Plan? {
    guard let plan = found(key, literals), plan.schemaVersion == schemaVersion,
      !plan.size.isFar(from: size)
    else { return nil }
    return plan
  }

  private func found(_ key: PlanKey, _ literals: [TemplateLiteral]) -> Plan? {
    if let last, last.key == key,
      values(literals, last.plan.structural) == values(last.literals, last.plan.structural)
    {
      return last.plan
    }
    guard planCount > 0, let family = families[key] else { return nil }
    return family.plans[values(literals, family.structural)]
  }

  /// Keeps a plan.
  mutating func store(_ plan: Plan, _ key: PlanKey, _ literals: [TemplateLiteral]) {
    if let last { file(last.plan, last.key, last.literals) }
    last = Entry(plan: plan, key: key, literals: literals)
  }

  /// How many plans there are.
  var count: Int { planCount + (last == nil ? 0 : 1) }

  /// Drops all plans.
  mutating func removeAll() { self = PlanCache(mostPlans: mostPlans) }

  private mutating func file(_ plan: Plan, _ key: PlanKey, _ literals: [TemplateLiteral]) {
    let structural = plan.structural
    if planCount >= mostPlans || byteCount >= mostBytes {
      families.removeAll()
      planCount = 0
      byteCount = 0
    }
    var family = families[key] ?? Family(structural: structural)
    let wanted = Set(family.structural).union(structural).sorted()
    if wanted != family.structural {
      planCount -= family.plans.count
      family = Family(structural: wanted)
    }
    if family.plans.updateValue(plan, forKey: values(literals, wanted)) == nil {
      planCount += 1
      byteCount += key.template.bytes.count
    }
    families[key] = family
  }

  private func values(_ literals: [TemplateLiteral], _ structural: [Int]) -> [TemplateLiteral] {
    structural.isEmpty ? [] : structural.map { $0 < literals.count ? literals[$0] : .integer(0) }
  }
}

/// How large a graph was when a plan was made for it.
struct GraphSize: Hashable {
  var nodes: Int
  var relationships: Int

  /// Whether plans should be made anew: one of the counts changed to eight times or an eighth.
  func isFar(from other: GraphSize) -> Bool {
    func far(_ one: Int, _ two: Int) -> Bool {
      let (low, high) = one < two ? (one, two) : (two, one)
      return high > 100 && high / 8 > low
    }
    return far(nodes, other.nodes) || far(relationships, other.relationships)
  }
}
