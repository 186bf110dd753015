"""A reception (接车): the arrival of one car, before and while the order is written."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.reception.reception import ReceptionStatus
from app.models.base import Noted, StoreRow

if TYPE_CHECKING:
    from app.models.office.staff import Staff
    from app.models.reception.customer import Customer
    from app.models.reception.repair_order import RepairOrder
    from app.models.reception.vehicle import Vehicle
    from app.models.workshop.photo import Photo


class Reception(Noted, StoreRow):
    """What is asked and seen at the car (R-CORE-2); filled step by step, every step saved."""

    __tablename__ = "reception"
    __table_args__ = (Index("ix_reception_store_id_status_arrived_at", "store_id", "status", "arrived_at"),)

    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id"), index=True)
    vehicle_id: Mapped[UUID] = mapped_column(ForeignKey("vehicle.id"), index=True)
    advisor_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    status: Mapped[ReceptionStatus] = mapped_column(default=ReceptionStatus.WAITING)
    arrived_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")  # why they came, in a few words
    sender_name: Mapped[str] = mapped_column(default="")  # 送修人, when not the owner
    sender_phone: Mapped[str] = mapped_column(default="")
    sender_relation: Mapped[str] = mapped_column(default="owner")  # owner, driver, agent, contact
    mileage_km: Mapped[int | None]
    odometer_replaced: Mapped[bool] = mapped_column(default=False)
    fuel_eighths: Mapped[int | None]
    charge_percent: Mapped[int | None]
    warning_lamps: Mapped[list[Any]] = mapped_column(default=list)
    items_left: Mapped[list[Any]] = mapped_column(default=list)  # 贵重物品
    customer_words: Mapped[str] = mapped_column(default="")  # 客户描述, verbatim
    symptom_answers: Mapped[list[Any]] = mapped_column(default=list)  # {question, answer}; unanswered stays 未询问
    customer_waits: Mapped[bool | None]
    contact_channel: Mapped[str] = mapped_column(default="")
    old_parts: Mapped[str] = mapped_column(default="")  # take, leave, see_first
    allows_test_drive: Mapped[bool | None]
    walked_around_at: Mapped[datetime | None]
    drafts: Mapped[dict[str, Any]] = mapped_column(default=dict)  # typed, not yet valid: kept as typed until it is
    saved_at: Mapped[datetime | None]

    customer: Mapped["Customer"] = relationship()
    vehicle: Mapped["Vehicle"] = relationship()
    advisor: Mapped["Staff | None"] = relationship()
    repair_order: Mapped["RepairOrder | None"] = relationship(back_populates="reception")
    damage_marks: Mapped[list["DamageMark"]] = relationship(
        back_populates="reception", order_by="DamageMark.number", cascade="all, delete-orphan"
    )


class DamageMark(StoreRow):
    """One mark on the car's outline, in its box of 700 by 476."""

    __tablename__ = "damage_mark"

    reception_id: Mapped[UUID] = mapped_column(ForeignKey("reception.id"), index=True)
    number: Mapped[int]
    zone: Mapped[str]  # door_fl, bumper_rear …
    kind: Mapped[str]  # scratch, dent, chip, crack, missing
    x: Mapped[int]
    y: Mapped[int]
    remark: Mapped[str] = mapped_column(default="")
    photo_id: Mapped[UUID | None] = mapped_column(ForeignKey("photo.id"))

    reception: Mapped[Reception] = relationship(back_populates="damage_marks")
    photo: Mapped["Photo | None"] = relationship()
