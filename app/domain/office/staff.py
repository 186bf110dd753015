"""Staff, their roles, and when the door stays shut after wrong passwords."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from app.domain.errors import Invalid, NotAllowed
from app.domain.history import SYSTEM, Actor

if TYPE_CHECKING:
    from app.models.office.login_session import LoginSession
    from app.models.office.staff import Staff, StaffRole

FREE_TRIES = 5
LOCK_OUT = timedelta(minutes=15)
SESSION_LIFE = timedelta(hours=14)  # one long working day
SHARED_LIFE = timedelta(minutes=15)  # a tablet that lies about: shut after a quarter of an hour of nothing
PASSWORD_LENGTH = range(10, 129)


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
    session.expires_at = at + life_of(session.density)
    session.note("login_session.opened", by=staff.actor, at=at, device=session.device_name)


def log_out(session: "LoginSession", *, by: Actor, at: datetime) -> None:
    """Close one log-in, one's own or, for an administrator, another's."""
    if session.revoked_at:
        raise NotAllowed("This log-in is already closed.")
    session.revoked_at = at
    session.note("login_session.closed", by=by, at=at, device=session.device_name)


def life_of(density: str) -> timedelta:
    """How long a log-in lives without a sign of life; short on a shared tablet."""
    return SHARED_LIFE if density == "touch" else SESSION_LIFE


def enter_store(session: "LoginSession", store_id: UUID, *, name: str, by: Actor, at: datetime) -> None:
    """Work in another store from now on; only in one where the person holds a role."""
    if not session.staff.roles_in(store_id):
        raise NotAllowed("You hold no role in that store. Ask its administrator.")
    session.store_id = store_id
    session.note("login_session.moved", by=by, at=at, store=name)


def read_password(text: str) -> str:
    """A password of 10 to 128 characters; long is what counts."""
    if len(text) not in PASSWORD_LENGTH:
        raise Invalid("new_password", "A password has 10 to 128 characters. A short sentence is a good one.")
    return text


def change_password(staff: "Staff", password_hash: str, *, by: Actor, at: datetime) -> None:
    """A new password, one's own or, after a call to the administrator, another's; the door is open again."""
    staff.password_hash = password_hash
    staff.failed_logins = 0
    staff.locked_until = None
    staff.note("staff.password_changed", by=by, at=at, name=staff.name)


def take_on(staff: "Staff", *, by: Actor, at: datetime) -> None:
    """A new member of staff may log in."""
    staff.left_at = None
    staff.note("staff.taken_on", by=by, at=at, name=staff.name)


def give_roles(staff: "Staff", rows: "list[StaffRole]", *, by: Actor, at: datetime) -> None:
    """Replace the roles held in the store of the rows; an administrator can't lock the store's door on themselves."""
    held = staff.roles_in(staff.store_id)
    given = {row.role for row in rows}
    if by.is_same_person_as(staff.id) and Role.ADMINISTRATOR in held and Role.ADMINISTRATOR not in given:
        raise NotAllowed("You can't take the administrator's role from yourself. Another administrator can.")
    if not given:
        raise NotAllowed("Somebody who works here holds at least one role. To close the account, use the button below.")
    staff.roles = [row for row in staff.roles if row.store_id != rows[0].store_id] + rows
    staff.note("staff.roles_given", by=by, at=at, name=staff.name, roles=", ".join(sorted(given)))


def leave(staff: "Staff", sessions: "Iterable[LoginSession]", *, by: Actor, at: datetime) -> None:
    """Somebody no longer works here: no way in any more, and every open log-in is cut."""
    if by.is_same_person_as(staff.id):
        raise NotAllowed("You can't close your own account. Another administrator can.")
    if staff.left_at:
        raise NotAllowed("This account is already closed.")
    staff.left_at = at
    for session in sessions:
        session.revoked_at = session.revoked_at or at
    staff.note("staff.left", by=by, at=at, name=staff.name)
