"""A batch from a phone: one transaction, a receipt for every mutation whatever becomes of it, a savepoint where one fails."""

import logging
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.exc import InterfaceError, InternalError, OperationalError
from sqlalchemy.orm import Session

from app import languages
from app.domain.errors import Refusal
from app.domain.workshop.mutation import (
    Applied,
    Malformed,
    Missing,
    Place,
    Superseded,
    Verdict,
    fingerprint,
    place,
)
from app.models.base import new_id
from app.models.revision import rev_of
from app.models.workshop import sync_queries
from app.models.workshop.device import Device, SyncReceipt
from app.routes.sync import add_ons, findings, jobs, pictures
from app.routes.sync.desk import Desk, Mutation, as_uuid, read

log = logging.getLogger("mingdan.sync")

DATABASE_AWAY = (OperationalError, InterfaceError, InternalError)
Handler = Callable[[Desk, Mutation], Applied]
HANDLERS: dict[str, Handler] = {**findings.HANDLERS, **pictures.HANDLERS, **add_ons.HANDLERS, **jobs.HANDLERS}
# these look only at the sheet, which holds what the batch wrote on it; all others want it in the database
ON_THE_SHEET = frozenset({"insp.item_set", "insp.look_set"})
VERSION = 1  # of every type so far; when one changes, its older versions are brought up here (offline.md §2.9)
PARKED = "The shop could not take this record in yet. It is kept, and a person looks at it."
NOT_YOURS = "This record was made by somebody else on this phone. It is kept, and a person looks at it."


@dataclass
class Batch:
    """What a batch leads to: the verdicts, and where the log broke off."""

    db: Session
    device: Device
    desk: Desk
    offset_ms: int
    author_has_left: bool
    language: str
    verdicts: list[dict[str, Any]] = field(default_factory=list)
    gap: int | None = None
    is_fork: bool = False
    is_careful: bool = False  # one savepoint for each mutation
    receipts: dict[UUID, SyncReceipt] = field(default_factory=dict)
    places: dict[int, UUID] = field(default_factory=dict)
    waiting: dict[str, list[SyncReceipt]] = field(default_factory=dict)
    fresh: list[SyncReceipt] = field(default_factory=list)
    log: list[tuple[int, UUID]] = field(default_factory=list)  # the places this batch fills, written at its end

    @property
    def last(self) -> tuple[int, UUID | None]:
        """How far the device's log goes now."""
        return self.log[-1] if self.log else (self.device.last_seq, self.device.last_mid)

    @property
    def now(self) -> datetime:
        """The moment of the request."""
        return self.desk.now

    def begin_again(self) -> None:
        """Forget what was worked out, and go carefully from now on."""
        self.desk = Desk(self.db, self.desk.store_id, self.desk.now)
        self.verdicts, self.fresh, self.log = [], [], []
        self.gap, self.is_fork, self.is_careful = None, False, True


class Stumbled(Exception):
    """A mutation failed where others of its batch may have written; they are done again, each on its own."""


def take(batch: Batch, envelopes: list[dict[str, Any]]) -> None:
    """Work through the envelopes together; if one fails, all again with a savepoint for each, so that only it is undone."""
    info = {key: copy(value) for key, value in batch.db.info.items()}
    try:
        with batch.db.begin_nested():
            work_through(batch, envelopes)
    except DATABASE_AWAY:
        raise  # the phone tries the whole batch again
    except Exception:  # whatever breaks, each record is judged by itself
        batch.db.info.clear()
        batch.db.info.update(info)
        batch.begin_again()
        work_through(batch, envelopes)
    close(batch)


def work_through(batch: Batch, envelopes: list[dict[str, Any]]) -> None:
    """The envelopes in order; stops at a gap or a fork."""
    ids = [(int(one["seq"]), as_uuid(one.get("mid"), "mid")) for one in envelopes]
    batch.receipts = sync_queries.receipts(batch.db, [mid for _seq, mid in ids])
    batch.places = sync_queries.places(batch.db, batch.device.id, [seq for seq, _mid in ids])
    batch.waiting = sync_queries.held(batch.db, batch.device.store_id)
    for envelope, (seq, mid) in zip(envelopes, ids, strict=True):
        if not take_one(batch, envelope, seq, mid):
            break


def take_one(batch: Batch, envelope: dict[str, Any], seq: int, mid: UUID) -> bool:
    """One envelope at its place in the log; False when the log broke off here."""
    prev = as_uuid(envelope["prev"], "prev") if envelope.get("prev") else None
    last_seq, last_mid = batch.last
    where = place(seq, mid, prev, last_seq=last_seq, last_mid=last_mid, known=batch.places.get(seq))
    if where == Place.GAP:
        batch.gap = last_seq + 1
    if where == Place.FORK:
        batch.is_fork = True
    if where in (Place.GAP, Place.FORK):
        return False
    receipt = batch.receipts.get(mid)
    if receipt is None:
        receipt = new_receipt(batch, envelope, seq, mid)
        batch.fresh.append(receipt)
        batch.receipts[mid] = receipt
        apply(batch, receipt)
        answer(batch, receipt, seq, Verdict(receipt.status))
    elif receipt.payload_sha256 == fingerprint(envelope):
        answer(batch, receipt, seq, Verdict.DUPLICATE)
    else:
        mismatch(batch, envelope, seq, mid, is_new=where == Place.NEXT)
    if where == Place.NEXT:
        batch.log.append((seq, mid))
        batch.places[seq] = mid
    return True


def new_receipt(batch: Batch, envelope: dict[str, Any], seq: int, mid: UUID) -> SyncReceipt:
    """The mutation as it came, to be kept whatever becomes of it."""
    return SyncReceipt(
        mid=mid, store_id=batch.device.store_id, device_id=batch.device.id, seq=seq, author_id=author_of(envelope),
        type=str(envelope.get("type"))[:60], v=version_of(envelope), stream=str(envelope.get("stream"))[:60],
        payload=envelope, payload_sha256=fingerprint(envelope), status=Verdict.PARKED, code="", message="", facts={},
        result={}, rev=0, client_at=None, client_offset_ms=batch.offset_ms, received_at=batch.now,
    )


def author_of(envelope: dict[str, Any]) -> UUID | None:
    """Who the envelope says it is from; nobody when that can't be read."""
    try:
        return UUID(str(envelope.get("author")))
    except ValueError:
        return None


def version_of(envelope: dict[str, Any]) -> int:
    """The version of the mutation's shape."""
    v = envelope.get("v")
    return v if isinstance(v, int) and 0 <= v < 1000 else 0


def mismatch(batch: Batch, envelope: dict[str, Any], seq: int, mid: UUID, *, is_new: bool) -> None:
    """The same id with another meaning: both are kept, and somebody is told (fault row 14)."""
    message = PARKED
    if is_new:
        receipt = new_receipt(batch, envelope, seq, new_id())
        receipt.status, receipt.code, receipt.result = Verdict.MISMATCH, "mismatch", {"of": str(mid)}
        batch.fresh.append(receipt)
        log.error("mutation %s came twice with different content", mid)
    batch.verdicts.append({"mid": str(mid), "seq": seq, "status": Verdict.MISMATCH, "code": "mismatch",
                           "message": languages.sentence(message, to=batch.language)})


def answer(batch: Batch, receipt: SyncReceipt, seq: int, status: Verdict) -> None:
    """One verdict, with its sentence in the technician's language."""
    verdict: dict[str, Any] = {"mid": str(receipt.mid), "seq": seq, "status": status}
    if receipt.code:
        verdict["code"] = receipt.code
    if receipt.message:
        verdict["message"] = languages.sentence(receipt.message, receipt.facts, to=batch.language)
    if receipt.result:
        verdict["result"] = receipt.result
    batch.verdicts.append(verdict)


def apply(batch: Batch, receipt: SyncReceipt) -> None:
    """Let a mutation have its effect, and what was waiting for it after it."""
    for key in effect(batch, receipt):
        for held in batch.waiting.pop(f"missing:{key}", []):
            apply(batch, held)
    if receipt.status == Verdict.HELD:
        batch.waiting.setdefault(receipt.code, []).append(receipt)


def effect(batch: Batch, receipt: SyncReceipt) -> tuple[str, ...]:
    """Do it and write down how it went; gives the keys of what came to be."""
    try:
        mutation = read(receipt.payload, device_id=receipt.device_id, offset_ms=receipt.client_offset_ms, now=batch.now)
        receipt.client_at = mutation.at
        if reason := quarantine(batch, receipt, mutation):
            put(receipt, Verdict.PARKED, reason, NOT_YOURS if reason == "wrong_author" else PARKED)
            return ()
        applied = done(batch, mutation)
    except Exception as error:  # whatever breaks, the record is kept and the queue goes on
        if isinstance(error, (*DATABASE_AWAY, Stumbled)):
            raise
        batch.desk.forget()
        judge(receipt, error)
        return ()
    put(receipt, Verdict.APPLIED, applied.code, applied.message, applied.facts)
    receipt.result = applied.result
    return (*applied.made, f"mutation:{receipt.mid}")


def done(batch: Batch, mutation: Mutation) -> Applied:
    """Its effect, inside a savepoint where we go carefully."""
    handle = HANDLERS[mutation.type]
    if batch.is_careful:
        with batch.db.begin_nested():
            return handle(batch.desk, mutation)
    try:
        if mutation.type in ON_THE_SHEET:
            return handle(batch.desk, mutation)
        batch.db.flush()
        applied = handle(batch.desk, mutation)
        batch.db.flush()
        return applied
    except Exception as error:
        raise Stumbled from error


def quarantine(batch: Batch, receipt: SyncReceipt, mutation: Mutation) -> str:
    """Why a mutation must wait for a person before it may have an effect; empty when it need not."""
    if mutation.author != batch.device.staff_id and receipt.device_id == batch.device.id:
        return "wrong_author"  # L16: never one person's work as another's
    if batch.author_has_left and receipt.device_id == batch.device.id:
        return "author_left"  # C24
    if mutation.type not in HANDLERS:
        return "unknown_type"
    if mutation.v > VERSION:
        return "newer_version"
    for mid in receipt.payload.get("deps") or []:
        known = batch.receipts.get(as_uuid(mid, "deps")) or batch.db.get(SyncReceipt, as_uuid(mid, "deps"))
        if known is None or known.status == Verdict.HELD:
            raise Missing("mutation", mid)
    return ""


def judge(receipt: SyncReceipt, error: Exception) -> None:
    """What an exception means for the mutation."""
    match error:
        case Superseded():
            put(receipt, Verdict.SUPERSEDED, "")
        case Missing():
            put(receipt, Verdict.HELD, f"missing:{error.key}")
        case Refusal():
            put(receipt, Verdict.REJECTED, type(error).__name__.lower(), error.message, error.facts)
        case Malformed():
            put(receipt, Verdict.PARKED, "malformed", PARKED)
        case _:
            log.error("mutation %s (%s) is parked", receipt.mid, receipt.type, exc_info=error)
            put(receipt, Verdict.PARKED, "broken", PARKED)


def put(
    receipt: SyncReceipt, status: Verdict, code: str, message: str = "", facts: dict[str, Any] | None = None
) -> None:
    """Write the verdict down."""
    receipt.status, receipt.code, receipt.message = status, code, message
    receipt.facts = {key: value if isinstance(value, int | float) else str(value) for key, value in (facts or {}).items()}


def close(batch: Batch) -> None:
    """Keep the receipts under this transaction's revision, the places in the log, and the revision on what was read."""
    batch.db.flush()
    batch.device.last_seq, batch.device.last_mid = batch.last
    sync_queries.keep_places(batch.db, batch.device.id, batch.log)
    if batch.fresh:
        rev = rev_of(batch.db, batch.device.store_id)
        for receipt in batch.fresh:
            receipt.rev = rev
        sync_queries.keep_receipts(batch.db, batch.fresh)
        if touched := batch.desk.read_findings:
            sync_queries.stamp_findings(batch.db, touched, rev)
