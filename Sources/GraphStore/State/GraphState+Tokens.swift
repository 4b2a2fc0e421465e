import KeyValueStore

extension GraphState {
  /// The number of a name, which is made when there is none.
  mutating func createToken(_ kind: TokenTables.Kind, _ name: String) throws(StoreError) -> UInt32 {
    if let number = tokens[kind].number(of: name) { return number }
    let number = UInt32(tokens[kind].names.count)
    guard number < CounterKey.anyType else {
      throw .internalFailure(operation: "create token", code: 0)
    }
    try willChange()
    key.removeAll()
    key.append(MainKey.token.rawValue)
    key.append(kind.rawValue)
    key.append(big: number)
    block.removeAll()
    block.append(name)
    try space.put(in: trees.main, key, block)
    tokens.append(kind, name)
    meta.tokenVersion = .random(in: 1...UInt64.max)
    return number
  }
}
