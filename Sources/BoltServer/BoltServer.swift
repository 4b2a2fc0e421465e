// BoltServer: serves any `SessionService` to Bolt drivers.
//
// Listens, carries out what the protocol's state machine says, streams records, bounds what one
// client can cost the others. Knows nothing of Cypher or of storage. Start reading at `BoltListener`.
