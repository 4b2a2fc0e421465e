import Diagnostics
import GraphValues

/// Bookmarks as messages carry them.
enum Bookmarks {
  /// The texts of a list; `null` is none.
  ///
  /// - Parameters:
  ///   - value: What stands in their place.
  ///   - illegal: Makes a failure of what is wrong and its causes.
  /// - Returns: The texts.
  /// - Throws: What `illegal` makes of anything that is no list of texts.
  static func texts(
    _ value: Value?, illegal: (String, [GQLCause]) -> ProtocolFailure
  ) throws(ProtocolFailure) -> [String] {
    switch value {
    case nil, .null: return []
    case .list(let items):
      var bookmarks: [String] = []
      for item in items {
        guard case .string(let text) = item else {
          throw illegal(
            "Expected list of strings",
            ProtocolFailure.wrongType(item.boltText, "STRING", item.boltTypeName))
        }
        bookmarks.append(text)
      }
      return bookmarks
    case .some(let other):
      throw illegal(
        "Expected list", ProtocolFailure.wrongType(other.boltText, "list", other.boltTypeName))
    }
  }
}
