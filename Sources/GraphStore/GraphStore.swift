// GraphStore: the transactional property graph on top of the key-value store.
//
// Here live the records of nodes and relationships, adjacency, label and property indexes,
// constraints, statistics, the schema of a database and the catalogue of databases. Nothing here
// knows Cypher, and nothing here is unsafe: bytes come and go through KeyValueStore.
//
// Start at `Store.swift`, which opens a database, and `Transaction/GraphTransaction.swift`, through
// which everything else is read and written.
