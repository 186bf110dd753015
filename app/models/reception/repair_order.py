"""A repair order (维修工单) with its lines and the contract the customer signed at the desk."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.reception.repair_order import OrderStatus
from app.models.base import Noted, StoreRow

if TYPE_CHECKING:
    from app.models.approval.estimate import Estimate
    from app.models.office.settlement import Settlement
    from app.models.office.staff import Staff
    from app.models.reception.customer import Customer
    from app.models.reception.order_line import OrderLine
    from app.models.reception.reception import Reception
    from app.models.reception.vehicle import Vehicle
    from app.models.workshop.add_on import AddOn
    from app.models.workshop.inspection import Inspection
    from app.models.workshop.quality_check import QualityCheck


class RepairOrder(Noted, StoreRow):
    """All that is agreed, found and done on one car in one visit."""

    __tablename__ = "repair_order"
    __table_args__ = (
        Index("ix_repair_order_store_id_status_opened_at", "store_id", "status", "opened_at", "id"),
        Index("ix_repair_order_store_id_opened_at", "store_id", "opened_at", "id"),
        Index("ix_repair_order_advisor_id_status", "advisor_id", "status"),
        Index("ix_repair_order_store_id_number", "store_id", "number", unique=True),
    )

    number: Mapped[str]
    contract_number: Mapped[str] = mapped_column(default="")  # of the 维修委托书; part of what is signed
    status: Mapped[OrderStatus] = mapped_column(default=OrderStatus.OPEN)
    reception_id: Mapped[UUID] = mapped_column(ForeignKey("reception.id"), index=True)
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id"), index=True)
    vehicle_id: Mapped[UUID] = mapped_column(ForeignKey("vehicle.id"), index=True)
    advisor_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    service_class: Mapped[str] = mapped_column(default="minor_repair")
    is_emergency: Mapped[bool] = mapped_column(default=False)  # 先抢修后补单
    bay: Mapped[str] = mapped_column(default="")
    mileage_km: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime]
    promised_at: Mapped[datetime | None]
    first_promised_at: Mapped[datetime | None]
    signed_at: Mapped[datetime | None]  # the intake contract
    ready_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    cancelled_reason: Mapped[str] = mapped_column(default="")
    comeback_of_id: Mapped[UUID | None] = mapped_column(ForeignKey("repair_order.id"))

    reception: Mapped["Reception"] = relationship(back_populates="repair_order")
    customer: Mapped["Customer"] = relationship()
    vehicle: Mapped["Vehicle"] = relationship()
    advisor: Mapped["Staff"] = relationship()
    lines: Mapped[list["OrderLine"]] = relationship(back_populates="repair_order", order_by="OrderLine.position")
    contracts: Mapped[list["IntakeContract"]] = relationship(
        back_populates="repair_order", order_by="IntakeContract.version_no"
    )
    assignments: Mapped[list["Assignment"]] = relationship(
        back_populates="repair_order", order_by="Assignment.assigned_at"
    )
    inspections: Mapped[list["Inspection"]] = relationship(back_populates="repair_order")
    estimates: Mapped[list["Estimate"]] = relationship(back_populates="repair_order", order_by="Estimate.round_no")
    quality_checks: Mapped[list["QualityCheck"]] = relationship(
        back_populates="repair_order", order_by="QualityCheck.round_no"
    )
    settlement: Mapped["Settlement | None"] = relationship(back_populates="repair_order")

    @property
    def history_order_id(self) -> UUID:
        """Its lines of history are gathered under itself."""
        return self.id

    @property
    def intake_lines(self) -> list["OrderLine"]:
        """The work agreed at the desk."""
        return [line for line in self.lines if line.origin == "intake" and line.removed_at is None]

    @property
    def add_ons(self) -> list["AddOn"]:
        """The work found while the car was here."""
        return [line for line in self.lines if line.origin == "add_on"]  # type: ignore[misc]

    @property
    def technicians(self) -> list["Staff"]:
        """Who works on this car now."""
        return [row.technician for row in self.assignments if row.ended_at is None]


class IntakeContract(StoreRow):
    """The signed 维修委托书: the frozen content, its hash and the signature; insert-only."""

    __tablename__ = "intake_contract"

    repair_order_id: Mapped[UUID] = mapped_column(ForeignKey("repair_order.id"), index=True)
    version_no: Mapped[int]
    number: Mapped[str]
    payload: Mapped[str]  # canonical JSON (RFC 8785)
    content_sha256: Mapped[str]
    total_fen: Mapped[int]
    promised_at: Mapped[datetime]
    signer_name: Mapped[str]
    signer_relation: Mapped[str]
    signature_svg: Mapped[str]
    signature_sha256: Mapped[str]
    signed_at: Mapped[datetime]
    taken_by_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    device: Mapped[dict[str, Any]]

    repair_order: Mapped[RepairOrder] = relationship(back_populates="contracts")
    taken_by: Mapped["Staff"] = relationship()


class Assignment(StoreRow):
    """A technician on an order (派工), until taken off."""

    __tablename__ = "assignment"

    repair_order_id: Mapped[UUID] = mapped_column(ForeignKey("repair_order.id"), index=True)
    technician_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), index=True)
    is_lead: Mapped[bool] = mapped_column(default=True)
    assigned_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")

    repair_order: Mapped[RepairOrder] = relationship(back_populates="assignments")
    technician: Mapped["Staff"] = relationship()
