"""Queries of the quality check: the list of a class, who worked on the car, what waits."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, exists, func, select
from sqlalchemy.orm import Session

from app.domain.reception.repair_order import OrderStatus
from app.models.office.staff import Staff
from app.models.reception.customer import Customer
from app.models.reception.order_line import OrderLine, WorkLog
from app.models.reception.repair_order import Assignment, RepairOrder
from app.models.reception.vehicle import Vehicle
from app.models.workshop.catalogue import ContentItem
from app.models.workshop.photo import Photo
from app.models.workshop.quality_check import QualityCheck

ON_THE_FLOOR = (OrderStatus.OPEN, OrderStatus.IN_PROGRESS, OrderStatus.QUALITY_CHECK, OrderStatus.READY)


def workers(db: Session, order: RepairOrder) -> set[UUID]:
    """Everybody who booked time on a line of the car, or stands assigned to it when no time was booked."""
    logged = set(db.scalars(
        select(WorkLog.technician_id).join(OrderLine).where(OrderLine.repair_order_id == order.id).distinct()
    ))
    return logged or {row.technician_id for row in order.assignments}


def check_list(db: Session, store_id: UUID, service_class: str) -> dict[str, Any]:
    """The list for a class of service; the minor repair's where the class has none of its own."""
    rows = db.scalars(
        select(ContentItem).where(ContentItem.store_id == store_id, ContentItem.kind == "check_list")
        .order_by(ContentItem.position)
    ).all()
    lists = [row.content for row in rows if str(row.content["id"]).startswith("quality_check_")]
    fitting = [item for item in lists if service_class in item.get("applies_to_class", [])]
    return (fitting or [item for item in lists if "minor_repair" in item.get("applies_to_class", [])] or lists)[0]


def new_round(db: Session, order: RepairOrder) -> QualityCheck:
    """The next round for an order, its items still open."""
    source = check_list(db, order.store_id, order.service_class)
    items = [{"id": item["id"], "text": item["text"], "kind": item["kind"], "result": "", "value": "", "remark": ""}
             for item in source["items"]]
    return QualityCheck(
        store_id=order.store_id, repair_order=order, round_no=len(order.quality_checks) + 1,
        check_list_id=source["id"], check_list_version=str(source["version"]), items=items, result="", fail_reason="",
    )


def open_round(order: RepairOrder) -> QualityCheck | None:
    """The round that is going on."""
    return next((check for check in order.quality_checks if check.finished_at is None), None)


def photo_pairs(db: Session, order: RepairOrder) -> list[Photo]:
    """The pictures of before and after, old parts included, oldest first."""
    statement = select(Photo).where(
        Photo.repair_order_id == order.id, Photo.blob_sha256.is_not(None), Photo.detached_at.is_(None),
        Photo.target.in_(("finding", "work_before", "work_after", "old_part", "quality_check")),
    )
    return list(db.scalars(statement.order_by(Photo.taken_at)))


def floor(db: Session, store_id: UUID) -> list[Row[Any]]:
    """Every car on the floor in one statement: where it stands, who works on it, what it waits for."""
    technician = (
        select(func.min(Staff.name)).join(Assignment, Assignment.technician_id == Staff.id)
        .where(Assignment.repair_order_id == RepairOrder.id, Assignment.ended_at.is_(None)).scalar_subquery()
    )
    running = exists().where(OrderLine.repair_order_id == RepairOrder.id, OrderLine.work_status == "in_work")
    statement = (
        select(RepairOrder.id, RepairOrder.number, RepairOrder.status, RepairOrder.promised_at, RepairOrder.bay,
               RepairOrder.signed_at, RepairOrder.is_emergency, Vehicle.plate, Vehicle.model_name, Customer.name,
               Customer.title, technician.label("technician"), running.label("is_running"))
        .join(Vehicle, Vehicle.id == RepairOrder.vehicle_id).join(Customer, Customer.id == RepairOrder.customer_id)
        .where(RepairOrder.store_id == store_id, RepairOrder.status.in_(ON_THE_FLOOR))
        .order_by(RepairOrder.promised_at.is_(None), RepairOrder.promised_at, RepairOrder.id).limit(200)
    )
    return [*db.execute(statement)]
