"""A poke while the app is in sight: `pull`, and nothing else (offline.md §2.4); and what a phone reports of itself."""

import logging
from collections.abc import AsyncIterator
from typing import Any

from litestar import Request, get, post
from litestar.params import JSONBody
from litestar.response import ServerSentEvent, ServerSentEventMessage

from app.events import Hub, staff_topic
from app.routes.sync.phone import Caller

log = logging.getLogger("mingdan.sync")


@get("/events", name="sync_events")
async def listen(request: Request[Any, Any, Any], phone: Caller) -> ServerSentEvent:
    """Says `pull` when something moved on one of this technician's cars."""
    return ServerSentEvent(pokes(request.app.state.hub, staff_topic(phone.staff_id)))


async def pokes(hub: Hub, topic: str) -> AsyncIterator[ServerSentEventMessage]:
    """One event for each change, and a comment that keeps the line open."""
    yield ServerSentEventMessage(comment="open", retry=5000)
    async for message in hub.listen(topic):
        yield ServerSentEventMessage(event="pull", data="") if message else ServerSentEventMessage(comment="still here")


@post("/report", name="sync_report", status_code=200, sync_to_thread=True)
def create_report(data: JSONBody[dict[str, Any]], phone: Caller) -> dict[str, bool]:
    """The last events of a phone's sync, written to the server's log for whoever looks into a fault."""
    trace = data.get("trace")
    rows = trace[-500:] if isinstance(trace, list) else []
    log.warning("report of the phone %s (%s events): %s", phone.device_id, len(rows), str(rows)[:20_000])
    return {"received": True}


GUARDED = [listen, create_report]
