// CypherPlanner
