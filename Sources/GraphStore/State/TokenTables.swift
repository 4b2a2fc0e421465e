/// The names of one kind, both ways; only ever grows.
struct TokenTable: Sendable {
  private(set) var names: [String] = []
  private var numbers: [String: UInt32] = [:]

  func number(of name: String) -> UInt32? { numbers[name] }

  func name(of number: UInt32) -> String {
    Int(number) < names.count ? names[Int(number)] : ""
  }

  mutating func append(_ name: String) {
    numbers[name] = UInt32(names.count)
    names.append(name)
  }
}

/// All names of a store, shared until they change.
struct TokenTables: Sendable {
  // Safe: changed only while one transaction alone refers to it.
  private final class Storage: @unchecked Sendable {
    var labels = TokenTable()
    var types = TokenTable()
    var keys = TokenTable()
  }

  enum Kind: UInt8 {
    case label, type, key
  }

  static let empty = TokenTables()

  private var storage = Storage()

  var labels: TokenTable { storage.labels }
  var types: TokenTable { storage.types }
  var keys: TokenTable { storage.keys }

  subscript(kind: Kind) -> TokenTable {
    switch kind {
    case .label: labels
    case .type: types
    case .key: keys
    }
  }

  mutating func append(_ kind: Kind, _ name: String) {
    if !isKnownUniquelyReferenced(&storage) {
      let copy = Storage()
      copy.labels = storage.labels
      copy.types = storage.types
      copy.keys = storage.keys
      storage = copy
    }
    switch kind {
    case .label: storage.labels.append(name)
    case .type: storage.types.append(name)
    case .key: storage.keys.append(name)
    }
  }
}
