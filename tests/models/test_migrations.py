"""The migrations make what the classes say, on both engines, and can be taken back."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from app.models.base import Base
from app.models.database import Database
from app.models.guards import INSERT_ONLY
from app.models.migrations import downgrade, upgrade
from app.models.migrations.env_options import OPTIONS
from tests import postgresql


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, tmp_path):
    """A database with nothing in it."""
    if request.param == "sqlite":
        database = Database(f"sqlite:///{tmp_path}/empty.db", pool_size=2)
    else:
        server = request.getfixturevalue("postgresql_server")
        postgresql.execute(postgresql.named(server, "postgres"), "DROP DATABASE IF EXISTS emptied WITH (FORCE)")
        postgresql.execute(postgresql.named(server, "postgres"), "CREATE DATABASE emptied TEMPLATE template0")
        database = Database(postgresql.named(server, "emptied"), pool_size=2)
    yield database
    database.close()


def test_from_nothing_the_migrations_make_exactly_what_the_classes_say(empty):
    upgrade(empty)
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=OPTIONS)
        assert compare_metadata(context, Base.metadata) == [], "models changed: python -m scripts.first_migration"


def test_evidence_is_guarded_by_the_migration_too(empty):
    upgrade(empty)
    query = {"sqlite": "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'",
             "postgresql": "SELECT event_object_table FROM information_schema.triggers"}[empty.engine.dialect.name]
    with empty.engine.connect() as connection:
        guarded = list(connection.scalars(text(query)))
    assert {table: guarded.count(table) for table in guarded} == dict.fromkeys(INSERT_ONLY, 2)


def test_every_migration_can_be_taken_back(empty):
    upgrade(empty)
    downgrade(empty, "base")
    assert inspect(empty.engine).get_table_names() in ([], ["alembic_version"])
    upgrade(empty)


def test_migrating_twice_changes_nothing(empty):
    upgrade(empty)
    upgrade(empty)
    with empty.engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version"))
