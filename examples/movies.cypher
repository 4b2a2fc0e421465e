// Films and the people who made them.
//
// Run it with `nacre -f examples/movies.cypher`. It may run again: it begins by emptying what it made.

MATCH (n) WHERE n:Film OR n:Person OR n:Genre DETACH DELETE n;

CREATE CONSTRAINT film_title IF NOT EXISTS FOR (f:Film) REQUIRE f.title IS UNIQUE;
CREATE CONSTRAINT person_name IF NOT EXISTS FOR (p:Person) REQUIRE p.name IS UNIQUE;
CREATE INDEX film_released IF NOT EXISTS FOR (f:Film) ON (f.released);

// Films.
CREATE (:Film {title: 'The Seventh Seal', released: 1957, tagline: 'A knight plays chess with Death'});
CREATE (:Film {title: 'Wild Strawberries', released: 1957, tagline: 'An old professor drives through his past'});
CREATE (:Film {title: 'Persona', released: 1966, tagline: 'Two women in a house by the sea'});
CREATE (:Film {title: 'Autumn Sonata', released: 1978, tagline: 'A pianist visits her daughter'});
CREATE (:Film {title: 'Casablanca', released: 1942, tagline: 'Everybody comes to Rick\'s'});
CREATE (:Film {title: 'The Maltese Falcon', released: 1941, tagline: 'Stuff that dreams are made of'});
CREATE (:Film {title: 'The African Queen', released: 1951, tagline: 'Down the river on an old boat'});
CREATE (:Film {title: 'M', released: 1931, tagline: 'A city hunts a murderer'});
CREATE (:Film {title: 'Metropolis', released: 1927, tagline: 'The heart between head and hands'});
CREATE (:Film {title: 'Seven Samurai', released: 1954, tagline: 'A village hires swords'});
CREATE (:Film {title: 'Rashomon', released: 1950, tagline: 'Four tellings of one crime'});
CREATE (:Film {title: 'Ikiru', released: 1952, tagline: 'A clerk learns how to live'});
CREATE (:Film {title: 'Yojimbo', released: 1961, tagline: 'A ronin between two gangs'});
CREATE (:Film {title: 'Ran', released: 1985, tagline: 'A lord divides his lands'});
CREATE (:Film {title: 'Vertigo', released: 1958, tagline: 'A detective afraid of heights'});
CREATE (:Film {title: 'Rear Window', released: 1954, tagline: 'A photographer watches the yard'});
CREATE (:Film {title: 'North by Northwest', released: 1959, tagline: 'The wrong man runs'});
CREATE (:Film {title: 'Notorious', released: 1946, tagline: 'A spy in a cellar of bottles'});
CREATE (:Film {title: 'Psycho', released: 1960, tagline: 'A motel off the road'});
CREATE (:Film {title: 'The Philadelphia Story', released: 1940, tagline: 'A wedding and two reporters'});
CREATE (:Film {title: 'Lawrence of Arabia', released: 1962, tagline: 'A lieutenant in the desert'});
CREATE (:Film {title: 'Doctor Zhivago', released: 1965, tagline: 'A poet in the revolution'});
CREATE (:Film {title: 'The Bridge on the River Kwai', released: 1957, tagline: 'A bridge built by prisoners'});
CREATE (:Film {title: 'Sunset Boulevard', released: 1950, tagline: 'A writer and a forgotten star'});
CREATE (:Film {title: 'Some Like It Hot', released: 1959, tagline: 'Two musicians on the run'});
CREATE (:Film {title: 'The Apartment', released: 1960, tagline: 'A clerk lends his key'});
CREATE (:Film {title: 'Stalker', released: 1979, tagline: 'Three men enter the Zone'});
CREATE (:Film {title: 'Solaris', released: 1972, tagline: 'A station above an ocean that thinks'});
CREATE (:Film {title: 'La Dolce Vita', released: 1960, tagline: 'Seven nights in Rome'});
CREATE (:Film {title: '8½', released: 1963, tagline: 'A director without a film'});
CREATE (:Film {title: 'The Leopard', released: 1963, tagline: 'A prince watches his world end'});
CREATE (:Film {title: 'Once Upon a Time in the West', released: 1968, tagline: 'A harmonica and a railway'});
CREATE (:Film {title: '12 Angry Men', released: 1957, tagline: 'A jury on a hot day'});
CREATE (:Film {title: 'Le Samouraï', released: 1967, tagline: 'A killer and his bird'});
CREATE (:Film {title: 'Breathless', released: 1960, tagline: 'A thief and a student in Paris'});
CREATE (:Film {title: 'The 400 Blows', released: 1959, tagline: 'A boy runs to the sea'});
CREATE (:Film {title: 'Jules and Jim', released: 1962, tagline: 'Two friends and Catherine'});
CREATE (:Film {title: 'Tokyo Story', released: 1953, tagline: 'Old parents visit the city'});
CREATE (:Film {title: 'Late Spring', released: 1949, tagline: 'A daughter who will not marry'});
CREATE (:Film {title: 'Pather Panchali', released: 1955, tagline: 'A childhood in a village'});
CREATE (:Film {title: 'In the Mood for Love', released: 2000, tagline: 'Neighbours in Hong Kong'});
CREATE (:Film {title: 'Chungking Express', released: 1994, tagline: 'Two policemen and a snack bar'});
CREATE (:Film {title: 'Blade Runner', released: 1982, tagline: 'A hunter of replicants'});
CREATE (:Film {title: 'Alien', released: 1979, tagline: 'A ship answers a call'});
CREATE (:Film {title: 'The Elephant Man', released: 1980, tagline: 'A man in London'});
CREATE (:Film {title: 'Mulholland Drive', released: 2001, tagline: 'A road above the city'});
CREATE (:Film {title: 'The Silence of the Lambs', released: 1991, tagline: 'A student asks a prisoner'});
CREATE (:Film {title: 'Taxi Driver', released: 1976, tagline: 'A driver who cannot sleep'});
CREATE (:Film {title: 'Raging Bull', released: 1980, tagline: 'A boxer against everybody'});
CREATE (:Film {title: 'Goodfellas', released: 1990, tagline: 'Thirty years in a mob'});
CREATE (:Film {title: 'The Godfather', released: 1972, tagline: 'A father and three sons'});
CREATE (:Film {title: 'Apocalypse Now', released: 1979, tagline: 'Up the river to a colonel'});
CREATE (:Film {title: 'Annie Hall', released: 1977, tagline: 'A comedian remembers'});
CREATE (:Film {title: 'Wings of Desire', released: 1987, tagline: 'An angel over Berlin'});
CREATE (:Film {title: 'Paris, Texas', released: 1984, tagline: 'A man walks out of the desert'});
CREATE (:Film {title: 'Spirited Away', released: 2001, tagline: 'A girl in a bath house of spirits'});
CREATE (:Film {title: 'Princess Mononoke', released: 1997, tagline: 'A wolf girl and an iron town'});
CREATE (:Film {title: 'Parasite', released: 2019, tagline: 'A family moves in'});
CREATE (:Film {title: 'Memories of Murder', released: 2003, tagline: 'Two detectives and no trace'});

// People.
CREATE (:Person {name: 'Ingmar Bergman', born: 1918});
CREATE (:Person {name: 'Max von Sydow', born: 1929});
CREATE (:Person {name: 'Gunnar Björnstrand', born: 1909});
CREATE (:Person {name: 'Bengt Ekerot'});
CREATE (:Person {name: 'Bibi Andersson', born: 1935});
CREATE (:Person {name: 'Victor Sjöström', born: 1879});
CREATE (:Person {name: 'Ingrid Thulin'});
CREATE (:Person {name: 'Liv Ullmann', born: 1938});
CREATE (:Person {name: 'Ingrid Bergman', born: 1915});
CREATE (:Person {name: 'Michael Curtiz'});
CREATE (:Person {name: 'Humphrey Bogart', born: 1899});
CREATE (:Person {name: 'Claude Rains', born: 1889});
CREATE (:Person {name: 'Peter Lorre', born: 1904});
CREATE (:Person {name: 'John Huston', born: 1906});
CREATE (:Person {name: 'Mary Astor'});
CREATE (:Person {name: 'Sydney Greenstreet'});
CREATE (:Person {name: 'Katharine Hepburn', born: 1907});
CREATE (:Person {name: 'Fritz Lang', born: 1890});
CREATE (:Person {name: 'Otto Wernicke'});
CREATE (:Person {name: 'Brigitte Helm'});
CREATE (:Person {name: 'Alfred Abel'});
CREATE (:Person {name: 'Gustav Fröhlich'});
CREATE (:Person {name: 'Akira Kurosawa', born: 1910});
CREATE (:Person {name: 'Toshiro Mifune', born: 1920});
CREATE (:Person {name: 'Takashi Shimura', born: 1905});
CREATE (:Person {name: 'Seiji Miyaguchi'});
CREATE (:Person {name: 'Machiko Kyo'});
CREATE (:Person {name: 'Miki Odagiri'});
CREATE (:Person {name: 'Tatsuya Nakadai', born: 1932});
CREATE (:Person {name: 'Mieko Harada'});
CREATE (:Person {name: 'Alfred Hitchcock', born: 1899});
CREATE (:Person {name: 'James Stewart', born: 1908});
CREATE (:Person {name: 'Kim Novak'});
CREATE (:Person {name: 'Barbara Bel Geddes'});
CREATE (:Person {name: 'Grace Kelly', born: 1929});
CREATE (:Person {name: 'Thelma Ritter'});
CREATE (:Person {name: 'Cary Grant', born: 1904});
CREATE (:Person {name: 'Eva Marie Saint'});
CREATE (:Person {name: 'James Mason'});
CREATE (:Person {name: 'Anthony Perkins'});
CREATE (:Person {name: 'Janet Leigh'});
CREATE (:Person {name: 'Vera Miles'});
CREATE (:Person {name: 'George Cukor'});
CREATE (:Person {name: 'David Lean', born: 1908});
CREATE (:Person {name: 'Peter O\'Toole', born: 1932});
CREATE (:Person {name: 'Alec Guinness', born: 1914});
CREATE (:Person {name: 'Omar Sharif', born: 1932});
CREATE (:Person {name: 'Julie Christie'});
CREATE (:Person {name: 'Geraldine Chaplin'});
CREATE (:Person {name: 'William Holden'});
CREATE (:Person {name: 'Billy Wilder', born: 1906});
CREATE (:Person {name: 'Gloria Swanson'});
CREATE (:Person {name: 'Erich von Stroheim'});
CREATE (:Person {name: 'Marilyn Monroe', born: 1926});
CREATE (:Person {name: 'Tony Curtis'});
CREATE (:Person {name: 'Jack Lemmon', born: 1925});
CREATE (:Person {name: 'Shirley MacLaine'});
CREATE (:Person {name: 'Andrei Tarkovsky', born: 1932});
CREATE (:Person {name: 'Alexander Kaidanovsky'});
CREATE (:Person {name: 'Anatoly Solonitsyn'});
CREATE (:Person {name: 'Alisa Freindlich'});
CREATE (:Person {name: 'Donatas Banionis'});
CREATE (:Person {name: 'Natalya Bondarchuk'});
CREATE (:Person {name: 'Federico Fellini', born: 1920});
CREATE (:Person {name: 'Marcello Mastroianni', born: 1924});
CREATE (:Person {name: 'Anita Ekberg'});
CREATE (:Person {name: 'Anouk Aimée'});
CREATE (:Person {name: 'Claudia Cardinale', born: 1938});
CREATE (:Person {name: 'Luchino Visconti'});
CREATE (:Person {name: 'Burt Lancaster'});
CREATE (:Person {name: 'Alain Delon', born: 1935});
CREATE (:Person {name: 'Sergio Leone', born: 1929});
CREATE (:Person {name: 'Henry Fonda', born: 1905});
CREATE (:Person {name: 'Charles Bronson'});
CREATE (:Person {name: 'Jason Robards'});
CREATE (:Person {name: 'Sidney Lumet'});
CREATE (:Person {name: 'Lee J. Cobb'});
CREATE (:Person {name: 'Martin Balsam'});
CREATE (:Person {name: 'Jean-Pierre Melville'});
CREATE (:Person {name: 'François Périer'});
CREATE (:Person {name: 'Jean-Luc Godard', born: 1930});
CREATE (:Person {name: 'Jean-Paul Belmondo', born: 1933});
CREATE (:Person {name: 'Jean Seberg'});
CREATE (:Person {name: 'François Truffaut', born: 1932});
CREATE (:Person {name: 'Jean-Pierre Léaud'});
CREATE (:Person {name: 'Jeanne Moreau', born: 1928});
CREATE (:Person {name: 'Oskar Werner'});
CREATE (:Person {name: 'Yasujiro Ozu', born: 1903});
CREATE (:Person {name: 'Chishu Ryu', born: 1904});
CREATE (:Person {name: 'Setsuko Hara', born: 1920});
CREATE (:Person {name: 'Chieko Higashiyama'});
CREATE (:Person {name: 'Satyajit Ray', born: 1921});
CREATE (:Person {name: 'Subir Banerjee'});
CREATE (:Person {name: 'Karuna Banerjee'});
CREATE (:Person {name: 'Wong Kar-wai', born: 1958});
CREATE (:Person {name: 'Maggie Cheung', born: 1964});
CREATE (:Person {name: 'Tony Leung', born: 1962});
CREATE (:Person {name: 'Faye Wong'});
CREATE (:Person {name: 'Brigitte Lin'});
CREATE (:Person {name: 'Ridley Scott', born: 1937});
CREATE (:Person {name: 'Harrison Ford', born: 1942});
CREATE (:Person {name: 'Rutger Hauer', born: 1944});
CREATE (:Person {name: 'Sean Young'});
CREATE (:Person {name: 'Daryl Hannah'});
CREATE (:Person {name: 'Sigourney Weaver', born: 1949});
CREATE (:Person {name: 'Ian Holm'});
CREATE (:Person {name: 'John Hurt', born: 1940});
CREATE (:Person {name: 'David Lynch', born: 1946});
CREATE (:Person {name: 'Anthony Hopkins', born: 1937});
CREATE (:Person {name: 'Anne Bancroft'});
CREATE (:Person {name: 'Naomi Watts', born: 1968});
CREATE (:Person {name: 'Laura Harring'});
CREATE (:Person {name: 'Justin Theroux'});
CREATE (:Person {name: 'Jonathan Demme'});
CREATE (:Person {name: 'Jodie Foster', born: 1962});
CREATE (:Person {name: 'Martin Scorsese', born: 1942});
CREATE (:Person {name: 'Robert De Niro', born: 1943});
CREATE (:Person {name: 'Harvey Keitel'});
CREATE (:Person {name: 'Joe Pesci', born: 1943});
CREATE (:Person {name: 'Cathy Moriarty'});
CREATE (:Person {name: 'Ray Liotta', born: 1954});
CREATE (:Person {name: 'Lorraine Bracco'});
CREATE (:Person {name: 'Francis Ford Coppola', born: 1939});
CREATE (:Person {name: 'Marlon Brando', born: 1924});
CREATE (:Person {name: 'Al Pacino', born: 1940});
CREATE (:Person {name: 'James Caan'});
CREATE (:Person {name: 'Robert Duvall', born: 1931});
CREATE (:Person {name: 'Diane Keaton', born: 1946});
CREATE (:Person {name: 'Martin Sheen'});
CREATE (:Person {name: 'Woody Allen', born: 1935});
CREATE (:Person {name: 'Wim Wenders', born: 1945});
CREATE (:Person {name: 'Bruno Ganz', born: 1941});
CREATE (:Person {name: 'Solveig Dommartin'});
CREATE (:Person {name: 'Peter Falk'});
CREATE (:Person {name: 'Harry Dean Stanton'});
CREATE (:Person {name: 'Nastassja Kinski'});
CREATE (:Person {name: 'Hayao Miyazaki', born: 1941});
CREATE (:Person {name: 'Rumi Hiiragi'});
CREATE (:Person {name: 'Miyu Irino'});
CREATE (:Person {name: 'Yoji Matsuda'});
CREATE (:Person {name: 'Yuriko Ishida'});
CREATE (:Person {name: 'Bong Joon-ho', born: 1969});
CREATE (:Person {name: 'Song Kang-ho', born: 1967});
CREATE (:Person {name: 'Choi Woo-shik'});
CREATE (:Person {name: 'Cho Yeo-jeong'});
CREATE (:Person {name: 'Kim Sang-kyung'});

// Who directed what, and who played whom.
MATCH (f:Film {title: 'The Seventh Seal'}), (p:Person {name: 'Ingmar Bergman'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Max von Sydow', 'Antonius Block'], ['Gunnar Björnstrand', 'Jöns'], ['Bengt Ekerot', 'Death'], ['Bibi Andersson', 'Mia']] AS cast
MATCH (f:Film {title: 'The Seventh Seal'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Wild Strawberries'}), (p:Person {name: 'Ingmar Bergman'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Victor Sjöström', 'Isak Borg'], ['Bibi Andersson', 'Sara'], ['Ingrid Thulin', 'Marianne'], ['Gunnar Björnstrand', 'Evald']] AS cast
MATCH (f:Film {title: 'Wild Strawberries'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Persona'}), (p:Person {name: 'Ingmar Bergman'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Bibi Andersson', 'Alma'], ['Liv Ullmann', 'Elisabet Vogler']] AS cast
MATCH (f:Film {title: 'Persona'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Autumn Sonata'}), (p:Person {name: 'Ingmar Bergman'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Ingrid Bergman', 'Charlotte'], ['Liv Ullmann', 'Eva']] AS cast
MATCH (f:Film {title: 'Autumn Sonata'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Casablanca'}), (p:Person {name: 'Michael Curtiz'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Humphrey Bogart', 'Rick Blaine'], ['Ingrid Bergman', 'Ilsa Lund'], ['Claude Rains', 'Louis Renault'], ['Peter Lorre', 'Ugarte']] AS cast
MATCH (f:Film {title: 'Casablanca'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'The Maltese Falcon'}), (p:Person {name: 'John Huston'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Humphrey Bogart', 'Sam Spade'], ['Mary Astor', 'Brigid O\'Shaughnessy'], ['Peter Lorre', 'Joel Cairo'], ['Sydney Greenstreet', 'Kasper Gutman']] AS cast
MATCH (f:Film {title: 'The Maltese Falcon'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'The African Queen'}), (p:Person {name: 'John Huston'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Humphrey Bogart', 'Charlie Allnut'], ['Katharine Hepburn', 'Rose Sayer']] AS cast
MATCH (f:Film {title: 'The African Queen'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'M'}), (p:Person {name: 'Fritz Lang'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Peter Lorre', 'Hans Beckert'], ['Otto Wernicke', 'Lohmann']] AS cast
MATCH (f:Film {title: 'M'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Metropolis'}), (p:Person {name: 'Fritz Lang'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Brigitte Helm', 'Maria'], ['Alfred Abel', 'Joh Fredersen'], ['Gustav Fröhlich', 'Freder']] AS cast
MATCH (f:Film {title: 'Metropolis'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Seven Samurai'}), (p:Person {name: 'Akira Kurosawa'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Toshiro Mifune', 'Kikuchiyo'], ['Takashi Shimura', 'Kambei'], ['Seiji Miyaguchi', 'Kyuzo']] AS cast
MATCH (f:Film {title: 'Seven Samurai'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Rashomon'}), (p:Person {name: 'Akira Kurosawa'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Toshiro Mifune', 'Tajomaru'], ['Machiko Kyo', 'Masako'], ['Takashi Shimura', 'The woodcutter']] AS cast
MATCH (f:Film {title: 'Rashomon'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Ikiru'}), (p:Person {name: 'Akira Kurosawa'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Takashi Shimura', 'Kanji Watanabe'], ['Miki Odagiri', 'Toyo']] AS cast
MATCH (f:Film {title: 'Ikiru'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Yojimbo'}), (p:Person {name: 'Akira Kurosawa'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Toshiro Mifune', 'Sanjuro'], ['Tatsuya Nakadai', 'Unosuke']] AS cast
MATCH (f:Film {title: 'Yojimbo'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Ran'}), (p:Person {name: 'Akira Kurosawa'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Tatsuya Nakadai', 'Hidetora'], ['Mieko Harada', 'Lady Kaede']] AS cast
MATCH (f:Film {title: 'Ran'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Vertigo'}), (p:Person {name: 'Alfred Hitchcock'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['James Stewart', 'Scottie'], ['Kim Novak', 'Madeleine'], ['Barbara Bel Geddes', 'Midge']] AS cast
MATCH (f:Film {title: 'Vertigo'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Rear Window'}), (p:Person {name: 'Alfred Hitchcock'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['James Stewart', 'Jeff'], ['Grace Kelly', 'Lisa'], ['Thelma Ritter', 'Stella']] AS cast
MATCH (f:Film {title: 'Rear Window'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'North by Northwest'}), (p:Person {name: 'Alfred Hitchcock'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Cary Grant', 'Roger Thornhill'], ['Eva Marie Saint', 'Eve Kendall'], ['James Mason', 'Phillip Vandamm']] AS cast
MATCH (f:Film {title: 'North by Northwest'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Notorious'}), (p:Person {name: 'Alfred Hitchcock'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Cary Grant', 'Devlin'], ['Ingrid Bergman', 'Alicia Huberman'], ['Claude Rains', 'Alexander Sebastian']] AS cast
MATCH (f:Film {title: 'Notorious'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Psycho'}), (p:Person {name: 'Alfred Hitchcock'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Anthony Perkins', 'Norman Bates'], ['Janet Leigh', 'Marion Crane'], ['Vera Miles', 'Lila Crane']] AS cast
MATCH (f:Film {title: 'Psycho'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'The Philadelphia Story'}), (p:Person {name: 'George Cukor'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Katharine Hepburn', 'Tracy Lord'], ['Cary Grant', 'C. K. Dexter Haven'], ['James Stewart', 'Macaulay Connor']] AS cast
MATCH (f:Film {title: 'The Philadelphia Story'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Lawrence of Arabia'}), (p:Person {name: 'David Lean'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Peter O\'Toole', 'T. E. Lawrence'], ['Alec Guinness', 'Prince Faisal'], ['Omar Sharif', 'Sherif Ali'], ['Claude Rains', 'Mr. Dryden']] AS cast
MATCH (f:Film {title: 'Lawrence of Arabia'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Doctor Zhivago'}), (p:Person {name: 'David Lean'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Omar Sharif', 'Yuri Zhivago'], ['Julie Christie', 'Lara'], ['Alec Guinness', 'Yevgraf'], ['Geraldine Chaplin', 'Tonya']] AS cast
MATCH (f:Film {title: 'Doctor Zhivago'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'The Bridge on the River Kwai'}), (p:Person {name: 'David Lean'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Alec Guinness', 'Colonel Nicholson'], ['William Holden', 'Shears']] AS cast
MATCH (f:Film {title: 'The Bridge on the River Kwai'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Sunset Boulevard'}), (p:Person {name: 'Billy Wilder'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Gloria Swanson', 'Norma Desmond'], ['William Holden', 'Joe Gillis'], ['Erich von Stroheim', 'Max']] AS cast
MATCH (f:Film {title: 'Sunset Boulevard'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Some Like It Hot'}), (p:Person {name: 'Billy Wilder'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Marilyn Monroe', 'Sugar Kane'], ['Tony Curtis', 'Joe'], ['Jack Lemmon', 'Jerry']] AS cast
MATCH (f:Film {title: 'Some Like It Hot'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'The Apartment'}), (p:Person {name: 'Billy Wilder'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Jack Lemmon', 'C. C. Baxter'], ['Shirley MacLaine', 'Fran Kubelik']] AS cast
MATCH (f:Film {title: 'The Apartment'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Stalker'}), (p:Person {name: 'Andrei Tarkovsky'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Alexander Kaidanovsky', 'The stalker'], ['Anatoly Solonitsyn', 'The writer'], ['Alisa Freindlich', 'The stalker\'s wife']] AS cast
MATCH (f:Film {title: 'Stalker'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Solaris'}), (p:Person {name: 'Andrei Tarkovsky'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Donatas Banionis', 'Kris Kelvin'], ['Natalya Bondarchuk', 'Hari'], ['Anatoly Solonitsyn', 'Sartorius']] AS cast
MATCH (f:Film {title: 'Solaris'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'La Dolce Vita'}), (p:Person {name: 'Federico Fellini'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Marcello Mastroianni', 'Marcello Rubini'], ['Anita Ekberg', 'Sylvia'], ['Anouk Aimée', 'Maddalena']] AS cast
MATCH (f:Film {title: 'La Dolce Vita'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: '8½'}), (p:Person {name: 'Federico Fellini'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Marcello Mastroianni', 'Guido Anselmi'], ['Claudia Cardinale', 'Claudia'], ['Anouk Aimée', 'Luisa']] AS cast
MATCH (f:Film {title: '8½'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'The Leopard'}), (p:Person {name: 'Luchino Visconti'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Burt Lancaster', 'Prince Fabrizio'], ['Claudia Cardinale', 'Angelica'], ['Alain Delon', 'Tancredi']] AS cast
MATCH (f:Film {title: 'The Leopard'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Once Upon a Time in the West'}), (p:Person {name: 'Sergio Leone'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Claudia Cardinale', 'Jill McBain'], ['Henry Fonda', 'Frank'], ['Charles Bronson', 'Harmonica'], ['Jason Robards', 'Cheyenne']] AS cast
MATCH (f:Film {title: 'Once Upon a Time in the West'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: '12 Angry Men'}), (p:Person {name: 'Sidney Lumet'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Henry Fonda', 'Juror 8'], ['Lee J. Cobb', 'Juror 3'], ['Martin Balsam', 'Juror 1']] AS cast
MATCH (f:Film {title: '12 Angry Men'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Le Samouraï'}), (p:Person {name: 'Jean-Pierre Melville'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Alain Delon', 'Jef Costello'], ['François Périer', 'The inspector']] AS cast
MATCH (f:Film {title: 'Le Samouraï'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Breathless'}), (p:Person {name: 'Jean-Luc Godard'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Jean-Paul Belmondo', 'Michel'], ['Jean Seberg', 'Patricia']] AS cast
MATCH (f:Film {title: 'Breathless'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'The 400 Blows'}), (p:Person {name: 'François Truffaut'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Jean-Pierre Léaud', 'Antoine Doinel']] AS cast
MATCH (f:Film {title: 'The 400 Blows'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Jules and Jim'}), (p:Person {name: 'François Truffaut'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Jeanne Moreau', 'Catherine'], ['Oskar Werner', 'Jules']] AS cast
MATCH (f:Film {title: 'Jules and Jim'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Tokyo Story'}), (p:Person {name: 'Yasujiro Ozu'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Chishu Ryu', 'Shukichi'], ['Setsuko Hara', 'Noriko'], ['Chieko Higashiyama', 'Tomi']] AS cast
MATCH (f:Film {title: 'Tokyo Story'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Late Spring'}), (p:Person {name: 'Yasujiro Ozu'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Chishu Ryu', 'Shukichi Somiya'], ['Setsuko Hara', 'Noriko Somiya']] AS cast
MATCH (f:Film {title: 'Late Spring'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Pather Panchali'}), (p:Person {name: 'Satyajit Ray'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Subir Banerjee', 'Apu'], ['Karuna Banerjee', 'Sarbajaya']] AS cast
MATCH (f:Film {title: 'Pather Panchali'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'In the Mood for Love'}), (p:Person {name: 'Wong Kar-wai'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Maggie Cheung', 'Su Li-zhen'], ['Tony Leung', 'Chow Mo-wan']] AS cast
MATCH (f:Film {title: 'In the Mood for Love'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Chungking Express'}), (p:Person {name: 'Wong Kar-wai'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Tony Leung', 'Cop 663'], ['Faye Wong', 'Faye'], ['Brigitte Lin', 'The woman in the wig']] AS cast
MATCH (f:Film {title: 'Chungking Express'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Blade Runner'}), (p:Person {name: 'Ridley Scott'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Harrison Ford', 'Deckard'], ['Rutger Hauer', 'Roy Batty'], ['Sean Young', 'Rachael'], ['Daryl Hannah', 'Pris']] AS cast
MATCH (f:Film {title: 'Blade Runner'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Alien'}), (p:Person {name: 'Ridley Scott'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Sigourney Weaver', 'Ripley'], ['Ian Holm', 'Ash'], ['John Hurt', 'Kane']] AS cast
MATCH (f:Film {title: 'Alien'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'The Elephant Man'}), (p:Person {name: 'David Lynch'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['John Hurt', 'John Merrick'], ['Anthony Hopkins', 'Frederick Treves'], ['Anne Bancroft', 'Mrs. Kendal']] AS cast
MATCH (f:Film {title: 'The Elephant Man'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Mulholland Drive'}), (p:Person {name: 'David Lynch'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Naomi Watts', 'Betty'], ['Laura Harring', 'Rita'], ['Justin Theroux', 'Adam Kesher']] AS cast
MATCH (f:Film {title: 'Mulholland Drive'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'The Silence of the Lambs'}), (p:Person {name: 'Jonathan Demme'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Jodie Foster', 'Clarice Starling'], ['Anthony Hopkins', 'Hannibal Lecter']] AS cast
MATCH (f:Film {title: 'The Silence of the Lambs'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Taxi Driver'}), (p:Person {name: 'Martin Scorsese'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Robert De Niro', 'Travis Bickle'], ['Jodie Foster', 'Iris'], ['Harvey Keitel', 'Sport']] AS cast
MATCH (f:Film {title: 'Taxi Driver'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Raging Bull'}), (p:Person {name: 'Martin Scorsese'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Robert De Niro', 'Jake LaMotta'], ['Joe Pesci', 'Joey'], ['Cathy Moriarty', 'Vickie']] AS cast
MATCH (f:Film {title: 'Raging Bull'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Goodfellas'}), (p:Person {name: 'Martin Scorsese'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Ray Liotta', 'Henry Hill'], ['Robert De Niro', 'Jimmy Conway'], ['Joe Pesci', 'Tommy DeVito'], ['Lorraine Bracco', 'Karen Hill']] AS cast
MATCH (f:Film {title: 'Goodfellas'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'The Godfather'}), (p:Person {name: 'Francis Ford Coppola'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Marlon Brando', 'Vito Corleone'], ['Al Pacino', 'Michael Corleone'], ['James Caan', 'Sonny Corleone'], ['Robert Duvall', 'Tom Hagen'], ['Diane Keaton', 'Kay Adams']] AS cast
MATCH (f:Film {title: 'The Godfather'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Apocalypse Now'}), (p:Person {name: 'Francis Ford Coppola'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Marlon Brando', 'Kurtz'], ['Martin Sheen', 'Willard'], ['Robert Duvall', 'Kilgore'], ['Harrison Ford', 'Colonel Lucas']] AS cast
MATCH (f:Film {title: 'Apocalypse Now'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Annie Hall'}), (p:Person {name: 'Woody Allen'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Woody Allen', 'Alvy Singer'], ['Diane Keaton', 'Annie Hall'], ['Sigourney Weaver', 'Alvy\'s date']] AS cast
MATCH (f:Film {title: 'Annie Hall'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Wings of Desire'}), (p:Person {name: 'Wim Wenders'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Bruno Ganz', 'Damiel'], ['Solveig Dommartin', 'Marion'], ['Peter Falk', 'The film star']] AS cast
MATCH (f:Film {title: 'Wings of Desire'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Paris, Texas'}), (p:Person {name: 'Wim Wenders'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Harry Dean Stanton', 'Travis'], ['Nastassja Kinski', 'Jane']] AS cast
MATCH (f:Film {title: 'Paris, Texas'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Spirited Away'}), (p:Person {name: 'Hayao Miyazaki'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Rumi Hiiragi', 'Chihiro'], ['Miyu Irino', 'Haku']] AS cast
MATCH (f:Film {title: 'Spirited Away'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Princess Mononoke'}), (p:Person {name: 'Hayao Miyazaki'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Yoji Matsuda', 'Ashitaka'], ['Yuriko Ishida', 'San']] AS cast
MATCH (f:Film {title: 'Princess Mononoke'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Parasite'}), (p:Person {name: 'Bong Joon-ho'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Song Kang-ho', 'Ki-taek'], ['Choi Woo-shik', 'Ki-woo'], ['Cho Yeo-jeong', 'Yeon-kyo']] AS cast
MATCH (f:Film {title: 'Parasite'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);
MATCH (f:Film {title: 'Memories of Murder'}), (p:Person {name: 'Bong Joon-ho'}) CREATE (p)-[:DIRECTED]->(f);
UNWIND [['Song Kang-ho', 'Park Doo-man'], ['Kim Sang-kyung', 'Seo Tae-yoon']] AS cast
MATCH (f:Film {title: 'Memories of Murder'}), (p:Person {name: cast[0]})
CREATE (p)-[:ACTED_IN {role: cast[1]}]->(f);

/* Genres come last:
   MERGE makes each of them once. */
MERGE (g:Genre {name: 'Drama'})
WITH g
MATCH (f:Film) WHERE f.title IN ['The Seventh Seal', 'Wild Strawberries', 'Persona', 'Autumn Sonata', 'Ikiru', 'Tokyo Story', 'Late Spring', 'Pather Panchali', 'The Leopard', 'La Dolce Vita', '8½', '12 Angry Men', 'The 400 Blows', 'Jules and Jim', 'Raging Bull', 'Wings of Desire', 'Paris, Texas', 'The Elephant Man', 'Doctor Zhivago', 'Sunset Boulevard']
MERGE (f)-[:OF_GENRE]->(g);
MERGE (g:Genre {name: 'Crime'})
WITH g
MATCH (f:Film) WHERE f.title IN ['M', 'The Maltese Falcon', 'Rashomon', 'Psycho', 'Le Samouraï', 'Breathless', 'Taxi Driver', 'Goodfellas', 'The Godfather', 'The Silence of the Lambs', 'Memories of Murder', 'Chungking Express']
MERGE (f)-[:OF_GENRE]->(g);
MERGE (g:Genre {name: 'Thriller'})
WITH g
MATCH (f:Film) WHERE f.title IN ['Vertigo', 'Rear Window', 'North by Northwest', 'Notorious', 'Mulholland Drive', 'Parasite']
MERGE (f)-[:OF_GENRE]->(g);
MERGE (g:Genre {name: 'Science fiction'})
WITH g
MATCH (f:Film) WHERE f.title IN ['Metropolis', 'Stalker', 'Solaris', 'Blade Runner', 'Alien']
MERGE (f)-[:OF_GENRE]->(g);
MERGE (g:Genre {name: 'Adventure'})
WITH g
MATCH (f:Film) WHERE f.title IN ['The African Queen', 'Seven Samurai', 'Yojimbo', 'Ran', 'Lawrence of Arabia', 'Once Upon a Time in the West', 'Princess Mononoke']
MERGE (f)-[:OF_GENRE]->(g);
MERGE (g:Genre {name: 'Comedy'})
WITH g
MATCH (f:Film) WHERE f.title IN ['The Philadelphia Story', 'Some Like It Hot', 'The Apartment', 'Annie Hall']
MERGE (f)-[:OF_GENRE]->(g);
MERGE (g:Genre {name: 'Romance'})
WITH g
MATCH (f:Film) WHERE f.title IN ['Casablanca', 'In the Mood for Love']
MERGE (f)-[:OF_GENRE]->(g);
MERGE (g:Genre {name: 'War'})
WITH g
MATCH (f:Film) WHERE f.title IN ['The Bridge on the River Kwai', 'Apocalypse Now']
MERGE (f)-[:OF_GENRE]->(g);
MERGE (g:Genre {name: 'Fantasy'})
WITH g
MATCH (f:Film) WHERE f.title IN ['Spirited Away']
MERGE (f)-[:OF_GENRE]->(g);
