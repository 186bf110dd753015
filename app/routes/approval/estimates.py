"""The estimate (报价单) on the advisor's desk, before it is sent."""

from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template
from sqlalchemy.orm import Session

from app.domain.approval import estimate as rules
from app.domain.approval import line_price
from app.domain.errors import Invalid, NotFound
from app.domain.reception import repair_order as orders
from app.domain.workshop import add_on as add_ons
from app.models.approval import estimate_queries, freeze
from app.models.reception.order_line import OrderLinePart
from app.models.workshop.add_on import AddOn
from app.models.workshop.catalogue import Part
from app.routes.approval import estimate_page
from app.routes.dependencies import ADVISORS, REVIEWERS, Db, Now, Person, Who
from app.routes.loading import of_store, order_for

READ = {"roles": REVIEWERS}
CHANGE = {"roles": ADVISORS}
Form = URLEncodedBody[dict[str, str]]


def back_to(order_id: UUID, line: AddOn | None = None) -> Redirect:
    """The estimate again, with the line still open beside it."""
    return Redirect(f"/approval/estimates/{order_id}" + (f"?line={line.id}" if line else ""), status_code=303)


@get("/approval/estimates/{order_id:uuid}", name="estimate", sync_to_thread=True, opt=READ)
def show_estimate(
    order_id: FromPath[UUID], db: Db, who: Who, now: Now, line: FromQuery[UUID | None] = None
) -> Template:
    """All that may be put to the customer of this order."""
    return estimate_page.page(order_for(who, db, order_id), db, who, now, chosen=line)


@post("/approval/add-ons/{add_on_id:uuid}/price", name="add_on_price", sync_to_thread=True, opt=CHANGE)
def update_price(add_on_id: FromPath[UUID], data: Form, db: Db, who: Who, now: Now) -> Redirect:
    """Other hours, a discount or another payer, with the reason."""
    line = of_store(who, db, AddOn, add_on_id)
    line_price.reprice(
        line, hours_x100=hundredths(data.get("hours", ""), "hours"),
        discount_fen=hundredths(data.get("discount", "") or "0", "discount"), payer=data.get("payer", line.payer),
        reason=data.get("reason", ""), limit=estimate_queries.discount_limit(db, who.store_id, who.roles),
        floor_percent=estimate_queries.floor_percent(db, who.store_id, line.business_line), by=who.actor, at=now,
    )
    return back_to(line.repair_order_id, line)


def hundredths(text: str, field: str) -> int:
    """`1.2` hours as 120, `1,030.5` yuan as 103050 fen."""
    whole, _, rest = text.replace(",", "").replace("，", "").replace("¥", "").strip().partition(".")
    if not (whole or "0").isdecimal() or len(whole) > 7 or (rest and (not rest.isdecimal() or len(rest) > 2)):
        raise Invalid(field, "Write a number with at most two decimals, like 1.2.")
    return int(whole or 0) * 100 + int(rest.ljust(2, "0") or 0)


@post("/approval/parts/{row_id:uuid}/choice", name="add_on_part", sync_to_thread=True, opt=CHANGE)
def update_part(row_id: FromPath[UUID], data: Form, db: Db, who: Who, now: Now) -> Redirect:
    """Another part of the same family: 原厂, 同质 or 修复."""
    row = of_store(who, db, OrderLinePart, row_id)
    line = of_store(who, db, AddOn, row.line_id)
    line_price.choose_part(row, part_of_family(db, line, row, data.get("part", "")), by=who.actor, at=now)
    return back_to(line.repair_order_id, line)


def part_of_family(db: Session, line: AddOn, row: OrderLinePart, part_id: str) -> Part:
    """The chosen part, if it would do for this line and this car."""
    offered = {part.id: part for part in estimate_queries.other_parts(db, [line])[row.id]}
    if part_id not in offered:
        raise NotFound("This part does not fit here. Choose another one.")
    return offered[part_id]


@post("/approval/add-ons/{add_on_id:uuid}/reopening", name="add_on_reopen", sync_to_thread=True, opt=CHANGE)
def create_reopening(add_on_id: FromPath[UUID], db: Db, who: Who, now: Now) -> Redirect:
    """Take a line back that was sent or signed, to change it; what was signed no longer covers it (AE-066)."""
    line = of_store(who, db, AddOn, add_on_id)
    add_ons.reopen(line, by=who.actor, at=now)
    return back_to(line.repair_order_id, line)


@post("/approval/estimates/{order_id:uuid}/validity", name="estimate_validity", sync_to_thread=True, opt=CHANGE)
def update_validity(order_id: FromPath[UUID], data: Form, db: Db, who: Who, now: Now) -> Redirect:
    """Until when the next version may be answered."""
    order = order_for(who, db, order_id)
    estimate = freeze.open_round(db, order, at=now)
    rules.keep_open_until(estimate, moment(data.get("until", ""), "until", who), by=who.actor, at=now)
    return back_to(order.id)


@post("/approval/estimates/{order_id:uuid}/promise", name="estimate_promise", sync_to_thread=True, opt=CHANGE)
def update_promise(order_id: FromPath[UUID], data: Form, db: Db, who: Who, now: Now) -> Redirect:
    """Promise a new time when the old one has passed."""
    order = order_for(who, db, order_id)
    orders.promise(order, moment(data.get("time", ""), "time", who), by=who.actor, at=now)
    return back_to(order.id)


def moment(text: str, field: str, who: Person) -> datetime:
    """A moment as a form sends it; without a zone it is the store's."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError as error:
        raise Invalid(field, "This time can't be read. Please choose it again.") from error
    return (read if read.tzinfo else read.replace(tzinfo=ZoneInfo(who.time_zone))).astimezone(UTC)


ROUTES = [show_estimate, update_price, update_part, create_reopening, update_validity, update_promise]
