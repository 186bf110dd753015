"""Whose phone is this, which phones are there, which codes are open."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from app.domain.errors import Forbidden, NotFound
from app.domain.office.staff import Role
from app.domain.workshop.device import USERS
from app.models.database import Database
from app.models.office.staff import Staff, StaffRole
from app.models.office.store import Store
from app.models.workshop.device import Device, EnrolCode

PHONE = (
    select(
        Device.id.label("device_id"), Device.revoked_at, Device.expires_at, Device.seen_at,
        Device.old_credential_sha256, Staff.id.label("staff_id"), Staff.name, Staff.language, Staff.left_at,
        Store.id.label("store_id"), Store.name.label("store_name"), Store.time_zone,
    )
    .join(Staff, Staff.id == Device.staff_id)
    .join(Store, Store.id == Device.store_id)
)
LISTED = (
    Device.id, Device.label, Device.staff_id, Device.enrolled_at, Device.seen_at, Device.revoked_at, Device.build,
    Device.pending_mutations, Device.pending_blobs, Device.oldest_pending_at, Device.clock_skew_ms,
    Device.is_replacement, Staff.name,
)
SEEN_EVERY = timedelta(minutes=1)


def has_credential(credential_sha256: str) -> ColumnElement[bool]:
    """The phone that holds it, as its newest credential or as the one before."""
    return or_(Device.credential_sha256 == credential_sha256, Device.old_credential_sha256 == credential_sha256)


def phone_of(database: Database, credential_sha256: str) -> Any:
    """The facts of the phone behind a credential."""
    with database.door.connect() as connection:
        return connection.execute(PHONE.where(has_credential(credential_sha256))).first()


def seen(database: Database, device_id: UUID, at: datetime, *, forget_old: bool) -> None:
    """The phone called; its newest credential arrived, so the one before is over."""
    values: dict[str, Any] = {"seen_at": at} | ({"old_credential_sha256": None} if forget_old else {})
    with database.writing() as db:
        db.execute(update(Device).where(Device.id == device_id).values(**values))


def roles_of(db: Session, staff_id: UUID, store_id: UUID) -> set[Role]:
    """The roles a person holds in a store."""
    return set(db.scalars(select(StaffRole.role).where(StaffRole.staff_id == staff_id, StaffRole.store_id == store_id)))


def own_device(db: Session, staff_id: UUID, store_id: UUID, device_id: UUID, *, lock: bool = False) -> Device:
    """A device of this person; refused when it is another's or was cut off."""
    device = db.get(Device, device_id, with_for_update=lock)
    if device is None or device.staff_id != staff_id or device.store_id != store_id or device.revoked_at:
        raise Forbidden("revoked")
    return device


def open_code(db: Session, code_sha256: str, now: datetime) -> EnrolCode:
    """The unused code of these digits."""
    statement = select(EnrolCode).where(
        EnrolCode.code_sha256 == code_sha256, EnrolCode.used_at.is_(None), EnrolCode.expires_at > now
    )
    code = db.scalars(statement.order_by(EnrolCode.made_at.desc()).limit(1)).one_or_none()
    if code is None:
        raise NotFound("This code is used or too old. Ask for a new one at the desk.")
    return code


def is_code_open(db: Session, code_sha256: str, now: datetime) -> bool:
    """Whether these digits are shown to somebody right now."""
    statement = select(EnrolCode.id).where(
        EnrolCode.code_sha256 == code_sha256, EnrolCode.used_at.is_(None), EnrolCode.expires_at > now
    )
    return db.scalar(statement.limit(1)) is not None


def has_unsent_elsewhere(db: Session, staff_id: UUID, but: UUID | None) -> bool:
    """Whether another phone of this person last said that it holds unsent work (L15)."""
    statement = select(func.count()).where(
        Device.staff_id == staff_id, Device.id != but, or_(Device.pending_mutations > 0, Device.pending_blobs > 0)
    )
    return bool(db.scalar(statement))


def devices(db: Session, store_id: UUID) -> list[Any]:
    """Every phone of a store: those in use first, the one heard of last on top."""
    statement = select(*LISTED).join(Staff, Staff.id == Device.staff_id).where(Device.store_id == store_id)
    return list(db.execute(statement.order_by(Device.revoked_at.is_not(None), Device.seen_at.desc()).limit(200)))


def users(db: Session, store_id: UUID) -> list[Any]:
    """People who may have the bay app."""
    statement = (
        select(Staff.id, Staff.name).distinct().join(StaffRole, StaffRole.staff_id == Staff.id)
        .where(StaffRole.store_id == store_id, StaffRole.role.in_(USERS), Staff.left_at.is_(None))
    )
    return list(db.execute(statement.order_by(Staff.name)))
