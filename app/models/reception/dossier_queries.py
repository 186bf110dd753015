"""The customer's file: cars, what was put off, the visits page by page, the papers of each."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, tuple_
from sqlalchemy.orm import Session, joinedload, selectinload

from app.domain.reception.next_service import OdometerPoint
from app.domain.reception.repair_order import OrderStatus
from app.domain.workshop.add_on import AddOnStatus
from app.domain.workshop.work import WorkStatus
from app.models.office.document import Document
from app.models.office.staff import Staff
from app.models.reception.customer import Customer
from app.models.reception.order_line import OrderLine
from app.models.reception.repair_order import RepairOrder
from app.models.reception.search_queries import taken_up
from app.models.reception.vehicle import OdometerReading, Vehicle
from app.models.workshop.add_on import AddOn
from app.models.workshop.photo import Photo

PAGE = 20
READINGS = 24
SERVICE_LINES = ("maintenance",)


def file_of(db: Session, customer_id: UUID) -> Customer | None:
    """A customer with their cars."""
    statement = (
        select(Customer).where(Customer.id == customer_id)
        .options(selectinload(Customer.vehicles).joinedload(Vehicle.series))
    )
    return db.scalars(statement).one_or_none()


def same_phone(db: Session, store_id: UUID, phone: str, *, other_than: UUID | None = None) -> list[Customer]:
    """The files that have this phone (A-08)."""
    statement = select(Customer).where(Customer.store_id == store_id, Customer.phone == phone)
    return [found for found in db.scalars(statement.order_by(Customer.made_at).limit(5)) if found.id != other_than]


def vehicle_by_plate(db: Session, store_id: UUID, plate: str) -> Vehicle | None:
    """The car with that plate."""
    statement = select(Vehicle).where(Vehicle.store_id == store_id, Vehicle.plate == plate)
    return db.scalars(statement.options(joinedload(Vehicle.owner)).limit(1)).one_or_none()


def vehicle_by_vin(db: Session, store_id: UUID, vin: str) -> Vehicle | None:
    """The car with that VIN."""
    statement = select(Vehicle).where(Vehicle.store_id == store_id, Vehicle.vin == vin)
    return db.scalars(statement.options(joinedload(Vehicle.owner)).limit(1)).one_or_none()


def put_off(db: Session, vehicle_ids: list[UUID]) -> list[AddOn]:
    """Findings the customer put off or said no to and nobody took up since, newest first."""
    statement = (
        select(AddOn)
        .join(RepairOrder, RepairOrder.id == AddOn.repair_order_id)
        .where(RepairOrder.vehicle_id.in_(vehicle_ids),
               AddOn.status.in_((AddOnStatus.DEFERRED, AddOnStatus.DECLINED)), ~taken_up())
        .options(joinedload(AddOn.finding), joinedload(AddOn.repair_order))
        .order_by(AddOn.decided_at.desc(), AddOn.id.desc())
        .limit(PAGE)
    )
    return list(db.scalars(statement))


def first_photos(db: Session, finding_ids: list[UUID]) -> dict[UUID, UUID]:
    """One stored photo of each finding."""
    statement = (
        select(Photo.target_id, Photo.id)
        .where(Photo.target == "finding", Photo.target_id.in_(finding_ids), Photo.detached_at.is_(None),
               Photo.thumb_sha256.is_not(None))
        .order_by(Photo.taken_at.desc())
    )
    return {row.target_id: row.id for row in db.execute(statement)}


def visits(db: Session, customer_id: UUID, before: tuple[datetime, UUID] | None = None) -> list[Row[Any]]:
    """A page of visits, newest first, and one more row when there is another page."""
    statement = (
        select(RepairOrder.id, RepairOrder.number, RepairOrder.status, RepairOrder.opened_at, RepairOrder.mileage_km,
               RepairOrder.vehicle_id, Vehicle.plate, Staff.name.label("advisor_name"))
        .join(Vehicle, Vehicle.id == RepairOrder.vehicle_id)
        .join(Staff, Staff.id == RepairOrder.advisor_id)
        .where(RepairOrder.customer_id == customer_id)
    )
    if before:
        statement = statement.where(tuple_(RepairOrder.opened_at, RepairOrder.id) < tuple_(*before))
    return list(db.execute(statement.order_by(RepairOrder.opened_at.desc(), RepairOrder.id.desc()).limit(PAGE + 1)))


def lines_of(db: Session, order_ids: list[UUID]) -> dict[UUID, list[Row[Any]]]:
    """What stood on each of these orders, with what was decided."""
    table = OrderLine.__table__.c
    statement = (
        select(table.repair_order_id, table.title_zh, table.title_en, table.origin, table.status, table.total_fen,
               table.payer)
        .where(table.repair_order_id.in_(order_ids), table.removed_at.is_(None))
        .order_by(table.position)
    )
    lines: dict[UUID, list[Row[Any]]] = defaultdict(list)
    rows: Iterable[Any] = db.execute(statement)
    for row in rows:
        lines[row.repair_order_id].append(row)
    return lines


def papers_of(db: Session, order_ids: list[UUID]) -> dict[UUID, list[Row[Any]]]:
    """The papers of each of these orders."""
    statement = (
        select(Document.id, Document.repair_order_id, Document.kind, Document.number, Document.made_at)
        .where(Document.repair_order_id.in_(order_ids))
        .order_by(Document.wanted_at)
    )
    papers: dict[UUID, list[Row[Any]]] = defaultdict(list)
    rows: Iterable[Any] = db.execute(statement)
    for row in rows:
        papers[row.repair_order_id].append(row)
    return papers


def odometer(db: Session, vehicle_id: UUID) -> list[OdometerPoint]:
    """The last readings of a car, oldest first."""
    statement = (
        select(OdometerReading.km, OdometerReading.read_at, OdometerReading.odometer_replaced)
        .where(OdometerReading.vehicle_id == vehicle_id)
        .order_by(OdometerReading.read_at.desc())
        .limit(READINGS)
    )
    rows = db.execute(statement).all()
    return [OdometerPoint(row.read_at.date(), row.km, row.odometer_replaced) for row in reversed(rows)]


def last_service(db: Session, vehicle: Vehicle) -> OdometerPoint | None:
    """When and at what mileage the car last had upkeep done here; its first reading where it never had."""
    row = db.execute(
        select(RepairOrder.opened_at, RepairOrder.mileage_km)
        .join(OrderLine, OrderLine.repair_order_id == RepairOrder.id)
        .where(RepairOrder.vehicle_id == vehicle.id, RepairOrder.status != OrderStatus.CANCELLED,
               OrderLine.business_line.in_(SERVICE_LINES), OrderLine.work_status == WorkStatus.DONE)
        .order_by(RepairOrder.opened_at.desc())
        .limit(1)
    ).one_or_none()
    if row:
        return OdometerPoint(row.opened_at.date(), row.mileage_km)
    if vehicle.purchased_on:
        return OdometerPoint(vehicle.purchased_on, 0)
    return None
