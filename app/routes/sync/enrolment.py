"""A phone joins, asks who it is, and leaves; its credential is renewed once a day."""

from collections import deque
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.params import JSONBody
from sqlalchemy.orm import Session

from app.domain.errors import NotFound, Refusal
from app.domain.workshop import device as rules
from app.models.base import new_id
from app.models.office.staff import Staff
from app.models.office.store import Store
from app.models.workshop import device_queries, timeline
from app.models.workshop.device import Device, EnrolCode
from app.routes.dependencies import Config, Db, Now
from app.routes.sync.phone import COOKIE, Caller, Phone, refuse_foreign_page
from app.security import new_token, sha256
from app.settings import Settings


class TooManyTries(Refusal):
    """Somebody is guessing codes."""

    status = 429


class Doorkeeper:
    """Counts wrong codes an address sent lately; kept in memory, since a code lives ten minutes."""

    def __init__(self) -> None:
        self.tries: dict[str, deque[datetime]] = {}

    def refuse_guesser(self, address: str, now: datetime) -> None:
        """Raise once an address was wrong too often."""
        tries = self.tries.get(address, deque())
        while tries and now - tries[0] > rules.CODE_LIFE:
            tries.popleft()
        if len(tries) >= rules.TRIES_PER_CODE_LIFE:
            raise TooManyTries("Too many wrong codes. Wait ten minutes, then ask for a new one at the desk.")

    def count(self, address: str, now: datetime) -> None:
        """One more wrong code."""
        if len(self.tries) > 1000:
            self.tries.clear()
        self.tries.setdefault(address, deque(maxlen=rules.TRIES_PER_CODE_LIFE)).append(now)


@post("/sync/enrol", name="sync_enrol", status_code=200, sync_to_thread=True, opt={"public": True})
def create_enrolment(
    data: JSONBody[dict[str, Any]], request: Request[Any, Any, Any], db: Db, now: Now, config: Config
) -> Response[dict[str, Any]]:
    """Six digits make this phone somebody's; the same person's phone comes back as the same device."""
    refuse_foreign_page(request)
    doorkeeper = request.app.state.doorkeeper
    address = request.client.host if request.client else ""
    doorkeeper.refuse_guesser(address, now)
    try:
        code = device_queries.open_code(db, sha256(digits_of(data)), now)
    except NotFound:
        doorkeeper.count(address, now)
        raise
    token = new_token()
    device = enrolled(db, code, data, token, now)
    return with_credential(Response(who_is(db, device)), token, config)


def digits_of(data: dict[str, Any]) -> str:
    """The code as typed, spaces and full-width digits forgiven."""
    return "".join(str(int(c)) for c in str(data.get("code", "")) if c.isdecimal())


def enrolled(db: Session, code: EnrolCode, data: dict[str, Any], token: str, now: datetime) -> Device:
    """The device of this phone: the one it was before if it was this person's, else a new one."""
    actor = db.get_one(Staff, code.staff_id).actor
    device = device_before(db, code, str(data.get("device_id") or ""))
    if device is None:
        device = Device(
            id=new_id(), store_id=code.store_id, staff_id=code.staff_id, enrolled_at=now,
            is_replacement=device_queries.has_unsent_elsewhere(db, code.staff_id, None),
        )
        db.add(device)
    device.label = str(data.get("label") or "")[:80]
    device.credential_sha256, device.old_credential_sha256 = sha256(token), None
    rules.enrol(device, code, by=actor, at=now)
    timeline.ensure(db, code.store_id, now)
    return device


def device_before(db: Session, code: EnrolCode, device_id: str) -> Device | None:
    """The device this phone says it was, if it was the same person's in the same store and not cut off."""
    try:
        device = db.get(Device, UUID(device_id))
    except ValueError:
        return None
    is_same = device is not None and (device.staff_id, device.store_id) == (code.staff_id, code.store_id)
    return device if is_same and device is not None and not device.revoked_at else None


def who_is(db: Session, device: Device) -> dict[str, Any]:
    """What the phone keeps of its person and store."""
    staff, store = db.get_one(Staff, device.staff_id), db.get_one(Store, device.store_id)
    return {
        "user": {"id": str(staff.id), "name": staff.name, "language": staff.language},
        "device_id": str(device.id),
        "store": {"id": str(store.id), "name": store.name},
        "roles": sorted(device_queries.roles_of(db, staff.id, store.id)),
    }


def with_credential(answer: Response[dict[str, Any]], token: str, config: Settings) -> Response[dict[str, Any]]:
    """Hand the credential over where scripts can't read it."""
    answer.set_cookie(Cookie(COOKIE, value=token, httponly=True, samesite="lax", secure=config.is_https, path="/",
                             max_age=int(rules.CREDENTIAL_LIFE.total_seconds())))
    return answer


@get("/me", name="sync_me", sync_to_thread=True)
def show_me(
    request: Request[Any, Any, Any], phone: Caller, now: Now, config: Config
) -> Response[dict[str, Any]]:
    """Who is this; once a day with a fresh credential."""
    with request.app.state.database.reading() as db:
        answer = Response(who_is(db, db.get_one(Device, phone.device_id)))
    if not phone.is_on_old_credential and not rules.is_due_for_renewal(phone.expires_at, at=now):
        return answer
    token = new_token()
    with request.app.state.database.writing() as db:
        rules.renew(db.get_one(Device, phone.device_id), sha256(token), used_sha256=phone.credential_sha256, at=now)
    return with_credential(answer, token, config)


@post("/fork", name="sync_fork", status_code=200, sync_to_thread=True)
def create_fork(phone: Caller, db: Db, now: Now, config: Config) -> Response[dict[str, Any]]:
    """A phone whose log parted from the shop's goes on as a new device of the same person (fault row 15)."""
    before = db.get_one(Device, phone.device_id)
    token = new_token()
    device = Device(
        id=new_id(), store_id=phone.store_id, staff_id=phone.staff_id, label=before.label, enrolled_at=now, seen_at=now,
        credential_sha256=sha256(token), forked_from_id=before.id, expires_at=now + rules.CREDENTIAL_LIFE,
    )
    db.add(device)
    device.note("device.forked", by=phone.actor, at=now, label=device.label)
    return with_credential(Response({"device_id": str(device.id)}), token, config)


@post("/sign-out", name="sync_sign_out", status_code=200, sync_to_thread=True)
def delete_credential(phone: Caller, db: Db, now: Now) -> Response[dict[str, Any]]:
    """Close this credential; what the phone still holds stays on it."""
    device = db.get_one(Device, phone.device_id)
    rules.sign_out(device, credential_sha256=sha256(new_token()), by=phone.actor, at=now)
    answer = Response({"signed_out": True})
    answer.delete_cookie(COOKIE, path="/")
    return answer


def addressed(db: Session, phone: Phone, device_id: object, *, lock: bool = False) -> Device:
    """The device a request speaks for: the caller's own, or an earlier one of the same person."""
    try:
        wanted = UUID(str(device_id))
    except ValueError:
        wanted = phone.device_id
    return device_queries.own_device(db, phone.staff_id, phone.store_id, wanted, lock=lock)


GUARDED = [show_me, create_fork, delete_credential]
