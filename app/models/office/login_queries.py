"""Whose cookie is this: read on every request, so by columns and in one statement."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.orm import Session

from app.domain.office.staff import Role, life_of
from app.models.database import Database
from app.models.office.login_session import LoginSession
from app.models.office.staff import Staff, StaffRole
from app.models.office.store import Store

OPEN_SESSION = (
    select(
        Staff.id, Staff.name, Staff.language, Store.id.label("store_id"), Store.name.label("store_name"),
        Store.time_zone, LoginSession.id.label("session_id"), LoginSession.density, LoginSession.seen_at,
        StaffRole.role,
    )
    .join(Staff, Staff.id == LoginSession.staff_id)
    .join(Store, Store.id == LoginSession.store_id)
    .outerjoin(StaffRole, (StaffRole.staff_id == Staff.id) & (StaffRole.store_id == Store.id))
    .where(
        LoginSession.token_sha256 == bindparam("token_sha256"),
        LoginSession.revoked_at.is_(None),
        LoginSession.expires_at > bindparam("now"),
        Staff.left_at.is_(None),
    )
)
SEEN_EVERY = {"touch": timedelta(minutes=1)}  # a shared tablet's log-in is short, so its signs of life are closer
SEEN_SELDOM = timedelta(minutes=5)


def open_session(database: Database, token_sha256: str, now: datetime) -> dict[str, Any] | None:
    """The facts of `routes.dependencies.Person` for a cookie, None when it opens nothing."""
    with database.door.connect() as connection:
        rows = connection.execute(OPEN_SESSION, {"token_sha256": token_sha256, "now": now}).mappings().all()
    if not rows:
        return None
    facts = dict(rows[0])
    roles = frozenset(Role(row["role"]) for row in rows if row["role"])
    if now - facts.pop("seen_at") > SEEN_EVERY.get(facts["density"], SEEN_SELDOM):
        session_id, density = facts["session_id"], facts["density"]
        database.soon(lambda: touch(database, session_id, density, now))
    return {**{key: facts[key] for key in facts if key != "role"}, "roles": roles}


def touch(database: Database, session_id: UUID, density: str, now: datetime) -> None:
    """A session in use lives on; written at most every few minutes."""
    values = {"seen_at": now, "expires_at": now + life_of(density)}
    with database.writing() as session:
        session.execute(update(LoginSession).where(LoginSession.id == session_id).values(**values))


def by_username(db: Session, text: str) -> Staff | None:
    """The person with that log-in name, or the only one with that phone number."""
    named = db.scalars(select(Staff).where(Staff.username == text.strip().lower())).one_or_none()
    if named or not text.strip():
        return named
    of_phone = db.scalars(select(Staff).where(Staff.phone == text.strip(), Staff.left_at.is_(None)).limit(2)).all()
    return of_phone[0] if len(of_phone) == 1 else None


def of_person(db: Session, staff_id: UUID, now: datetime) -> list[LoginSession]:
    """A person's open log-ins, newest first."""
    statement = select(LoginSession).where(
        LoginSession.staff_id == staff_id, LoginSession.revoked_at.is_(None), LoginSession.expires_at > now
    )
    return list(db.scalars(statement.order_by(LoginSession.seen_at.desc())))


def of_store(db: Session, store_id: UUID, now: datetime) -> list[Row[Any]]:
    """Every open log-in in a store, the latest sign of life on top."""
    columns = (LoginSession.id, LoginSession.device_name, LoginSession.address, LoginSession.density,
               LoginSession.made_at, LoginSession.seen_at, Staff.id.label("staff_id"), Staff.name)
    statement = select(*columns).join(Staff, Staff.id == LoginSession.staff_id).where(
        LoginSession.store_id == store_id, LoginSession.revoked_at.is_(None), LoginSession.expires_at > now
    )
    return list(db.execute(statement.order_by(LoginSession.seen_at.desc(), LoginSession.id).limit(200)))


def stores_of(db: Session, staff_id: UUID) -> list[Row[Any]]:
    """The stores a person holds a role in."""
    statement = select(Store.id, Store.name).join(StaffRole, StaffRole.store_id == Store.id)
    return list(db.execute(statement.where(StaffRole.staff_id == staff_id).distinct().order_by(Store.name)))
