// QuerySession: the door between anything that runs Cypher and anything that wants it run.
//
// `Session` is implemented by the embedded engine and by the Bolt client; the shell and the servers
// know nothing else. Results come as a stream of record batches and end in a `ResultSummary`.
// No sockets and no storage here.
