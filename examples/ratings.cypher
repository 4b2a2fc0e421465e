// Reads what viewers thought: `nacre -f examples/ratings.cypher`, after movies.cypher.
//
// file:/// begins at the folder that NACRE_IMPORT names, else where the shell was started.
LOAD CSV WITH HEADERS FROM 'file:///examples/ratings.csv' AS row
MATCH (f:Film {title: row.title})
SET f.rating = toFloat(row.rating), f.votes = toInteger(row.votes);
