// QueryPlan: inert trees that the stages of the engine hand to each other.
//
// `Bound/` is a query after semantic analysis: names resolved to slots, types known, patterns as
// graphs. `Plan/` is what the planner makes of it and the runtime executes. `Catalogue/` says which
// functions and procedures there are and what they take. No algorithms, no storage, no execution.
//
// One numbering of slots serves a whole statement: every variable, also each one the planner makes,
// has a slot of its own, so that no operator renumbers rows and a subquery sees outer variables
// where they are. Start at `Bound/BoundQuery.swift`.
