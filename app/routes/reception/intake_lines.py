"""Step 4 of the arrival: what is done, who pays, until when."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import delete, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template
from sqlalchemy.orm import Session

from app.domain.errors import NotAllowed, NotFound
from app.domain.reception import intake_line as rules
from app.domain.reception import repair_order as order_rules
from app.domain.reception.promised_time import Plan
from app.domain.reception.reception import refuse_unless_begun
from app.domain.reception.warranty import may_be_covered
from app.models.office.store import Store
from app.models.reception import dossier_queries, intake_queries
from app.models.reception.order_line import OrderLine
from app.models.reception.reception import Reception
from app.models.reception.repair_order import RepairOrder
from app.models.workshop import catalogue_queries
from app.models.workshop.add_on import AddOn
from app.routes.dependencies import RECEPTION, Db, Now, Person, Who
from app.routes.reception.arrivals import BASE, ROLES, frame
from app.routes.reception.loading import local_day, order_of, reception_for

Form = URLEncodedBody[dict[str, str]]
ADVISED = {"roles": RECEPTION}


def items_context(db: Session, reception: Reception, who: Person, now: datetime) -> dict[str, Any]:
    """Items, suggestions, the plan of the day and what the warranty would cover."""
    order = order_of(reception)
    today = local_day(who, now)
    mileage_km = reception.mileage_km or reception.vehicle.mileage_km
    car = intake_queries.car_standing(reception.vehicle, today, mileage_km)
    cars_before, plan = intake_queries.plan_for(db, db.get_one(Store, who.store_id), order, now)
    lines = sorted(order.intake_lines, key=lambda line: line.position)
    return {
        **frame(db, reception, "items", now, who), "lines": lines, "standing": car, "cars_before": cars_before,
        "plan": plan, "bars": bars(plan, cars_before), "total_fen": rules.customer_total(lines), "payers": rules.PAYERS,
        "hours_x100": sum(line.hours_x100 for line in lines), "parts_fen": sum(line.parts_fen for line in lines),
        "ask_maker": {line.id for line in lines if line.payer == "customer" and may_be_covered(
            car, operation_id=line.operation_id or "", business_line=line.business_line)},
        "suggestions": intake_queries.suggestions(db, reception, today),
        "conflicts": intake_queries.conflicts(db, order),
        "titles": {line.operation_id: line for line in lines},
        "service_classes": catalogue_queries.content(db, who.store_id, "service_class"),
    }


def bars(plan: Plan, cars_before: int) -> dict[str, Any]:
    """The plan as a drawing of 600 by 82: where each stretch begins and how long it is."""
    start = min(plan.now, plan.starts_at).replace(minute=0, second=0, microsecond=0)
    hours = max(6, int((plan.earliest - start).total_seconds() // 3600) + 2)
    per_hour = 600 / hours

    def place(at: datetime) -> int:
        return 20 + round((at - start).total_seconds() / 3600 * per_hour)

    waiting = "cars before" if cars_before else "closed now"
    stretches = [(waiting, plan.now, plan.starts_at), ("this car", plan.starts_at, plan.done_at),
                 ("check", plan.done_at, plan.checked_at), ("wash", plan.checked_at, plan.washed_at)]
    step = max(1, hours // 8)
    return {
        "hours": [(20 + round(n * per_hour), (start.hour + n) % 24) for n in range(0, hours + 1, step)],
        "now": place(plan.now), "earliest": place(plan.earliest),
        "stretches": [(name, place(begins), max(6, place(ends) - place(begins) - 4))
                      for name, begins, ends in stretches if ends > begins],
    }


def items_fragment(db: Session, reception: Reception, who: Person, now: datetime) -> Template:
    """The step's content after a change."""
    reception.saved_at = now
    db.flush()
    context = items_context(db, reception, who, now)
    return Template("reception/arrivals/_items.html", context={**context, "is_swap": True})


@get(f"{BASE}/items", name="arrival_items", sync_to_thread=True, opt=ROLES)
def show_items(reception_id: FromPath[UUID], db: Db, who: Who, now: Now) -> Template:
    """What, who pays, till when."""
    reception = reception_for(who, db, reception_id)
    lines = catalogue_queries.content(db, who.store_id, "business_line")
    found = catalogue_queries.search(db, who.store_id, "", "maintenance", limit=40)
    return Template("reception/arrivals/items.html", context={
        **items_context(db, reception, who, now), "business_lines": lines, "operations": found})


@get(f"{BASE}/operations", name="arrival_operations", sync_to_thread=True, opt=ROLES)
def show_operations(reception_id: FromPath[UUID], db: Db, who: Who, q: FromQuery[str] = "",
                    line: FromQuery[str] = "") -> Template:
    """The catalogue by name, initials or line of business."""
    reception = reception_for(who, db, reception_id)
    # whoever types a name means the whole catalogue; the lines of business are for looking round
    found = catalogue_queries.search(db, who.store_id, q[:30], None if q.strip() else line or None, limit=40)
    there = {one.operation_id for one in order_of(reception).intake_lines}
    return Template("reception/arrivals/_operations.html", context={
        "operations": found, "there": there, "base": f"/reception/arrivals/{reception.id}"})


@post(f"{BASE}/lines", name="arrival_lines", status_code=200, sync_to_thread=True, opt=ADVISED)
def create_line(reception_id: FromPath[UUID], data: Form, db: Db, who: Who, now: Now) -> Template:
    """Put an item on the order; tapped twice, it stands there once."""
    reception = reception_for(who, db, reception_id)
    refuse_unless_begun(reception)
    order = order_of(reception)
    operation_id = data.get("operation_id", "")
    if any(line.operation_id == operation_id for line in order.intake_lines):
        return items_fragment(db, reception, who, now)
    put_off = put_off_line(db, reception, data.get("carried_from", ""))
    line = intake_queries.new_line(db, order, operation_id, carried_from=put_off)
    rules.agree(order, line, by=who.actor, at=now)
    if len(order.intake_lines) == 1:
        order.service_class = line.service_class
    return items_fragment(db, reception, who, now)


def put_off_line(db: Session, reception: Reception, line_id: str) -> AddOn | None:
    """The line of an earlier visit that is taken up today."""
    if not line_id:
        return None
    found = next((row for row in dossier_queries.put_off(db, [reception.vehicle_id]) if str(row.id) == line_id), None)
    if found is None:
        raise NotFound("This item is no longer open.")
    return found


def line_of(order: RepairOrder, line_id: UUID) -> OrderLine:
    """One of the items agreed at the desk."""
    line = next((one for one in order.intake_lines if one.id == line_id), None)
    if line is None:
        raise NotFound("This item is no longer on the order.")
    return line


@delete(f"{BASE}/lines/{{line_id:uuid}}", name="arrival_line", status_code=200, sync_to_thread=True, opt=ADVISED)
def delete_line(reception_id: FromPath[UUID], line_id: FromPath[UUID], db: Db, who: Who, now: Now) -> Template:
    """Take an item off again."""
    reception = reception_for(who, db, reception_id)
    order = order_of(reception)
    if line := next((one for one in order.intake_lines if one.id == line_id), None):
        rules.take_off(line, by=who.actor, at=now)
        intake_queries.price_again(db, order)
    return items_fragment(db, reception, who, now)


@post(f"{BASE}/lines/{{line_id:uuid}}/payer", name="arrival_payer", status_code=200, sync_to_thread=True, opt=ADVISED)
def update_payer(reception_id: FromPath[UUID], line_id: FromPath[UUID], data: Form, db: Db, who: Who,
                 now: Now) -> Template:
    """Who pays this item."""
    reception = reception_for(who, db, reception_id)
    car = intake_queries.car_standing(reception.vehicle, local_day(who, now), reception.mileage_km or 0)
    line = line_of(order_of(reception), line_id)
    if line.payer != data.get("payer", ""):
        rules.choose_payer(line, data.get("payer", ""), car=car, by=who.actor, at=now)
    return items_fragment(db, reception, who, now)


@post(f"{BASE}/service-class", name="arrival_class", status_code=200, sync_to_thread=True, opt=ADVISED)
def update_class(reception_id: FromPath[UUID], data: Form, db: Db, who: Who, now: Now) -> Template:
    """The class of service of the whole order."""
    reception = reception_for(who, db, reception_id)
    known = [row["id"] for row in catalogue_queries.content(db, who.store_id, "service_class")]
    rules.classify(order_of(reception), data.get("service_class", ""), known=known, by=who.actor, at=now)
    return items_fragment(db, reception, who, now)


@post(f"{BASE}/promised-time", name="arrival_promise", status_code=200, sync_to_thread=True, opt=ADVISED)
def update_promise(reception_id: FromPath[UUID], data: Form, db: Db, who: Who, now: Now) -> Template:
    """Promise a time of delivery: one of those offered, or another."""
    reception = reception_for(who, db, reception_id)
    refuse_unless_begun(reception)
    order = order_of(reception)
    promised_at = read_moment(data.get("other") or data.get("promised_at", ""), who)
    if promised_at != order.promised_at:
        order_rules.promise(order, promised_at, by=who.actor, at=now)
    return items_fragment(db, reception, who, now)


def read_moment(text: str, who: Person) -> datetime:
    """A moment as a form gives it, in the shop's zone when it names none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise NotAllowed("Pick a day and a time for the delivery.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(who.time_zone))


@post(f"{BASE}/emergency", name="arrival_emergency", sync_to_thread=True, opt=ADVISED)
def create_emergency(reception_id: FromPath[UUID], data: Form, db: Db, who: Who, now: Now) -> Redirect:
    """先抢修后补单: work begins, the paper follows and is chased."""
    order = order_of(reception_for(who, db, reception_id))
    if not order.is_emergency:
        order_rules.allow_emergency(order, reason=data.get("reason", "")[:200], by=who.actor, at=now)
    return Redirect(f"/orders/{order.id}", status_code=303)


ROUTES: list[Any] = [show_items, show_operations, create_line, delete_line, update_payer, update_class, update_promise,
                     create_emergency]
