// BoltClient: a `Session` on a server that speaks Bolt.
//
// Connections with their handshake and authentication, routing tables, bookmarks, results as streams.
// Knows nothing of Cypher. Start reading at `RemoteSession`.
