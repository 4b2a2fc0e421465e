// CypherSemantics: from the tree of a statement to its meaning.
//
// The door is `SemanticAnalyser.analyse`. Inside, one `Binder` walks the tree once: it keeps the
// scope, gives each variable its slot, infers static types, and reports the first thing that is
// wrong with the message, status and place that Neo4j would give. `Types/` is the lattice of static
// types, `Failures/` the messages, the other folders one kind of syntax each. No planning, no
// statistics, no values: what depends on the store is left to later stages.
