"""A customer's link (授权链接): opens one estimate for one purpose, and never says more than it must."""

import hmac
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app.domain.errors import Gone, NotAllowed, Refusal
from app.domain.history import Actor

if TYPE_CHECKING:
    from app.models.approval.capability_link import CapabilityLink, SignSession

LIFE = timedelta(hours=72)  # S-05
QR_LIFE = timedelta(minutes=10)  # a code on the shop's own screen is read at once (S-03)
RESULT_LIFE = timedelta(days=30)  # after the decision it shows the result and the paper
SESSION_IDLE = timedelta(minutes=30)
SESSION_LIFE = timedelta(hours=2)
TRIES = 5  # of 10,000 endings: a check against misdelivery, no authentication (S-12)
CUSTOMER = "the customer"


class Locked(Refusal):
    """Too many wrong endings were tried."""

    status = 423


class Looking(Refusal):
    """Somebody of the shop may look, never decide (S-26)."""

    status = 403


def issue(link: "CapabilityLink", *, token_sha256: str, by: Actor, at: datetime) -> None:
    """Make a link for an estimate that was sent; only the hash of its secret is kept (S-02)."""
    estimate = link.estimate
    if estimate.current is None:
        raise NotAllowed("Send the estimate first; there is nothing the link could show.")
    if estimate.current.valid_until <= at:
        raise NotAllowed("This version has expired. Send a new one, then make the link.")
    if len(link.phone) < 8:
        raise NotAllowed("The customer's file has no phone number; without its last four digits the link can't open.")
    link.token_sha256 = token_sha256
    link.issued_at = at
    link.issued_by_id = by.id
    link.expires_at = at + LIFE
    link.note("capability_link.issued", by=by, at=at, channel=link.channel)


def may_open(*, issued_at: datetime, expires_at: datetime, revoked_at: datetime | None, channel: str,
             decided_at: datetime | None, at: datetime) -> bool:
    """Whether the address still answers; dead ones answer like unknown ones (S-25)."""
    if revoked_at:
        return False
    if decided_at:
        return at < decided_at + RESULT_LIFE
    return at < (issued_at + QR_LIFE if channel == "qr" else expires_at)


def open_session(link: "CapabilityLink", session: "SignSession", *, at: datetime) -> None:
    """Somebody pressed the button on the landing page; that proves nothing yet (S-11)."""
    session.opened_at = session.seen_at = at
    session.expires_at = at + SESSION_LIFE
    link.sessions.append(session)
    link.note("capability_link.opened", by=Actor(CUSTOMER, kind="customer"), at=at)


def is_session_over(*, opened_at: datetime, seen_at: datetime, at: datetime) -> bool:
    """Half an hour untouched, or two hours in all (S-05)."""
    return at >= seen_at + SESSION_IDLE or at >= opened_at + SESSION_LIFE


def check_last4(link: "CapabilityLink", session: "SignSession", digits: str, *, at: datetime) -> bool:
    """Compare the last four digits; the fifth wrong try locks the link for good. Returns whether they fit."""
    refuse_if_locked(link)
    customer = Actor(CUSTOMER, kind="customer")
    session.seen_at = at
    if hmac.compare_digest(digits.encode(), link.phone[-4:].encode()):
        session.last4_ok_at = at
        link.failed_checks = 0
        link.note("capability_link.last4_right", by=customer, at=at)
        return True
    link.failed_checks += 1
    if link.failed_checks >= TRIES:
        link.locked_at = at
        link.note("capability_link.locked", by=customer, at=at, tries=link.failed_checks)
    else:
        link.note("capability_link.last4_wrong", by=customer, at=at, left=tries_left(link))
    return False


def tries_left(link: "CapabilityLink") -> int:
    """How many endings may still be tried."""
    return max(0, TRIES - link.failed_checks)


def refuse_if_locked(link: "CapabilityLink") -> None:
    """Raise when too many wrong endings were tried."""
    if link.locked_at:
        raise Locked("For your protection this link is paused after several wrong tries. Please call the shop.")


def refuse_if_dead(link: "CapabilityLink", *, at: datetime) -> None:
    """Raise when nothing may be decided through this link any more."""
    if link.revoked_at:
        raise Gone("This link has been withdrawn. Please call the shop for a new one.")
    refuse_if_locked(link)
    if at >= link.expires_at:
        raise Gone("This link has expired. Nothing was saved. Please ask your advisor for a new one.")


def revoke(link: "CapabilityLink", *, reason: str, by: Actor, at: datetime) -> None:
    """Kill the link and every session opened through it: a wrong number, a sold phone (S-06)."""
    if link.revoked_at:
        raise NotAllowed("This link was already withdrawn.")
    if not reason.strip():
        raise NotAllowed("Say why the link is withdrawn.")
    link.revoked_at = at
    for session in link.sessions:
        session.expires_at = min(session.expires_at, at)
    link.note("capability_link.revoked", by=by, at=at, reason=reason)


def ask_again(link: "CapabilityLink", *, at: datetime) -> None:
    """The customer, too late, asks the advisor for a new estimate."""
    link.note("capability_link.new_one_wanted", by=Actor(CUSTOMER, kind="customer"), at=at)


def note_refusal(link: "CapabilityLink", *, why: str, at: datetime) -> None:
    """Every refusal is kept, without secrets (S-38)."""
    link.note("capability_link.refused", by=Actor(CUSTOMER, kind="customer"), at=at, why=why)
