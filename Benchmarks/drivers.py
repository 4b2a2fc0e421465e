"""Measures `nacre serve` beside other servers over Bolt: one driver, one shell, one run.

    PYTHON-WITH-DRIVER Benchmarks/drivers.py PATH-OF-NACRE [--third-party PYTHON] [--size small|full] [--only WORD]

Every point is measured in rounds in which each server has its turn, so that whatever else the machine
does meets all of them. Printed are medians, in brackets the lowest and the highest round, and ratios
that are formed round by round. Nacre flushes each commit to disk before it answers. FalkorDB holds its
data in memory, ArcadeDB leaves its log to the operating system; those that are called durable flush at
each commit as well, and they are the ones to compare durable writes with. (FalkorDB 4.16 with its append-only
file ends at the first write that comes over Bolt, and is then left out.) Beside those that do not flush
stands `nacre serve --durability none`, which leaves its commits to the operating system too.
"""
import argparse
import logging
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import neo4j

import servers

NODES = 10_000
READ = "MATCH (p:Person {id: $id}) RETURN p.name AS name, p.age AS age"
WRITE = "CREATE (:Person {id: $id, name: $name, age: 42})"
# Reads before anything is measured, rounds, reads a turn, writes a turn, statements piped, rows.
SIZES = {"small": (1_000, 3, 200, 100, 2_000, 100_000), "full": (10_000, 9, 1_500, 500, 20_000, 1_000_000)}


class Measured:
    """A server and what the measurements have of it: a driver, and numbers for new nodes."""

    def __init__(self, server):
        self.server, self.name = server, server.name
        self.driver = self.connect()
        self.used = NODES
        with self.session() as session:
            session.run("CREATE INDEX FOR (p:Person) ON (p.id)").consume()
            session.run("UNWIND range(0, $n - 1) AS i CREATE (:Person {id: i, name: 'name ' + i, age: i % 90})",
                        n=NODES).consume()

    def connect(self):
        return neo4j.GraphDatabase.driver(self.server.uri, auth=self.server.auth())

    def session(self):
        return self.driver.session(database=self.server.database)

    def numbers(self, count):
        self.used += count
        return range(self.used - count, self.used)

    def close(self):
        self.driver.close()
        self.server.stop()


def rate(count, work):
    started = time.perf_counter()
    work()
    return count / (time.perf_counter() - started)


def calls(count, call):
    """Calls a second, so many or those of one second."""
    started = time.perf_counter()
    for number in range(count):
        call(number)
        taken = time.perf_counter() - started
        if taken > 1:
            break
    return (number + 1) / taken


def expect(what, found, wanted):
    if found != wanted:
        raise RuntimeError(f"{what}: {found} rather than {wanted}")


def person(number):
    return f"name {number % NODES}"


def reads(measured, count):
    """A session for all of them, as a program has that works one thing off."""
    with measured.session() as session:
        def read(number):
            expect("name", session.run(READ, id=number % NODES).data()[0]["name"], person(number))
        return calls(count, read)


def queries(measured, count):
    """The driver's own way of one query: a session and a managed transaction each."""
    def query(number):
        records, _, _ = measured.driver.execute_query(
            READ, id=number % NODES, database_=measured.server.database, routing_="r")
        expect("name", records[0]["name"], person(number))
    return calls(count, query)


def connections(measured, count):
    """A connection each, as programs have that live for one request."""
    def connect(number):
        with measured.connect() as driver, driver.session(database=measured.server.database) as session:
            expect("name", session.run(READ, id=number % NODES).data()[0]["name"], person(number))
    return calls(count, connect)


def writes(measured, clients, count):
    """Single statements that commit by themselves, by so many clients at once."""
    share = count // clients
    gate = threading.Barrier(clients + 1)
    problems = []

    def client(numbers):
        try:
            with measured.session() as session:
                session.run("RETURN 1").consume()
                gate.wait(60)
                for number in numbers:
                    session.run(WRITE, id=number, name="somebody").consume()
        except Exception as problem:
            gate.abort()
            problems.append(problem)

    before = population(measured)
    threads = [threading.Thread(target=client, args=(measured.numbers(share),)) for _ in range(clients)]
    for thread in threads:
        thread.start()

    def work():
        for thread in threads:
            thread.join()
    try:
        gate.wait(60)
    except threading.BrokenBarrierError:
        pass
    result = rate(share * clients, work)
    if problems:
        raise problems[0]
    expect("nodes", population(measured) - before, share * clients)
    return result


def population(measured):
    with measured.session() as session:
        return session.run("MATCH (p:Person) RETURN count(p) AS c").single()["c"]


def piped(measured, nacre, count, folder):
    """Statements a second from the shell's standard input to the server."""
    script = os.path.join(folder, "script.cypher")
    with open(script, "w") as text:
        text.writelines(f"CREATE (:Person {{id: {n}, name: 'somebody', age: 42}});\n" for n in measured.numbers(count))
    before = population(measured)

    def work():
        with open(script) as text:
            subprocess.run([nacre, *measured.server.shell_arguments()], stdin=text, check=True, capture_output=True)
    result = rate(count, work)
    expect("nodes", population(measured) - before, count)
    return result


def rows(measured, nacre, count):
    """Rows a second of one result to the shell's standard output as CSV."""
    query = f"UNWIND range(1, {count}) AS i RETURN i, 'row ' + i AS text"
    command = [nacre, *measured.server.shell_arguments(), "--format", "csv", query]

    def work():
        shell = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        lines = 0
        while chunk := shell.stdout.read(1 << 18):
            lines += chunk.count(b"\n")
        expect("status", shell.wait(), 0)
        expect("lines", lines, count + 1)
    return rate(count, work)


def reason(problem):
    lines = str(problem).strip().splitlines() or [type(problem).__name__]
    return lines[-1].split(" (")[0]


def spread(values):
    return f"{statistics.median(values):10,.0f} [{min(values):,.0f}–{max(values):,.0f}]"


def report(what, rates):
    """The first one's rates, and those of the others with ratios."""
    own = next(iter(rates))
    mine = rates[own]
    print(f"{what:36} {own:18}{spread(mine)}", flush=True)
    for name, theirs in rates.items():
        if name == own:
            continue
        ratios = [a / b for a, b in zip(mine, theirs)]
        print(f"{'':36} {name:18}{spread(theirs):34} ratio {statistics.median(ratios):6.2f} "
              f"[{min(ratios):.2f}–{max(ratios):.2f}]", flush=True)


def compare(what, all_measured, rounds, work):
    """Measures `work` on each, in rounds; who goes first changes from round to round."""
    rates, left = {each.name: [] for each in all_measured}, list(all_measured)

    def turn(each):
        try:
            return work(each)
        except Exception as problem:
            if each.server.maker == "nacre":
                raise
            print(f"{what:36} {each.name}: left out, {reason(problem)}", flush=True)
            left.remove(each)
            del rates[each.name]
            return None

    for each in list(left):
        turn(each)
    for place in range(rounds):
        shift = place % max(len(left), 1)
        for each in left[shift:] + left[:shift]:
            value = turn(each)
            if value is not None:
                rates[each.name].append(value)
    report(what, rates)


def start(binary, python, folder):
    """All the servers that can be had."""
    running = [Measured(servers.nacre(binary, folder, is_durable)) for is_durable in (True, False)]
    wanted = [(maker, is_durable) for maker in ("falkordb", "arcadedb") for is_durable in (False, True)]
    for maker, is_durable in wanted if python else []:
        server = None
        try:
            server = servers.third_party(python, maker, folder, is_durable)
            running.append(Measured(server))
        except (RuntimeError, OSError, neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError) as problem:
            name = maker + (", durable" if is_durable else "")
            if server and server.process.poll() is None:
                server.stop()
            print(f"{name}: left out, {reason(problem)}", flush=True)
    return running


def warm(running, count):
    """A compiler that works while the program runs has done so before the first round."""
    for each in running:
        for _ in range(count // 1_000):
            reads(each, 1_000)
            writes(each, 1, 200)


def measure(running, nacre, size, folder, only):
    warm_count, rounds, read_count, write_count, piped_count, row_count = SIZES[size]
    flushed, unflushed, *others = running
    relaxed = [each for each in others if not each.name.endswith("durable")]
    all_durable, all_unflushed, relaxed = [flushed, *others], [unflushed, *relaxed], [flushed, *relaxed]
    few = min(rounds, 5)
    warm(running, warm_count)
    for what, which, times, work in [
        ("point reads/s, session.run", relaxed, rounds, lambda each: reads(each, read_count)),
        ("point reads/s, execute_query", relaxed, rounds, lambda each: queries(each, read_count)),
        ("point reads/s, a connection each", relaxed, rounds, lambda each: connections(each, read_count)),
        ("writes/s, one client", all_durable, rounds, lambda each: writes(each, 1, write_count)),
        ("unflushed writes/s, one client", all_unflushed, rounds, lambda each: writes(each, 1, write_count)),
        ("writes/s, sixteen clients", all_durable, rounds, lambda each: writes(each, 16, 3 * write_count)),
        (f"statements/s, {piped_count} piped", all_durable, few,
         lambda each: piped(each, nacre, piped_count, folder)),
        (f"rows/s, {row_count} to CSV", relaxed, few, lambda each: rows(each, nacre, row_count)),
    ]:
        if only in what:
            compare(what, which, times, work)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("nacre")
    parser.add_argument("--third-party", default="", help="a Python that has the other servers")
    parser.add_argument("--size", choices=SIZES, default="full")
    parser.add_argument("--only", default="", help="measure only points that have this in their name")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    data = os.path.join(servers.HERE, "data")
    os.makedirs(data, exist_ok=True)
    folder = tempfile.mkdtemp(prefix="bolt-", dir=data)
    binary = os.path.abspath(options.nacre)
    print(f"over Bolt, driver neo4j {neo4j.__version__}: median [lowest–highest] of rounds taken in turn; nacre and "
          "who is called durable flush each commit to disk", flush=True)
    running = []
    try:
        running = start(binary, options.third_party, folder)
        measure(running, binary, options.size, folder, options.only)
    finally:
        for each in running:
            each.close()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
