"""Encryption and passwords."""

import os
import shutil
import subprocess
import tempfile
import unittest

import neo4j
from neo4j.exceptions import AuthError, ClientError, Neo4jError, ServiceUnavailable

from server import NACRE, Server


def openssl(*arguments, directory):
    subprocess.run(
        ["openssl", *arguments], cwd=directory, check=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def make_certificates(directory):
    """An authority of our own and a certificate for this machine that it vouches for."""
    key = ["-newkey", "rsa:2048", "-nodes", "-days", "2"]
    openssl("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Test authority",
            directory=directory)
    openssl("req", *key[:3], "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost",
            directory=directory)
    with open(os.path.join(directory, "names"), "w") as names:
        names.write("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
            "-days", "2", "-out", "server.pem", "-extfile", "names", directory=directory)


@unittest.skipUnless(shutil.which("openssl"), "there is no openssl to make certificates with")
class EncryptionTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.mkdtemp(prefix="nacre-certificates-")
        make_certificates(cls.directory)
        cls.authority = os.path.join(cls.directory, "ca.pem")
        flags = ["--tls-cert", os.path.join(cls.directory, "server.pem"),
                 "--tls-key", os.path.join(cls.directory, "server.key")]
        cls.server = Server(*flags)
        cls.strict = Server(*flags, "--tls-required")

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.strict.stop()
        shutil.rmtree(cls.directory)

    def ask(self, uri, **options):
        with neo4j.GraphDatabase.driver(uri, connection_timeout=10, **options) as driver:
            with driver.session() as session:
                return session.run("RETURN 1 AS x").single()["x"]

    def test_the_authority_s_certificate_is_accepted(self):
        trusted = neo4j.TrustCustomCAs(self.authority)
        for scheme in ("bolt", "neo4j"):
            for server in (self.server, self.strict):
                uri = server.uri(scheme, "localhost")
                self.assertEqual(self.ask(uri, encrypted=True, trusted_certificates=trusted), 1)

    def test_any_certificate_is_accepted_where_the_user_says_so(self):
        for scheme in ("bolt+ssc", "neo4j+ssc"):
            self.assertEqual(self.ask(self.strict.uri(scheme)), 1)

    def test_an_unknown_authority_is_refused(self):
        with self.assertRaises(ServiceUnavailable):
            self.ask(self.server.uri("bolt+s", "localhost"))

    def test_a_large_result_comes_encrypted(self):
        with neo4j.GraphDatabase.driver(self.server.uri("bolt+ssc")) as driver:
            records, _, _ = driver.execute_query(
                "UNWIND range(1, 20000) AS x RETURN x, 'text of some length ' + x AS t")
        self.assertEqual(len(records), 20000)

    def test_plain_connections_are_served_unless_encryption_is_required(self):
        self.assertEqual(self.ask(self.server.uri()), 1)
        with self.assertRaises(ServiceUnavailable):
            self.ask(self.strict.uri())


class RefusalTests(unittest.TestCase):
    def test_others_are_not_listened_to_without_passwords(self):
        directory = tempfile.mkdtemp(prefix="nacre-drivers-")
        done = subprocess.run(
            [NACRE, "serve", "--listen", "0.0.0.0:0", "--data", directory], capture_output=True,
            text=True, timeout=20, stdin=subprocess.DEVNULL)
        shutil.rmtree(directory)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("without authentication", done.stderr)


class PasswordTests(unittest.TestCase):
    def test_users_log_in_once_there_is_a_password(self):
        server = Server()
        try:
            with neo4j.GraphDatabase.driver(server.uri()) as driver:
                driver.execute_query(
                    "ALTER USER neo4j SET PASSWORD 'right-one' CHANGE NOT REQUIRED",
                    database_="system")
            with neo4j.GraphDatabase.driver(server.uri(), auth=("neo4j", "right-one")) as driver:
                driver.verify_connectivity()
                records, _, _ = driver.execute_query("RETURN 1 AS x")
                self.assertEqual(records[0]["x"], 1)
                self.assertTrue(driver.verify_authentication(auth=("neo4j", "right-one")))
            for wrong in (("neo4j", "wrong-one"), ("nobody", "right-one"), None):
                with neo4j.GraphDatabase.driver(server.uri(), auth=wrong) as driver:
                    with self.assertRaises(AuthError) as caught:
                        driver.verify_connectivity()
                self.assertEqual(
                    caught.exception.code, "Neo.ClientError.Security.Unauthorized")
        finally:
            server.stop()

    def test_a_user_who_is_dropped_is_out_at_the_next_request(self):
        server = Server()
        try:
            with neo4j.GraphDatabase.driver(server.uri()) as driver:
                driver.execute_query(
                    "CREATE USER alice SET PASSWORD 'right-one' CHANGE NOT REQUIRED",
                    database_="system")
                driver.execute_query(
                    "ALTER USER neo4j SET PASSWORD 'right-one' CHANGE NOT REQUIRED",
                    database_="system")
            owner = neo4j.GraphDatabase.driver(server.uri(), auth=("neo4j", "right-one"))
            alice = neo4j.GraphDatabase.driver(server.uri(), auth=("alice", "right-one"))
            with owner, alice, alice.session() as session:
                transaction = session.begin_transaction()
                transaction.run("CREATE (:Lost)").consume()
                owner.execute_query("DROP USER alice", database_="system")
                with self.assertRaises(Neo4jError) as caught:
                    transaction.commit()
                self.assertEqual(
                    caught.exception.code, "Neo.ClientError.Security.AuthorizationExpired")
                # The driver logs in again, which does not help it.
                with self.assertRaises(AuthError):
                    session.run("RETURN 1").consume()
                records, _, _ = owner.execute_query("MATCH (n:Lost) RETURN count(n) AS c")
                self.assertEqual(records[0]["c"], 0)
        finally:
            server.stop()

    def test_wrong_passwords_in_a_row_lock_a_user_out(self):
        server = Server()
        try:
            with neo4j.GraphDatabase.driver(server.uri()) as driver:
                driver.execute_query(
                    "ALTER USER neo4j SET PASSWORD 'right-one' CHANGE NOT REQUIRED",
                    database_="system")
            codes = []
            for _ in range(4):
                with neo4j.GraphDatabase.driver(server.uri(), auth=("neo4j", "guess")) as driver:
                    try:
                        driver.verify_connectivity()
                    except (AuthError, ClientError) as failure:
                        codes.append(failure.code.rsplit(".", 1)[1])
            self.assertEqual(codes, ["Unauthorized"] * 3 + ["AuthenticationRateLimit"])
        finally:
            server.stop()


if __name__ == "__main__":
    unittest.main()
