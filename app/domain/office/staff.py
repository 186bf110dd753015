"""Staff, their roles, and when the door stays shut after wrong passwords."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.errors import NotAllowed
from app.domain.history import SYSTEM, Actor

if TYPE_CHECKING:
    from app.models.office.login_session import LoginSession
    from app.models.office.staff import Staff

FREE_TRIES = 5
LOCK_OUT = timedelta(minutes=15)
SESSION_LIFE = timedelta(hours=14)  # one long working day


class Role(StrEnum):
    """What a person does in the shop (requirements V); one person may hold several."""

    ADVISOR = "advisor"
    TECHNICIAN = "technician"
    QUALITY_INSPECTOR = "quality_inspector"
    WORKSHOP_MANAGER = "workshop_manager"
    PARTS_CLERK = "parts_clerk"
    CASHIER = "cashier"
    INFORMATION_CLERK = "information_clerk"
    FOLLOW_UP_CLERK = "follow_up_clerk"
    CARE_MANAGER = "care_manager"
    SERVICE_DIRECTOR = "service_director"
    GENERAL_MANAGER = "general_manager"
    ADMINISTRATOR = "administrator"


def refuse_if_locked(staff: "Staff", *, at: datetime) -> None:
    """Stop a log-in while the door is shut."""
    if staff.left_at and staff.left_at <= at:
        raise NotAllowed("This account is closed. Ask the administrator.")
    if staff.locked_until and staff.locked_until > at:
        minutes = -(-(staff.locked_until - at).seconds // 60)
        raise NotAllowed("Too many wrong passwords. Try again in %(minutes)s minutes.", minutes=minutes)


def count_wrong_password(staff: "Staff", *, at: datetime) -> None:
    """One more wrong password; the fifth shuts the door for a quarter of an hour."""
    staff.failed_logins += 1
    if staff.failed_logins >= FREE_TRIES:
        staff.failed_logins = 0
        staff.locked_until = at + LOCK_OUT
    staff.note("staff.wrong_password", by=SYSTEM, at=at)


def log_in(staff: "Staff", session: "LoginSession", *, at: datetime) -> None:
    """Open the door."""
    staff.failed_logins = 0
    staff.locked_until = None
    session.made_at = session.seen_at = at
    session.expires_at = at + SESSION_LIFE
    session.note("login_session.opened", by=staff.actor, at=at, device=session.device_name)


def log_out(session: "LoginSession", *, by: Actor, at: datetime) -> None:
    """Close one log-in, one's own or, for an administrator, another's."""
    if session.revoked_at:
        raise NotAllowed("This log-in is already closed.")
    session.revoked_at = at
    session.note("login_session.closed", by=by, at=at, device=session.device_name)
