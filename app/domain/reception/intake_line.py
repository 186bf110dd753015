"""Work agreed at the desk (委托项目): put on the order, taken off, given a payer; only until the customer signs."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from app.domain.approval.pricing import customer_owes
from app.domain.errors import NotAllowed
from app.domain.history import Actor
from app.domain.reception.warranty import Standing
from app.domain.workshop.work import WorkStatus

if TYPE_CHECKING:
    from app.models.reception.order_line import OrderLine
    from app.models.reception.repair_order import RepairOrder

PAYERS = ("customer", "manufacturer_warranty", "insurer", "goodwill", "prepaid", "internal")


def refuse_after_signature(order: "RepairOrder") -> None:
    """What is signed stays as it is: from then on new work is an add-on (D-02)."""
    if order.signed_at:
        raise NotAllowed("Order %(number)s is signed. New work goes to the customer as an add-on.",
                         number=order.number)
    if order.status.is_over:
        raise NotAllowed("Order %(number)s is closed; its items can't be changed.", number=order.number)


def agree(order: "RepairOrder", line: "OrderLine", *, by: Actor, at: datetime) -> None:
    """Put an item on the order; one operation stands there once, so a second tap is refused by name."""
    refuse_after_signature(order)
    if any(other.operation_id == line.operation_id for other in order.intake_lines if other is not line):
        raise NotAllowed("%(title)s is already on the order.", title=line.title_zh)
    line.position = 1 + max((other.position for other in order.lines if other is not line), default=0)
    if line.repair_order is not order:
        order.lines.append(line)
    line.note("order_line.agreed", by=by, at=at, title=line.title_zh)


def take_off(line: "OrderLine", *, by: Actor, at: datetime) -> None:
    """The customer would rather not; the line stays in the books, struck."""
    refuse_after_signature(line.repair_order)
    if line.removed_at:
        raise NotAllowed("%(title)s is already off the order.", title=line.title_zh)
    line.removed_at = at
    line.work_status = WorkStatus.REMOVED
    line.note("order_line.taken_off", by=by, at=at, title=line.title_zh)


def choose_payer(line: "OrderLine", payer: str, *, car: Standing, by: Actor, at: datetime) -> None:
    """Say who pays a line; the maker only while a warranty of the car is running (B-30, R-CORE-28)."""
    refuse_after_signature(line.repair_order)
    if payer not in PAYERS:
        raise NotAllowed("Nobody called %(payer)s pays here.", payer=payer)
    if payer == "manufacturer_warranty" and car == Standing.OVER:
        raise NotAllowed("The warranty of this car is over; the maker won't pay %(title)s.", title=line.title_zh)
    line.payer = payer
    line.is_in_warranty = payer == "manufacturer_warranty"
    line.note("order_line.payer_chosen", by=by, at=at, title=line.title_zh, payer=payer)


def customer_total(lines: list["OrderLine"]) -> int:
    """What the customer pays of these lines, in fen: nothing of what another payer takes (R-CORE-28)."""
    return sum(customer_owes(line.total_fen, line.payer) for line in lines)


def work_minutes(lines: list["OrderLine"]) -> int:
    """Standard minutes of these lines, each rounded up."""
    return sum(-(-line.hours_x100 * 60 // 100) for line in lines)


def classify(order: "RepairOrder", service_class: str, *, known: Collection[str], by: Actor, at: datetime) -> None:
    """Name the class of service (维修类别), on which the legal guarantee depends."""
    refuse_after_signature(order)
    if service_class not in known:
        raise NotAllowed("There is no class of service called %(name)s.", name=service_class)
    order.service_class = service_class
    order.note("repair_order.classified", by=by, at=at, service_class=service_class)
