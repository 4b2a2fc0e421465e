"""Bolt by hand, for clients that do what no driver would."""

import base64
import hashlib
import os
import socket
import ssl
import struct

HANDSHAKE = b"\x60\x60\xb0\x17" + b"\0\0\0\x05" + b"\0" * 12
SUCCESS, RECORD, IGNORED, FAILURE = 0x70, 0x71, 0x7E, 0x7F
TEXT, BINARY, CLOSE, PING, PONG = 0x1, 0x2, 0x8, 0x9, 0xA


def packed(value):
    """PackStream of the few kinds of values that are needed here."""
    if isinstance(value, int):
        return struct.pack(">b", value) if -16 <= value < 128 else b"\xcb" + struct.pack(">q", value)
    if isinstance(value, str):
        data = value.encode()
        return (bytes([0x80 + len(data)]) if len(data) < 16 else
                b"\xd2" + struct.pack(">I", len(data))) + data
    pairs = b"".join(packed(key) + packed(entry) for key, entry in value.items())
    return bytes([0xA0 + len(value)]) + pairs


def message(tag, *fields):
    data = bytes([0xB0 + len(fields), tag]) + b"".join(packed(field) for field in fields)
    chunks = [data[start:start + 65535] for start in range(0, len(data), 65535)]
    return b"".join(struct.pack(">H", len(chunk)) + chunk for chunk in chunks) + b"\0\0"


HELLO = message(0x01, {"user_agent": "by hand/1.0", "scheme": "none"})
BEGIN = message(0x11, {})


def run(statement):
    return message(0x10, statement, {}, {})


def pull(count=-1):
    return message(0x3F, {"n": count})


class Wire:
    """A connection whose bytes go to the server as they are."""

    def __init__(self, port, receive_buffer=None):
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(30)
        self.socket.connect(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""

    def send(self, data):
        self.socket.sendall(data)

    def receive(self):
        data = self.socket.recv(65536)
        if not data:
            raise EOFError
        return data

    def take(self, count):
        while len(self.buffer) < count:
            self.buffer += self.receive()
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def log_in(self):
        self.send(HANDSHAKE + HELLO)
        self.take(4)
        return self.reply()

    def reply(self):
        """The tag of the next message that is no record."""
        while True:
            data = b""
            while True:
                size = struct.unpack(">H", self.take(2))[0]
                if size == 0 and data:
                    break
                data += self.take(size)
            if data[1] != RECORD:
                return data[1]

    def ask(self, statement):
        self.send(run(statement) + pull())
        return self.reply(), self.reply()

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class WebSocketWire(Wire):
    """The same in the frames of a browser, encrypted where there is a context for that."""

    def __init__(self, port, context=None, fields=""):
        super().__init__(port)
        if context:
            self.socket = context.wrap_socket(self.socket, server_hostname="localhost")
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            (f"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
             f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n{fields}\r\n").encode())
        head = b""
        while b"\r\n\r\n" not in head:
            head += super().receive()
        self.head, self.frames = head.split(b"\r\n\r\n", 1)
        self.proof = base64.b64encode(hashlib.sha1(
            (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest())

    def send(self, data):
        self.send_frame(BINARY, data)

    def send_frame(self, opcode, data, last=True, masked=True):
        mask = os.urandom(4) if masked else b""
        first = bytes([(0x80 if last else 0) | opcode])
        flag = 0x80 if masked else 0
        if len(data) < 126:
            size = bytes([flag | len(data)])
        elif len(data) < 65536:
            size = bytes([flag | 126]) + struct.pack(">H", len(data))
        else:
            size = bytes([flag | 127]) + struct.pack(">Q", len(data))
        if masked:
            data = bytes(byte ^ mask[index & 3] for index, byte in enumerate(data))
        self.socket.sendall(first + size + mask + data)

    def frame(self):
        """The next frame that the server sends: never masked, never in pieces."""
        def bytes_of(count):
            while len(self.frames) < count:
                self.frames += super(WebSocketWire, self).receive()
            taken, self.frames = self.frames[:count], self.frames[count:]
            return taken
        first, size = bytes_of(2)
        if size == 126:
            size = struct.unpack(">H", bytes_of(2))[0]
        elif size == 127:
            size = struct.unpack(">Q", bytes_of(8))[0]
        return first, bytes_of(size)

    def receive(self):
        first, data = self.frame()
        if first != 0x80 | BINARY:
            raise EOFError(f"frame {first:#x} {data!r}")
        return data


def trusting_nobody():
    """A context that encrypts and takes any certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
