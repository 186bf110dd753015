"""The follow-up desk: who is to be called, why, and what they said."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from app.domain.care import follow_up as rules
from app.domain.care.follow_up import FollowUpStatus
from app.models.care import follow_up_queries
from app.models.care.follow_up import FollowUp
from app.models.reception.repair_order import RepairOrder
from app.routes.dependencies import CARE, Db, Now, Person, Who
from app.routes.loading import of_store

OPT = {"roles": CARE}
KINDS = ("first_call", "second_call", "deferred_work")


def today_of(who: Person, now: datetime) -> date:
    """The day in the store's zone."""
    return now.astimezone(ZoneInfo(who.time_zone)).date()


def read_cursor(text: str) -> tuple[date, UUID] | None:
    """Where the last page ended: `2026-11-23_<id>`; anything else begins at the start."""
    day, _, key = text.partition("_")
    try:
        return (date.fromisoformat(day), UUID(key)) if text else None
    except ValueError:
        return None


@get("/care", name="follow_ups", sync_to_thread=True, opt=OPT)
def show_follow_ups(db: Db, who: Who, now: Now, kind: FromQuery[str] = "", after: FromQuery[str] = "") -> Template:
    """Today's calls, the late ones first."""
    today = today_of(who, now)
    rows = follow_up_queries.due(db, who.store_id, today, kind=kind if kind in KINDS else "", after=read_cursor(after))
    page, more = rows[: follow_up_queries.PAGE], rows[follow_up_queries.PAGE:]
    return Template("care/follow_ups/follow_ups.html", context={
        "rows": page, "today": today, "kind": kind, "kinds": KINDS, "now": now,
        "counts": follow_up_queries.counts(db, who.store_id, today),
        "cursor": f"{page[-1].due_on.isoformat()}_{page[-1].id}" if more else "",
    })


@get("/care/follow-ups/{follow_up_id:uuid}", name="follow_up", sync_to_thread=True, opt=OPT)
def show_follow_up(follow_up_id: FromPath[UUID], db: Db, who: Who, now: Now) -> Template:
    """One call: what was done that day, what was promised, what was said before."""
    follow_up = of_store(who, db, FollowUp, follow_up_id)
    order = db.get(RepairOrder, follow_up.repair_order_id) if follow_up.repair_order_id else None
    return Template("care/follow_ups/follow_up.html", context={
        "follow_up": follow_up, "order": order, "earlier": follow_up_queries.earlier(db, follow_up), "now": now,
        "results": rules.RESULTS, "today": today_of(who, now),
        "second": rules.second_call_window(today_of(who, now)),
    })


@post("/care/follow-ups/{follow_up_id:uuid}/call", name="follow_up_call", sync_to_thread=True, opt=OPT)
def create_call(
    follow_up_id: FromPath[UUID], data: URLEncodedBody[dict[str, str]], db: Db, who: Who, now: Now
) -> Redirect:
    """Record the call; after a first one the second is planned."""
    follow_up = of_store(who, db, FollowUp, follow_up_id)
    rules.record_call(follow_up, result=data.get("result", ""), text=data.get("text", "")[:2000], by=who.actor, at=now)
    if follow_up.kind == "first_call" and follow_up.status == FollowUpStatus.DONE:
        follow_up_queries.plan_second_call(db, follow_up, by=who.actor, at=now)
    return Redirect("/care", status_code=303)


ROUTES = [show_follow_ups, show_follow_up, create_call]
