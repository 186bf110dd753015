"""What the phones brought that a person has to look at: each with what happened and one clear action."""

from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from sqlalchemy.orm import Session

from app.domain.errors import NotAllowed, NotFound
from app.domain.workshop import inspection as inspection_rules
from app.domain.workshop.mutation import Verdict
from app.models.workshop import inspection_queries, sync_queries
from app.models.workshop.device import Device, SyncReceipt
from app.models.workshop.inspection import Finding, Inspection, Reading
from app.routes.dependencies import ADVISORS, MANAGERS, REVIEWERS, Db, Now, Person, Who
from app.routes.loading import of_store
from app.routes.sync.batch import Batch, apply
from app.routes.sync.desk import Desk

OPT = {"roles": ADVISORS | MANAGERS | REVIEWERS}
WORDS = {
    "late": "Found after the order was closed",
    "removed_line": "Work on a line that was taken off",
    "lower_odometer": "The odometer shows less than last time",
    "duplicate_work": "The same work was proposed twice",
    "skipped": "The phone lost records before they arrived",
    "author_left": "From somebody who has left",
    "wrong_author": "Written by somebody else on this phone",
    "mismatch": "One record came with two contents",
    "unknown_type": "The phone's app is newer than this server",
    "newer_version": "The phone's app is newer than this server",
}
BY_STATUS = {
    Verdict.REJECTED: "A rule of the shop refused it",
    Verdict.HELD: "It waits for a record that has not arrived",
    Verdict.PARKED: "It could not be taken in",
    Verdict.MISMATCH: "One record came with two contents",
}
TRIED_AGAIN = (Verdict.PARKED, Verdict.HELD, Verdict.REJECTED)


@get("/workshop/attention", name="attention", sync_to_thread=True, opt=OPT)
def show_attention(db: Db, who: Who, now: Now) -> Template:
    """Records that wait for a person, and findings with two readings."""
    receipts = sync_queries.to_look_at(db, who.store_id)
    pairs = grouped(sync_queries.two_readings(db, who.store_id))
    named = [order_of(row.stream) for row in receipts] + [rows[0].repair_order_id for rows in pairs.values()]
    return Template("workshop/attention/attention.html", context={
        "receipts": receipts, "pairs": pairs, "cars": sync_queries.cars(db, who.store_id, filter(None, named)),
        "order_of": order_of, "what": what_happened, "now": now, "point_name": names(db, pairs),
        "can_try_again": lambda row: row.status in TRIED_AGAIN and row.type not in ("unread", "skipped"),
    })


def order_of(stream: str) -> UUID | None:
    """The order a record speaks of."""
    try:
        return UUID(stream.removeprefix("ro:"))
    except ValueError:
        return None


def what_happened(row: Any) -> str:
    """In a few words, why this stands here."""
    return WORDS.get(row.code) or BY_STATUS[Verdict(row.status)]


def grouped(rows: list[Any]) -> dict[UUID, list[Any]]:
    """The readings of each finding."""
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.finding_id, []).append(row)
    return found


def names(db: Session, pairs: dict[UUID, list[Any]]) -> dict[UUID, dict[str, str]]:
    """What each finding's point is called, with its position."""
    found = {}
    for finding_id, rows in pairs.items():
        inspection = db.get_one(Inspection, rows[0].inspection_id)
        point = inspection_queries.point(db, inspection.store_id,
                                         inspection_queries.points(db, inspection.template_id), rows[0].point_id)
        place = inspection.template.content.get("positions", {}).get(rows[0].position, {"zh": "", "en": ""})
        name = point["name"] if point and "name" in point else {"zh": rows[0].title, "en": rows[0].title}
        found[finding_id] = {"zh": f"{place['zh']}{name['zh']}", "en": f"{name['en']} {place['en']}".strip()}
    return found


@post("/workshop/attention/{mid:uuid}/settlement", name="attention_settled", sync_to_thread=True, opt=OPT)
def create_settlement(mid: FromPath[UUID], data: URLEncodedBody[dict[str, str]], db: Db, who: Who, now: Now) -> Redirect:
    """Somebody dealt with it and says how; the record itself stays."""
    receipt = receipt_for(who, db, mid)
    note = data.get("note", "").strip()
    if not note:
        raise NotAllowed("Say in a few words what you did about it.")
    receipt.settled_at, receipt.settled_by_id, receipt.settled_note = now, who.id, note[:500]
    db.get_one(Device, receipt.device_id).note("device.settled", by=who.actor, at=now, note=note[:500], mid=str(mid))
    return Redirect("/workshop/attention", status_code=303)


def receipt_for(who: Person, db: Session, mid: UUID) -> SyncReceipt:
    """An unsettled record of this store."""
    receipt = db.get(SyncReceipt, mid)
    if receipt is None or receipt.store_id != who.store_id or receipt.settled_at:
        raise NotFound("This record is dealt with already, or not of this store.")
    return receipt


@post("/workshop/attention/{mid:uuid}/trial", name="attention_trial", sync_to_thread=True, opt=OPT)
def create_trial(mid: FromPath[UUID], request: Request[Any, Any, Any], db: Db, who: Who, now: Now) -> Redirect:
    """Try the record once more: what stood in its way may be gone."""
    receipt = receipt_for(who, db, mid)
    if receipt.status not in TRIED_AGAIN or receipt.type in ("unread", "skipped"):
        raise NotAllowed("This record can't be tried again. Write down what you did about it.")
    device = db.get_one(Device, receipt.device_id)
    batch = Batch(db, device, Desk(db, who.store_id, now), receipt.client_offset_ms, author_has_left=False,
                  language=who.language, waiting=sync_queries.held(db, who.store_id))
    apply(batch, receipt)
    device.note("device.settled", by=who.actor, at=now, note=str(receipt.status), mid=str(mid))
    return Redirect("/workshop/attention", status_code=303)


@post("/workshop/findings/{finding_id:uuid}/confirmation", name="finding_confirmation", sync_to_thread=True, opt=OPT)
def create_confirmation(
    finding_id: FromPath[UUID], data: URLEncodedBody[dict[str, str]], db: Db, who: Who, now: Now
) -> Redirect:
    """Somebody looked at the car: this reading holds (C1)."""
    finding = of_store(who, db, Finding, finding_id)
    reading = next((row for row in finding.readings if str(row.id) == data.get("reading_id")), None)
    if not isinstance(reading, Reading):
        raise NotFound("This reading is not one of this finding.")
    inspection_rules.confirm(finding, reading, by=who.actor, at=now)
    return Redirect("/workshop/attention", status_code=303)


ROUTES = [show_attention, create_settlement, create_trial, create_confirmation]
