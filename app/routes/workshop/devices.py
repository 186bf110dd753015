"""Phones of the bay: a code for a new one, who has which, what each still holds, cutting a lost one off."""

import secrets
from typing import Any
from uuid import UUID

import segno
from litestar import get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.domain.errors import Invalid, NotAllowed
from app.domain.workshop import device as rules
from app.models.base import new_id
from app.models.office.staff import Staff
from app.models.workshop import device_queries
from app.models.workshop.device import Device, EnrolCode
from app.routes.dependencies import ADMINISTRATORS, ADVISORS, MANAGERS, Config, Db, Now, Who
from app.routes.loading import of_store
from app.security import sha256

ROLES = ADVISORS | MANAGERS | ADMINISTRATORS
OPT = {"roles": ROLES}


@get("/workshop/devices", name="devices", sync_to_thread=True, opt=OPT)
def show_devices(db: Db, who: Who, now: Now) -> Template:
    """Every phone of the store, and what it last said of unsent work."""
    return Template("workshop/devices/devices.html", context=listing(db, who.store_id, now))


def listing(db: Session, store_id: UUID, now: Any) -> dict[str, Any]:
    """What the page shows."""
    return {"devices": device_queries.devices(db, store_id), "people": device_queries.users(db, store_id), "now": now,
            "silent_after": rules.SILENT_AFTER, "is_skewed_ms": 300_000}


@post("/workshop/devices/codes", name="device_codes", sync_to_thread=True, opt=OPT)
def create_code(data: URLEncodedBody[dict[str, str]], db: Db, who: Who, now: Now, config: Config) -> Template:
    """Six digits and a QR for one person, good for ten minutes; shown once, kept as a hash."""
    person = person_in(db, who.store_id, data.get("staff_id", ""))
    digits = unused_digits(db, now)
    code = EnrolCode(id=new_id(), store_id=who.store_id, staff_id=person.id, code_sha256=sha256(digits),
                     made_by_id=who.id)
    rules.offer(code, roles=device_queries.roles_of(db, person.id, who.store_id), by=who.actor, at=now)
    db.add(code)
    address = f"{config.links_begin_with}/bay/#/enrol/{digits}"
    return Template("workshop/devices/code.html", context={
        "person": person, "digits": digits, "drawing": drawn(address), "address": f"{config.links_begin_with}/bay/",
        "expires_at": code.expires_at, "now": now,
    })


def person_in(db: Session, store_id: UUID, staff_id: str) -> Staff:
    """Somebody of this store who may have the app."""
    known = {str(row.id) for row in device_queries.users(db, store_id)}
    if staff_id not in known:
        raise Invalid("staff_id", "Choose the person whose phone it is.")
    return db.get_one(Staff, UUID(staff_id))


def unused_digits(db: Session, now: Any) -> str:
    """Six digits that nobody else is shown right now."""
    for _try in range(20):
        digits = f"{secrets.randbelow(1_000_000):06}"
        if not device_queries.is_code_open(db, sha256(digits), now):
            return digits
    raise NotAllowed("Too many codes are open. Wait a few minutes.")


def drawn(address: str) -> Markup:
    """The QR of an address, black on the white of its box."""
    code = segno.make(address, error="m", micro=False)
    return Markup(code.svg_inline(border=2, omitsize=True))  # noqa: S704


@post("/workshop/devices/{device_id:uuid}/revocation", name="device_revocation", sync_to_thread=True, opt=OPT)
def create_revocation(device_id: FromPath[UUID], db: Db, who: Who, now: Now) -> Redirect:
    """Cut a lost phone off."""
    rules.revoke(of_store(who, db, Device, device_id), by=who.actor, at=now)
    return Redirect("/workshop/devices", status_code=303)


ROUTES = [show_devices, create_code, create_revocation]
