"""The servers that are measured over Bolt, each a process of its own on a free port of 127.0.0.1."""
import os
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))


class Server:
    """A running server. `name` is printed, `maker` tells what it is, `user` is None where nobody is asked."""

    def __init__(self, name, maker, command, folder, user=None, password=None, database=None):
        self.name, self.maker = name, maker
        self.user, self.password, self.database = user, password, database
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "errors"), "w") as errors:
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True)
        words = self.process.stdout.readline().split()
        if not words:
            self.stop()
            raise RuntimeError("it does not start")
        # Ours prints its whole address, the starter of the others a port.
        self.uri = words[-1] if "://" in words[-1] else "bolt://127.0.0.1:" + words[-1]

    def auth(self):
        return (self.user, self.password) if self.user else None

    def shell_arguments(self):
        arguments = ["-a", self.uri]
        if self.user:
            arguments += ["-u", self.user, "-p", self.password]
        if self.database:
            arguments += ["-d", self.database]
        return arguments

    def stop(self):
        self.process.stdin.close()
        # Ours ends by a signal, the starter of the others when its input does.
        if self.maker == "nacre":
            self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def nacre(binary, folder, is_durable=True):
    name = "nacre" if is_durable else "nacre, unflushed"
    folder = os.path.join(folder, name)
    command = [binary, "serve", "--listen", "127.0.0.1:0", "--data", os.path.join(folder, "data")]
    if not is_durable:
        command += ["--durability", "none"]
    return Server(name, "nacre", command, folder)


def third_party(python, maker, folder, is_durable):
    name = maker + (", durable" if is_durable else "")
    folder = os.path.join(folder, maker + ("-durable" if is_durable else ""))
    command = [python, os.path.join(HERE, "..", "scripts", "third-party-server"), maker, folder]
    if is_durable:
        command.append("durable")
    if maker == "arcadedb":
        return Server(name, maker, command, folder, "root", "playwithdata", "test")
    return Server(name, maker, command, folder)
