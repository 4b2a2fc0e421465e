// CypherEngine: the façade of the embedded engine.
//
// `GraphEngine` holds the databases of a data directory, `EmbeddedSession` runs statements on one of
// them: it looks a statement up in the `PlanCache` by its text without literals, else has it parsed,
// checked, planned and compiled (`StatementCompiler`), then runs the compiled plan in the right
// transaction and hands batches on. Commands on databases and users are in `Administration`; a statement
// for another database goes to a session there. Per-row work is CypherRuntime's, records and indexes are
// GraphStore's. Start at `EmbeddedSession.swift`.
