import GraphValues
import QueryPlan

extension Value {
  /// `IS form NORMALIZED`: null unless a string.
  func isNormalized(_ form: NormalForm) -> Value {
    guard case .string(let text) = self else { return .null }
    switch form {
    case .nfc: return .boolean(text.isNormalized(.nfc))
    case .nfd: return .boolean(text.isNormalized(.nfd))
    case .nfkc: return .boolean(text.isNormalized(.nfkc))
    case .nfkd: return .boolean(text.isNormalized(.nfkd))
    }
  }
}
