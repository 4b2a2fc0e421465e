// CypherEngine
