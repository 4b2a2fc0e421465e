"""Measures Nacre beside other programs and prints ratios, all from this one run.

    python3 Benchmarks/bench.py PATH-OF-NACRE [--size small|full]

Needs python3 and the sqlite3 command; kuzu and kglite come from PyPI into environments of their own
where they can be installed and are left out where not. Data, stores and environments are kept in
Benchmarks/data and used again; remove that folder to begin anew.
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import generate

HERE = os.path.dirname(os.path.abspath(__file__))
SIZES = {"small": (20_000, 100_000, 2_000, 200_000), "full": (1_000_000, 5_000_000, 20_000, 10_000_000)}


def queries(facts):
    someone, friendly, city = facts["someone"], facts["friendly"], facts["city"]
    return {
        "lookup": f"MATCH (p:Person {{id: {someone}}}) RETURN p.name AS name, p.age AS age, p.city AS city",
        "hop1": f"MATCH (p:Person {{id: {friendly}}})-[:KNOWS]->(f:Person) RETURN f.id AS id, f.name AS name",
        "hop2_distinct": f"MATCH (p:Person {{id: {friendly}}})-[:KNOWS]->(:Person)-[:KNOWS]->(f:Person) "
                         "RETURN count(DISTINCT f) AS c",
        "filter_scan": f"MATCH (p:Person) WHERE p.age > 50 AND p.city = '{city}' RETURN count(p) AS c",
        "group_by": "MATCH (p:Person) RETURN p.city AS city, avg(p.age) AS a, count(*) AS c ORDER BY city",
        "order_limit": "MATCH (p:Person) RETURN p.id AS id, p.name AS name, p.age AS age "
                       "ORDER BY p.age DESC, p.name LIMIT 10",
    }


def process_seconds(command, environment=None, stdin=None):
    """Seconds that a whole process takes; its output is thrown away."""
    start = time.perf_counter()
    subprocess.run(command, env=environment, stdin=stdin or subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def in_turn(times, *works):
    """Medians of works that are done in turn, so that whatever else the machine does meets all of them."""
    taken = [[] for _ in works]
    for _ in range(times):
        for work, seconds in zip(works, taken):
            seconds.append(work())
    return [statistics.median(seconds) for seconds in taken]


def pairs(times, ours, theirs):
    """Medians of two works done in turn, and of their ratio pair by pair.

    The machine's speed drifts, and each pair meets the same one; who goes first changes from pair to pair.
    """
    mine, other, ratios = [], [], []
    for run in range(times + 5):
        if run % 2:
            a, b = ours(), theirs()
        else:
            b, a = theirs(), ours()
        if run < 5:
            continue
        mine.append(a)
        other.append(b)
        ratios.append(a / b)
    return statistics.median(mine), statistics.median(other), statistics.median(ratios)


def report(what, ours, theirs, peer, limit=None, ratio=None):
    if ratio is None:
        ratio = ours / theirs if theirs else float("inf")
    bound = f"  (aim: at most {limit:g})" if limit else ""
    print(f"{what:34} {ours * 1e3:10.3f} ms  {peer:8} {theirs * 1e3:10.3f} ms  ratio {ratio:7.2f}{bound}",
          flush=True)


class Shell:
    """One running shell that is asked statements through its standard input."""

    def __init__(self, nacre, environment):
        self.process = subprocess.Popen([nacre, "--format", "csv"], env=environment, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE)
        self.count = 0

    def seconds(self, statement, copies=1):
        """Seconds until the last row of the statement's last copy has been read."""
        self.count += 1
        mark = f"end{self.count}"
        text = copies * (statement + ";\n") + f"RETURN '{mark}' AS mark;\n"
        start = time.perf_counter()
        self.process.stdin.write(text.encode())
        self.process.stdin.flush()
        while True:
            line = self.process.stdout.readline()
            if not line:
                raise RuntimeError("the shell ended: " + statement)
            if line.strip().strip(b'"') == mark.encode():
                return time.perf_counter() - start

    def median(self, statement):
        """Seconds of one run, without the way through the pipe; short ones are timed by the hundred."""
        self.seconds(statement)
        copies = 100 if self.seconds(statement) < 0.005 else 1
        times = []
        while len(times) < 15 and sum(times) < 10:
            alone = self.seconds(statement, 0)
            times.append((self.seconds(statement, copies) - alone) / copies)
        return max(statistics.median(times), 1e-7)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def peer_seconds(name, packages, folder, asked):
    """A peer's times, or `None` with a message."""
    environment = os.path.join(HERE, "data", "venv-" + name)
    python = os.path.join(environment, "bin", "python")
    try:
        if not os.path.exists(os.path.join(environment, "ready")):
            subprocess.run([sys.executable, "-m", "venv", environment], check=True, capture_output=True)
            subprocess.run([python, "-m", "pip", "install", "-q", *packages], check=True, capture_output=True)
            open(os.path.join(environment, "ready"), "w").close()
        done = subprocess.run([python, os.path.join(HERE, "peer.py"), name, folder, json.dumps(asked)], check=True,
                              capture_output=True, text=True)
        return json.loads(done.stdout.splitlines()[-1])
    except (subprocess.CalledProcessError, OSError, ValueError, IndexError) as problem:
        detail = getattr(problem, "stderr", "") or str(problem)
        if isinstance(detail, bytes):
            detail = detail.decode(errors="replace")
        print(f"{name}: left out, {detail.strip().splitlines()[-1] if detail.strip() else 'not installed'}")
        return None


def measure_start(nacre, environment, people):
    sqlite = shutil.which("sqlite3")
    if not sqlite:
        print("sqlite3: left out, no such command")
        return
    peer = lambda: process_seconds([sqlite, ":memory:", "select 1"])
    with tempfile.TemporaryDirectory() as empty:
        small = dict(environment, NACRE_DATA=empty)
        process_seconds([nacre, "RETURN 1"], small)
        for what, statement, place, limit in [
            ("start: RETURN 1", ["RETURN 1"], small, 1.5),
            ("start: RETURN 1 in memory", ["-a", "memory:", "RETURN 1"], small, 1.5),
            (f"start: RETURN 1 with {people} nodes", ["RETURN 1"], environment, 2),
            ("start: count(n) there", ["MATCH (n) RETURN count(n)"], environment, 2.5),
        ]:
            ours, theirs, ratio = pairs(61, lambda: process_seconds([nacre, *statement], place), peer)
            report(what, ours, theirs, "sqlite3", limit, ratio)


def measure_script(nacre, environment, folder, each):
    generate.write_scripts(folder, each)
    sqlite = shutil.which("sqlite3")

    def ours():
        with tempfile.TemporaryDirectory(dir=folder) as store:
            here = dict(environment, NACRE_DATA=store)
            process_seconds([nacre, "CREATE INDEX person_id FOR (p:Person) ON (p.id)"], here)
            with open(os.path.join(folder, "script.cypher")) as script:
                return process_seconds([nacre], here, script)

    def theirs():
        with tempfile.TemporaryDirectory(dir=folder) as store:
            with open(os.path.join(folder, "script.sql")) as script:
                return process_seconds([sqlite, os.path.join(store, "db")], None, script)

    if not sqlite:
        print(f"script of {2 * each} statements: {2 * each / ours():.0f}/s")
        return
    mine, other = in_turn(3, ours, theirs)
    report(f"script of {2 * each} statements", mine, other, "sqlite3", 1)
    print(f"{'':34} {2 * each / mine:10.0f} /s  {'':8} {2 * each / other:10.0f} /s", flush=True)


def measure_queries(nacre, environment, folder):
    with open(os.path.join(folder, "facts.json")) as text:
        asked = queries(json.load(text))
    peers = {}
    for name, packages in (("kuzu", ["kuzu"]), ("kglite", ["kglite", "pandas"])):
        times = peer_seconds(name, packages, folder, asked)
        if times:
            peers[name] = times
    shell = Shell(nacre, environment)
    for key, query in asked.items():
        ours = shell.median(query)
        if not peers:
            print(f"{key:34} {ours * 1e3:10.3f} ms")
            continue
        best = min(peers, key=lambda name: peers[name][key])
        report(key, ours, peers[best][key], best, 5)
    shell.close()


def measure_memory(nacre, rows):
    command = [nacre, "-a", "memory:", f"UNWIND range(1, {rows}) AS i RETURN i, 'row ' + i AS text"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    start = time.perf_counter()
    size = 0
    while chunk := process.stdout.read(1 << 16):
        size += len(chunk)
    seconds = time.perf_counter() - start
    process.stdout.close()
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    peak = usage.ru_maxrss / (1 if sys.platform == "darwin" else 1 / 1024)
    print(f"{rows} rows to a pipe: {rows / seconds:.0f} rows/s, at most {peak / 1e6:.1f} MB resident (aim: under 100)")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("nacre")
    parser.add_argument("--size", choices=SIZES, default="full")
    options = parser.parse_args()
    nacre = os.path.abspath(options.nacre)
    people, links, each, rows = SIZES[options.size]
    folder = os.path.join(HERE, "data", options.size)
    os.makedirs(folder, exist_ok=True)
    environment = dict(os.environ, NACRE_DATA=os.path.join(folder, "store"))
    ready = os.path.join(folder, "ready")
    if not os.path.exists(ready):
        shutil.rmtree(os.path.join(folder, "store"), ignore_errors=True)
        print(f"generating {people} nodes and {links} relationships", flush=True)
        generate.write_graph(folder, people, links)
        generate.write_loading(folder)
        with open(os.path.join(folder, "load.cypher")) as script:
            seconds = process_seconds([nacre], environment, script)
        print(f"loaded in {seconds:.1f} s, {(people + links) / seconds:.0f} entities/s", flush=True)
        open(ready, "w").close()
    measure_start(nacre, environment, people)
    measure_script(nacre, environment, folder, each)
    measure_queries(nacre, environment, folder)
    measure_memory(nacre, rows)


main()
