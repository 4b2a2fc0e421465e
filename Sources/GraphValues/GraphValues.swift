// GraphValues: what a Cypher value is.
//
// Here live `Value` and all it carries, the ids and tokens of a store, equality, equivalence, order
// and hash as the language defines them, literal text, and the columns and batches in which the
// runtime moves values. Nothing here does input or output, formats messages, or knows of Foundation.
//
// Start at `Value.swift`; `Columns/Column.swift` and `Columns/Batch.swift` hold the hot part.
