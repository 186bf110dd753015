"""Turns at the database: who waits, waits on the event loop, holding no thread and no connection."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, asynccontextmanager
from contextvars import copy_context

from sqlalchemy.orm import Session

from app.models.database import BUSY_SECONDS, Database

READERS = 8
WRITERS = 4  # on PostgreSQL; SQLite takes one


class Turns:
    """So many readers and so many writers at a time; the handlers' threads are fewer than those who may ask."""

    def __init__(self, database: Database) -> None:
        writers = 1 if database.is_sqlite else WRITERS
        self.database = database
        self.reading = asyncio.Semaphore(READERS)
        self.writing = asyncio.Semaphore(writers)
        # a commit never queues behind handlers that wait for just that commit
        self.enders = ThreadPoolExecutor(READERS + writers, thread_name_prefix="ender")

    @asynccontextmanager
    async def session(self, *, is_safe: bool) -> AsyncIterator[Session]:
        """A reading session or a transaction; raises TimeoutError when the queue is too long."""
        gate = self.reading if is_safe else self.writing
        async with asyncio.timeout(BUSY_SECONDS):
            await gate.acquire()
        work = self.database.reading() if is_safe else self.database.writing()
        try:
            session = work.__enter__()  # no connection yet: the handler's thread takes one when it first asks
            try:
                yield session
            except BaseException as error:
                await self.end(work, error)
                raise
            await self.end(work)
        finally:
            gate.release()

    async def end(self, work: AbstractContextManager[Session], error: BaseException | None = None) -> None:
        """Commit or roll back, off the event loop; what the commit refuses is raised."""
        leave = (type(error), error, error.__traceback__) if error else (None, None, None)
        await asyncio.get_running_loop().run_in_executor(self.enders, copy_context().run, leave_quietly, work, *leave)


def leave_quietly(work: AbstractContextManager[Session], kind: object, error: BaseException | None, trace: object) -> None:
    """Leave the session; the error that ended it is the caller's to raise."""
    try:
        work.__exit__(kind, error, trace)  # type: ignore[arg-type]
    except BaseException as other:
        if other is not error:
            raise
