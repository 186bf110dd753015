"""All a phone shows of its orders, read for many orders in a constant number of questions."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.domain.workshop.add_on import AddOnStatus
from app.models.approval.capability_link import CapabilityLink, SignSession
from app.models.approval.estimate import Estimate, EstimateLine, EstimateVersion
from app.models.reception.order_line import OrderLine, WorkLog
from app.models.reception.repair_order import Assignment, RepairOrder
from app.models.workshop.add_on import AddOn
from app.models.workshop.catalogue import Operation
from app.models.workshop.inspection import Finding, Inspection, InspectionTemplate
from app.models.workshop.photo import Photo

NEWEST = 3  # inspections of a car among which the one before an order is found
WHOLE = (
    joinedload(RepairOrder.vehicle),
    joinedload(RepairOrder.advisor),
    joinedload(RepairOrder.customer),
    joinedload(RepairOrder.reception),
    selectinload(RepairOrder.assignments).joinedload(Assignment.technician),
    selectinload(RepairOrder.lines).selectinload(OrderLine.parts),
    selectinload(RepairOrder.lines).selectinload(OrderLine.work_logs).joinedload(WorkLog.technician),
    selectinload(RepairOrder.inspections).selectinload(Inspection.findings).options(
        selectinload(Finding.notes), joinedload(Finding.taken_by)
    ),
)


@dataclass
class BayOrders:
    """Orders with everything around them that the bay shows."""

    orders: list[RepairOrder]
    photos: dict[UUID, list[Photo]] = field(default_factory=dict)  # by what they show
    car_photos: dict[UUID, UUID] = field(default_factory=dict)  # by reception
    last_visits: dict[UUID, dict[str, Any]] = field(default_factory=dict)  # by order
    open_declined: dict[UUID, list[Any]] = field(default_factory=dict)  # by order
    seen_at: dict[UUID, Any] = field(default_factory=dict)  # by add-on
    steps: dict[str, list[str]] = field(default_factory=dict)  # by operation
    proposers: dict[UUID, str] = field(default_factory=dict)
    templates: dict[UUID, Any] = field(default_factory=dict)  # id, version


def bay_orders(db: Session, store_id: UUID, order_ids: Iterable[UUID]) -> BayOrders:
    """The orders of these ids, whole."""
    wanted = RepairOrder.store_id == store_id, RepairOrder.id.in_(list(order_ids))
    orders = list(db.scalars(select(RepairOrder).where(*wanted).options(*WHOLE)).unique())
    lines = [line for order in orders for line in order.lines]
    return BayOrders(
        orders,
        photos=photos_by_target(db, [order.id for order in orders]),
        car_photos=car_photos(db, [order.reception_id for order in orders]),
        last_visits=last_visits(db, orders),
        open_declined=open_declined(db, orders),
        seen_at=first_seen(db, [line.id for line in lines if line.origin == "add_on"]),
        steps=steps(db, store_id, {line.operation_id for line in lines if line.operation_id}),
        proposers=names(orders),
        templates=templates(db, {sheet.template_id for order in orders for sheet in order.inspections}),
    )


def names(orders: Iterable[RepairOrder]) -> dict[UUID, str]:
    """Everybody who was ever on these orders, by id."""
    return {row.technician_id: row.technician.name for order in orders for row in order.assignments}


def photos_by_target(db: Session, order_ids: list[UUID]) -> dict[UUID, list[Photo]]:
    """The photos of these orders that nobody took off, by what they show."""
    statement = select(Photo).where(Photo.repair_order_id.in_(order_ids), Photo.detached_at.is_(None))
    found: dict[UUID, list[Photo]] = defaultdict(list)
    for photo in db.scalars(statement.order_by(Photo.taken_at, Photo.id)):
        found[photo.target_id].append(photo)
    return found


def car_photos(db: Session, reception_ids: list[UUID]) -> dict[UUID, UUID]:
    """The first picture of each car from the walk around it."""
    statement = select(Photo.target_id, Photo.id).where(
        Photo.target == "reception", Photo.target_id.in_(reception_ids), Photo.detached_at.is_(None),
        Photo.blob_sha256.is_not(None),
    )
    rows = db.execute(statement.order_by(Photo.taken_at.desc(), Photo.id.desc()))
    return {row.target_id: row.id for row in rows}


def last_visits(db: Session, orders: list[RepairOrder]) -> dict[UUID, dict[str, Any]]:
    """What the inspection before each order said of each point of the car, and when."""
    before = inspections_before(db, orders)
    statement = select(
        Finding.inspection_id, Finding.point_id, Finding.position, Finding.value, Finding.grade, Finding.unit,
        Finding.taken_at,
    ).where(Finding.inspection_id.in_({row.id for row in before.values()}), Finding.is_off_template.is_(False))
    values: dict[UUID, dict[str, Any]] = defaultdict(dict)
    for row in db.execute(statement):
        values[row.inspection_id][f"{row.point_id}|{row.position}"] = {
            "value": row.value, "grade": row.grade, "unit": row.unit,
            "at": row.taken_at.isoformat() if row.taken_at else None,
        }
    return {order_id: {"at": row.finished_at.isoformat(), "values": values[row.id]} for order_id, row in before.items()}


def inspections_before(db: Session, orders: list[RepairOrder]) -> dict[UUID, Any]:
    """For each order the car's last finished inspection that is not its own."""
    rank = func.row_number().over(partition_by=RepairOrder.vehicle_id, order_by=Inspection.finished_at.desc())
    ranked = (
        select(Inspection.id, Inspection.repair_order_id, RepairOrder.vehicle_id, Inspection.finished_at,
               rank.label("rank"))
        .join(RepairOrder, RepairOrder.id == Inspection.repair_order_id)
        .where(RepairOrder.vehicle_id.in_({order.vehicle_id for order in orders}), Inspection.finished_at.is_not(None))
        .subquery()
    )
    rows = db.execute(select(ranked).where(ranked.c.rank <= NEWEST).order_by(ranked.c.finished_at.desc())).all()
    found = {}
    for order in orders:
        others = (row for row in rows if row.vehicle_id == order.vehicle_id and row.repair_order_id != order.id)
        if last := next((row for row in others if row.finished_at <= (order.delivered_at or row.finished_at)), None):
            found[order.id] = last
    return found


def open_declined(db: Session, orders: list[RepairOrder]) -> dict[UUID, list[Any]]:
    """What was put to each car's customer on other orders and not done (D-12)."""
    statement = (
        select(RepairOrder.vehicle_id, AddOn.repair_order_id, AddOn.id, AddOn.title_zh, AddOn.title_en,
               AddOn.decided_at, AddOn.proposed_at, AddOn.saw)
        .join(RepairOrder, RepairOrder.id == AddOn.repair_order_id)
        .where(RepairOrder.vehicle_id.in_({order.vehicle_id for order in orders}),
               AddOn.status.in_((AddOnStatus.DECLINED, AddOnStatus.DEFERRED)))
        .order_by(AddOn.proposed_at.desc())
        .limit(500)
    )
    rows = db.execute(statement).all()
    return {order.id: [row for row in rows if row.vehicle_id == order.vehicle_id and row.repair_order_id != order.id]
            for order in orders}


def first_seen(db: Session, add_on_ids: list[UUID]) -> dict[UUID, Any]:
    """When the customer first opened the page an add-on stands on."""
    statement = (
        select(EstimateLine.add_on_id, func.min(SignSession.shown_at).label("at"))
        .join(EstimateVersion, EstimateVersion.id == EstimateLine.version_id)
        .join(Estimate, Estimate.id == EstimateVersion.estimate_id)
        .join(CapabilityLink, CapabilityLink.estimate_id == Estimate.id)
        .join(SignSession, SignSession.link_id == CapabilityLink.id)
        .where(EstimateLine.add_on_id.in_(add_on_ids))
        .group_by(EstimateLine.add_on_id)
    )
    return {row.add_on_id: row.at for row in db.execute(statement)}


def steps(db: Session, store_id: UUID, operation_ids: set[str]) -> dict[str, list[str]]:
    """The steps of each operation."""
    statement = select(Operation.id, Operation.facts).where(
        Operation.store_id == store_id, Operation.id.in_(operation_ids)
    )
    return {row.id: row.facts.get("steps_zh", []) for row in db.execute(statement)}


def templates(db: Session, template_ids: set[UUID]) -> dict[UUID, Any]:
    """Kind and version of each list, without its content."""
    columns = InspectionTemplate.id, InspectionTemplate.kind, InspectionTemplate.version
    return {row.id: row for row in db.execute(select(*columns).where(InspectionTemplate.id.in_(template_ids)))}
