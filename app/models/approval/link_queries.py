"""What a customer's browser may load: each page in a constant handful of statements, by columns where nothing changes."""

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, func, or_, select, update
from sqlalchemy.orm import Session

from app.models.approval.approval import Approval
from app.models.approval.capability_link import CapabilityLink, LinkMiss, SignSession
from app.models.approval.estimate import Estimate, EstimateVersion
from app.models.database import Database
from app.models.office.store import Store
from app.models.reception.customer import Customer

DECIDED_AT = (
    select(func.max(Approval.decided_at))
    .join(EstimateVersion, EstimateVersion.id == Approval.version_id)
    .where(EstimateVersion.estimate_id == CapabilityLink.estimate_id)
    .scalar_subquery()
)

LANDING = (
    select(
        CapabilityLink.id, CapabilityLink.issued_at, CapabilityLink.expires_at, CapabilityLink.revoked_at,
        CapabilityLink.channel, CapabilityLink.fetched_at, DECIDED_AT.label("decided_at"), Store.name.label("store_name"),
        Store.legal_name, Store.address, Store.phone.label("store_phone"),
    )
    .join(Store, Store.id == CapabilityLink.store_id)
    .where(CapabilityLink.token_sha256 == bindparam("token_sha256"), CapabilityLink.purpose == "decide")
)

VISIT = (
    select(
        SignSession.id.label("session_id"), SignSession.opened_at, SignSession.seen_at,
        SignSession.expires_at.label("session_ends_at"), SignSession.last4_ok_at, SignSession.shown_version_id,
        SignSession.shown_at, SignSession.draft,
        CapabilityLink.id.label("link_id"), CapabilityLink.estimate_id, CapabilityLink.store_id,
        CapabilityLink.phone, CapabilityLink.expires_at, CapabilityLink.revoked_at, CapabilityLink.locked_at,
        CapabilityLink.failed_checks, Customer.language, Store.name.label("store_name"), Store.legal_name,
        Store.address, Store.phone.label("store_phone"), Store.complaint_phone, Store.time_zone,
        Estimate.repair_order_id,
    )
    .join(CapabilityLink, CapabilityLink.id == SignSession.link_id)
    .join(Estimate, Estimate.id == CapabilityLink.estimate_id)
    .join(Customer, Customer.id == CapabilityLink.customer_id)
    .join(Store, Store.id == CapabilityLink.store_id)
    .where(SignSession.cookie_sha256 == bindparam("cookie_sha256"), CapabilityLink.purpose == "decide")
)

LAST_VERSION = (
    select(func.max(EstimateVersion.version_no))
    .where(EstimateVersion.estimate_id == bindparam("estimate_id"))
    .scalar_subquery()
)

VERSIONS = (
    select(
        EstimateVersion.id, EstimateVersion.version_no, EstimateVersion.payload, EstimateVersion.content_sha256,
        EstimateVersion.valid_until, EstimateVersion.published_at, Estimate.status,
    )
    .join(Estimate, Estimate.id == EstimateVersion.estimate_id)
    .where(
        EstimateVersion.estimate_id == bindparam("estimate_id"),
        or_(EstimateVersion.version_no == LAST_VERSION, EstimateVersion.id == bindparam("shown_id")),
    )
    .order_by(EstimateVersion.version_no.desc())
)

WINDOWS = {"token": (30, timedelta(minutes=10)), "last4": (20, timedelta(hours=1)),  # S-25, S-12
           "verify": (30, timedelta(minutes=10))}  # papers checked by number


def landing(db: Session, token_sha256: str) -> Any:
    """The link of that secret with what its landing page may say, None when there is none."""
    return db.execute(LANDING, {"token_sha256": token_sha256}).one_or_none()


def visit(database: Database, cookie_sha256: str) -> dict[str, Any] | None:
    """The facts of `routes.customer_link.guard.Visit` for a cookie; read on every request, in one statement."""
    with database.door.connect() as connection:
        found = connection.execute(VISIT, {"cookie_sha256": cookie_sha256}).mappings().one_or_none()
    return dict(found) if found else None


def versions(db: Session, estimate_id: UUID, shown_id: UUID | None) -> list[Any]:
    """The version in force first; after it the one this browser was shown, if that is an older one."""
    return list(db.execute(VERSIONS, {"estimate_id": estimate_id, "shown_id": shown_id}).all())


def note_fetch(database: Database, link_id: UUID, at: datetime) -> None:
    """The address was fetched once; robots fetch too, so it says nothing about the customer."""
    with database.writing() as db:
        db.execute(update(CapabilityLink).where(CapabilityLink.id == link_id, CapabilityLink.fetched_at.is_(None))
                   .values(fetched_at=at))


def link_of(db: Session, link_id: UUID) -> CapabilityLink:
    """The link as a thing, to count or lock; its row stays locked until the commit."""
    return db.scalars(select(CapabilityLink).where(CapabilityLink.id == link_id).with_for_update()).one()


def session_of(db: Session, session_id: UUID) -> SignSession:
    """The browser's session as a thing, to keep choices in."""
    return db.get_one(SignSession, session_id)


def locked_estimate(db: Session, estimate_id: UUID) -> Estimate:
    """The estimate with its row locked: deciding, revoking and sending a new version wait for each other (S-18)."""
    statement = select(Estimate).where(Estimate.id == estimate_id).with_for_update()
    return db.scalars(statement.execution_options(populate_existing=True)).one()


def last_draft(db: Session, link_id: UUID, besides: UUID) -> dict[str, Any]:
    """The choices kept by the last other session that got past the four digits of this link."""
    statement = select(SignSession.draft).where(SignSession.link_id == link_id, SignSession.last4_ok_at.is_not(None),
                                                SignSession.id != besides)
    return db.scalars(statement.order_by(SignSession.seen_at.desc()).limit(1)).one_or_none() or {}


def is_over_limit(db: Session, kind: str, address: str, secret: str, at: datetime) -> bool:
    """Whether this address guessed wrong too often; counted in the database, so for all processes (S-29)."""
    most, window = WINDOWS[kind]
    statement = select(func.count()).select_from(LinkMiss).where(
        LinkMiss.kind == kind, LinkMiss.address_hmac == address_hmac(address, secret), LinkMiss.at > at - window)
    return int(db.scalar(statement) or 0) >= most


def count_miss(db: Session, kind: str, address: str, secret: str, at: datetime) -> None:
    """One wrong guess more; those that no longer count are swept out."""
    _, window = WINDOWS[kind]
    db.execute(delete(LinkMiss).where(LinkMiss.kind == kind, LinkMiss.at <= at - window))
    db.add(LinkMiss(kind=kind, address_hmac=address_hmac(address, secret), at=at))


def address_hmac(address: str, secret: str) -> str:
    """The address, not readable back."""
    return hmac.new(secret.encode(), f"address:{address}".encode(), hashlib.sha256).hexdigest()

