"""The product and the floor as processes of their own, on free ports of this machine."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path


def free_port() -> int:
    """A port nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A server process that is there from `with` to the end of it."""

    def __init__(self, command: list[str], environ: dict[str, str], ready: str) -> None:
        self.port = free_port()
        self.command = [part.format(port=self.port) for part in command]
        self.environ = {**os.environ, **{key: value.format(port=self.port) for key, value in environ.items()}}
        self.ready = f"http://127.0.0.1:{self.port}{ready}"

    def __enter__(self) -> "Server":
        """Start it and wait until it answers."""
        self.process = subprocess.Popen(self.command, env=self.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        start_new_session=True)
        end = time.monotonic() + 120
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(self.ready, timeout=5).read()
                return self
            except OSError:
                time.sleep(0.2)
        raise RuntimeError(f"{self.command} does not answer")

    def __exit__(self, *_error: object) -> None:
        """Stop this process and its workers."""
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()


def product(var: Path) -> Server:
    """The product over a data folder."""
    return Server([sys.executable, "-m", "app.cli", "serve"], {"MINGDAN_VAR": str(var), "MINGDAN_PORT": "{port}"}, "/healthz")


def floor(folder: Path, orders: int) -> Server:
    """The bare routes."""
    command = ["granian", "--interface", "asgi", "--host", "127.0.0.1", "--port", "{port}", "--no-ws", "bench.floor:app"]
    command = [sys.executable, "-m", *command]
    return Server(command, {"BENCH_FLOOR": str(folder), "BENCH_ORDERS": str(orders)}, "/hello")
