"""Orders in a list of fifty, and one with all that belongs to it; always the same number of statements."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select, tuple_
from sqlalchemy.orm import Session, joinedload, selectinload

from app.domain.reception.repair_order import OrderStatus
from app.models.approval.estimate import Estimate
from app.models.history_line import HistoryLine
from app.models.office.staff import Staff
from app.models.reception.customer import Customer
from app.models.reception.order_line import OrderLine
from app.models.reception.repair_order import Assignment, RepairOrder
from app.models.reception.search_queries import ids_in
from app.models.reception.vehicle import Vehicle
from app.models.workshop.inspection import Finding, Inspection

PAGE = 50
COUNTED_TO = 10_000
HISTORY = 200


def page(
    db: Session, store_id: UUID, status: OrderStatus | None = None, before: tuple[datetime, UUID] | None = None,
    advisor_id: UUID | None = None,
) -> list[Row[Any]]:
    """Fifty orders, newest first, and one more when there is another page; the cursor is (opened_at, id)."""
    keys = select(RepairOrder.id).where(*_which(store_id, status, advisor_id))
    if before:
        keys = keys.where(tuple_(RepairOrder.opened_at, RepairOrder.id) < tuple_(*before))
    keys = keys.order_by(RepairOrder.opened_at.desc(), RepairOrder.id.desc()).limit(PAGE + 1)
    statement = (
        select(
            RepairOrder.id, RepairOrder.number, RepairOrder.status, RepairOrder.opened_at, RepairOrder.promised_at,
            RepairOrder.signed_at, RepairOrder.is_emergency, Vehicle.plate, Vehicle.model_name, Customer.name,
            Customer.title, Staff.name.label("advisor_name"), _total(),
        )
        .join(Vehicle, Vehicle.id == RepairOrder.vehicle_id)
        .join(Customer, Customer.id == RepairOrder.customer_id)
        .join(Staff, Staff.id == RepairOrder.advisor_id)
        .where(RepairOrder.id.in_(keys))
        .order_by(RepairOrder.opened_at.desc(), RepairOrder.id.desc())
    )
    return list(db.execute(statement))


def _which(store_id: UUID, status: OrderStatus | None, advisor_id: UUID | None) -> list[Any]:
    conditions: list[Any] = [RepairOrder.store_id == store_id]
    if status:
        conditions.append(RepairOrder.status == status)
    if advisor_id:
        conditions.append(RepairOrder.advisor_id == advisor_id)
    return conditions


def _total() -> Any:
    line = OrderLine.__table__.c
    agreed = (line.origin == "intake") | line.approved_fen.is_not(None)
    return (
        select(func.coalesce(func.sum(line.total_fen), 0))
        .where(line.repair_order_id == RepairOrder.id, line.removed_at.is_(None), line.payer == "customer", agreed)
        .correlate(RepairOrder)
        .scalar_subquery()
        .label("total_fen")
    )


def counts(db: Session, store_id: UUID) -> dict[OrderStatus, int]:
    """How many orders stand in each state that is not over; the finished ones are never counted through."""
    open_states = [status for status in OrderStatus if not status.is_over]
    statement = (
        select(RepairOrder.status, func.count())
        .where(RepairOrder.id.in_(ids_in(store_id, open_states)))
        .group_by(RepairOrder.status)
    )
    return {row[0]: row[1] for row in db.execute(statement)}


def with_everything(db: Session, order_id: UUID) -> RepairOrder | None:
    """An order with people, lines, findings, estimates and settlement."""
    statement = (
        select(RepairOrder)
        .where(RepairOrder.id == order_id)
        .options(
            joinedload(RepairOrder.customer), joinedload(RepairOrder.vehicle), joinedload(RepairOrder.advisor),
            joinedload(RepairOrder.reception), joinedload(RepairOrder.settlement),
            selectinload(RepairOrder.lines).selectinload(OrderLine.parts),
            selectinload(RepairOrder.assignments).joinedload(Assignment.technician),
            selectinload(RepairOrder.inspections).joinedload(Inspection.template),
            selectinload(RepairOrder.estimates).selectinload(Estimate.versions),
        )
    )
    return db.scalars(statement).unique().one_or_none()


def findings(db: Session, order_id: UUID) -> list[Finding]:
    """What was found that is not simply good: replace, watch, with photos."""
    statement = (
        select(Finding)
        .where(Finding.repair_order_id == order_id, Finding.grade.in_(("replace", "watch")))
        .options(selectinload(Finding.photos), joinedload(Finding.taken_by))
        .order_by(Finding.grade, Finding.point_id, Finding.position)
    )
    return list(db.scalars(statement))


def grade_counts(db: Session, order_id: UUID) -> dict[str, int]:
    """How many points stand at each grade."""
    statement = select(Finding.grade, func.count()).where(Finding.repair_order_id == order_id).group_by(Finding.grade)
    return {str(row[0]): row[1] for row in db.execute(statement)}


def history(db: Session, order_id: UUID, reception_id: UUID) -> list[HistoryLine]:
    """The order's history with that of its reception, newest first."""
    statement = select(HistoryLine).where(
        (HistoryLine.repair_order_id == order_id) | (HistoryLine.subject_id == reception_id)
    )
    return list(db.scalars(statement.order_by(HistoryLine.at.desc(), HistoryLine.id.desc()).limit(HISTORY)))


def technicians(db: Session, store_id: UUID) -> list[Row[Any]]:
    """The store's technicians with how many cars each has now, least first."""
    from app.domain.office.staff import Role
    from app.models.office.staff import StaffRole

    cars = (
        select(func.count(Assignment.id))
        .join(RepairOrder, RepairOrder.id == Assignment.repair_order_id)
        .where(Assignment.technician_id == Staff.id, Assignment.ended_at.is_(None),
               RepairOrder.status.in_((OrderStatus.OPEN, OrderStatus.IN_PROGRESS)))
        .correlate(Staff)
        .scalar_subquery()
    )
    statement = (
        select(Staff.id, Staff.name, cars.label("cars"))
        .join(StaffRole, StaffRole.staff_id == Staff.id)
        .where(StaffRole.store_id == store_id, StaffRole.role == Role.TECHNICIAN, Staff.left_at.is_(None))
    )
    return list(db.execute(statement.order_by(cars, Staff.name)))
