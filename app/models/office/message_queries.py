"""Messages that are due, claimed one at a time, and the links made for them."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.approval.capability_link import CapabilityLink
from app.models.approval.estimate import Estimate
from app.models.office.message import Message

MOST = 50


def due(db: Session, now: datetime) -> list[UUID]:
    """What should leave now, the longest waiting first."""
    return list(db.scalars(
        select(Message.id).where(Message.sent_at.is_(None), Message.given_up_at.is_(None), Message.due_at <= now)
        .order_by(Message.due_at, Message.id).limit(MOST)
    ))


def claim(db: Session, message_id: UUID, *, now: datetime, busy_for: timedelta) -> Message | None:
    """Take a due message in hand, so that no other process sends it too; None when somebody has."""
    message = db.scalars(
        select(Message).where(Message.id == message_id, Message.sent_at.is_(None), Message.given_up_at.is_(None),
                              Message.due_at <= now).with_for_update(skip_locked=True)
    ).one_or_none()
    if message is not None:
        message.tries += 1
        message.due_at = now + busy_for
    return message


def link_for(db: Session, message: Message) -> CapabilityLink:
    """A new link, not yet issued, for the estimate a message tells of."""
    estimate = db.get_one(Estimate, UUID(message.facts["estimate_id"]))
    return CapabilityLink(store_id=message.store_id, estimate=estimate, estimate_id=estimate.id, sessions=[],
                          customer_id=estimate.repair_order.customer_id, channel=message.channel, failed_checks=0,
                          phone=estimate.repair_order.customer.phone, token_sha256="")


def links_of(db: Session, message: Message) -> list[CapabilityLink]:
    """Links made for this message that nobody has opened."""
    if "estimate_id" not in message.facts:
        return []
    return list(db.scalars(
        select(CapabilityLink).where(CapabilityLink.estimate_id == UUID(message.facts["estimate_id"]),
                                     CapabilityLink.channel == message.channel, CapabilityLink.fetched_at.is_(None),
                                     CapabilityLink.revoked_at.is_(None),
                                     CapabilityLink.issued_at >= message.wanted_at)
    ))
