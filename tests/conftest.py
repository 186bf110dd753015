"""Databases of both kinds, copied from one template a session, and the house over one of them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient
from sqlalchemy.orm import Session

from app import cli
from app.main import create_app
from app.models.base import new_id
from app.models.database import Database
from app.settings import Settings
from tests import postgresql
from tests.house import Clock, House, furnish

ENGINES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, furnished SQLite file."""
    settings = Settings(var=tmp_path_factory.mktemp("template"))
    prepare(settings)
    return settings.var / "mingdan.db"


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """One PostgreSQL server a session, with a migrated, furnished template database."""
    with postgresql.server() as url:
        postgresql.execute(postgresql.named(url, "postgres"), "DROP DATABASE IF EXISTS mingdan_template")
        postgresql.execute(postgresql.named(url, "postgres"), "CREATE DATABASE mingdan_template")
        prepare(Settings(database_url=postgresql.named(url, "mingdan_template")))
        yield url


def prepare(settings: Settings) -> None:
    """Migrate an empty database and furnish it."""
    assert cli.migrate(settings) == 0
    database = Database(settings.url, pool_size=2)
    with database.writing() as db:
        furnish(db)
    if database.is_sqlite:  # all of it into the one file that tests copy
        with database.engine.connect() as connection:
            connection.connection.dbapi_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
    database.close()


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database of this test's own; SQLite unless parametrised with an engine."""
    if getattr(request, "param", "sqlite") == "sqlite":
        copy = tmp_path / "mingdan.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), copy)
        yield f"sqlite:///{copy}"
        return
    server = request.getfixturevalue("postgresql_server")
    name, home = f"t_{new_id().hex}", postgresql.named(server, "postgres")
    postgresql.execute(home, f"CREATE DATABASE {name} TEMPLATE mingdan_template")
    yield postgresql.named(server, name)
    postgresql.execute(home, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database of this test's own; write `@both_engines` above the test to run it on both."""
    opened = Database(database_url, pool_size=4)
    yield opened
    opened.close()


@pytest.fixture(scope="session", params=ENGINES)
def shared_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One database a session and engine, in which every test rolls back."""
    if request.param == "sqlite":
        copy = tmp_path_factory.mktemp("shared") / "mingdan.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), copy)
        url = f"sqlite:///{copy}"
    else:
        server = request.getfixturevalue("postgresql_server")
        name = f"shared_{new_id().hex}"
        postgresql.execute(postgresql.named(server, "postgres"), f"CREATE DATABASE {name} TEMPLATE mingdan_template")
        url = postgresql.named(server, name)
    opened = Database(url, pool_size=2)
    yield opened
    opened.close()


@pytest.fixture
def db(shared_database: Database) -> Iterator[Session]:
    """A writing session on SQLite and on PostgreSQL in turn, with two stores and the catalogue; rolled back at the end."""
    with shared_database.writers() as session:
        yield session
        session.rollback()


@pytest.fixture
def clock() -> Clock:
    """Noon of a Tuesday, until the test turns it."""
    return Clock()


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Static files are compressed once a session, not once a test."""
    return tmp_path_factory.mktemp("published")


@pytest.fixture
def settings(database_url: str, tmp_path: Path, published: Path) -> Settings:
    """The settings of the house; override this fixture to change them (no paper processes unless a test asks)."""
    (tmp_path / "published").symlink_to(published)
    return Settings(var=tmp_path, database_url=database_url, secret="a secret of the tests", pdf_workers=0)


@pytest.fixture
def house(settings: Settings, clock: Clock) -> Iterator[House]:
    """The whole application, started, with two stores and a catalogue."""
    app = create_app(settings, clock=clock)
    with TestClient(app, base_url="http://testserver.local", raise_server_exceptions=False) as client:
        yield House(app, client, settings, clock)
