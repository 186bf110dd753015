"""Who is listening right now: open pages and phones hear that something changed, never what (decision 1, SSE)."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator
from uuid import UUID


class Hub:
    """Topics and the queues of their listeners; publishing is safe from any thread."""

    def __init__(self) -> None:
        self._queues: dict[str, set[asyncio.Queue[str | None]]] = defaultdict(set)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_closed = False

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Remember the loop the listeners live in."""
        self._loop = loop
        self._is_closed = False

    def publish(self, topic: str, message: str) -> None:
        """Tell every listener of a topic; a slow one misses duplicates, never the last."""
        if self._loop and not self._loop.is_closed():
            with contextlib.suppress(RuntimeError):  # the loop is closing
                self._loop.call_soon_threadsafe(self._deliver, topic, message)

    def _deliver(self, topic: str, message: str) -> None:
        for queue in self._queues.get(topic, ()):
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(message)

    async def listen(self, *topics: str, heartbeat: float = 15) -> AsyncIterator[str]:
        """Messages as they come, and an empty one every `heartbeat` seconds; ends when the server stops."""
        queue: asyncio.Queue[str | None] = asyncio.Queue(maxsize=100)
        for topic in topics:
            self._queues[topic].add(queue)
        try:
            while not self._is_closed:
                try:
                    message = await asyncio.wait_for(queue.get(), heartbeat)
                except TimeoutError:
                    message = ""
                if message is None:
                    return
                yield message
        finally:
            for topic in topics:
                self._queues[topic].discard(queue)

    def close(self) -> None:
        """Let every listener go, so that the server can stop."""
        self._is_closed = True
        for queues in self._queues.values():
            for queue in queues:
                queue.put_nowait(None)


def store_topic(store_id: UUID) -> str:
    """Everything that changes in a store."""
    return f"store:{store_id}"


def staff_topic(staff_id: UUID) -> str:
    """What concerns one technician's phone."""
    return f"staff:{staff_id}"
