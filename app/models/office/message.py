"""Outgoing messages: written with the change they tell of, sent afterwards, retried, seen by staff."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import StoreRow


class Message(StoreRow):
    """One message to a customer; a link in it is made when it leaves, so that none is ever kept in clear."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_sent_at_due_at", "sent_at", "due_at"),)

    channel: Mapped[str]  # smtp, webhook
    purpose: Mapped[str]  # estimate_link, approval_record …
    to: Mapped[str]
    customer_id: Mapped[UUID | None] = mapped_column(ForeignKey("customer.id"))
    repair_order_id: Mapped[UUID | None] = mapped_column(ForeignKey("repair_order.id"), index=True)
    facts: Mapped[dict[str, Any]]
    wanted_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    wanted_at: Mapped[datetime]
    due_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    provider_id: Mapped[str] = mapped_column(default="")
    fault: Mapped[str] = mapped_column(default="")
    given_up_at: Mapped[datetime | None]
