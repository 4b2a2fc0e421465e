"""Clients that mean no good: what they cost the server, and everybody else."""

import os
import sys
import threading
import time
import unittest

from server import Server
from wire import BEGIN, SUCCESS, Wire, pull, run


@unittest.skipUnless(sys.platform == "linux", "memory is read from /proc")
class HostileClientTests(unittest.TestCase):
    def setUp(self):
        self.server = Server("--memory")
        self.addCleanup(self.server.stop)
        self.others = []
        self.addCleanup(lambda: [wire.close() for wire in self.others])
        # What is made once only is made.
        self.assertServed()

    def connect(self, **options):
        wire = Wire(self.server.port, **options)
        self.others.append(wire)
        self.assertEqual(wire.log_in(), SUCCESS)
        return wire

    def resident(self):
        with open(f"/proc/{self.server.process.pid}/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def assertServed(self):
        """Somebody else is served, and soon."""
        with Wire(self.server.port) as wire:
            self.assertEqual(wire.log_in(), SUCCESS)
            started = time.monotonic()
            for _ in range(20):
                self.assertEqual(wire.ask("RETURN 1"), (SUCCESS, SUCCESS))
            self.assertLess(time.monotonic() - started, 10)

    def test_who_asks_for_a_gigabyte_and_reads_nothing_holds_little(self):
        before = self.resident()
        text = "UNWIND range(1, 100000000) AS x RETURN x, '0123456789' AS t"
        self.connect(receive_buffer=4096).send(run(text) + pull())
        self.connect(receive_buffer=4096).send(BEGIN + run(text) + pull())
        # The producers pause; what is held does not grow any more.
        last, seen = self.resident(), time.monotonic()
        while time.monotonic() - seen < 0.5:
            now = self.resident()
            self.assertLess(now - before, 64 << 20)
            if now > last:
                last, seen = now, time.monotonic()
            time.sleep(0.02)
        self.assertServed()
        with Wire(self.server.port) as writer:
            writer.log_in()
            self.assertEqual(writer.ask("CREATE (:N)"), (SUCCESS, SUCCESS))

    def test_who_sends_byte_by_byte_keeps_nobody_waiting(self):
        slow = [self.connect() for _ in range(20)]
        request = run("RETURN 1") + pull()
        for index, byte in enumerate(request):
            for wire in slow:
                wire.send(bytes([byte]))
            if index % 8 == 0:
                self.assertServed()
        for wire in slow:
            self.assertEqual((wire.reply(), wire.reply()), (SUCCESS, SUCCESS))

    def test_many_idle_and_some_busy_connections_hold_little(self):
        before = self.resident()
        idle = [self.connect() for _ in range(200)]
        large = "UNWIND range(1, 2000) AS x RETURN x, 'text ' + x AS t ORDER BY t"
        for wire in idle:
            self.assertEqual(wire.ask(large), (SUCCESS, SUCCESS))
        failures = []

        def work():
            try:
                wire = Wire(self.server.port)
                with wire:
                    wire.log_in()
                    for number in range(50):
                        if wire.ask(f"RETURN {number}") != (SUCCESS, SUCCESS):
                            failures.append(number)
            except Exception as failure:
                failures.append(failure)

        busy = [threading.Thread(target=work) for _ in range(64)]
        for thread in busy:
            thread.start()
        for thread in busy:
            thread.join(60)
        self.assertEqual(failures, [])
        self.assertLess(self.resident() - before, 20 << 20)
        for wire in idle:
            self.assertEqual(wire.ask("RETURN 1"), (SUCCESS, SUCCESS))


if __name__ == "__main__":
    unittest.main()
