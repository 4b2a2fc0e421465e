/// A client's connection as a server lists it.
public struct ListedConnection: Sendable, Equatable {
  /// Which one, and between whom.
  public var connection: ServedConnection
  /// Who has logged in; empty before, and where nobody needs to.
  public var user: String
  /// What the client calls itself.
  public var agent: String
  /// How long it has been open.
  public var age: Duration

  /// Describes a connection.
  public init(
    connection: ServedConnection, user: String, agent: String, age: Duration
  ) {
    self.connection = connection
    self.user = user
    self.agent = agent
    self.age = age
  }
}

/// The connections of a server.
///
/// Safe to use from any task.
public protocol ConnectionList: AnyObject, Sendable {
  /// Those that are open, the oldest first.
  var connections: [ListedConnection] { get }

  /// Ends a connection, with what it does.
  ///
  /// - Parameter id: What the server calls it.
  /// - Returns: The connection; `nil` when there is none.
  func end(connection id: String) -> ListedConnection?
}
