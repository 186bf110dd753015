"""Work on a line (施工), and the gate before it: nothing starts that nobody agreed to (approval.md §2.7)."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.errors import NotAllowed
from app.domain.history import Actor

if TYPE_CHECKING:
    from app.models.reception.order_line import OrderLine, OrderLinePart, WorkLog

FREE_PAYERS = ("manufacturer_warranty", "goodwill", "internal", "prepaid")


class WorkStatus(StrEnum):
    """How far the work on a line is."""

    WAITING = "waiting"
    IN_WORK = "in_work"
    PAUSED = "paused"
    DONE = "done"
    REMOVED = "removed"

    def may_become(self, other: "WorkStatus") -> bool:
        """Whether the shop allows this step."""
        return other in MOVES[self]


MOVES: dict[WorkStatus, set[WorkStatus]] = {
    WorkStatus.WAITING: {WorkStatus.IN_WORK, WorkStatus.REMOVED},
    WorkStatus.IN_WORK: {WorkStatus.PAUSED, WorkStatus.DONE},
    WorkStatus.PAUSED: {WorkStatus.IN_WORK, WorkStatus.DONE},
    WorkStatus.DONE: {WorkStatus.IN_WORK},  # the quality check sent it back
    WorkStatus.REMOVED: set(),
}


def refuse_without_consent(line: "OrderLine") -> None:
    """The gate: raise unless the customer's agreement covers this line at this price. There is no override."""
    order = line.repair_order
    if line.origin == "intake":
        if order.signed_at is None and not order.is_emergency:
            raise NotAllowed("%(title)s: the customer has not signed the order yet.", title=line.title_zh)
        return
    approved_fen = getattr(line, "approved_fen", None)
    if approved_fen is None:
        raise NotAllowed("%(title)s: the customer has not agreed. Do not start.", title=line.title_zh)
    if getattr(line, "cancel_requested_at", None):
        raise NotAllowed("%(title)s: the customer asks to cancel it. The advisor has to answer first.",
                         title=line.title_zh)
    if line.total_fen > approved_fen:
        raise NotAllowed(
            "%(title)s: the price is above what the customer agreed to. A new agreement is needed.",
            title=line.title_zh,
        )


def start(line: "OrderLine", log: "WorkLog", *, by: Actor, at: datetime) -> None:
    """A technician begins on a line; one's own unfinished job elsewhere on this line is no bar (C15: a helper)."""
    refuse_without_consent(line)
    if line.repair_order.status.is_over:
        raise NotAllowed("Order %(number)s is closed; no work may start.", number=line.repair_order.number)
    if line.work_status != WorkStatus.IN_WORK and not line.work_status.may_become(WorkStatus.IN_WORK):
        raise NotAllowed("%(title)s is %(status)s and can't be started.", title=line.title_zh, status=line.work_status)
    line.work_status = WorkStatus.IN_WORK
    log.started_at = at
    line.work_logs.append(log)
    line.note("order_line.started", by=by, at=at, title=line.title_zh)


def pause(line: "OrderLine", *, reason: str, by: Actor, at: datetime) -> None:
    """Stop for now and say why (F-10)."""
    if not line.work_status.may_become(WorkStatus.PAUSED):
        raise NotAllowed("%(title)s is not being worked on.", title=line.title_zh)
    if not reason.strip():
        raise NotAllowed("Say why the work stops.")
    line.work_status = WorkStatus.PAUSED
    close_logs(line, at=at, reason=reason)
    line.note("order_line.paused", by=by, at=at, title=line.title_zh, reason=reason)


def finish(line: "OrderLine", *, by: Actor, at: datetime) -> None:
    """The line is done; its time stops."""
    if not line.work_status.may_become(WorkStatus.DONE):
        raise NotAllowed("%(title)s was never started.", title=line.title_zh)
    line.work_status = WorkStatus.DONE
    line.done_at = at
    close_logs(line, at=at)
    line.note("order_line.done", by=by, at=at, title=line.title_zh)


def close_logs(line: "OrderLine", *, at: datetime, reason: str = "") -> None:
    """Stop every running clock on the line."""
    for log in line.work_logs:
        if log.ended_at is None:
            log.ended_at = max(at, log.started_at)
            log.pause_reason = reason


def issue_part(part: "OrderLinePart", *, by: Actor, at: datetime) -> None:
    """A part leaves the store for the bay; behind the same gate as the work (R-CORE-27)."""
    refuse_without_consent(part.line)
    if part.issued_at:
        raise NotAllowed("%(part)s is already issued.", part=part.name_zh)
    part.issued_at = at
    part.line.note("order_line.part_issued", by=by, at=at, part=part.name_zh, title=part.line.title_zh)
