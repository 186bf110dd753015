"""The quality check (质检): by someone who did not do the work, against the list of its class."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Noted, StoreRow

if TYPE_CHECKING:
    from app.models.office.staff import Staff
    from app.models.reception.repair_order import RepairOrder


class QualityCheck(Noted, StoreRow):
    """One round of checking; a failed one sends the car back and a new round follows (R-CORE-29)."""

    __tablename__ = "quality_check"

    repair_order_id: Mapped[UUID] = mapped_column(ForeignKey("repair_order.id"), index=True)
    round_no: Mapped[int]
    check_list_id: Mapped[str]
    check_list_version: Mapped[str]
    inspector_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    items: Mapped[list[Any]]  # {id, text, kind, result: pass|fail|"", value, remark}
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    result: Mapped[str] = mapped_column(default="")  # passed, failed
    fail_reason: Mapped[str] = mapped_column(default="")

    repair_order: Mapped["RepairOrder"] = relationship(back_populates="quality_checks")
    inspector: Mapped["Staff"] = relationship()

    @property
    def history_order_id(self) -> UUID:
        """Its lines of history are gathered under the order."""
        return self.repair_order_id or self.repair_order.id
