"""Up: mutations in batches, what can't be read parked unread, what is lost skipped aloud (offline.md §2.4, §2.8)."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, post
from litestar.params import JSONBody
from sqlalchemy.orm import Session

from app.domain.errors import Invalid
from app.domain.workshop import device as rules
from app.domain.workshop.mutation import Malformed, Verdict, fingerprint
from app.models.base import new_id
from app.models.revision import rev_of
from app.models.workshop import sync_queries, timeline
from app.models.workshop.device import Device, SyncReceipt, SyncSeq
from app.routes.dependencies import Now
from app.routes.sync.batch import PARKED, Batch, take
from app.routes.sync.desk import Desk, as_moment, as_uuid
from app.routes.sync.enrolment import addressed
from app.routes.sync.phone import Caller, Phone

MOST = 200  # the app sends 50
YEAR_MS = 366 * 24 * 3600 * 1000
UNREADABLE = "The request can't be read. Nothing was changed."


@post("/push", name="sync_push", status_code=200, sync_to_thread=True)
def create_push(
    data: JSONBody[dict[str, Any]], request: Request[Any, Any, Any], phone: Caller, now: Now
) -> dict[str, Any]:
    """Take a batch in: always 200 with a verdict for each, unless the request itself can't be read."""
    envelopes = data.get("mutations")
    if not isinstance(envelopes, list) or len(envelopes) > MOST or not all(has_place(one) for one in envelopes):
        raise Invalid("mutations", UNREADABLE)
    with request.app.state.database.writing() as db:
        device = addressed(db, phone, data.get("device_id"), lock=True)
        offset_ms = offset_of(data, now)
        listen(device, data, offset_ms, now)
        sync_queries.park_overdue(db, phone.store_id, now)
        batch = Batch(db, device, Desk(db, phone.store_id, now), offset_ms, phone.has_left, phone.language)
        take(batch, envelopes)
        rev = db.info.get("revs", {}).get(phone.store_id) or timeline.revision(db, phone.store_id)
        answer = {**acknowledgement(device, now), "rev": rev, "verdicts": batch.verdicts}
    if batch.gap is not None:
        answer["gap"] = {"expected": batch.gap}
    return answer | ({"device_fork": True} if batch.is_fork else {})


def has_place(envelope: Any) -> bool:
    """Whether an envelope can at least be put at its place in the log and given a receipt."""
    if not isinstance(envelope, dict) or not isinstance(envelope.get("seq"), int) or envelope["seq"] < 1:
        return False
    try:
        as_uuid(envelope.get("mid"), "mid")
        return envelope.get("prev") is None or bool(as_uuid(envelope["prev"], "prev"))
    except Malformed:
        return False


def offset_of(data: dict[str, Any], now: datetime) -> int:
    """How far the phone's clock is from ours, in ms: by its own estimate, else by when it says it sent this."""
    given = data.get("offset_ms")
    if not isinstance(given, int | float) or isinstance(given, bool):
        try:
            given = (now - as_moment(data.get("sent_at"))).total_seconds() * 1000
        except Malformed:
            given = 0
    return int(max(-50 * YEAR_MS, min(50 * YEAR_MS, given)))


def listen(device: Device, data: dict[str, Any], offset_ms: int, now: datetime) -> None:
    """What the phone says of itself: shown to the office, and remembered when it falls silent (L15)."""
    pending = data.get("pending") if isinstance(data.get("pending"), dict) else {}
    assert isinstance(pending, dict)
    count = pending.get("mutations")
    sent = len(data["mutations"])
    device.pending_mutations = max(0, count - sent) if isinstance(count, int) else 0
    device.pending_blobs = pending["blobs"] if isinstance(pending.get("blobs"), int) else 0
    device.oldest_pending_at = oldest(pending, device, now)
    device.build = str(data.get("build") or "")[:40]
    device.clock_skew_ms = offset_ms
    device.seen_at = now


def oldest(pending: dict[str, Any], device: Device, now: datetime) -> datetime | None:
    """Since when the phone holds something back; its clock is not trusted beyond now."""
    if not device.pending_mutations and not device.pending_blobs:
        return None
    try:
        return min(as_moment(pending.get("oldest_at")), now)
    except Malformed:
        return now


def acknowledgement(device: Device, now: datetime) -> dict[str, Any]:
    """How far the shop has this device's log, by number and by id; an unknown id after a skip is empty."""
    return {
        "ack_seq": device.last_seq,
        "ack_mid": str(device.last_mid) if device.last_mid else ("" if device.last_seq else None),
        "server_time": now.isoformat(),
    }


@post("/park", name="sync_park", status_code=200, sync_to_thread=True)
def create_parked(
    data: JSONBody[dict[str, Any]], request: Request[Any, Any, Any], phone: Caller, now: Now
) -> dict[str, Any]:
    """Keep one record unread, so that the phone's queue can move on; a person looks at it."""
    seq = data.get("seq")
    if not isinstance(seq, int):
        raise Invalid("seq", UNREADABLE)
    with request.app.state.database.writing() as db:
        device = addressed(db, phone, data.get("device_id"), lock=True)
        park(db, device, seq, parked_id(data), str(data.get("raw") or ""), now)
        return acknowledgement(device, now)


def parked_id(data: dict[str, Any]) -> UUID:
    """The record's own id, or a new one where even that can't be read."""
    try:
        return as_uuid(data.get("mid"), "mid")
    except Malformed:
        return new_id()


def park(db: Session, device: Device, seq: int, mid: UUID, raw: str, now: datetime) -> None:
    """The receipt of an unread record, at the next place of the log."""
    if seq != device.last_seq + 1:
        return
    if mid not in sync_queries.receipts(db, [mid]):
        db.add(SyncReceipt(
            mid=mid, store_id=device.store_id, device_id=device.id, seq=seq, author_id=device.staff_id,
            type="unread", v=0, stream=stream_in(raw), payload={"raw": raw}, payload_sha256=fingerprint_of(raw),
            status=Verdict.PARKED, code="phone_parked", message=PARKED, facts={}, result={},
            rev=rev_of(db, device.store_id), received_at=now,
        ))
    db.add(SyncSeq(device_id=device.id, seq=seq, mid=mid))
    device.last_seq, device.last_mid = seq, mid


def envelope_in(raw: str) -> dict[str, Any]:
    """The envelope in opaque bytes, empty if there is none."""
    try:
        found = json.loads(raw)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def stream_in(raw: str) -> str:
    """The order an unread record speaks of, as far as it can be told."""
    return str(envelope_in(raw).get("stream") or "")[:60]


def fingerprint_of(raw: str) -> str:
    """The record's fingerprint, so that it is recognised if it comes again readable."""
    return fingerprint(envelope_in(raw))


@post("/skip", name="sync_skip", status_code=200, sync_to_thread=True)
def create_skip(
    data: JSONBody[dict[str, Any]], request: Request[Any, Any, Any], phone: Caller, now: Now
) -> dict[str, Any]:
    """The phone no longer holds these records: written down, and a manager is told."""
    first, last = data.get("from_seq"), data.get("to_seq")
    if not isinstance(first, int) or not isinstance(last, int) or last - first > 1_000_000:
        raise Invalid("from_seq", UNREADABLE)
    with request.app.state.database.writing() as db:
        device = addressed(db, phone, data.get("device_id"), lock=True)
        if last > device.last_seq:
            rules.skip(device, first, last, by=phone.actor, at=now)
            db.add(skipped(db, device, phone, first, last, now))
        return acknowledgement(device, now)


def skipped(db: Session, device: Device, phone: Phone, first: int, last: int, now: datetime) -> SyncReceipt:
    """A place among the records to look at for what never came."""
    return SyncReceipt(
        mid=new_id(), store_id=device.store_id, device_id=device.id, seq=first, author_id=phone.staff_id,
        type="skipped", v=0, stream="", payload={"from_seq": first, "to_seq": last}, payload_sha256="",
        status=Verdict.PARKED, code="skipped", message="", facts={}, result={}, rev=rev_of(db, device.store_id),
        received_at=now,
    )


GUARDED = [create_push, create_parked, create_skip]
