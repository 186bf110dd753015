"""Dispatching (派工): a technician takes on a car, so that their phone has it."""

from datetime import datetime
from typing import TYPE_CHECKING

from app.domain.errors import NotAllowed
from app.domain.history import Actor

if TYPE_CHECKING:
    from app.models.reception.repair_order import Assignment, RepairOrder


def dispatch(order: "RepairOrder", assignment: "Assignment", *, by: Actor, at: datetime) -> None:
    """Put a technician on the car; the order has to be signed, or an emergency (R-CORE-8, B-06)."""
    if order.status.is_over:
        raise NotAllowed("Order %(number)s is closed; nobody can be put on it.", number=order.number)
    if not order.signed_at and not order.is_emergency:
        raise NotAllowed("The customer has not signed order %(number)s yet.", number=order.number)
    others = [row for row in order.assignments if row is not assignment and row.ended_at is None]
    if any(row.technician is assignment.technician for row in others):
        raise NotAllowed("%(name)s is already on this car.", name=assignment.technician.name)
    assignment.assigned_at = at
    assignment.is_lead = not others
    if assignment not in order.assignments:
        order.assignments.append(assignment)
    order.note("assignment.dispatched", by=by, at=at, technician=assignment.technician.name)


def release(assignment: "Assignment", *, reason: str, by: Actor, at: datetime) -> None:
    """Take a technician off the car; what they recorded stays."""
    if assignment.ended_at:
        raise NotAllowed("%(name)s is no longer on this car.", name=assignment.technician.name)
    if not reason.strip():
        raise NotAllowed("Say why %(name)s leaves this car.", name=assignment.technician.name)
    assignment.ended_at = at
    assignment.reason = reason
    assignment.repair_order.note("assignment.released", by=by, at=at, technician=assignment.technician.name,
                                 reason=reason)
