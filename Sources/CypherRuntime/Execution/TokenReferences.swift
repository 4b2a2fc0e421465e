import GraphStore
import GraphValues

/// A name in a plan and the token that it has in the store in use, if any.
///
/// Tokens are looked up once and again only when the store's tokens have changed, since a name may
/// come into being, also by the statement itself, or vanish with a rollback.
final class TokenReference<Token> {
  let name: String
  private var token: Token?
  private var version: UInt64?
  private let lookup: (GraphTransaction, String) -> Token?

  init(_ name: String, lookup: @escaping (GraphTransaction, String) -> Token?) {
    self.name = name
    self.lookup = lookup
  }

  /// The token, or `nil` when nothing has this name yet.
  func resolve(_ transaction: GraphTransaction) -> Token? {
    let current = transaction.tokenVersion
    if version == current { return token }
    version = current
    token = lookup(transaction, name)
    return token
  }

  /// Forgets the token: another store may come.
  func forget() { version = nil }

  /// Remembers a token that was just made.
  func note(_ token: Token, _ transaction: GraphTransaction) {
    self.token = token
    version = transaction.tokenVersion
  }
}

/// All names of a plan, each once.
final class TokenReferences {
  private var labels: [String: TokenReference<LabelToken>] = [:]
  private var types: [String: TokenReference<TypeToken>] = [:]
  private var keys: [String: TokenReference<KeyToken>] = [:]

  func label(_ name: String) -> TokenReference<LabelToken> {
    if let known = labels[name] { return known }
    let made = TokenReference<LabelToken>(name) { $0.label(named: $1) }
    labels[name] = made
    return made
  }

  func type(_ name: String) -> TokenReference<TypeToken> {
    if let known = types[name] { return known }
    let made = TokenReference<TypeToken>(name) { $0.type(named: $1) }
    types[name] = made
    return made
  }

  func key(_ name: String) -> TokenReference<KeyToken> {
    if let known = keys[name] { return known }
    let made = TokenReference<KeyToken>(name) { $0.key(named: $1) }
    keys[name] = made
    return made
  }

  /// Forgets all tokens.
  func forget() {
    for reference in labels.values { reference.forget() }
    for reference in types.values { reference.forget() }
    for reference in keys.values { reference.forget() }
  }
}

/// The types that an expansion follows.
struct TypeFilter {
  private let references: [TokenReference<TypeToken>]

  init(_ names: [String], _ tokens: TokenReferences) {
    references = names.map { tokens.type($0) }
  }

  /// Whether all types are followed.
  var isAll: Bool { references.isEmpty }

  /// The tokens of those names that exist; `nil` when all types are allowed, empty when none exists.
  func resolve(_ transaction: GraphTransaction) -> [TypeToken]? {
    if references.isEmpty { return nil }
    var found: [TypeToken] = []
    found.reserveCapacity(references.count)
    for reference in references {
      if let token = reference.resolve(transaction) { found.append(token) }
    }
    return found
  }
}
