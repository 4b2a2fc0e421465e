"""Bolt in WebSocket frames, as browsers speak it, plain and encrypted."""

import os
import shutil
import struct
import tempfile
import unittest

from server import Server
from test_security import make_certificates
from wire import (
    BEGIN, BINARY, CLOSE, FAILURE, HANDSHAKE, HELLO, PING, PONG, SUCCESS, TEXT, WebSocketWire, Wire,
    pull, run, trusting_nobody)


class WebSocketTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.mkdtemp(prefix="nacre-certificates-")
        flags = ["--memory"]
        cls.context = None
        if shutil.which("openssl"):
            make_certificates(cls.directory)
            flags += ["--tls-cert", os.path.join(cls.directory, "server.pem"),
                      "--tls-key", os.path.join(cls.directory, "server.key")]
            cls.context = trusting_nobody()
        cls.server = Server(*flags)

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        shutil.rmtree(cls.directory)

    def kinds(self):
        yield WebSocketWire(self.server.port)
        if self.context:
            yield WebSocketWire(self.server.port, self.context)

    def test_statements_and_large_results_come_in_frames(self):
        for wire in self.kinds():
            with wire:
                self.assertIn(b" 101 ", wire.head)
                self.assertIn(wire.proof, wire.head)
                self.assertEqual(wire.log_in(), SUCCESS)
                self.assertEqual(wire.ask("RETURN 1 AS x"), (SUCCESS, SUCCESS))
                self.assertEqual(wire.ask("RETURN nonsense")[0], FAILURE)
        for wire in self.kinds():
            with wire:
                wire.log_in()
                self.assertEqual(
                    wire.ask("UNWIND range(1, 30000) AS x RETURN x, 'a text ' + x AS t"),
                    (SUCCESS, SUCCESS))
                long = "RETURN size('" + "x" * 300_000 + "') AS n"
                self.assertEqual(wire.ask(long), (SUCCESS, SUCCESS))

    def test_fragments_and_pings_may_lie_between_any_two_bytes(self):
        for wire in self.kinds():
            with wire:
                data = HANDSHAKE + HELLO + run("RETURN 1 AS x") + pull()
                for index, byte in enumerate(data):
                    opcode = BINARY if index == 0 else 0
                    wire.send_frame(opcode, bytes([byte]), last=index == len(data) - 1)
                    if index % 10 == 0:
                        wire.send_frame(0, b"", last=False) if index < len(data) - 1 else None
                        wire.send_frame(PING, b"%d" % index)
                pongs, binary = [], b""
                # Three SUCCESS and one record, behind the four bytes of the version.
                while binary[4:].count(b"\0\0") < 4 or len(pongs) < len(range(0, len(data), 10)):
                    first, payload = wire.frame()
                    if first == 0x80 | PONG:
                        pongs.append(int(payload))
                    else:
                        self.assertEqual(first, 0x80 | BINARY)
                        binary += payload
                self.assertEqual(pongs, list(range(0, len(data), 10)))

    def refused(self, wire, code):
        first, payload = wire.frame()
        self.assertEqual((first, payload[:2]), (0x80 | CLOSE, struct.pack(">H", code)))
        # Then the connection ends.
        with self.assertRaises((EOFError, OSError)):
            while True:
                wire.frame()

    def test_broken_rules_end_the_connection_with_a_code(self):
        broken = [
            (1002, lambda wire: wire.send_frame(BINARY, b"x", masked=False)),
            (1002, lambda wire: wire.send_frame(0, b"x")),
            (1002, lambda wire: wire.send_frame(PING, b"x", last=False)),
            (1002, lambda wire: wire.send_frame(PING, b"x" * 126)),
            (1002, lambda wire: wire.send_frame(0x40 | BINARY, b"x")),
            (1002, lambda wire: wire.send_frame(CLOSE, b"x")),
            (1002, lambda wire: wire.send_frame(CLOSE, struct.pack(">H", 1005))),
            (1002, lambda wire: wire.socket.sendall(b"\x82\xff\xff" + b"\xff" * 11)),
            (1002, lambda wire: [wire.send_frame(BINARY, b"", last=False) for _ in range(2)]),
            (1003, lambda wire: wire.send_frame(TEXT, b"hello")),
        ]
        for code, breaks in broken:
            for wire in self.kinds():
                with wire:
                    breaks(wire)
                    self.refused(wire, code)

    def test_close_is_answered_and_frees_what_is_open(self):
        for wire in self.kinds():
            with wire:
                wire.log_in()
                wire.send(BEGIN + run("CREATE (:Lost)") + pull())
                self.assertEqual([wire.reply() for _ in range(3)], [SUCCESS] * 3)
                wire.send_frame(CLOSE, struct.pack(">H", 1000) + b"bye")
                self.refused(wire, 1000)
        with Wire(self.server.port) as plain:
            plain.log_in()
            self.assertEqual(plain.ask("CREATE (:Kept)"), (SUCCESS, SUCCESS))

    def test_a_long_length_is_not_waited_for_by_others(self):
        with WebSocketWire(self.server.port) as wire:
            wire.socket.sendall(b"\x82\xff" + struct.pack(">Q", 1 << 62) + b"mask" + b"x" * 100)
            with WebSocketWire(self.server.port) as other:
                self.assertEqual(other.log_in(), SUCCESS)

    def test_pages_of_other_sites_are_not_let_in(self):
        with WebSocketWire(self.server.port, fields="Origin: https://elsewhere.example\r\n") as wire:
            self.assertIn(b" 403 ", wire.head)
        with WebSocketWire(self.server.port, fields="Origin: http://localhost:8080\r\n") as wire:
            self.assertIn(b" 101 ", wire.head)


if __name__ == "__main__":
    unittest.main()
