"""The command line of an installation: start, serve, migrate, demo, verify, open-store."""

import argparse
import os
import socket
import sys
from collections.abc import Callable
from typing import Any

from app.settings import Settings, read_settings


def main(arguments: list[str] | None = None) -> int:
    """Run one command."""
    parser = argparse.ArgumentParser(prog="python -m app.cli", description="Mingdan 明单")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, function in COMMANDS.items():
        command = commands.add_parser(name, help=function.__doc__)
        for option, facts in OPTIONS.get(name, {}).items():
            command.add_argument(option, **facts)
    chosen = vars(parser.parse_args(arguments))
    return COMMANDS[chosen.pop("command")](read_settings(), **chosen)


def migrate(settings: Settings) -> int:
    """Bring the database to this version."""
    from app.models.database import Database
    from app.models.migrations import upgrade

    settings.var.mkdir(parents=True, exist_ok=True)
    database = Database(settings.url)
    upgrade(database)
    database.close()
    return 0


def demo(settings: Settings, again: bool = False) -> int:
    """Load the demo week into an empty database."""
    from app.demo.week import load

    if again:
        from app.demo.again import clear

        clear(settings)
        migrate(settings)
    return load(settings)


def serve(settings: Settings) -> int:
    """Serve on the settings' host and port; refuses a port that is taken."""
    if is_taken(settings):
        return say(f"Port {settings.port} is taken. Stop what uses it, or set MINGDAN_PORT to another.")
    os.environ["MINGDAN_SECRET"] = settings.secret
    from granian import Granian
    from granian.constants import Interfaces

    Granian("app.serving:app", address=settings.host, port=settings.port, interface=Interfaces.ASGI, workers=1,
            workers_kill_timeout=5, log_access=False, websockets=False).serve()
    return 0


def start(settings: Settings) -> int:
    """Migrate, load the demo on the first run, say where to look, serve."""
    if is_taken(settings):
        return say(f"Port {settings.port} is taken. Stop what uses it, or choose another: MINGDAN_PORT=8001 make run")
    from app.welcome import welcome

    migrate(settings)
    demo(settings)
    print(welcome(settings), flush=True)
    return serve(settings)


def verify(settings: Settings) -> int:
    """Recompute every hash: kept files, frozen estimates, contracts and settlements; 1 when something was altered."""
    from app.verification import faults

    found = faults(settings)
    for fault in found:
        print(fault)
    print(f"{len(found)} faults" if found else "Everything is as it was signed.")
    return 1 if found else 0


def open_store(settings: Settings, code: str, name: str, administrator: str) -> int:
    """Open a new store with its starter content and one administrator."""
    from app.founding import found_store

    migrate(settings)
    password = found_store(settings, code=code, name=name, username=administrator)
    print(f"{name} is open. Log in as {administrator} with the password {password} and change it under the name.")
    return 0


def is_taken(settings: Settings) -> bool:
    """Whether somebody listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            return True
    return False


def say(problem: str) -> int:
    """Tell what is wrong; the code of a failed command."""
    print(problem, file=sys.stderr)
    return 1


COMMANDS: dict[str, Callable[..., int]] = {
    "start": start, "serve": serve, "migrate": migrate, "demo": demo, "verify": verify, "open-store": open_store,
}
OPTIONS: dict[str, dict[str, dict[str, Any]]] = {
    "demo": {"--again": {"action": "store_true", "help": "throw the data in var/ away first"}},
    "open-store": {
        "--code": {"required": True, "help": "two letters at the head of every number, as BJ"},
        "--name": {"required": True, "help": "the name customers know"},
        "--administrator": {"required": True, "help": "the log-in name of the first administrator"},
    },
}

if __name__ == "__main__":
    sys.exit(main())
