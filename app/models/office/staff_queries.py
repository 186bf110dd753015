"""Who works in a store, with which roles; people of another store are not found."""

from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.domain.office.staff import Role
from app.models.office.login_session import LoginSession
from app.models.office.staff import Staff, StaffRole

SHOWN = (Staff.id, Staff.name, Staff.username, Staff.phone, Staff.locked_until, Staff.left_at)


def working_here(db: Session, store_id: UUID) -> list[Row[Any]]:
    """Everybody with a role in the store, those who left at the end."""
    here = select(StaffRole.staff_id).where(StaffRole.store_id == store_id)
    statement = select(*SHOWN).where(Staff.id.in_(here)).order_by(Staff.left_at.is_not(None), Staff.username)
    return list(db.execute(statement.limit(500)))


def roles_here(db: Session, store_id: UUID) -> dict[UUID, list[Role]]:
    """The roles of everybody in the store."""
    roles: dict[UUID, list[Role]] = defaultdict(list)
    statement = select(StaffRole.staff_id, StaffRole.role).where(StaffRole.store_id == store_id)
    for staff_id, role in db.execute(statement.order_by(StaffRole.role)):
        roles[staff_id].append(role)
    return roles


def log_ins_here(db: Session, store_id: UUID, now: datetime) -> dict[UUID, int]:
    """How many open log-ins each person has in the store."""
    statement = select(LoginSession.staff_id, func.count()).where(
        LoginSession.store_id == store_id, LoginSession.revoked_at.is_(None), LoginSession.expires_at > now
    )
    return {staff_id: int(count) for staff_id, count in db.execute(statement.group_by(LoginSession.staff_id))}


def colleague(db: Session, store_id: UUID, staff_id: UUID) -> Staff:
    """A person with a role in the store."""
    staff = db.get(Staff, staff_id)
    if staff is None or not staff.roles_in(store_id):
        raise NotFound("Nobody of that name works in this store.")
    return staff


def is_username_taken(db: Session, username: str) -> bool:
    """Whether somebody already logs in under that name."""
    return db.scalar(select(Staff.id).where(Staff.username == username)) is not None
