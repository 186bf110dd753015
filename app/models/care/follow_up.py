"""A follow-up task (跟踪回访): whom to call, from when to when, about what."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.care.follow_up import FollowUpStatus
from app.models.base import Noted, StoreRow

if TYPE_CHECKING:
    from app.models.reception.customer import Customer
    from app.models.reception.vehicle import Vehicle


class FollowUp(Noted, StoreRow):
    """One planned contact with its window (G-…, R-CRM-2)."""

    __tablename__ = "follow_up"
    __table_args__ = (Index("ix_follow_up_store_id_status_due_on", "store_id", "status", "due_on"),)

    kind: Mapped[str]  # first_call, second_call, deferred_work, no_show …
    status: Mapped[FollowUpStatus] = mapped_column(default=FollowUpStatus.OPEN)
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id"), index=True)
    vehicle_id: Mapped[UUID | None] = mapped_column(ForeignKey("vehicle.id"), index=True)
    repair_order_id: Mapped[UUID | None] = mapped_column(ForeignKey("repair_order.id"), index=True)
    add_on_id: Mapped[UUID | None] = mapped_column(ForeignKey("order_line.id"))
    clerk_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"), index=True)
    opens_on: Mapped[date]
    target_on: Mapped[date]
    due_on: Mapped[date]
    topic: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    made_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    result: Mapped[str] = mapped_column(default="")
    result_text: Mapped[str] = mapped_column(default="")

    customer: Mapped["Customer"] = relationship()
    vehicle: Mapped["Vehicle | None"] = relationship()
