"""The settlement (结算): what is charged equals what was agreed, or less with a reason, never more (approval.md §2.7)."""

from datetime import datetime
from typing import TYPE_CHECKING

from app.domain.approval.pricing import customer_owes
from app.domain.errors import Invalid, NotAllowed
from app.domain.history import Actor
from app.domain.money import yuan
from app.domain.reception.repair_order import OrderStatus, move
from app.domain.workshop.work import WorkStatus

if TYPE_CHECKING:
    from app.models.office.settlement import Payment, Settlement, SettlementLine
    from app.models.reception.order_line import OrderLine
    from app.models.reception.repair_order import RepairOrder

METHODS = ("wechat", "alipay", "cash", "card", "transfer")
OLD_PARTS = ("returned", "waived", "none")


def agreed_fen(line: "OrderLine") -> int | None:
    """What the customer agreed to pay for a line; None where no agreement covers it."""
    if line.origin == "intake":
        return customer_owes(line.total_fen, line.payer)
    approved = getattr(line, "approved_fen", None)
    return None if approved is None else customer_owes(approved, line.payer)


def chargeable(order: "RepairOrder") -> list["OrderLine"]:
    """The lines that were agreed and done; nothing else can stand on the list."""
    return [line for line in order.lines if line.work_status == WorkStatus.DONE and agreed_fen(line) is not None]


def refuse_unready(order: "RepairOrder") -> None:
    """Raise unless the car passed its check and its paper is signed."""
    if order.status != OrderStatus.READY:
        raise NotAllowed("Order %(number)s can be settled after the quality check.", number=order.number)
    if order.signed_at is None:
        raise NotAllowed("This was an emergency: the order has to be signed before it can be settled.")


def prepare(settlement: "Settlement", *, by: Actor, at: datetime) -> None:
    """Draw up the list from the agreed prices."""
    refuse_unready(settlement.repair_order)
    settlement.prepared_by_id = by.id  # type: ignore[assignment]
    settlement.prepared_at = at
    add_up(settlement)
    settlement.note("settlement.prepared", by=by, at=at, number=settlement.number, total=yuan(settlement.total_fen))


def charge(line: "SettlementLine", *, labour_fen: int, parts_fen: int, reason: str, by: Actor, at: datetime) -> None:
    """Charge less than agreed, with a reason; a fen more stops until the customer agrees anew (AE-064)."""
    settlement = line.settlement
    if settlement.confirmed_at:
        raise NotAllowed("The list is confirmed and can't be changed.")
    full = labour_fen + parts_fen - line.discount_fen
    charged = customer_owes(full, line.line.payer)
    if labour_fen < 0 or parts_fen < 0 or full < 0:
        raise Invalid("labour_fen", "An amount can't be below zero.")
    if charged > line.agreed_fen:
        raise NotAllowed("The customer agreed to %(agreed)s yuan. For %(charged)s yuan a new agreement is needed.",
                         agreed=yuan(line.agreed_fen), charged=yuan(charged))
    if charged != line.agreed_fen and not reason.strip():
        raise Invalid("reason", "Say why the charge differs from what was agreed; it is printed on the list.")
    line.labour_fen, line.parts_fen, line.charged_fen, line.reason = labour_fen, parts_fen, charged, reason.strip()
    add_up(settlement)
    settlement.note("settlement.changed", by=by, at=at, charged=yuan(charged), agreed=yuan(line.agreed_fen))


def add_up(settlement: "Settlement") -> None:
    """The sums of the list."""
    settlement.labour_fen = sum(line.labour_fen for line in settlement.lines)
    settlement.parts_fen = sum(line.parts_fen for line in settlement.lines)
    settlement.discount_fen = sum(line.discount_fen for line in settlement.lines)
    settlement.total_fen = sum(line.charged_fen for line in settlement.lines)


def confirm(settlement: "Settlement", *, old_parts: str, payload: str, sha256: str, by: Actor, at: datetime) -> None:
    """Freeze the list; it exists before any money is taken (L05)."""
    if settlement.confirmed_at:
        raise NotAllowed("The list is confirmed and can't be changed.")
    if old_parts not in OLD_PARTS:
        raise Invalid("old_parts", "Say what becomes of the old parts: taken, given up, or none.")
    refuse_unready(settlement.repair_order)
    settlement.old_parts = old_parts
    settlement.payload = payload
    settlement.content_sha256 = sha256
    settlement.confirmed_at = at
    settlement.note("settlement.confirmed", by=by, at=at, number=settlement.number, sha256=sha256)


def receive(settlement: "Settlement", payment: "Payment", *, by: Actor, at: datetime) -> None:
    """Record money received; it is not processed here (R-CORE-30)."""
    if settlement.confirmed_at is None:
        raise NotAllowed("Confirm the settlement list before taking money.")
    if payment.method not in METHODS:
        raise Invalid("method", "Choose how it was paid.")
    left = settlement.total_fen - settlement.paid_fen
    if not 0 < payment.amount_fen <= left:
        raise Invalid("amount", "%(left)s yuan are still open. Take that or less.", left=yuan(left))
    payment.received_at = at
    payment.received_by_id = by.id  # type: ignore[assignment]
    settlement.payments.append(payment)
    settlement.note("settlement.paid", by=by, at=at, amount=yuan(payment.amount_fen), method=payment.method)


def settle(settlement: "Settlement", *, by: Actor, at: datetime) -> None:
    """All is paid: the order is settled."""
    left = settlement.total_fen - settlement.paid_fen
    if settlement.confirmed_at is None:
        raise NotAllowed("Confirm the settlement list before taking money.")
    if left:
        raise NotAllowed("%(left)s yuan are still open.", left=yuan(left))
    move(settlement.repair_order, OrderStatus.SETTLED, by=by, at=at)
