"""The advisor's board 谁在等谁, and the stream that tells open pages that something changed."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, get
from litestar.params import FromQuery
from litestar.response import ServerSentEvent, ServerSentEventMessage, Template
from sqlalchemy.orm import Session

from app.domain.approval.waiting import Car, Party, Wait, lateness, slowness, whose_turn
from app.domain.office.staff import Role
from app.events import Hub, store_topic
from app.models.approval import board_queries
from app.routes.dependencies import REVIEWERS, Db, Now, Person, Who

OPT = {"roles": REVIEWERS}
PARTIES = {Party.DESK: "Waits for me", Party.CUSTOMER: "Waits for the customer", Party.WORKSHOP: "Waits for the workshop",
           Party.PARTS: "Waits for parts"}
ACTIONS = {
    "answer": ("Answer", "/approval/estimates/{order}/live"),
    "review": ("Look at it", "/approval/add-ons/{proposal}"),
    "estimate": ("To the estimate", "/approval/estimates/{order}"),
    "watch": ("Watch", "/approval/estimates/{order}/live"),
    "call": ("Call", "tel:{phone}"),
    "settle": ("Settle", "/orders/{order}/settlement"),
    "deliver": ("Hand over", "/orders/{order}/settlement"),
    "order": ("Open the order", "/orders/{order}"),
}
HEARTBEAT_SECONDS = 15


@dataclass(frozen=True)
class Lane:
    """One row of the board, ready to be shown."""

    car: Car
    wait: Wait
    slow: str
    late: str
    label: str
    url: str


@get("/approval", name="approval", sync_to_thread=True, opt=OPT)
def show_board(db: Db, who: Who, now: Now, of: FromQuery[str] = "") -> Template:
    """Who waits for whom, my cars or everybody's."""
    return Template("approval/board/board.html", context=board(db, who, now, of))


@get("/approval/lanes", name="approval_lanes", sync_to_thread=True, opt=OPT)
def show_lanes(db: Db, who: Who, now: Now, of: FromQuery[str] = "") -> Template:
    """The rows alone; the page takes them in when nobody's finger is on it."""
    return Template("approval/board/_lanes.html", context=board(db, who, now, of))


def board(db: Session, who: Person, now: datetime, of: str) -> dict[str, Any]:
    """Everything the board shows."""
    cars = board_queries.cars(db, who.store_id, at=now)
    mine, everybody = board_queries.counts(cars, who.id)
    is_mine = of == "me" or (of != "all" and Role.ADVISOR in who.roles)
    shown = [car for car in cars if not is_mine or car.facts["advisor_id"] == who.id]
    lanes = sorted((lane(car, now) for car in shown), key=lambda row: (row.wait.since, str(row.car.order_id)))
    groups = [(party, word, [row for row in lanes if row.wait.party == party]) for party, word in PARTIES.items()]
    first = next((row.car.order_id for _party, _word, rows in groups for row in rows), None)
    return {"groups": [group for group in groups if group[2]], "is_mine": is_mine, "mine": mine,
            "everybody": everybody, "shown": len(shown), "first": first, "now": now, "of": "me" if is_mine else "all"}


def lane(car: Car, now: datetime) -> Lane:
    """One car with its one next action; a customer who keeps the car waiting is called."""
    wait = whose_turn(car, at=now)
    slow = slowness(wait, at=now)
    label, url = ACTIONS["call" if wait.party == Party.CUSTOMER and slow else wait.action]
    return Lane(car, wait, slow, lateness(car.promised_at, at=now), label,
                url.format(order=car.order_id, proposal=car.proposal_id, phone=car.facts["phone"]))


@get("/approval/events", name="approval_events", opt=OPT)
async def show_events(request: Request[Any, Any, Any], who: Who) -> ServerSentEvent:
    """Which order of this store changed, as it happens; a beat every 15 seconds shows that the line is alive."""
    return ServerSentEvent(changes(request.app.state.hub, who.store_id))


async def changes(hub: Hub, store_id: UUID) -> AsyncIterator[ServerSentEventMessage]:
    """`changed` with the order's id, `beat` in between; ends when the server stops."""
    yield ServerSentEventMessage(event="beat", data="", retry=2000)
    async for order_id in hub.listen(store_topic(store_id), heartbeat=HEARTBEAT_SECONDS):
        yield ServerSentEventMessage(event="changed" if order_id else "beat", data=order_id)


ROUTES = [show_board, show_lanes, show_events]
