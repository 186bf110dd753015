"""The steps from one shape of the database to the next (Alembic), run by `app.cli migrate`."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from app.models.database import Database


def config_for(connection: Connection | None = None) -> Config:
    """Alembic's settings, made here so that no file has to be found."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config


def upgrade(database: Database, to: str = "head") -> None:
    """Bring a database forward, all of it or nothing."""
    with database.writer.begin() as connection:
        command.upgrade(config_for(connection), to)


def downgrade(database: Database, to: str) -> None:
    """Take a database back to an earlier shape."""
    with database.writer.begin() as connection:
        command.downgrade(config_for(connection), to)


__all__ = ["CommandError", "config_for", "downgrade", "upgrade"]
