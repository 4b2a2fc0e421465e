// CypherSyntax
