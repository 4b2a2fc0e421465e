"""Point reads, durable writes and rows a second by an official Python driver, over Bolt.

    .build/drivers/neo4j-6/bin/python Benchmarks/drivers.py .build/release/nacre [URI USER PASSWORD DATABASE]

Without an address a server of our own is started; with one that server is measured in the same way.
"""

import shutil
import subprocess
import sys
import tempfile
import threading
import time

import neo4j

NODES = 10_000
ROWS = 200_000


def rate(driver, database, clients, count, work):
    """Calls of `work` a second, by so many clients at once that share `count` calls."""
    each = count // clients
    gate = threading.Barrier(clients + 1)

    def client(number):
        with driver.session(database=database) as session:
            session.run("RETURN 1").consume()
            gate.wait()
            for place in range(each):
                work(session, number * each + place)

    threads = [threading.Thread(target=client, args=(n,)) for n in range(clients)]
    for thread in threads:
        thread.start()
    gate.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    return each * clients / (time.perf_counter() - started)


def read(session, number):
    session.run("MATCH (n:Point {id: $id}) RETURN n.id", id=number % NODES).consume()


def write(session, number):
    session.run("CREATE (:Written {id: $id})", id=number).consume()


def measure(driver, database):
    with driver.session(database=database) as session:
        session.run("CREATE INDEX FOR (n:Point) ON (n.id)").consume()
        session.run("UNWIND range(0, $n - 1) AS i CREATE (:Point {id: i})", n=NODES).consume()
    for clients in (1, 16):
        reads = rate(driver, database, clients, 4_000, read)
        writes = rate(driver, database, clients, 1_600, write)
        print(f"{clients:3} clients: {reads:8.0f} point reads/s {writes:8.0f} writes/s", flush=True)
    with driver.session(database=database, fetch_size=-1) as session:
        started = time.perf_counter()
        count = sum(1 for _ in session.run("UNWIND range(1, $n) AS i RETURN i, 'text' AS t", n=ROWS))
        print(f"{count / (time.perf_counter() - started):20.0f} rows/s", flush=True)


def main():
    if len(sys.argv) == 6:
        uri, user, password, database = sys.argv[2:]
        with neo4j.GraphDatabase.driver(uri, auth=(user, password) if user else None) as driver:
            measure(driver, database or None)
        return
    directory = tempfile.mkdtemp(prefix="nacre-bench-")
    server = subprocess.Popen(
        [sys.argv[1], "serve", "--listen", "127.0.0.1:0", "--data", directory],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    try:
        uri = server.stdout.readline().split()[-1]
        with neo4j.GraphDatabase.driver(uri) as driver:
            measure(driver, None)
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    main()
