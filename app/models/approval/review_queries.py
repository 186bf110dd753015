"""What the reviewer needs beside the proposal: related work, the same work elsewhere, the shop's word lists."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from app.domain.workshop.catalogue import Exclusion, exclusions
from app.models.reception.order_line import OrderLine
from app.models.reception.repair_order import RepairOrder
from app.models.workshop import catalogue_queries
from app.models.workshop.add_on import AddOn
from app.models.workshop.catalogue import Operation

MOST_DOUBLES = 20


@dataclass(frozen=True)
class Related:
    """One operation that belongs to the proposed one: why, what was answered, and whether it is on the order."""

    operation: Operation
    reason: str
    answer: str
    by: str
    choices: tuple[str, ...]
    is_on_order: bool


def operation_of(db: Session, add_on: AddOn) -> Operation | None:
    """The catalogue's operation of a line; a free line has none."""
    return db.get(Operation, (add_on.store_id, add_on.operation_id)) if add_on.operation_id else None


def related(db: Session, add_on: AddOn) -> list[Related]:
    """Every related operation with its answer so far (AE-060)."""
    operation = operation_of(db, add_on)
    if operation is None:
        return []
    answers = {row["operation_id"]: row for row in add_on.related_answers or []}
    on_order = {line.operation_id for line in add_on.repair_order.lines
                if line.removed_at is None and getattr(line, "status", "") != "withdrawn"}
    return [
        Related(one, row["reason_zh"], answers.get(one.id, {}).get("answer", ""), str(answers.get(one.id, {}).get("by", "")),
                choices_for(row, answers.get(one.id, {}).get("answer", "")), one.id in on_order)
        for one, row in catalogue_queries.related(db, add_on.store_id, operation)
    ]


def choices_for(row: dict[str, Any], answer: str) -> tuple[str, ...]:
    """Three answers fit on a line; the one already given is always among them."""
    last = "after_dismantling" if row.get("only_after_dismantling") else "not_needed"
    shown = ["needed", "checked_ok", last]
    return tuple(shown if not answer or answer in shown else [*shown, answer])


def same_work(db: Session, add_on: AddOn) -> list[OrderLine]:
    """Lines of the same operation on this car, newest first: on this order, put off before, done before (R-CORE-19)."""
    if not add_on.operation_id:
        return []
    statement = (
        select(OrderLine).join(RepairOrder).options(joinedload(OrderLine.repair_order))
        .where(RepairOrder.vehicle_id == add_on.repair_order.vehicle_id, OrderLine.operation_id == add_on.operation_id,
               OrderLine.id != add_on.id, or_(OrderLine.removed_at.is_(None), OrderLine.origin == "add_on"))
        .order_by(RepairOrder.opened_at.desc(), OrderLine.id).limit(MOST_DOUBLES)
    )
    return list(db.scalars(statement))


def clashes(db: Session, add_on: AddOn) -> list[tuple[OrderLine, Exclusion]]:
    """Lines of this order the catalogue speaks against: contained in a package, an alternative, the same content."""
    lines = {line.operation_id: line for line in add_on.repair_order.lines
             if line.operation_id and line is not add_on and line.removed_at is None
             and getattr(line, "status", "") != "withdrawn"}
    if not add_on.operation_id:
        return []
    operations = catalogue_queries.operations(db, add_on.store_id, [*filter(None, lines), add_on.operation_id])
    found = exclusions({one.id: one.facts["excludes"] for one in operations})
    return [(lines[other], row) for row in found for other in (row.operation, row.other)
            if add_on.operation_id in (row.operation, row.other) and other in lines]


def word_lists(db: Session, store_id: UUID) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The shop's jargon and its forbidden phrases."""
    return (catalogue_queries.content(db, store_id, "jargon"), catalogue_queries.content(db, store_id, "forbidden"))
