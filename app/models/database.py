"""Engines and sessions: one engine a process, write transactions that begin at once (decisions 2 and 18)."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

import app.models  # noqa: F401  (maps every class)
import app.models.guards
import app.models.revision

BUSY_SECONDS = 15


class Database:
    """An engine, its readers and its one writer at a time."""

    def __init__(self, url: str, *, pool_size: int = 8) -> None:
        self.engine = make_engine(url, pool_size=pool_size)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self.readers = sessionmaker(self.engine, expire_on_commit=False)
        self.writers = sessionmaker(self.engine.execution_options(writes=True), expire_on_commit=False)
        if self.is_sqlite:
            one_writer_at_a_time(self.engine)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that changes nothing."""
        with self.readers() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction: commits at the end, rolls back on any error."""
        with self.writers.begin() as session:
            yield session


def make_engine(url: str, *, pool_size: int) -> Engine:
    """An engine with the house's settings for its kind."""
    common: dict[str, Any] = {
        "pool_size": pool_size,
        "max_overflow": 0,
        "json_serializer": lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":")),
    }
    if url.startswith("sqlite"):
        engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False}, **common)
        event.listen(engine, "connect", tune_sqlite)
        return engine
    return create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1), pool_pre_ping=True, **common)


def tune_sqlite(connection: Any, _record: Any) -> None:
    """WAL, on disk before the answer, foreign keys kept; transactions are begun by hand below."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY", "cache_size=-16000"):
        connection.execute(f"PRAGMA {pragma}")


def one_writer_at_a_time(engine: Engine) -> None:
    """Queue this process's writers fairly; SQLite's own busy handler is not fair (offline.md §2.5)."""
    lock = threading.Lock()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if not connection.get_execution_options().get("writes"):
            connection.exec_driver_sql("BEGIN")
            return
        if not lock.acquire(timeout=BUSY_SECONDS):
            raise TimeoutError("The database is busy. Nothing was changed; try again in a moment.")
        connection.info["holds_write_lock"] = True
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except BaseException:
            connection.info.pop("holds_write_lock")
            lock.release()
            raise

    # a connection comes back to the pool only after its commit or rollback is through
    @event.listens_for(engine.pool, "checkin")
    def checkin(_connection: Any, record: Any) -> None:
        if record.info.pop("holds_write_lock", False):
            lock.release()
