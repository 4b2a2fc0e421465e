// How types read in messages: the words of the message and those of its cause differ.

extension StaticType {
  /// The words of messages: `Float, Integer or List<T>`.
  var messageNames: String {
    Self.joined(names(\.message, list: "List", any: "T", isExpected: true))
  }

  /// The words of causes: `FLOAT, INTEGER or LIST`.
  var causeNames: String { Self.joined(names(\.cause, list: "LIST", any: nil, isExpected: true)) }

  /// The value's type in messages.
  var messageActual: String {
    isAny ? "Any" : Self.joined(names(\.message, list: "List", any: "T"))
  }

  /// The value's type in causes.
  var causeActual: String {
    if self == .storable || isAny { return "ANY" }
    return Self.joined(names(\.cause, list: "LIST", any: "ANY"))
  }

  private struct KindName {
    var kind: TypeKinds
    var message: String
    var cause: String
  }

  private static let kindNames: [KindName] = [
    KindName(kind: .boolean, message: "Boolean", cause: "BOOLEAN"),
    KindName(kind: .float, message: "Float", cause: "FLOAT"),
    KindName(kind: .integer, message: "Integer", cause: "INTEGER"),
    KindName(kind: .map, message: "Map", cause: "MAP"),
    KindName(kind: .node, message: "Node", cause: "NODE"),
    KindName(kind: .path, message: "Path", cause: "PATH"),
    KindName(kind: .relationship, message: "Relationship", cause: "RELATIONSHIP"),
    KindName(kind: .point, message: "Point", cause: "POINT"),
    KindName(kind: .string, message: "String", cause: "STRING"),
    KindName(kind: .duration, message: "Duration", cause: "DURATION"),
    KindName(kind: .date, message: "Date", cause: "DATE"),
    KindName(kind: .zonedTime, message: "Time", cause: "ZONED TIME"),
    KindName(kind: .localTime, message: "LocalTime", cause: "LOCAL TIME"),
    KindName(kind: .localDateTime, message: "LocalDateTime", cause: "LOCAL DATETIME"),
    KindName(kind: .zonedDateTime, message: "DateTime", cause: "ZONED DATETIME"),
    KindName(kind: .vector, message: "Vector", cause: "VECTOR"),
  ]

  private func names(
    _ word: KeyPath<KindName, String>, list: String, any: String?, isExpected: Bool = false
  ) -> [String] {
    var names: [String] = []
    for name in Self.kindNames where kinds.contains(name.kind) {
      names.append(name[keyPath: word])
      // The union of all numbers is a type of its own where values of any stored kind are meant.
      if name.kind == .integer, self == .storable { names.append("Number") }
    }
    guard kinds.contains(.list) else { return names }
    if element.isAny {
      names.append(any.map { "\(list)<\($0)>" } ?? list)
    } else if self == .storable {
      let inner = StaticType(.storableScalar.subtracting(.vector))
      var elements = inner.names(word, list: list, any: any)
      if let place = elements.firstIndex(of: "Integer") { elements.insert("Number", at: place + 1) }
      names += elements.map { "\(list)<\($0)>" }
    } else if element.kinds == .number, isExpected {
      // A list of numbers is wanted: messages name each kind of list, causes the elements.
      names +=
        list == "List"
        ? ["List<Float>", "List<Integer>", "List<Number>"] : ["LIST<INTEGER | FLOAT>"]
    } else {
      names += element.elementNames(word, list: list, any: any).map { "\(list)<\($0)>" }
    }
    return names
  }

  /// A list of mixed elements is named by what they have in common.
  private func elementNames(
    _ word: KeyPath<KindName, String>, list: String, any: String?
  ) -> [String] {
    let inner = names(word, list: list, any: any)
    if inner.count <= 1 { return inner }
    let isMessage = list == "List"
    if TypeKinds.number.isSuperset(of: kinds) { return [isMessage ? "Number" : "INTEGER | FLOAT"] }
    return [isMessage ? "Any" : "ANY"]
  }

  private static func joined(_ names: [String]) -> String {
    guard let last = names.last else { return "" }
    if names.count == 1 { return last }
    return names.dropLast().joined(separator: ", ") + " or " + last
  }
}
