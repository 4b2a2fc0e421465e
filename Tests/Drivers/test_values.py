"""Every type of value, to the server and back."""

import datetime
import math
import unittest

import neo4j
import pytz
from neo4j.spatial import CartesianPoint, WGS84Point
from neo4j.time import Date, DateTime, Duration, Time

from server import Server

PLAIN = [
    None, True, False, 0, 1, -1, 127, 128, 255, -16, -17, -128, -129, 32767, 32768, -32768, -32769,
    2**31 - 1, 2**31, -(2**31), -(2**31) - 1, 2**63 - 1, -(2**63), 0.0, -0.0, 1.5, 1e300, 5e-324,
    math.inf, -math.inf, "", "a", "Größenmaßstäbe 日本 😀", "x" * 15, "x" * 16, "x" * 255, "x" * 256,
    "x" * 70000, "a\x00b", b"", b"\x00\x01\xff", b"z" * 300, b"z" * 70000, [], [1, 2.5, "three", None],
    [[[]]], list(range(70000)), {}, {"a": {"b": [None, {"c": 1}]}}, {str(n): n for n in range(300)},
]

TEMPORAL = [
    Date(1970, 1, 1), Date(1, 1, 1), Date(9999, 12, 31), Time(0, 0, 0), Time(23, 59, 59, 999999999),
    Time(12, 34, 56, 789, tzinfo=pytz.FixedOffset(90)),
    Time(12, 34, 56, 0, tzinfo=pytz.FixedOffset(-330)),
    DateTime(1969, 12, 31, 23, 59, 59, 500000000), DateTime(2024, 2, 29, 12, 34, 56, 1),
    pytz.FixedOffset(60).localize(DateTime(1970, 1, 1, 2, 15, 0, 42)),
    pytz.timezone("Europe/Paris").localize(DateTime(1970, 1, 1, 2, 15, 0, 42)),
    pytz.timezone("America/New_York").localize(DateTime(2024, 7, 1, 8, 0, 0)),
    Duration(), Duration(years=1, months=2, days=3, hours=4, minutes=5, seconds=6, nanoseconds=7),
    Duration(seconds=-1), Duration(months=-3, days=40), Duration(milliseconds=-500),
]

POINTS = [
    CartesianPoint((1, 2)), CartesianPoint((1.5, -2.5, 3)), WGS84Point((12.78, 56.7)),
    WGS84Point((12.78, 56.7, 100)),
]


class ValueTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.driver = neo4j.GraphDatabase.driver(cls.server.uri())
        cls.session = cls.driver.session()

    @classmethod
    def tearDownClass(cls):
        cls.session.close()
        cls.driver.close()
        cls.server.stop()

    def echo(self, value):
        return self.session.run("RETURN $value AS value", value=value).single()["value"]

    def test_plain_values_come_back(self):
        for value in PLAIN:
            with self.subTest(repr(value)[:40]):
                back = self.echo(value)
                self.assertEqual(back, value)
                self.assertIs(type(back), type(value))
        self.assertTrue(math.isnan(self.echo(math.nan)))
        self.assertEqual(math.copysign(1, self.echo(-0.0)), -1)

    def test_temporal_values_come_back(self):
        for value in TEMPORAL:
            with self.subTest(str(value)):
                back = self.echo(value)
                self.assertEqual(back, value)
                self.assertEqual(str(back), str(value))

    def test_python_s_own_temporal_values_arrive(self):
        moment = datetime.datetime(2024, 2, 29, 12, 0, tzinfo=datetime.timezone.utc)
        self.assertEqual(self.echo(moment).to_native(), moment)
        self.assertEqual(self.echo(datetime.date(2024, 2, 29)).to_native(), datetime.date(2024, 2, 29))

    def test_points_come_back(self):
        for value in POINTS:
            with self.subTest(str(value)):
                back = self.echo(value)
                self.assertEqual(back, value)
                self.assertEqual(back.srid, value.srid)

    def test_values_of_the_language_arrive(self):
        record = self.session.run(
            "RETURN date('2020-02-03') AS d, time('12:00+01:00') AS t, localtime('01:02:03') AS lt, "
            "datetime('2020-02-03T04:05:06[Europe/Berlin]') AS dt, localdatetime('2020-02-03T04:05') "
            "AS ldt, duration('P1M2DT3S') AS du, point({x: 1, y: 2}) AS p").single()
        self.assertEqual(record["d"], Date(2020, 2, 3))
        self.assertEqual(record["t"], Time(12, 0, 0, tzinfo=pytz.FixedOffset(60)))
        self.assertEqual(record["lt"], Time(1, 2, 3))
        self.assertEqual(record["dt"].tzinfo.zone, "Europe/Berlin")
        self.assertEqual(record["ldt"], DateTime(2020, 2, 3, 4, 5))
        self.assertEqual(record["du"], Duration(months=1, days=2, seconds=3))
        self.assertEqual(record["p"], CartesianPoint((1, 2)))

    def test_entities_arrive_whole(self):
        record = self.session.run(
            "CREATE p = (a:A:B {name: 'x'})-[r:R {since: 1}]->(b:C)<-[:S]-(c) RETURN a, r, b, p").single()
        a, r, b, path = record["a"], record["r"], record["b"], record["p"]
        self.assertEqual(a.labels, frozenset({"A", "B"}))
        self.assertEqual(dict(a), {"name": "x"})
        self.assertEqual(r.type, "R")
        self.assertEqual(dict(r), {"since": 1})
        self.assertEqual((r.start_node.element_id, r.end_node.element_id), (a.element_id, b.element_id))
        self.assertEqual(len(path), 2)
        self.assertEqual([x.type for x in path.relationships], ["R", "S"])
        self.assertEqual(path.relationships[1].end_node, path.nodes[1])
        found = self.session.run(
            "MATCH (n) WHERE elementId(n) = $id RETURN n", id=a.element_id).single()["n"]
        self.assertEqual(found.element_id, a.element_id)
        self.assertEqual(dict(found), dict(a))

    def test_an_entity_is_no_parameter(self):
        node = self.session.run("CREATE (n:Parameter) RETURN n").single()["n"]
        with self.assertRaises((TypeError, ValueError)):
            self.echo(node)


if __name__ == "__main__":
    unittest.main()
