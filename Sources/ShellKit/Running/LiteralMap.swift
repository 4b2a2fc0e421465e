import GraphValues

/// Maps of literals, evaluated without a session.
enum LiteralMap {
  /// The value of a map of literals, lists, maps, points and durations; `nil` when the text is
  /// anything else.
  static func value(of text: String) -> Value? { nil }
}
