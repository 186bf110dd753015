"""Engines and sessions: readers, one writer at a time on SQLite, and a door for the guards (decisions 2 and 18)."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

BUSY_SECONDS = 15


class Database:
    """One database and the ways to it; each has connections of its own, so that none can starve another."""

    def __init__(self, url: str, *, pool_size: int = 8) -> None:
        self.is_sqlite = url.startswith("sqlite")
        self.engine = make_engine(url, pool_size=pool_size)
        # SQLite takes one writer: the rest of this process queues for its connection, fairly and outside the database
        self.writer = make_engine(url, pool_size=1 if self.is_sqlite else pool_size, writes=True)
        # asked from the event loop, which must never wait for a connection that a handler holds
        self.door = make_engine(url, pool_size=2)
        self.readers = sessionmaker(self.engine, expire_on_commit=False)
        self.writers = sessionmaker(self.writer, expire_on_commit=False)
        self.aside = ThreadPoolExecutor(1, thread_name_prefix="aside")

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

    def soon(self, work: Callable[[], Any]) -> Future[Any]:
        """Do a small write off the caller's thread; most callers need not wait for it."""
        return self.aside.submit(work)

    def close(self) -> None:
        """Let everything go; small writes under way are finished first."""
        self.aside.shutdown()
        for engine in (self.engine, self.writer, self.door):
            engine.dispose()


def make_engine(url: str, *, pool_size: int, writes: bool = False) -> Engine:
    """An engine with the house's settings for its kind."""
    common: dict[str, Any] = {
        "pool_size": pool_size,
        "max_overflow": 0,
        "pool_timeout": BUSY_SECONDS,
        "hide_parameters": True,  # names and phone numbers stay out of the log
        "json_serializer": lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":")),
    }
    if not url.startswith("sqlite"):
        return create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1), pool_pre_ping=True, **common)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False}, **common)
    event.listen(engine, "connect", tune_sqlite)
    event.listen(engine, "begin", begin_immediate if writes else begin_deferred)
    return engine


def tune_sqlite(connection: Any, _record: Any) -> None:
    """WAL, on disk before the answer, foreign keys kept; transactions are begun by hand below."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY", "cache_size=-16000"):
        connection.execute(f"PRAGMA {pragma}")


def begin_deferred(connection: Connection) -> None:
    """A reader sees one moment of the database."""
    connection.exec_driver_sql("BEGIN")


def begin_immediate(connection: Connection) -> None:
    """A writer says so at once; one that read first would find the door shut later, without being let wait."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
