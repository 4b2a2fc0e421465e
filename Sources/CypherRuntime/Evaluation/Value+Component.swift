import Diagnostics
import GraphValues

extension Value {
  /// `value.key` of values that are neither maps nor entities of the store: temporals, durations,
  /// points and records.
  func component(_ key: String) throws(Failure) -> Value {
    switch self {
    case .null: return .null
    case .map(let map): return map[key] ?? .null
    case .nodeRecord(let record): return record.properties[key] ?? .null
    case .relationshipRecord(let record): return record.properties[key] ?? .null
    default:
      if let component = try TemporalComponents.component(named: key, of: self) {
        return component
      }
      throw Failure(ValueError.notAMap(self))
    }
  }
}
