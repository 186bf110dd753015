"""The approval (客户授权): one act of decision, bound to the hash of what was shown; insert-only."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import StoreRow

if TYPE_CHECKING:
    from app.models.approval.estimate import EstimateVersion


class Approval(StoreRow):
    """Who decided what, on which content, how, when (approval.md §2.4); insert-only."""

    __tablename__ = "approval"
    __table_args__ = (UniqueConstraint("version_id", "idempotency_key"),)

    version_id: Mapped[UUID] = mapped_column(ForeignKey("estimate_version.id"), index=True)
    repair_order_id: Mapped[UUID] = mapped_column(ForeignKey("repair_order.id"), index=True)
    number: Mapped[str]
    channel: Mapped[str]  # link, tablet, phone, paper
    level: Mapped[str]  # L1, L2, L3, T, P, W
    content_sha256: Mapped[str]
    decision_sha256: Mapped[str]
    consent_text_id: Mapped[UUID] = mapped_column(ForeignKey("consent_text.id"))
    approved_fen: Mapped[int]
    total_after_fen: Mapped[int]
    promised_after: Mapped[datetime]
    decided_at: Mapped[datetime]
    link_id: Mapped[UUID | None] = mapped_column(ForeignKey("capability_link.id"))
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("sign_session.id"))
    taken_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    idempotency_key: Mapped[str]
    person_commitment: Mapped[str]  # salted hash of the personal side table
    previous_id: Mapped[UUID | None] = mapped_column(ForeignKey("approval.id"))

    version: Mapped["EstimateVersion"] = relationship(back_populates="approvals")
    lines: Mapped[list["ApprovalLine"]] = relationship(back_populates="approval", order_by="ApprovalLine.position")
    person: Mapped["ApprovalPerson | None"] = relationship(back_populates="approval")
    consent_text: Mapped["ConsentText"] = relationship()


class ApprovalLine(StoreRow):
    """The customer's answer to one line; insert-only."""

    __tablename__ = "approval_line"

    approval_id: Mapped[UUID] = mapped_column(ForeignKey("approval.id"), index=True)
    add_on_id: Mapped[UUID] = mapped_column(ForeignKey("order_line.id"), index=True)
    position: Mapped[int]
    decision: Mapped[str]  # approved, declined, deferred
    total_fen: Mapped[int]
    reason_code: Mapped[str] = mapped_column(default="")
    reason_text: Mapped[str] = mapped_column(default="")
    defer_until_on: Mapped[date | None]
    defer_until_km: Mapped[int | None]
    safety_acknowledged: Mapped[bool] = mapped_column(default=False)

    approval: Mapped[Approval] = relationship(back_populates="lines")


class ApprovalPerson(StoreRow):
    """The personal side of an approval: erasable when its time is over, the commitment stays."""

    __tablename__ = "approval_person"

    approval_id: Mapped[UUID] = mapped_column(ForeignKey("approval.id"), unique=True)
    salt: Mapped[str]
    signer_name: Mapped[str]
    signer_relation: Mapped[str]
    phone: Mapped[str]
    signature_svg: Mapped[str]
    signature_sha256: Mapped[str]
    signature_facts: Mapped[dict[str, Any]]  # strokes, points, duration_ms, canvas
    address: Mapped[str]
    user_agent: Mapped[str]
    session_facts: Mapped[dict[str, Any]]  # opened, shown, photos opened, scrolled to end
    erased_at: Mapped[datetime | None]

    approval: Mapped[Approval] = relationship(back_populates="person")


class ConsentText(StoreRow):
    """The wording above a signature, one row a version; insert-only."""

    __tablename__ = "consent_text"
    __table_args__ = (UniqueConstraint("store_id", "kind", "sha256"),)

    kind: Mapped[str]  # consent_link, consent_tablet, intake_clauses …
    version: Mapped[str]
    body: Mapped[dict[str, Any]]
    sha256: Mapped[str]
    valid_from: Mapped[datetime]


class LineQuestion(StoreRow):
    """想问一下: the customer's question on a line, and the shop's answer on the same page (AE-074)."""

    __tablename__ = "line_question"

    estimate_id: Mapped[UUID] = mapped_column(ForeignKey("estimate.id"), index=True)
    add_on_id: Mapped[UUID] = mapped_column(ForeignKey("order_line.id"), index=True)
    asked_at: Mapped[datetime]
    text: Mapped[str]
    answer: Mapped[str] = mapped_column(default="")
    answered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    answered_by_name: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
