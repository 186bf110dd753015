"""The settlement list (结算清单), its payments, and the delivery of the car (交车)."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Noted, StoreRow

if TYPE_CHECKING:
    from app.models.reception.order_line import OrderLine
    from app.models.reception.repair_order import RepairOrder


class Settlement(Noted, StoreRow):
    """What is charged, line by line, beside what was agreed (R-CORE-30)."""

    __tablename__ = "settlement"

    repair_order_id: Mapped[UUID] = mapped_column(ForeignKey("repair_order.id"), unique=True)
    number: Mapped[str]
    labour_fen: Mapped[int]
    parts_fen: Mapped[int]
    discount_fen: Mapped[int]
    total_fen: Mapped[int]
    payload: Mapped[str] = mapped_column(default="")  # canonical JSON once confirmed
    content_sha256: Mapped[str] = mapped_column(default="")
    prepared_by_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    prepared_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    old_parts: Mapped[str] = mapped_column(default="")  # returned, waived, none

    repair_order: Mapped["RepairOrder"] = relationship(back_populates="settlement")
    lines: Mapped[list["SettlementLine"]] = relationship(
        back_populates="settlement", order_by="SettlementLine.position", cascade="all, delete-orphan"
    )
    payments: Mapped[list["Payment"]] = relationship(back_populates="settlement", order_by="Payment.received_at")

    @property
    def history_order_id(self) -> UUID:
        """Its lines of history are gathered under the order."""
        return self.repair_order_id or self.repair_order.id

    @property
    def paid_fen(self) -> int:
        """What has been received so far."""
        return sum(payment.amount_fen for payment in self.payments)


class SettlementLine(StoreRow):
    """One charged line: agreed, charged, why they differ."""

    __tablename__ = "settlement_line"

    settlement_id: Mapped[UUID] = mapped_column(ForeignKey("settlement.id"), index=True)
    line_id: Mapped[UUID] = mapped_column(ForeignKey("order_line.id"))
    position: Mapped[int]
    basis: Mapped[str]  # number and version of the paper that agreed it
    agreed_fen: Mapped[int]
    labour_fen: Mapped[int]
    parts_fen: Mapped[int]
    discount_fen: Mapped[int] = mapped_column(default=0)
    charged_fen: Mapped[int]
    reason: Mapped[str] = mapped_column(default="")  # needed as soon as charged differs from agreed

    settlement: Mapped[Settlement] = relationship(back_populates="lines")
    line: Mapped["OrderLine"] = relationship()


class Payment(StoreRow):
    """Money received; recorded, not processed; insert-only."""

    __tablename__ = "payment"

    settlement_id: Mapped[UUID] = mapped_column(ForeignKey("settlement.id"), index=True)
    method: Mapped[str]  # cash, card, wechat, alipay, transfer
    amount_fen: Mapped[int]
    received_at: Mapped[datetime]
    received_by_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    reference: Mapped[str] = mapped_column(default="")
    idempotency_key: Mapped[str] = mapped_column(unique=True)

    settlement: Mapped[Settlement] = relationship(back_populates="payments")


class Delivery(StoreRow):
    """The car handed back: what was explained, what comes next, signed; insert-only."""

    __tablename__ = "delivery"

    repair_order_id: Mapped[UUID] = mapped_column(ForeignKey("repair_order.id"), unique=True)
    delivered_at: Mapped[datetime]
    delivered_by_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    mileage_km: Mapped[int]
    next_service_on: Mapped[date | None]
    next_service_km: Mapped[int | None]
    old_parts_outcome: Mapped[str]  # shown, returned, waived, none (AE-076)
    check_list: Mapped[list[Any]]
    opinion: Mapped[str] = mapped_column(default="")  # the customer's own words (B-22)
    signer_name: Mapped[str]
    signature_svg: Mapped[str]
    signature_sha256: Mapped[str]
