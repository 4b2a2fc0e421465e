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

/// All names of a store.
struct TokenTables: Sendable {
  enum Kind: UInt8 {
    case label, type, key
  }

  private(set) var labels = TokenTable()
  private(set) var types = TokenTable()
  private(set) var keys = TokenTable()

  subscript(kind: Kind) -> TokenTable {
    switch kind {
    case .label: labels
    case .type: types
    case .key: keys
    }
  }

  mutating func append(_ kind: Kind, _ name: String) {
    switch kind {
    case .label: labels.append(name)
    case .type: types.append(name)
    case .key: keys.append(name)
    }
  }
}
