// KeyValueStore: LMDB in safe Swift. The only importer of CLMDB.
//
// Here live environments (opened once per process), transactions with nested ones inside, cursors,
// the lock that lets a writer wait with a deadline, the log that makes small commits cheap, and the
// bytes that go in and out. Nothing here knows what the bytes mean.
//
// Start at `Environment.swift`, then `Transaction.swift`.
