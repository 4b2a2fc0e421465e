// A table for a spreadsheet: `nacre --format csv -f examples/catalogue.cypher > catalogue.csv`.
MATCH (f:Film) WHERE f.rating IS NOT NULL
OPTIONAL MATCH (d:Person)-[:DIRECTED]->(f)
RETURN f.title AS title, f.released AS released, collect(d.name) AS directors, f.rating AS rating
ORDER BY rating DESC, title;
