// What the films of movies.cypher tell: `nacre -f examples/films.cypher`.

// The longest careers in front of the camera.
MATCH (p:Person)-[:ACTED_IN]->(f:Film)
WITH p, min(f.released) AS first, max(f.released) AS last, count(f) AS films
RETURN p.name AS actor, films, first, last, last - first AS years
ORDER BY years DESC, actor
LIMIT 5;

// Directors and the actors they kept coming back to.
MATCH (d:Person)-[:DIRECTED]->(f:Film)<-[:ACTED_IN]-(a:Person)
WITH d, a, collect(f.title) AS films
WHERE size(films) > 1
RETURN d.name AS director, a.name AS actor, films
ORDER BY size(films) DESC, director, actor;

// How many handshakes lie between two people?
MATCH path = shortestPath((:Person {name: 'Max von Sydow'})-[:ACTED_IN*]-(:Person {name: 'Alec Guinness'}))
RETURN [n IN nodes(path) WHERE n:Person | n.name] AS way, length(path) / 2 AS handshakes;

// A decade at a time.
MATCH (f:Film)-[:OF_GENRE]->(g:Genre)
RETURN f.released / 10 * 10 AS decade, count(*) AS films, collect(DISTINCT g.name) AS genres
ORDER BY decade;
