"""When auto-commit statements are committed, and what ends them."""

import time
import unittest

import neo4j

from server import Server
from wire import BEGIN, FAILURE, IGNORED, SUCCESS, Wire, message, pull, run

RESET = message(0x0F)
GOODBYE = message(0x02)
COMMIT = message(0x12)
ENDLESS = "UNWIND range(1, 100000000000) AS endless WITH endless WHERE endless < 0 RETURN count(*)"


class StateTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server("--memory")
        cls.driver = neo4j.GraphDatabase.driver(cls.server.uri())

    @classmethod
    def tearDownClass(cls):
        cls.driver.close()
        cls.server.stop()

    def connect(self):
        wire = Wire(self.server.port)
        self.addCleanup(wire.close)
        self.assertEqual(wire.log_in(), SUCCESS)
        return wire

    def value(self, text):
        return self.driver.execute_query(text).records[0][0]

    def count(self, label):
        return self.value(f"MATCH (n:{label}) RETURN count(n)")

    def until(self, wanted, text):
        """Waits until a question has an answer."""
        end = time.monotonic() + 20
        while self.value(text) != wanted:
            self.assertLess(time.monotonic(), end, text)
            time.sleep(0.05)

    def test_writes_are_committed_when_their_last_record_is_read(self):
        for number, rows in enumerate((0, 3, 1500)):
            label = f"Read{number}"
            with self.subTest(rows=rows):
                wire = self.connect()
                wire.send(run(f"UNWIND range(1, {max(rows, 1)}) AS x CREATE (:{label}) "
                              + ("RETURN x" if rows else "")))
                self.assertEqual(wire.reply(), SUCCESS)
                self.assertEqual(self.count(label), 0)
                if rows:
                    wire.send(pull(rows - 1))
                    self.assertEqual(wire.reply(), SUCCESS)
                    self.assertEqual(self.count(label), 0)
                wire.send(pull())
                self.assertEqual(wire.reply(), SUCCESS)
                self.assertEqual(self.count(label), max(rows, 1))
                # Asked for in one go, all or a part.
                for part in (-1, 2):
                    wire.send(run(f"UNWIND [1, 2] AS x CREATE (:{label}) RETURN x") + pull(part))
                    self.assertEqual((wire.reply(), wire.reply()), (SUCCESS, SUCCESS))
                self.assertEqual(self.count(label), max(rows, 1) + 4)

    def test_writes_that_are_not_read_to_their_end_are_undone(self):
        ways = {
            "reset": lambda wire: wire.send(RESET), "goodbye": lambda wire: wire.send(GOODBYE),
            "close": lambda wire: wire.close(), "bad pull": lambda wire: wire.send(pull(-7)),
            "run": lambda wire: wire.send(run("RETURN 1")), "begin": lambda wire: wire.send(BEGIN),
        }
        for way, end in ways.items():
            for pulls in (0, 1):
                with self.subTest(way=way, pulls=pulls):
                    wire = self.connect()
                    wire.send(run("UNWIND range(1, 3) AS x CREATE (:Undone) RETURN x")
                              + pull(1) * pulls)
                    for _ in range(1 + pulls):
                        self.assertEqual(wire.reply(), SUCCESS)
                    end(wire)
                    # The writer's place is free again.
                    self.driver.execute_query("CREATE (:Next)")
                    self.assertEqual(self.count("Undone"), 0)

    def test_the_time_of_a_statement_goes_on_between_its_pages(self):
        wire = self.connect()
        wire.send(message(0x10, "UNWIND range(1, 3) AS x CREATE (:Late) RETURN x", {},
                          {"tx_timeout": 200}) + pull(1))
        self.assertEqual((wire.reply(), wire.reply()), (SUCCESS, SUCCESS))
        time.sleep(0.5)
        wire.send(pull())
        self.assertEqual(wire.reply(), FAILURE)
        self.assertEqual(self.count("Late"), 0)

    def test_who_leaves_behind_many_requests_is_noticed(self):
        for count in (50, 400, 5000):
            with self.subTest(count=count):
                wire = self.connect()
                wire.send(BEGIN + run("CREATE (:Left)") + pull() + run(ENDLESS) + pull())
                for _ in range(3):
                    self.assertEqual(wire.reply(), SUCCESS)
                self.until(1, "SHOW TRANSACTIONS YIELD currentQuery AS q "
                           "WHERE q STARTS WITH 'UNWIND range' RETURN count(*)")
                wire.send(run("RETURN 1") * count)
                wire.close()
                # The writer's place comes free.
                self.driver.execute_query("CREATE (:Next)")
        self.assertEqual(self.count("Left"), 0)

    def test_goodbye_ends_what_runs(self):
        wire = self.connect()
        wire.send(run(ENDLESS) + pull())
        time.sleep(0.2)
        wire.send(GOODBYE)
        with self.assertRaises((EOFError, ConnectionResetError)):
            wire.reply()
            wire.reply()

    def test_implicit_transactions_take_what_commits_by_itself(self):
        text = "UNWIND range(1, 5) AS x CALL (x) { CREATE (:Batch) } IN TRANSACTIONS OF 2 ROWS"
        wire = self.connect()
        wire.send(BEGIN + run(text) + pull())
        self.assertEqual([wire.reply() for _ in range(3)], [SUCCESS, FAILURE, IGNORED])
        wire.send(RESET)
        self.assertEqual(wire.reply(), SUCCESS)
        wire.send(message(0x11, {"tx_type": "IMPLICIT"}) + run(text) + pull() + COMMIT)
        self.assertEqual([wire.reply() for _ in range(4)], [SUCCESS] * 4)
        self.assertEqual(self.count("Batch"), 5)

    def test_readers_do_not_administer(self):
        wire = self.connect()
        wire.send(message(0x10, "CREATE DATABASE forbidden", {}, {"db": "system", "mode": "r"})
                  + pull())
        self.assertEqual([wire.reply() for _ in range(2)], [FAILURE, IGNORED])
        self.assertEqual(self.value("SHOW DATABASES YIELD name RETURN count(*)"), 2)

    def test_a_connection_idles_out_also_behind_a_long_statement(self):
        server = Server("--memory", "--idle-timeout", "1")
        self.addCleanup(server.stop)
        wire = Wire(server.port)
        self.addCleanup(wire.close)
        wire.log_in()
        wire.send(message(0x10, ENDLESS, {}, {"tx_timeout": 1500}) + pull() + RESET)
        while True:
            try:
                wire.reply()
            except (EOFError, ConnectionResetError):
                break


if __name__ == "__main__":
    unittest.main()
