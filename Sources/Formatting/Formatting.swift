// Formatting: records, plans, statistics and failures as text.
//
// Everything appends UTF-8 bytes to a caller's buffer and keeps no more than it must: a table its
// sample, the other formats nothing. `Values/` holds the text of single values in each dialect,
// `Records/` the formats of results, `Plans/` what EXPLAIN and PROFILE show. No terminals and no
// files here; start at `Records/RecordFormatter.swift`.
