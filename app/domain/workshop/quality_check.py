"""The quality check (质检): by someone else's eyes, item by item; a failed one sends the car back (R-CORE-29)."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from app.domain.errors import NotAllowed
from app.domain.history import Actor
from app.domain.reception.repair_order import OrderStatus, move
from app.domain.workshop.work import WorkStatus

if TYPE_CHECKING:
    from app.models.reception.repair_order import RepairOrder
    from app.models.workshop.quality_check import QualityCheck

RESULTS = ("pass", "fail", "")


def begin(check: "QualityCheck", *, workers: Collection[UUID], by: Actor, at: datetime) -> None:
    """Open a round; who worked on the car can't check it."""
    order = check.repair_order
    if order.status != OrderStatus.QUALITY_CHECK:
        raise NotAllowed("Order %(number)s is not waiting for the quality check.", number=order.number)
    if by.id in workers:
        raise NotAllowed("%(name)s worked on this car. Another person has to check it.", name=by.name)
    check.inspector_id = by.id  # type: ignore[assignment]
    check.started_at = at
    check.note("quality_check.begun", by=by, at=at, round=check.round_no)


def answer(check: "QualityCheck", item_id: str, result: str, *, value: str, remark: str, by: Actor, at: datetime) -> None:
    """Tick one item; a failed one needs its remark, a measured one its value."""
    refuse_finished(check)
    if result not in RESULTS:
        raise NotAllowed("Choose pass or fail.")
    items = [dict(item) for item in check.items]
    item = next((item for item in items if item["id"] == item_id), None)
    if item is None:
        raise NotAllowed("This item is not on the list.")
    if result == "fail" and not remark.strip():
        raise NotAllowed("Say what is wrong, so that the technician can put it right.")
    if result == "pass" and item["kind"] == "value" and not value.strip():
        raise NotAllowed("Write the measured value.")
    item.update(result=result, value=value.strip(), remark=remark.strip())
    check.items = items
    check.note("quality_check.answered", by=by, at=at, item=item["text"]["zh"], result=result or "open")


def open_items(check: "QualityCheck") -> list[str]:
    """The ids not answered yet."""
    return [item["id"] for item in check.items if not item.get("result")]


def approve(check: "QualityCheck", *, by: Actor, at: datetime) -> None:
    """Everything is right: the car is ready. The promised time is no reason to skip an item (B-25)."""
    refuse_finished(check)
    refuse_other_inspector(check, by)
    if left := open_items(check):
        raise NotAllowed("%(count)s items are not checked yet.", count=len(left))
    if any(item["result"] == "fail" for item in check.items):
        raise NotAllowed("An item failed. Send the car back to the bay.")
    check.result = "passed"
    check.finished_at = at
    move(check.repair_order, OrderStatus.READY, by=by, at=at)
    check.repair_order.ready_at = at


def send_back(check: "QualityCheck", *, reason: str, by: Actor, at: datetime) -> None:
    """Back to the bay with what is wrong; the work that failed is opened again."""
    refuse_finished(check)
    refuse_other_inspector(check, by)
    if not reason.strip():
        raise NotAllowed("Say what is wrong, so that the technician can put it right.")
    check.result = "failed"
    check.fail_reason = reason.strip()
    check.finished_at = at
    move(check.repair_order, OrderStatus.IN_PROGRESS, by=by, at=at, reason=reason)


def reopen_work(order: "RepairOrder", line_ids: Collection[UUID]) -> None:
    """The named lines are to be done again; their time so far stays on the books."""
    for line in order.lines:
        if line.id in line_ids and line.work_status == WorkStatus.DONE:
            line.work_status = WorkStatus.PAUSED
            line.done_at = None


def refuse_finished(check: "QualityCheck") -> None:
    """A finished round is evidence."""
    if check.finished_at:
        raise NotAllowed("This round of checking is finished.")


def refuse_other_inspector(check: "QualityCheck", by: Actor) -> None:
    """Who began a round ends it."""
    if not by.is_same_person_as(check.inspector_id):
        raise NotAllowed("Another inspector is checking this car.")
