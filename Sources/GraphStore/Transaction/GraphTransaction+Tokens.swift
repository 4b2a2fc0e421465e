public import GraphValues

extension GraphTransaction {
  /// The token of a label that some node has or had.
  public func label(named name: String) -> LabelToken? {
    state.tokens.labels.number(of: name).map(LabelToken.init)
  }
  /// The token of a relationship type.
  public func type(named name: String) -> TypeToken? {
    state.tokens.types.number(of: name).map(TypeToken.init)
  }
  /// The token of a property key.
  public func key(named name: String) -> KeyToken? {
    state.tokens.keys.number(of: name).map(KeyToken.init)
  }

  /// The token of a label, made when there is none.
  public func createLabel(named name: String) throws(StoreError) -> LabelToken {
    LabelToken(try state.createToken(.label, name))
  }
  /// The token of a relationship type, made when there is none.
  public func createType(named name: String) throws(StoreError) -> TypeToken {
    TypeToken(try state.createToken(.type, name))
  }
  /// The token of a property key, made when there is none.
  public func createKey(named name: String) throws(StoreError) -> KeyToken {
    KeyToken(try state.createToken(.key, name))
  }

  /// The name of a label; empty for a token of another store.
  public func name(of label: LabelToken) -> String { state.tokens.labels.name(of: label.raw) }
  /// The name of a relationship type; empty for a token of another store.
  public func name(of type: TypeToken) -> String { state.tokens.types.name(of: type.raw) }
  /// The name of a property key; empty for a token of another store.
  public func name(of key: KeyToken) -> String { state.tokens.keys.name(of: key.raw) }

  /// All labels by ascending token, also those that no node has any more.
  public var labels: [LabelToken] {
    state.tokens.labels.names.indices.map { LabelToken(UInt32($0)) }
  }
  /// All relationship types by ascending token.
  public var types: [TypeToken] { state.tokens.types.names.indices.map { TypeToken(UInt32($0)) } }
  /// All property keys by ascending token.
  public var keys: [KeyToken] { state.tokens.keys.names.indices.map { KeyToken(UInt32($0)) } }
}
