"""Measures another graph database in its own virtual environment: peer.py NAME FOLDER QUERIES.

Prints a JSON object of query name to seconds. The first run of a query warms up and does not count.
"""
import json
import os
import statistics
import sys
import time


def open_kuzu(folder):
    import kuzu
    path = os.path.join(folder, "peer.kuzu")
    is_new = not os.path.exists(path)
    connection = kuzu.Connection(kuzu.Database(path))
    if is_new:
        connection.execute("CREATE NODE TABLE Person(id INT64, name STRING, age INT64, city STRING, PRIMARY KEY(id))")
        connection.execute("CREATE REL TABLE KNOWS(FROM Person TO Person, year INT64)")
        connection.execute(f'COPY Person FROM "{folder}/people.csv" (HEADER=true)')
        connection.execute(f'COPY KNOWS FROM "{folder}/links.csv" (HEADER=true)')

    def ask(query):
        result = connection.execute(query)
        rows = []
        while result.has_next():
            rows.append(result.get_next())
        return rows
    return ask


def open_kglite(folder):
    import kglite
    import pandas
    path = os.path.join(folder, "peer.kgl")
    is_new = not os.path.exists(path)
    graph = kglite.open(path)
    if is_new:
        graph.add_nodes(pandas.read_csv(f"{folder}/people.csv"), node_type="Person", unique_id_field="id",
                        node_title_field="name")
        graph.add_relationships(pandas.read_csv(f"{folder}/links.csv"), connection_type="KNOWS",
                                source_type="Person", source_id_field="src", target_type="Person",
                                target_id_field="dst")
        graph.save()
    return lambda query: [list(row.values()) for row in graph.cypher(query) or []]


def main():
    name, folder, queries = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
    ask = {"kuzu": open_kuzu, "kglite": open_kglite}[name](folder)
    seconds = {}
    for key, query in queries.items():
        times = []
        ask(query)
        while len(times) < 15 and sum(times) < 10:
            start = time.perf_counter()
            ask(query)
            times.append(time.perf_counter() - start)
        seconds[key] = statistics.median(times)
    print(json.dumps(seconds))


main()
