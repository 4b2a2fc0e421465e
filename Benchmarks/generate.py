"""Data for the benchmark: people who know each other, the same on every machine."""
import json
import os
import random

CITIES = ("Ancona Bremen Cork Dresden Elche Funchal Gdansk Hobart Ioannina Jena Kassel Lund Murcia Narvik "
          "Odense Poznan Rouen Siena Tartu Uppsala").split()


def scatter(rank, count, factor, shift):
    """The id of a rank: neighbours in rank lie far apart."""
    return (rank * factor + shift) % count


def write_graph(folder, people, links, seed=7):
    """Writes people.csv, links.csv and facts.json, which names the ids that queries ask for."""
    chance = random.Random(seed)
    draw = chance.random
    with open(os.path.join(folder, "people.csv"), "w") as out:
        out.write("id,name,age,city\n")
        for number in range(people):
            city = CITIES[int(len(CITIES) * draw() ** 1.4)]
            out.write(f"{number},Person{number},{18 + int(70 * draw())},{city}\n")
    degrees = [0] * people
    with open(os.path.join(folder, "links.csv"), "w") as out:
        out.write("src,dst,year\n")
        left = links
        while left:
            # A power law at both ends, with the busy sources and the busy targets apart.
            source = scatter(int(people * draw() ** 1.6), people, 15485863, 101)
            target = scatter(int(people * draw() ** 2.4), people, 32452843, 7)
            if source == target:
                continue
            out.write(f"{source},{target},{2000 + int(25 * draw())}\n")
            degrees[source] += 1
            left -= 1
    wanted = 10 if 10 in degrees else max(set(degrees), key=degrees.count)
    facts = {"someone": people // 2 + 3, "friendly": degrees.index(wanted), "city": "Jena"}
    with open(os.path.join(folder, "facts.json"), "w") as out:
        json.dump(facts, out)


def write_loading(folder, batch=10_000):
    """Writes load.cypher: the graph in batches of UNWIND."""
    def batches(name, row):
        rows = []
        with open(os.path.join(folder, name)) as lines:
            next(lines)
            for line in lines:
                rows.append(row(line.rstrip("\n").split(",")))
                if len(rows) == batch:
                    yield ",".join(rows)
                    rows = []
        if rows:
            yield ",".join(rows)

    with open(os.path.join(folder, "load.cypher"), "w") as out:
        out.write("CREATE INDEX person_id FOR (p:Person) ON (p.id);\n")
        for rows in batches("people.csv", lambda c: f"[{c[0]},'{c[1]}',{c[2]},'{c[3]}']"):
            out.write(f"UNWIND [{rows}] AS r CREATE (:Person {{id: r[0], name: r[1], age: r[2], city: r[3]}});\n")
        for rows in batches("links.csv", lambda c: f"[{c[0]},{c[1]},{c[2]}]"):
            out.write(f"UNWIND [{rows}] AS r MATCH (a:Person {{id: r[0]}}), (b:Person {{id: r[1]}}) "
                      "CREATE (a)-[:KNOWS {year: r[2]}]->(b);\n")


def write_scripts(folder, each, seed=11):
    """Writes script.cypher and script.sql: `each` rows, then `each` links, a statement for each."""
    chance = random.Random(seed)
    people = [(i, 18 + chance.randrange(70), chance.choice(CITIES)) for i in range(each)]
    links = [(chance.randrange(each), chance.randrange(each), 2000 + chance.randrange(25)) for _ in range(each)]
    with open(os.path.join(folder, "script.cypher"), "w") as out:
        for number, age, city in people:
            out.write(f"CREATE (:Person {{id: {number}, name: 'Person{number}', age: {age}, city: '{city}'}});\n")
        for source, target, year in links:
            out.write(f"MATCH (a:Person {{id: {source}}}), (b:Person {{id: {target}}}) "
                      f"CREATE (a)-[:KNOWS {{year: {year}}}]->(b);\n")
    with open(os.path.join(folder, "script.sql"), "w") as out:
        out.write("PRAGMA journal_mode=WAL;\nPRAGMA synchronous=NORMAL;\n"
                  "CREATE TABLE person(id INTEGER PRIMARY KEY, name TEXT, age INTEGER, city TEXT);\n"
                  "CREATE TABLE knows(src INTEGER, dst INTEGER, year INTEGER);\n"
                  "CREATE INDEX knows_src ON knows(src);\nCREATE INDEX knows_dst ON knows(dst);\n")
        for number, age, city in people:
            out.write(f"INSERT INTO person VALUES ({number}, 'Person{number}', {age}, '{city}');\n")
        for source, target, year in links:
            out.write(f"INSERT INTO knows SELECT a.id, b.id, {year} FROM person a, person b "
                      f"WHERE a.id = {source} AND b.id = {target};\n")
