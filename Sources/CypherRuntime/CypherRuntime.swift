// CypherRuntime: executes plans. The only code that runs once per row.
//
// `Execution/` compiles a `StatementPlan` once into operators and runs it, again and again, over one
// `ExecutionContext`. `Operators/` holds a final class per operator, each of which pulls batches of
// columns from its inputs. `Evaluation/` compiles expressions into kernels over columns. `Functions/`
// implements the functions of the catalogue.
//
// Nothing here parses, plans or opens stores, and nothing here knows of sessions. Start at
// `Execution/CompiledPlan.swift` and `Operators/Operator.swift`.
