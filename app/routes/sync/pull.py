"""Down: whole orders that moved since the phone's cursor, from one snapshot (offline.md §2.4)."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Request, get
from litestar.params import FromQuery
from sqlalchemy.orm import Session

from app.models.workshop import bay_queries, catalogue_queries, list_queries, sync_queries
from app.models.workshop import timeline as timelines
from app.routes.dependencies import Now
from app.routes.sync import lists
from app.routes.sync.enrolment import addressed
from app.routes.sync.lists import PictureUrl
from app.routes.sync.order_doc import is_for_phones, left_doc, order_doc
from app.routes.sync.phone import Caller, Phone
from app.routes.sync.push import acknowledgement

MOST = 50
DURABLE_REV = 0  # rises when a copy off this machine is verified; until then phones keep what they sent for a week
MIN_V = 1
SNAPSHOT = {"isolation_level": "REPEATABLE READ"}


@get("/pull", name="sync_pull", sync_to_thread=True)
def show_changes(
    request: Request[Any, Any, Any],
    phone: Caller,
    now: Now,
    device_id: FromQuery[str] = "",
    timeline: FromQuery[str] = "",
    rev: FromQuery[int] = 0,
    limit: FromQuery[int] = 20,
) -> dict[str, Any]:
    """What moved for this phone, and how far the shop has its log."""
    database = request.app.state.database
    with database.reading() as db:
        if not database.is_sqlite:
            db.connection(execution_options=SNAPSHOT)
        device = addressed(db, phone, device_id)
        page = changes(db, phone, timeline, rev, max(1, min(MOST, limit)), now, picture_url(request))
        return {**page, **acknowledgement(device, now), "durable_rev": DURABLE_REV, "min_v": MIN_V}


def picture_url(request: Request[Any, Any, Any]) -> PictureUrl:
    """Where a drawn picture of a point is served; nothing where it was not drawn."""
    static = request.app.state.static

    def url(name: str) -> str | None:
        return str(static.url(name)) if name in static.files else None

    return url


def changes(
    db: Session, phone: Phone, run_id: str, rev: int, limit: int, now: datetime, url: PictureUrl
) -> dict[str, Any]:
    """One page of what moved above the cursor; all of it when the cursor speaks of a past we do not share."""
    run = timelines.current(db, phone.store_id)
    upto = timelines.revision(db, phone.store_id)
    is_valid = timelines.is_valid(db, phone.store_id, run_id, rev)
    above = rev if is_valid else 0
    # somebody who left sends what they have and is told nothing new (C24)
    heads = [] if phone.has_left else sync_queries.heads(
        db, phone.store_id, phone.staff_id, above=above, upto=upto, limit=limit
    )
    more = len(heads) >= limit and heads[-1].rev < upto
    docs, gone = built(db, phone, heads, now, url, is_first=above == 0)
    return {
        "timeline": str(run.id) if run else "", "rev": heads[-1].rev if more else upto, "reset": not is_valid,
        "docs": docs, "gone": gone, "more": more,
    }


def built(
    db: Session, phone: Phone, heads: list[Any], now: datetime, url: PictureUrl, *, is_first: bool
) -> tuple[list[dict[str, Any]], list[str]]:
    """The documents of these heads, and the keys that leave the phone."""
    orders = {UUID(row.entity.removeprefix("ro:")): row for row in heads if row.entity.startswith("ro:")}
    if is_first:
        orders = {order_id: row for order_id, row in orders.items() if not row.gone}
    docs, gone = order_docs(db, phone, orders, now)
    wanted = {row.entity: row.rev for row in heads if row.entity.startswith("list:")}
    return [*list_docs(db, phone, wanted, url, docs, is_first=is_first), *docs], gone


def order_docs(
    db: Session, phone: Phone, heads: dict[UUID, Any], now: datetime
) -> tuple[list[dict[str, Any]], list[str]]:
    """The orders that moved, each whole; a car that went to a colleague says to whom and leaves (C11)."""
    around = bay_queries.bay_orders(db, phone.store_id, heads)
    rules = catalogue_queries.content(db, phone.store_id, "targeted_rule") if around.orders else []
    today = now.astimezone(ZoneInfo(phone.time_zone)).date()
    docs, gone = [], []
    for order in around.orders:
        head, data = heads[order.id], order_doc(order, around, rules, today)
        if head.gone or not is_for_phones(order, now):
            gone.append(head.entity)
            data = left_doc(data, order)
        docs.append({"key": head.entity, "rev": head.rev, "data": data})
    return docs, gone


def list_docs(
    db: Session, phone: Phone, wanted: dict[str, int], url: PictureUrl, docs: list[dict[str, Any]], *, is_first: bool
) -> list[dict[str, Any]]:
    """The lists that moved, all of them the first time, and an older list of points some order still uses."""
    found = lists.all_lists(db, phone.store_id, url) if is_first else {}
    older = older_lists(db, phone.store_id, docs) if docs else set()
    for key in (set(wanted) | older) - set(found):
        if (data := lists.list_doc(db, phone.store_id, key, url)) is not None:
            found[key] = data
    return [{"key": key, "rev": wanted.get(key, 0), "data": data} for key, data in found.items()]


def older_lists(db: Session, store_id: UUID, docs: list[dict[str, Any]]) -> set[str]:
    """The lists of points these orders were begun with that are no longer the newest (C18)."""
    newest = {str(template_id) for template_id in list_queries.newest_template_ids(db, store_id)}
    used = {sheet["template"] for doc in docs for sheet in doc["data"]["inspections"]}
    return {f"list:template:{template_id}" for template_id in used - newest}


GUARDED = [show_changes]
