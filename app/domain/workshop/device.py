"""A technician's phone (设备): enrolled by six digits, cut off by one tap, its credential renewed while it works."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app.domain.errors import Forbidden, Gone, NotAllowed
from app.domain.history import Actor
from app.domain.office.staff import Role

if TYPE_CHECKING:
    from app.models.workshop.device import Device, EnrolCode

CODE_LIFE = timedelta(minutes=10)
CREDENTIAL_LIFE = timedelta(days=90)
RENEW_AFTER = timedelta(days=1)
TRIES_PER_CODE_LIFE = 20  # of one address; a million codes and at most a few open ones
SILENT_AFTER = timedelta(days=3)
USERS = frozenset({Role.TECHNICIAN, Role.QUALITY_INSPECTOR, Role.WORKSHOP_MANAGER})


def offer(code: "EnrolCode", *, roles: set[Role], by: Actor, at: datetime) -> None:
    """Show six digits for ten minutes to somebody who works on cars here."""
    if not roles & USERS:
        raise NotAllowed("Only people who work on cars use the bay app. Give the person the role first.")
    code.made_at = at
    code.expires_at = at + CODE_LIFE
    code.note("device.offered", by=by, at=at)


def enrol(device: "Device", code: "EnrolCode", *, by: Actor, at: datetime) -> None:
    """The phone becomes this person's; the code is used up."""
    if code.used_at or code.expires_at <= at:
        raise Gone("This code is used or too old. Ask for a new one at the desk.")
    code.used_at = at
    device.enrolled_at = device.enrolled_at or at
    device.seen_at = at
    device.expires_at = at + CREDENTIAL_LIFE
    device.note("device.enrolled", by=by, at=at, label=device.label)


def renew(device: "Device", credential_sha256: str, *, used_sha256: str, at: datetime) -> None:
    """A new credential; the one just used stays good until the new one arrives, as the answer may be lost."""
    device.old_credential_sha256 = used_sha256
    device.credential_sha256 = credential_sha256
    device.expires_at = at + CREDENTIAL_LIFE


def is_due_for_renewal(expires_at: datetime, *, at: datetime) -> bool:
    """Whether the credential is older than a day."""
    return expires_at - CREDENTIAL_LIFE + RENEW_AFTER < at


def revoke(device: "Device", *, by: Actor, at: datetime) -> None:
    """Cut a lost phone off; what it has not sent stays on it."""
    if device.revoked_at:
        raise NotAllowed("This phone is already cut off.")
    device.revoked_at = at
    device.note("device.revoked", by=by, at=at, label=device.label, pending=device.pending_mutations)


def sign_out(device: "Device", *, credential_sha256: str, by: Actor, at: datetime) -> None:
    """Close the credential only: the phone keeps its log and may come back as the same device."""
    device.credential_sha256 = credential_sha256
    device.old_credential_sha256 = None
    device.note("device.signed_out", by=by, at=at, label=device.label)


def skip(device: "Device", from_seq: int, to_seq: int, *, by: Actor, at: datetime) -> None:
    """The phone says that it no longer holds these: written down, and a manager is told."""
    if from_seq != device.last_seq + 1 or to_seq < from_seq:
        raise NotAllowed("Only what comes next in this phone's log can be skipped.")
    device.last_seq, device.last_mid = to_seq, None
    device.note("device.skipped", by=by, at=at, label=device.label, count=to_seq - from_seq + 1)


def refuse_revoked(revoked_at: datetime | None) -> None:
    """Raise when the phone was cut off."""
    if revoked_at:
        raise Forbidden("revoked")
