"""The command line of an installation: migrate, serve, demo."""

import argparse
import os
import socket
import sys

from app.models import guards
from app.models.base import Base
from app.models.database import Database
from app.settings import Settings, read_settings


def main(arguments: list[str] | None = None) -> int:
    """Run one command."""
    parser = argparse.ArgumentParser(prog="mingdan", description="Mingdan 明单")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, function in COMMANDS.items():
        commands.add_parser(name, help=function.__doc__)
    settings = read_settings()
    return COMMANDS[parser.parse_args(arguments).command](settings)


def migrate(settings: Settings) -> int:
    """Bring the database to this version."""
    settings.var.mkdir(parents=True, exist_ok=True)
    database = Database(settings.url)
    with database.engine.execution_options(writes=True).begin() as connection:
        if not connection.dialect.has_table(connection, "store"):
            Base.metadata.create_all(connection)
            guards.protect(connection)
    database.engine.dispose()
    return 0


def demo(settings: Settings) -> int:
    """Load the demo week into an empty database."""
    from app.demo.week import load

    return load(settings)


def serve(settings: Settings) -> int:
    """Serve on the settings' host and port; refuses a port that is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            print(f"Port {settings.port} is taken. Stop what uses it, or set MINGDAN_PORT to another.", file=sys.stderr)
            return 1
    os.environ["MINGDAN_SECRET"] = settings.secret
    from granian import Granian
    from granian.constants import Interfaces

    Granian("app.serving:app", address=settings.host, port=settings.port, interface=Interfaces.ASGI, workers=1,
            workers_kill_timeout=5, log_access=False, websockets=False).serve()
    return 0


COMMANDS = {"migrate": migrate, "demo": demo, "serve": serve}

if __name__ == "__main__":
    sys.exit(main())
