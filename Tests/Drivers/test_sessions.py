"""Statements and transactions as applications use them."""

import asyncio
import datetime
import threading
import time
import unittest

import neo4j
from neo4j.exceptions import (
    ClientError, ConstraintError, CypherSyntaxError, DatabaseError, Neo4jError, TransientError)

from server import Server


class SessionTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.driver = neo4j.GraphDatabase.driver(cls.server.uri())

    @classmethod
    def tearDownClass(cls):
        cls.driver.close()
        cls.server.stop()

    def count(self, label):
        with self.driver.session() as session:
            return session.run(f"MATCH (n:{label}) RETURN count(n) AS n").single()["n"]

    def test_the_server_says_who_it_is(self):
        self.driver.verify_connectivity()
        info = self.driver.get_server_info()
        self.assertTrue(info.agent.startswith("Neo4j/"))
        self.assertGreaterEqual(tuple(info.protocol_version), (5, 8))

    def test_execute_query_answers_records_summary_and_keys(self):
        records, summary, keys = self.driver.execute_query(
            "UNWIND range(1, $n) AS x RETURN x, x * x AS square", n=5, database_="neo4j")
        self.assertEqual([r["square"] for r in records], [1, 4, 9, 16, 25])
        self.assertEqual(keys, ["x", "square"])
        self.assertEqual(summary.query_type, "r")
        self.assertEqual(summary.database, "neo4j")

    def test_counters_tell_what_changed(self):
        with self.driver.session() as session:
            counters = session.run(
                "CREATE (:Counter {x: 1})-[:R]->(:Counter)").consume().counters
        self.assertEqual(counters.nodes_created, 2)
        self.assertEqual(counters.relationships_created, 1)
        self.assertEqual(counters.labels_added, 2)
        self.assertEqual(counters.properties_set, 1)
        self.assertTrue(counters.contains_updates)
        self.assertFalse(counters.contains_system_updates)

    def test_rows_come_page_by_page(self):
        with self.driver.session(fetch_size=2) as session:
            rows = [r["x"] for r in session.run("UNWIND range(1, 11) AS x RETURN x")]
        self.assertEqual(rows, list(range(1, 12)))

    def test_a_large_result_streams(self):
        with self.driver.session() as session:
            total = sum(r["x"] for r in session.run("UNWIND range(1, 200000) AS x RETURN x"))
        self.assertEqual(total, 200000 * 200001 // 2)

    def test_what_is_left_of_a_result_can_be_dropped(self):
        with self.driver.session(fetch_size=10) as session:
            result = session.run("UNWIND range(1, 1000) AS x RETURN x")
            self.assertEqual(next(iter(result))["x"], 1)
            result.consume()
            self.assertEqual(session.run("RETURN 7 AS x").single()["x"], 7)

    def test_managed_transactions_commit(self):
        with self.driver.session() as session:
            session.execute_write(lambda tx: tx.run("CREATE (:Managed)").consume())
            found = session.execute_read(
                lambda tx: tx.run("MATCH (n:Managed) RETURN count(n) AS n").single()["n"])
        self.assertEqual(found, 1)

    def test_a_managed_transaction_that_raises_is_rolled_back(self):
        def work(tx):
            tx.run("CREATE (:Raised)").consume()
            raise KeyError("enough")

        with self.driver.session() as session, self.assertRaises(KeyError):
            session.execute_write(work)
        self.assertEqual(self.count("Raised"), 0)

    def test_explicit_transactions_commit_and_roll_back(self):
        with self.driver.session() as session:
            with session.begin_transaction() as tx:
                tx.run("CREATE (:Explicit)")
                tx.rollback()
            self.assertEqual(self.count("Explicit"), 0)
            with session.begin_transaction() as tx:
                tx.run("CREATE (:Explicit)")
                self.assertEqual(
                    tx.run("MATCH (n:Explicit) RETURN count(n) AS n").single()["n"], 1)
                tx.commit()
        self.assertEqual(self.count("Explicit"), 1)

    def test_two_results_of_a_transaction_are_read_in_any_order(self):
        with self.driver.session(fetch_size=3) as session:
            with session.begin_transaction() as tx:
                first = tx.run("UNWIND range(1, 10) AS x RETURN x")
                second = tx.run("UNWIND range(11, 20) AS x RETURN x")
                self.assertEqual([r["x"] for r in second], list(range(11, 21)))
                self.assertEqual([r["x"] for r in first], list(range(1, 11)))
                tx.commit()

    def test_a_failed_statement_ends_its_transaction(self):
        with self.driver.session() as session:
            tx = session.begin_transaction()
            tx.run("CREATE (:Half)").consume()
            with self.assertRaises(CypherSyntaxError):
                tx.run("RETRUN 1").consume()
            tx.close()
            self.assertEqual(session.run("RETURN 1 AS x").single()["x"], 1)
        self.assertEqual(self.count("Half"), 0)

    def test_failures_have_codes_and_statuses(self):
        with self.driver.session() as session:
            with self.assertRaises(CypherSyntaxError) as caught:
                session.run("MATCH (n) RETURN m").consume()
            self.assertEqual(caught.exception.code, "Neo.ClientError.Statement.SyntaxError")
            self.assertEqual(caught.exception.gql_status, "42001")
            self.assertEqual(caught.exception.__cause__.gql_status, "42N62")
            with self.assertRaises(ClientError) as caught:
                session.run("RETURN 1 / 0 AS x").consume()
            self.assertEqual(caught.exception.gql_status, "22012")
            with self.assertRaises(ClientError) as caught:
                session.run("RETURN $nothing AS x").consume()
            self.assertEqual(caught.exception.code, "Neo.ClientError.Statement.ParameterMissing")

    def test_rows_before_a_failure_arrive(self):
        with self.driver.session() as session:
            rows = []
            with self.assertRaises(Neo4jError):
                for record in session.run("UNWIND [1, 0] AS d RETURN 1 / d AS x"):
                    rows.append(record["x"])

    def test_a_constraint_refuses_a_second_node(self):
        with self.driver.session() as session:
            session.run("CREATE CONSTRAINT FOR (n:Unique) REQUIRE n.id IS UNIQUE").consume()
            session.run("CREATE (:Unique {id: 1})").consume()
            with self.assertRaises(ConstraintError):
                session.run("CREATE (:Unique {id: 1})").consume()
        self.assertEqual(self.count("Unique"), 1)

    def test_reading_sessions_may_not_write(self):
        with self.driver.session(default_access_mode="READ") as session:
            with self.assertRaises(ClientError) as caught:
                session.run("CREATE (:Forbidden)").consume()
        self.assertEqual(caught.exception.code, "Neo.ClientError.Statement.AccessMode")
        self.assertEqual(self.count("Forbidden"), 0)

    def test_unknown_databases_are_refused(self):
        with self.driver.session(database="nosuch") as session:
            with self.assertRaises(ClientError) as caught:
                session.run("RETURN 1").consume()
        self.assertEqual(caught.exception.code, "Neo.ClientError.Database.DatabaseNotFound")

    def test_nobody_is_impersonated(self):
        with self.driver.session(impersonated_user="bob") as session:
            with self.assertRaises(ClientError) as caught:
                session.run("RETURN 1").consume()
        self.assertEqual(caught.exception.code, "Neo.ClientError.Statement.ArgumentError")
        self.assertEqual(caught.exception.gql_status, "51N27")

    def test_a_client_s_timeout_ends_its_statement(self):
        endless = neo4j.Query(
            "UNWIND range(1, 100000000) AS x UNWIND range(1, 1000) AS y RETURN count(x + y)",
            timeout=0.2)
        started = time.monotonic()
        with self.driver.session() as session:
            with self.assertRaises(Neo4jError) as caught:
                session.run(endless).consume()
        self.assertIn("TransactionTimedOut", caught.exception.code)
        self.assertLess(time.monotonic() - started, 5)

    def test_a_silent_client_s_transaction_is_listed_and_terminated(self):
        with self.driver.session() as silent, self.driver.session(fetch_size=10) as operator:
            tx = silent.begin_transaction(metadata={"app": "silent"})
            tx.run("CREATE (:Silent)").consume()
            row = operator.run(
                "SHOW TRANSACTIONS YIELD * WHERE metaData.app = 'silent' RETURN *").single().data()
            self.assertTrue(row["connectionId"].startswith("bolt-"))
            self.assertTrue(row["clientAddress"].startswith("127.0.0.1:"))
            self.assertEqual(row["protocol"], "bolt")
            operator.run("TERMINATE TRANSACTION $id", id=row["transactionId"]).consume()
            operator.run("CREATE (:AfterSilent)").consume()
            with self.assertRaises(Neo4jError) as caught:
                tx.commit()
            self.assertTrue(caught.exception.code.endswith("Transaction.Terminated"))
        self.assertEqual(self.count("Silent"), 0)

    def test_what_is_left_of_a_terminated_result_is_not_passed_over(self):
        with self.driver.session(fetch_size=10) as reader, self.driver.session() as operator:
            tx = reader.begin_transaction()
            result = tx.run("UNWIND range(1, 100000) AS lost RETURN lost")
            next(result)
            found = operator.run(
                "SHOW TRANSACTIONS YIELD transactionId AS id, currentQuery AS text "
                "WHERE text ENDS WITH 'RETURN lost' RETURN id").single()
            operator.run("TERMINATE TRANSACTION $id", id=found["id"]).consume()
            with self.assertRaises(Neo4jError):
                for _ in result:
                    pass

    def test_connections_are_listed_and_ended(self):
        listing = "CALL dbms.listConnections()"
        with neo4j.GraphDatabase.driver(self.server.uri(), user_agent="doomed/1.0") as doomed:
            with doomed.session() as client, self.driver.session() as operator:
                tx = client.begin_transaction()
                tx.run("CREATE (:Doomed)").consume()
                rows = [row.data() for row in operator.run(listing)]
                row = next(row for row in rows if row["userAgent"] == "doomed/1.0")
                self.assertGreater(len(rows), 1)
                self.assertEqual(row["connector"], "bolt")
                self.assertTrue(row["clientAddress"].startswith("127.0.0.1:"))
                opened = datetime.datetime.fromisoformat(row["connectTime"])
                age = datetime.datetime.now(datetime.timezone.utc) - opened
                self.assertLess(abs(age.total_seconds()), 60)
                killed = operator.run(
                    "CALL dbms.killConnections([$id, 'nope'])", id=row["connectionId"]).values()
                self.assertEqual([row["connectionId"], "nope"], [k[0] for k in killed])
                self.assertEqual("No connection found with this id", killed[1][2])
                with self.assertRaises(neo4j.exceptions.ServiceUnavailable):
                    tx.run("RETURN 1").consume()
                # Its transaction went with it, so that the writer's place is free.
                operator.run("CREATE (:AfterDoomed)").consume()
                self.assertNotIn(
                    row["connectionId"], [r["connectionId"] for r in operator.run(listing)])
        self.assertEqual(self.count("Doomed"), 0)

    def test_the_server_s_timeout_frees_the_writer(self):
        server = Server("--transaction-timeout", "1")
        try:
            with neo4j.GraphDatabase.driver(server.uri()) as driver:
                with driver.session() as silent, driver.session() as other:
                    tx = silent.begin_transaction()
                    tx.run("CREATE (:Silent)").consume()
                    # Its own time is longer, so it waits until the other's is over.
                    with other.begin_transaction(timeout=20) as waiting:
                        waiting.run("CREATE (:Other)").consume()
                        waiting.commit()
                    with self.assertRaises(Neo4jError) as caught:
                        tx.run("RETURN 1").consume()
                    self.assertEqual(
                        caught.exception.code,
                        "Neo.ClientError.Transaction.TransactionTimedOut")
        finally:
            server.stop()

    def test_metadata_and_long_timeouts_do_no_harm(self):
        with self.driver.session() as session:
            with session.begin_transaction(metadata={"app": "test", "n": 1}, timeout=60) as tx:
                self.assertEqual(tx.run("RETURN 1 AS x").single()["x"], 1)

    def test_notifications_follow_the_filters(self):
        text = "MATCH (n:NoSuchLabelAnywhere) RETURN n"

        def statuses(**options):
            with self.driver.session(**options) as session:
                summary = session.run(text).consume()
            return [s.gql_status for s in summary.gql_status_objects]

        self.assertIn("01N50", statuses())
        self.assertEqual(statuses(notifications_min_severity="OFF"), ["02000"])
        self.assertNotIn(
            "01N50", statuses(notifications_disabled_classifications=["UNRECOGNIZED"]))

    def test_plans_and_profiles_arrive(self):
        with self.driver.session() as session:
            plan = session.run("EXPLAIN MATCH (n) RETURN n").consume().plan
            self.assertEqual(plan["operatorType"].split("@")[0], "ProduceResults")
            self.assertEqual(len(plan["children"]), 1)
            profile = session.run("PROFILE UNWIND [1, 2] AS x RETURN x").consume().profile
            self.assertEqual(profile["rows"], 2)

    def test_bookmarks_chain_sessions(self):
        with self.driver.session() as session:
            session.run("CREATE (:Chained)").consume()
            marks = session.last_bookmarks()
        with self.driver.session(bookmarks=marks) as session:
            self.assertEqual(
                session.run("MATCH (n:Chained) RETURN count(n) AS n").single()["n"], 1)

    def test_garbage_is_no_bookmark(self):
        marks = neo4j.Bookmarks.from_raw_values(["garbage"])
        with self.driver.session(bookmarks=marks) as session:
            with self.assertRaises(ClientError) as caught:
                session.run("RETURN 1").consume()
        self.assertEqual(caught.exception.code, "Neo.ClientError.Transaction.InvalidBookmark")

    def test_the_routing_scheme_works(self):
        with neo4j.GraphDatabase.driver(self.server.uri("neo4j")) as driver:
            driver.verify_connectivity()
            driver.execute_query("CREATE (:Routed)", database_="neo4j")
            with driver.session() as session:
                found = session.execute_read(
                    lambda tx: tx.run("MATCH (n:Routed) RETURN count(n) AS n").single()["n"])
            self.assertEqual(found, 1)
            with self.assertRaises(ClientError), driver.session(database="nosuch") as session:
                session.run("RETURN 1").consume()

    def test_many_threads_write_at_once(self):
        failures = []

        def work(number):
            try:
                with self.driver.session() as session:
                    for place in range(20):
                        session.run(
                            "CREATE (:Concurrent {thread: $t, place: $p})", t=number, p=place).consume()
            except Exception as failure:  # noqa: BLE001
                failures.append(failure)

        threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(failures, [])
        self.assertEqual(self.count("Concurrent"), 160)

    def test_writers_in_transactions_wait_for_each_other(self):
        def work():
            with self.driver.session() as session:
                for _ in range(5):
                    session.execute_write(
                        lambda tx: tx.run("MERGE (n:Tally) SET n.n = coalesce(n.n, 0) + 1").consume())

        threads = [threading.Thread(target=work) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with self.driver.session() as session:
            self.assertEqual(session.run("MATCH (n:Tally) RETURN n.n AS n").single()["n"], 30)

    def test_a_client_that_vanishes_leaves_no_lock(self):
        driver = neo4j.GraphDatabase.driver(self.server.uri())
        session = driver.session()
        tx = session.begin_transaction()
        tx.run("CREATE (:Vanished)").consume()
        session._connection.kill() if hasattr(session._connection, "kill") else session._connection.close()
        with self.driver.session() as other:
            other.run("CREATE (:AfterVanished)").consume()
        self.assertEqual(self.count("Vanished"), 0)

    def test_call_in_transactions_is_for_implicit_ones(self):
        text = "UNWIND range(1, 10) AS x CALL (x) { CREATE (:Batch {x: x}) } IN TRANSACTIONS OF 3 ROWS"
        with self.driver.session() as session:
            session.run(text).consume()
            self.assertEqual(self.count("Batch"), 10)
            with self.assertRaises((ClientError, DatabaseError)):
                with session.begin_transaction() as tx:
                    tx.run(text).consume()


class AsyncTests(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.server = Server()
        self.driver = neo4j.AsyncGraphDatabase.driver(self.server.uri())

    async def asyncTearDown(self):
        await self.driver.close()
        self.server.stop()

    async def test_many_sessions_at_once(self):
        async def one(number):
            async with self.driver.session() as session:
                result = await session.run("RETURN $n AS n", n=number)
                return (await result.single())["n"]

        answers = await asyncio.gather(*(one(n) for n in range(50)))
        self.assertEqual(answers, list(range(50)))

    async def test_a_cancelled_task_leaves_the_server_well(self):
        async def endless():
            async with self.driver.session() as session:
                result = await session.run(
                    "UNWIND range(1, 100000000) AS x UNWIND range(1, 1000) AS y RETURN count(x + y)")
                await result.consume()

        task = asyncio.create_task(endless())
        await asyncio.sleep(0.3)
        task.cancel()
        with self.assertRaises(asyncio.CancelledError):
            await task
        records, _, _ = await self.driver.execute_query("RETURN 1 AS x")
        self.assertEqual(records[0]["x"], 1)

    async def test_managed_transactions(self):
        async def work(tx):
            result = await tx.run("CREATE (n:Async) RETURN count(n) AS n")
            return (await result.single())["n"]

        async with self.driver.session() as session:
            self.assertEqual(await session.execute_write(work), 1)


if __name__ == "__main__":
    unittest.main()
