public import GraphValues

extension GraphTransaction {
  /// The token of a label that some node has or had.
  public func label(named name: String) -> LabelToken? { nil }
  /// The token of a relationship type.
  public func type(named name: String) -> TypeToken? { nil }
  /// The token of a property key.
  public func key(named name: String) -> KeyToken? { nil }

  /// The token of a label, made when there is none.
  public func createLabel(named name: String) throws(StoreError) -> LabelToken { LabelToken(0) }
  /// The token of a relationship type, made when there is none.
  public func createType(named name: String) throws(StoreError) -> TypeToken { TypeToken(0) }
  /// The token of a property key, made when there is none.
  public func createKey(named name: String) throws(StoreError) -> KeyToken { KeyToken(0) }

  /// The name of a label; empty for a token of another store.
  public func name(of label: LabelToken) -> String { "" }
  /// The name of a relationship type; empty for a token of another store.
  public func name(of type: TypeToken) -> String { "" }
  /// The name of a property key; empty for a token of another store.
  public func name(of key: KeyToken) -> String { "" }

  /// All labels by ascending token, also those that no node has any more.
  public var labels: [LabelToken] { [] }
  /// All relationship types by ascending token.
  public var types: [TypeToken] { [] }
  /// All property keys by ascending token.
  public var keys: [KeyToken] { [] }
}
