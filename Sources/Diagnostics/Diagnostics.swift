// Diagnostics: what went wrong, as data.
//
// `SourceSpan` says where in a statement, `Failure` says what: a Neo4j status code, a GQLSTATUS
// chain, a message, and where it helps a label, a hint and what happened to the data. Rendering,
// colour and printing happen elsewhere: in Formatting for the shell and in the servers.
