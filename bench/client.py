"""A small keep-alive HTTP client that measures: one connection, one request at a time, its time in milliseconds."""

import socket
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


@dataclass
class Request:
    """What is asked, ready to be sent."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def bytes(self) -> bytes:
        """The request on the wire."""
        headers = {"Host": "127.0.0.1", "Connection": "keep-alive", **self.headers}
        if self.body or self.method != "GET":
            headers["Content-Length"] = str(len(self.body))
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"{self.method} {self.path} HTTP/1.1\r\n{head}\r\n".encode() + self.body


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


class Wire:
    """One kept-alive connection."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""

    def ask(self, request: Request) -> Answer:
        """Send one request and read its whole answer."""
        self.socket.sendall(request.bytes())
        while b"\r\n\r\n" not in self.buffer:
            self.more()
        head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        first, *rest = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
        body = self.chunked() if headers.get("transfer-encoding") == "chunked" else self.exactly(int(headers.get("content-length", 0)))
        return Answer(int(first.split()[1]), headers, body)

    def more(self) -> None:
        """Read on."""
        part = self.socket.recv(262_144)
        if not part:
            raise ConnectionError("The server closed the connection.")
        self.buffer += part

    def exactly(self, size: int) -> bytes:
        """That many bytes."""
        while len(self.buffer) < size:
            self.more()
        body, self.buffer = self.buffer[:size], self.buffer[size:]
        return body

    def chunked(self) -> bytes:
        """A chunked body."""
        body = b""
        while True:
            while b"\r\n" not in self.buffer:
                self.more()
            size, self.buffer = self.buffer.split(b"\r\n", 1)
            part = self.exactly(int(size, 16) + 2)
            if not int(size, 16):
                return body
            body += part[:-2]

    def close(self) -> None:
        """Hang up."""
        self.socket.close()


@dataclass
class Round:
    """The times of one round, in milliseconds."""

    times: list[float]

    @property
    def per_second(self) -> float:
        """Requests a second on one connection."""
        return len(self.times) * 1000 / sum(self.times)

    @property
    def p50(self) -> float:
        """The median."""
        return statistics.median(self.times)

    @property
    def p99(self) -> float:
        """The slowest of a hundred."""
        return sorted(self.times)[min(len(self.times) - 1, int(len(self.times) * 0.99))]


def run(port: int, requests: Callable[[], Request] | Iterator[Request], *, seconds: float, expect: tuple[int, ...] = (200,)) -> Round:
    """Ask again and again for that long; any other answer ends the bench."""
    wire, times = Wire(port), []
    following = requests if callable(requests) else requests.__next__
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        request = following()
        started = time.perf_counter()
        answer = wire.ask(request)
        times.append((time.perf_counter() - started) * 1000)
        if answer.status not in expect:
            raise RuntimeError(f"{request.method} {request.path}: {answer.status} {answer.body[:300]!r}")
    wire.close()
    return Round(times)
