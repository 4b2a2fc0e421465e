// Adds what viewers thought: `nacre -f examples/ratings.cypher`, after movies.cypher.
UNWIND [
  {title: 'Seven Samurai', rating: 8.6, votes: 370},
  {title: 'Casablanca', rating: 8.5, votes: 610},
  {title: 'The Godfather', rating: 9.2, votes: 2100},
  {title: 'Parasite', rating: 8.5, votes: 1000},
  {title: 'Paris, Texas', rating: 8.1, votes: 130},
  {title: '8½', rating: 8.0, votes: 130},
  {title: 'Spirited Away', rating: 8.6, votes: 900}
] AS row
MATCH (f:Film {title: row.title})
SET f.rating = row.rating, f.votes = row.votes;
