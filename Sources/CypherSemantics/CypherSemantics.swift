// CypherSemantics
