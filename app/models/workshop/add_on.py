"""An add-on (维修加项): a line of work found while the car is in the shop, with its evidence and its words."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.workshop.add_on import AddOnStatus
from app.models.reception.order_line import OrderLine

if TYPE_CHECKING:
    from app.models.office.staff import Staff
    from app.models.workshop.inspection import Finding


class AddOn(OrderLine):
    """Work added after the order was signed; done only if the customer says yes (D-09)."""

    __mapper_args__ = {"polymorphic_identity": "add_on"}

    status: Mapped[AddOnStatus] = mapped_column(default=AddOnStatus.PROPOSED, nullable=True)
    kind: Mapped[str] = mapped_column(default="incidental", nullable=True)  # targeted, incidental (D-01)
    targeted_rule_id: Mapped[str | None]
    finding_id: Mapped[UUID | None] = mapped_column(ForeignKey("finding.id"), index=True)
    urgency: Mapped[str] = mapped_column(default="recommended", nullable=True)  # must, recommended, can_wait
    technical_text: Mapped[str] = mapped_column(default="", nullable=True)
    saw: Mapped[str] = mapped_column(default="", nullable=True)
    if_waits: Mapped[str] = mapped_column(default="", nullable=True)
    we_would_do: Mapped[str] = mapped_column(default="", nullable=True)
    can_wait_text: Mapped[str] = mapped_column(default="", nullable=True)
    related_answers: Mapped[list[Any]] = mapped_column(default=list, nullable=True)  # {operation_id, answer, by}
    ceiling_fen: Mapped[int | None]  # a line only known after dismantling: the most it can cost
    bundle: Mapped[str] = mapped_column(default="", nullable=True)
    bundle_reason: Mapped[str] = mapped_column(default="", nullable=True)
    proposed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    proposed_at: Mapped[datetime | None]
    reviewed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    reviewed_at: Mapped[datetime | None]
    return_reason: Mapped[str] = mapped_column(default="", nullable=True)
    presented_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decline_reason: Mapped[str] = mapped_column(default="", nullable=True)
    defer_until_on: Mapped[date | None]
    defer_until_km: Mapped[int | None]
    approved_fen: Mapped[int | None]  # the ceiling the customer agreed to
    approved_version_id: Mapped[UUID | None]
    cancel_requested_at: Mapped[datetime | None]  # second thoughts the advisor has not answered yet
    possible_duplicate_of_id: Mapped[UUID | None]  # C10

    finding: Mapped["Finding | None"] = relationship()
    proposed_by: Mapped["Staff | None"] = relationship(foreign_keys=[proposed_by_id])
    reviewed_by: Mapped["Staff | None"] = relationship(foreign_keys=[reviewed_by_id])
