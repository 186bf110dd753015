"""Today at the desk: who waits, my cars, arrivals registered, begun, left."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from sqlalchemy.orm import Session

from app.domain.errors import NotAllowed
from app.domain.reception import reception as rules
from app.domain.reception import repair_order as order_rules
from app.domain.reception.reception import ReceptionStatus
from app.models.reception import intake_queries, reception_queries, search_queries
from app.models.reception.reception import Reception
from app.models.reception.repair_order import RepairOrder
from app.models.reception.vehicle import Vehicle
from app.routes.dependencies import ADVISORS, RECEPTION, Db, Now, Person, Who
from app.routes.loading import id_in, of_store
from app.routes.reception.loading import reception_for

Form = URLEncodedBody[dict[str, str]]


@get("/reception", name="reception", sync_to_thread=True, opt={"roles": RECEPTION})
def show_today(db: Db, who: Who, now: Now) -> Template:
    """Whom do I greet now."""
    midnight = now.astimezone(ZoneInfo(who.time_zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    arrivals = reception_queries.arrivals(db, who.store_id)
    return Template("reception/receptions/today.html", context={
        "now": now, "is_advisor": who.may(ADVISORS),
        "waiting": [row for row in arrivals if row.status == ReceptionStatus.WAITING],
        "begun": [row for row in arrivals if row.status == ReceptionStatus.IN_PROGRESS],
        "mine": reception_queries.cars_of(db, who.store_id, who.id),
        "received": reception_queries.received_since(db, who.store_id, midnight),
        "put_off": search_queries.put_off_counts(db, [row.vehicle_id for row in arrivals]),
    })


@post("/reception/arrivals", name="arrivals", sync_to_thread=True, opt={"roles": RECEPTION})
def create_arrival(data: Form, db: Db, who: Who, now: Now) -> Redirect:
    """Register a car at the door (到店登记); `begin` takes it on at once. A second tap finds the first."""
    vehicle = of_store(who, db, Vehicle, id_in(data, "vehicle_id"))
    reception = reception_queries.open_for(db, vehicle.id) or arrived(db, vehicle, data.get("reason", ""), who, now)
    if "begin" not in data:
        return Redirect("/reception", status_code=303)
    if reception.status == ReceptionStatus.WAITING:
        begin(db, reception, who, now)
    return Redirect(f"/reception/arrivals/{reception.id}/{next_step(reception)}", status_code=303)


def arrived(db: Session, vehicle: Vehicle, reason: str, who: Person, now: datetime) -> Reception:
    """A new arrival of a car that is not in the shop already."""
    if order := reception_queries.order_in_shop(db, vehicle.id):
        raise NotAllowed("This car is in the shop already, on order %(number)s.", number=order.number)
    reception = Reception(
        store_id=who.store_id, customer_id=vehicle.owner_id, vehicle_id=vehicle.id, vehicle=vehicle,
        customer=vehicle.owner, reason=reason[:200], contact_channel=vehicle.owner.contact_channel,
    )
    db.add(reception)
    rules.arrive(reception, by=who.actor, at=now)
    db.flush()
    return reception


def begin(db: Session, reception: Reception, who: Person, now: datetime) -> RepairOrder:
    """An advisor takes the car on; its order is opened with it, or taken up again after the customer had left."""
    rules.begin(reception, by=who.actor, at=now)
    db.flush()
    order = reception.repair_order
    if order is None:
        order = intake_queries.new_order(db, reception, who.id, now)
        order_rules.open_order(order, by=who.actor, at=now)
    return order


def next_step(reception: Reception) -> str:
    """Where an advisor goes on with this reception."""
    if reception.walked_around_at is None:
        return "walk"
    return "items" if reception.customer_words.strip() else "words"


@post("/reception/arrivals/{reception_id:uuid}/start", name="arrival_start", sync_to_thread=True,
      opt={"roles": RECEPTION})
def start_arrival(reception_id: FromPath[UUID], db: Db, who: Who, now: Now) -> Redirect:
    """Take a waiting car on; pressed twice, it just goes on."""
    reception = reception_for(who, db, reception_id)
    if reception.status != ReceptionStatus.IN_PROGRESS:
        begin(db, reception, who, now)
    return Redirect(f"/reception/arrivals/{reception.id}/{next_step(reception)}", status_code=303)


@post("/reception/arrivals/{reception_id:uuid}/departure", name="arrival_departure", sync_to_thread=True,
      opt={"roles": RECEPTION})
def create_departure(reception_id: FromPath[UUID], data: Form, db: Db, who: Who, now: Now) -> Redirect:
    """The customer leaves without an order."""
    reception = reception_for(who, db, reception_id)
    reason = data.get("reason", "").strip()[:200]
    if not reason:
        raise NotAllowed("Say why the customer left, so that somebody can call them.")
    rules.leave(reception, reason=reason, by=who.actor, at=now)
    if reception.repair_order and not reception.repair_order.status.is_over:
        order_rules.cancel(reception.repair_order, reason=reason, by=who.actor, at=now)
    return Redirect("/reception", status_code=303)


ROUTES: list[Any] = [show_today, create_arrival, start_arrival, create_departure]
