// CypherPlanner: from a bound query to a plan, by cost.
//
// `QueryPlanner` is the door. `Planning` walks the clauses and grows a tree of `Draft`s; patterns go
// through `Match/` (access paths, order of expansion, joins), writes through `Eager/`, which puts
// barriers between reads and writes that touch the same data. `Finish/` turns the chosen drafts into
// `PlanNode`s: which slots stay live, what `Details` say. Nothing here reads data or executes.
