public import Diagnostics

/// A name as it stands in a statement: of a variable, label, type, property key or database.
public struct Name: Hashable, Sendable {
  /// The name without back-ticks, escapes decoded.
  public var text: String
  /// Whether it stood in back-ticks.
  @NotCompared public var isQuoted: Bool
  /// Where it stands, back-ticks included.
  @NotCompared public var span: SourceSpan

  /// Makes a name.
  public init(_ text: String, isQuoted: Bool = false, span: SourceSpan) {
    self.text = text
    self._isQuoted = NotCompared(wrappedValue: isQuoted)
    self._span = NotCompared(wrappedValue: span)
  }

  /// Whether both have the same code points; letters composed in another way are other names.
  public static func == (left: Self, right: Self) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  /// Adds the text.
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// A name with namespace, such as `db.labels` or `apoc.coll.sum`.
public struct QualifiedName: Hashable, Sendable {
  /// The parts, at least one; the last is the name itself.
  public var parts: [Name]
  /// Where it stands, first part to last.
  @NotCompared public var span: SourceSpan

  /// The parts joined by points, as typed.
  public var text: String { parts.map(\.text).joined(separator: ".") }
}

/// A parameter such as `$name` or `$0`.
public struct Parameter: Hashable, Sendable {
  /// The name without the dollar and back-ticks.
  public var name: String
  /// Where it stands, the dollar included.
  @NotCompared public var span: SourceSpan

  /// Whether both have the same code points.
  public static func == (left: Self, right: Self) -> Bool {
    left.name.utf8.elementsEqual(right.name.utf8)
  }

  /// Adds the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// A name that a parameter may supply, in schema and administration commands.
public enum NameOrParameter: Hashable, Sendable {
  /// A name in the text; points separate parts of qualified ones (`composite.graph`).
  case name(QualifiedName)
  /// A parameter that must hold a string.
  case parameter(Parameter)

  /// Where it stands.
  public var span: SourceSpan {
    switch self {
    case .name(let name): name.span
    case .parameter(let parameter): parameter.span
    }
  }
}
