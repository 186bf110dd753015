"""A line of the order (工项): one operation with its hours, parts, payer and price."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.workshop.work import WorkStatus
from app.models.base import Noted, StoreRow

if TYPE_CHECKING:
    from app.models.office.staff import Staff
    from app.models.reception.repair_order import RepairOrder


class OrderLine(Noted, StoreRow):
    """One thing to do and what it costs; agreed at the desk, or an add-on found later."""

    __tablename__ = "order_line"
    __mapper_args__ = {"polymorphic_on": "origin", "polymorphic_identity": "intake", "with_polymorphic": "*"}

    repair_order_id: Mapped[UUID] = mapped_column(ForeignKey("repair_order.id"), index=True)
    origin: Mapped[str] = mapped_column(default="intake")  # intake, add_on
    position: Mapped[int] = mapped_column(default=0)
    operation_id: Mapped[str | None] = mapped_column(index=True)  # the catalogue's stable id, front_brake_pads_replace
    title_zh: Mapped[str]
    title_en: Mapped[str] = mapped_column(default="")
    business_line: Mapped[str] = mapped_column(default="mechanical")  # one of the ten lines
    trade: Mapped[str] = mapped_column(default="mechanical")
    system: Mapped[str] = mapped_column(default="")  # brakes, tyres_wheels … for "second time on this system"
    service_class: Mapped[str] = mapped_column(default="minor_repair")
    payer: Mapped[str] = mapped_column(default="customer")
    is_in_warranty: Mapped[bool] = mapped_column(default=False)
    hours_x100: Mapped[int] = mapped_column(default=0)
    rate_fen: Mapped[int] = mapped_column(default=0)  # per hour
    labour_fen: Mapped[int] = mapped_column(default=0)
    parts_fen: Mapped[int] = mapped_column(default=0)
    discount_fen: Mapped[int] = mapped_column(default=0)
    total_fen: Mapped[int] = mapped_column(default=0)
    list_total_fen: Mapped[int] = mapped_column(default=0)  # what the catalogue says, before any override
    price_reason: Mapped[str] = mapped_column(default="")  # why a person changed hours, price or discount
    extra_minutes: Mapped[int] = mapped_column(default=0)
    after_effect_zh: Mapped[str] = mapped_column(default="")
    after_effect_en: Mapped[str] = mapped_column(default="")
    guarantee_days: Mapped[int] = mapped_column(default=0)
    guarantee_km: Mapped[int] = mapped_column(default=0)
    is_safety: Mapped[bool] = mapped_column(default=False)
    remark: Mapped[str] = mapped_column(default="")
    work_status: Mapped[WorkStatus] = mapped_column(default=WorkStatus.WAITING)
    done_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    carried_from_id: Mapped[UUID | None] = mapped_column(ForeignKey("order_line.id"), index=True)  # put off before

    repair_order: Mapped["RepairOrder"] = relationship(back_populates="lines")
    parts: Mapped[list["OrderLinePart"]] = relationship(
        back_populates="line", order_by="OrderLinePart.position", cascade="all, delete-orphan"
    )
    work_logs: Mapped[list["WorkLog"]] = relationship(back_populates="line", order_by="WorkLog.started_at")

    @property
    def history_order_id(self) -> UUID:
        """Its lines of history are gathered under the order."""
        return self.repair_order_id or self.repair_order.id


class OrderLinePart(StoreRow):
    """A part on a line: which, of what class (原厂/同质/修复), how many, at what price."""

    __tablename__ = "order_line_part"

    line_id: Mapped[UUID] = mapped_column(ForeignKey("order_line.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    part_id: Mapped[str | None] = mapped_column(index=True)  # the catalogue's stable id
    part_no: Mapped[str] = mapped_column(default="")
    name_zh: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    part_class: Mapped[str]  # genuine, equivalent, remanufactured
    unit_zh: Mapped[str] = mapped_column(default="件")
    quantity_x100: Mapped[int] = mapped_column(default=100)
    price_fen: Mapped[int] = mapped_column(default=0)
    amount_fen: Mapped[int] = mapped_column(default=0)
    is_from_customer: Mapped[bool] = mapped_column(default=False)
    issued_at: Mapped[datetime | None]

    line: Mapped[OrderLine] = relationship(back_populates="parts")


class WorkLog(StoreRow):
    """Time one technician spent on one line."""

    __tablename__ = "work_log"

    line_id: Mapped[UUID] = mapped_column(ForeignKey("order_line.id"), index=True)
    technician_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), index=True)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    is_estimated: Mapped[bool] = mapped_column(default=False)  # the phone was restarted between the two clocks
    pause_reason: Mapped[str] = mapped_column(default="")
    clocks: Mapped[dict[str, Any]] = mapped_column(default=dict)

    line: Mapped[OrderLine] = relationship(back_populates="work_logs")
    technician: Mapped["Staff"] = relationship()
