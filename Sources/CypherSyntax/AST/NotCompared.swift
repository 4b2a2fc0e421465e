/// A stored property that equality and hash leave out.
///
/// Trees compare by structure: places, and the numbers of literal tokens, do not count. So
/// `n.age + 1` in `ORDER BY` equals `n.age + 1` in `RETURN`, and a printed and reparsed statement
/// equals the first one.
@propertyWrapper
public struct NotCompared<Wrapped: Sendable>: Hashable, Sendable {
  /// What is stored.
  public var wrappedValue: Wrapped

  /// Wraps a value.
  public init(wrappedValue: Wrapped) { self.wrappedValue = wrappedValue }

  /// Always true.
  public static func == (left: Self, right: Self) -> Bool { true }

  /// Adds nothing.
  public func hash(into hasher: inout Hasher) {}
}
