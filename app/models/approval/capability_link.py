"""A customer's link (授权链接) and the anonymous sessions opened through it."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Noted, Row, StoreRow

if TYPE_CHECKING:
    from app.models.approval.estimate import Estimate
    from app.models.reception.customer import Customer


class CapabilityLink(Noted, StoreRow):
    """The hash of a secret that opens one estimate for one purpose; the secret itself is never kept."""

    __tablename__ = "capability_link"

    estimate_id: Mapped[UUID] = mapped_column(ForeignKey("estimate.id"), index=True)
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id"))
    token_sha256: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str] = mapped_column(default="decide")
    channel: Mapped[str]  # copy, qr, smtp, webhook, tablet
    phone: Mapped[str]  # whose last four digits open it
    issued_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    fetched_at: Mapped[datetime | None]  # informative only: robots fetch too
    revoked_at: Mapped[datetime | None]
    failed_checks: Mapped[int] = mapped_column(default=0)
    locked_at: Mapped[datetime | None]

    estimate: Mapped["Estimate"] = relationship(back_populates="links")
    customer: Mapped["Customer"] = relationship()
    sessions: Mapped[list["SignSession"]] = relationship(back_populates="link")

    @property
    def history_order_id(self) -> UUID:
        """Its lines of history are gathered under the order."""
        return self.estimate.repair_order_id


class SignSession(StoreRow):
    """One browser that opened a link."""

    __tablename__ = "sign_session"

    link_id: Mapped[UUID] = mapped_column(ForeignKey("capability_link.id"), index=True)
    cookie_sha256: Mapped[str] = mapped_column(unique=True)
    opened_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    address: Mapped[str] = mapped_column(default="")
    user_agent: Mapped[str] = mapped_column(default="")
    last4_ok_at: Mapped[datetime | None]
    shown_version_id: Mapped[UUID | None] = mapped_column(ForeignKey("estimate_version.id"))
    shown_at: Mapped[datetime | None]
    draft: Mapped[dict[str, Any]] = mapped_column(default=dict)  # choices made so far, kept across reloads

    link: Mapped[CapabilityLink] = relationship(back_populates="sessions")


class LinkMiss(Row):
    """A wrong guess at an address or at four digits, by whom (not readable back); swept out after its window."""

    __tablename__ = "link_miss"
    __table_args__ = (Index("ix_link_miss_kind_address_hmac_at", "kind", "address_hmac", "at"),)

    kind: Mapped[str]  # token, last4
    address_hmac: Mapped[str]
    at: Mapped[datetime]
