"""A real server process with its own data, which a journey may kill and start again."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120  # a small machine that does other things beside


def free_port() -> int:
    """A port of this machine nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(var: Path, port: int) -> dict[str, str]:
    """The variables of one installation, without any of the machine's own."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("MINGDAN_")}
    return {**kept, "MINGDAN_VAR": str(var), "MINGDAN_PORT": str(port), "MINGDAN_DEVELOPMENT": "1"}


def command(var: Path, *arguments: str) -> None:
    """Run `app.cli` over a data folder and wait for it."""
    subprocess.run([sys.executable, "-m", "app.cli", *arguments], cwd=ROOT, env=environment(var, 0), check=True)


@dataclass
class Server:
    """One installation: its folder, its port, its process."""

    var: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start, and wait until it answers."""
        with (self.var / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "app.cli", "serve"], cwd=ROOT, env=environment(self.var, self.port),
                stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"The server did not start:\n{self.log()}")
            time.sleep(0.1)

    def answers(self) -> bool:
        """Whether it is healthy right now."""
        try:
            return httpx.get(f"{self.url}/healthz", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def kill(self) -> None:
        """As when the plug is pulled: no goodbye to anybody."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """As when it is asked to end."""
        self._end(signal.SIGTERM)

    def restart(self) -> None:
        """Kill it and start it on the same port over the same data."""
        self.kill()
        self.start()

    def log(self) -> str:
        """The end of what it said."""
        return "\n".join((self.var / "server.log").read_text(encoding="utf-8").splitlines()[-60:])

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):  # it may have ended by itself
            os.killpg(self.process.pid, how)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)
        self.process = None


def copied(template: Path, place: Path) -> Path:
    """A data folder of one's own."""
    shutil.copytree(template, place, dirs_exist_ok=True)
    return place
