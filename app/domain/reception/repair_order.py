"""A repair order (维修工单): the spine of one visit."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.errors import NotAllowed
from app.domain.history import Actor
from app.domain.reception.reception import ReceptionStatus, missing_for_signature
from app.domain.workshop.work import WorkStatus

if TYPE_CHECKING:
    from app.models.reception.repair_order import IntakeContract, RepairOrder


class OrderStatus(StrEnum):
    """Where the car stands (R-CORE-3)."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    QUALITY_CHECK = "quality_check"
    READY = "ready"
    SETTLED = "settled"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"

    def may_become(self, other: "OrderStatus") -> bool:
        """Whether the shop allows this step."""
        return other in MOVES[self]

    @property
    def is_over(self) -> bool:
        """Nothing more is done on the car in this visit."""
        return self in (OrderStatus.SETTLED, OrderStatus.DELIVERED, OrderStatus.CANCELLED)


MOVES: dict[OrderStatus, set[OrderStatus]] = {
    OrderStatus.OPEN: {OrderStatus.IN_PROGRESS, OrderStatus.CANCELLED},
    OrderStatus.IN_PROGRESS: {OrderStatus.QUALITY_CHECK, OrderStatus.CANCELLED},
    # a failed check sends the car back to the bay; quality outranks the promised time (B-25)
    OrderStatus.QUALITY_CHECK: {OrderStatus.READY, OrderStatus.IN_PROGRESS},
    # a customer may come round to a declined repair while the car is still here
    OrderStatus.READY: {OrderStatus.SETTLED, OrderStatus.IN_PROGRESS},
    OrderStatus.SETTLED: {OrderStatus.DELIVERED},
    OrderStatus.DELIVERED: set(),
    OrderStatus.CANCELLED: set(),
}


def move(order: "RepairOrder", status: OrderStatus, *, by: Actor, at: datetime, **facts: object) -> None:
    """Take one step, or say why the shop does not do that."""
    if not order.status.may_become(status):
        raise NotAllowed("Order %(number)s is %(status)s and can't become %(next)s.", number=order.number,
                         status=order.status, next=status)
    order.status = status
    order.note(f"repair_order.{status}", by=by, at=at, **facts)


def open_order(order: "RepairOrder", *, by: Actor, at: datetime) -> None:
    """Write the order's first line; the number is already on it."""
    order.opened_at = at
    order.status = OrderStatus.OPEN
    order.note("repair_order.open", by=by, at=at, number=order.number)


def promise(order: "RepairOrder", promised_at: datetime, *, by: Actor, at: datetime) -> None:
    """Promise a time of delivery (预计交车时间)."""
    if order.status.is_over:
        raise NotAllowed("Order %(number)s is closed; its time can't be changed.", number=order.number)
    if promised_at <= at:
        raise NotAllowed("The promised time has to lie ahead. Pick a later one.")
    before = order.promised_at
    order.promised_at = promised_at
    order.first_promised_at = order.first_promised_at or promised_at
    order.note("repair_order.promised", by=by, at=at, time=promised_at.isoformat(),
               before=before.isoformat() if before else None)


def sign(order: "RepairOrder", contract: "IntakeContract", *, by: Actor, at: datetime) -> None:
    """The customer signs what was agreed at the desk; from here every new line is an add-on (D-02)."""
    if order.signed_at:
        raise NotAllowed("Order %(number)s is already signed.", number=order.number)
    if missing := missing_for_signature(order.reception):
        raise NotAllowed("Still missing before the signature: %(missing)s.", missing=", ".join(missing))
    if not order.intake_lines:
        raise NotAllowed("There is nothing to do on this order yet. Add at least one item.")
    if order.promised_at is None:
        raise NotAllowed("Promise a time of delivery first.")
    order.signed_at = contract.signed_at = at
    order.reception.status = ReceptionStatus.SIGNED
    order.contracts.append(contract)
    order.note("repair_order.signed", by=by, at=at, number=contract.number, sha256=contract.content_sha256)


def allow_emergency(order: "RepairOrder", *, reason: str, by: Actor, at: datetime) -> None:
    """先抢修后补单: work may start before the paper is signed, and the paper is chased until it is (R-CORE-4)."""
    if order.signed_at:
        raise NotAllowed("Order %(number)s is already signed; no emergency mark is needed.", number=order.number)
    if not reason.strip():
        raise NotAllowed("Say why the work can't wait for the signature.")
    order.is_emergency = True
    order.note("repair_order.emergency", by=by, at=at, reason=reason)


def start(order: "RepairOrder", *, by: Actor, at: datetime) -> None:
    """Work on the car begins; not before the customer signed, unless it is an emergency."""
    if not order.signed_at and not order.is_emergency:
        raise NotAllowed("The customer has not signed order %(number)s yet.", number=order.number)
    move(order, OrderStatus.IN_PROGRESS, by=by, at=at)


def finish_work(order: "RepairOrder", *, by: Actor, at: datetime) -> None:
    """All agreed work is done; the car goes to the quality check."""
    if undone := [line for line in order.lines if line.work_status in (WorkStatus.IN_WORK, WorkStatus.PAUSED)]:
        raise NotAllowed("%(title)s is still being worked on.", title=undone[0].title_zh)
    if waiting := [line for line in order.lines if is_owed(line)]:
        raise NotAllowed("%(title)s is agreed but not done yet.", title=waiting[0].title_zh)
    move(order, OrderStatus.QUALITY_CHECK, by=by, at=at)


def is_owed(line: object) -> bool:
    """Whether the shop agreed to do this line and has not."""
    agreed = getattr(line, "origin", "") == "intake" or getattr(line, "approved_fen", None) is not None
    return agreed and line.work_status == WorkStatus.WAITING and line.removed_at is None  # type: ignore[attr-defined]


def cancel(order: "RepairOrder", *, reason: str, by: Actor, at: datetime) -> None:
    """The visit ends without work."""
    if not reason.strip():
        raise NotAllowed("Say why the order is cancelled.")
    if any(line.work_status in (WorkStatus.IN_WORK, WorkStatus.DONE) for line in order.lines):
        raise NotAllowed("Work on order %(number)s has begun; settle it instead.", number=order.number)
    order.cancelled_reason = reason
    move(order, OrderStatus.CANCELLED, by=by, at=at, reason=reason)
