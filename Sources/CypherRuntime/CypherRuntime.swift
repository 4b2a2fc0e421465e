// CypherRuntime
