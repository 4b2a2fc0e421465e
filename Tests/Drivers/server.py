"""Starts the program as a server and hands out drivers for it."""

import logging
import os
import shutil
import subprocess
import tempfile
import threading

# Notifications are looked at where they matter.
logging.getLogger("neo4j").setLevel(logging.ERROR)

NACRE = os.environ.get("NACRE_BINARY", ".build/debug/nacre")


class Server:
    """One server with a store of its own, on a port that the system chose."""

    def __init__(self, *flags):
        self.directory = tempfile.mkdtemp(prefix="nacre-drivers-")
        command = [NACRE, "serve", "--listen", "127.0.0.1:0", *flags]
        if "--memory" not in flags:
            command += ["--data", self.directory]
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True)
        self.errors = []
        self.reader = threading.Thread(target=self._read_errors, daemon=True)
        self.reader.start()
        line = self.process.stdout.readline().strip()
        prefix = "listening on bolt"
        if not line.startswith(prefix):
            self.process.kill()
            self.reader.join(5)
            raise RuntimeError(f"the server said {line!r}; {''.join(self.errors)}")
        self.port = int(line.rsplit(":", 1)[1])
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    def _read_errors(self):
        for line in self.process.stderr:
            self.errors.append(line)

    def uri(self, scheme="bolt", host="127.0.0.1"):
        return f"{scheme}://{host}:{self.port}"

    def stop(self):
        """Asks the server to end, as an operator does."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.directory, ignore_errors=True)
        return self.process.returncode
