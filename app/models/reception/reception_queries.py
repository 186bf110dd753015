"""Who waits at the desk, whose cars I have, and whether a car has arrived already."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.domain.reception.reception import ReceptionStatus
from app.models.office.staff import Staff
from app.models.reception.customer import Customer
from app.models.reception.reception import DamageMark, Reception
from app.models.reception.repair_order import RepairOrder
from app.models.reception.search_queries import IN_SHOP
from app.models.reception.vehicle import OdometerReading, Vehicle

OPEN = (ReceptionStatus.WAITING, ReceptionStatus.IN_PROGRESS)
CAR = (Vehicle.plate, Vehicle.model_name, Customer.name, Customer.title)
AT_MOST = 60


def arrivals(db: Session, store_id: UUID) -> list[Row[Any]]:
    """Everybody who waits or is being received, longest first."""
    statement = (
        select(Reception.id, Reception.status, Reception.arrived_at, Reception.reason, Reception.vehicle_id,
               Reception.advisor_id, Reception.walked_around_at, Staff.name.label("advisor_name"), *CAR)
        .join(Vehicle, Vehicle.id == Reception.vehicle_id)
        .join(Customer, Customer.id == Reception.customer_id)
        .outerjoin(Staff, Staff.id == Reception.advisor_id)
        .where(Reception.store_id == store_id, Reception.status.in_(OPEN))
    )
    return list(db.execute(statement.order_by(Reception.arrived_at, Reception.id).limit(AT_MOST)))


def cars_of(db: Session, store_id: UUID, advisor_id: UUID) -> list[Row[Any]]:
    """The signed cars an advisor has in the shop, the earliest promise first."""
    statement = (
        select(RepairOrder.id, RepairOrder.number, RepairOrder.status, RepairOrder.promised_at,
               RepairOrder.is_emergency, RepairOrder.signed_at, *CAR)
        .join(Vehicle, Vehicle.id == RepairOrder.vehicle_id)
        .join(Customer, Customer.id == RepairOrder.customer_id)
        .join(Reception, Reception.id == RepairOrder.reception_id)
        .where(RepairOrder.store_id == store_id, RepairOrder.status.in_(IN_SHOP),
               RepairOrder.advisor_id == advisor_id,
               Reception.status.not_in(OPEN) | RepairOrder.is_emergency)
    )
    return list(db.execute(statement.order_by(RepairOrder.promised_at, RepairOrder.id).limit(AT_MOST)))


def received_since(db: Session, store_id: UUID, since: datetime) -> list[Row[Any]]:
    """The cars received since a moment, newest first."""
    statement = (
        select(RepairOrder.id, RepairOrder.number, RepairOrder.signed_at, RepairOrder.status, *CAR,
               Staff.name.label("advisor_name"))
        .join(Vehicle, Vehicle.id == RepairOrder.vehicle_id)
        .join(Customer, Customer.id == RepairOrder.customer_id)
        .join(Staff, Staff.id == RepairOrder.advisor_id)
        .where(RepairOrder.store_id == store_id, RepairOrder.opened_at >= since, RepairOrder.signed_at.is_not(None))
    )
    return list(db.execute(statement.order_by(RepairOrder.signed_at.desc(), RepairOrder.id).limit(AT_MOST)))


def open_for(db: Session, vehicle_id: UUID) -> Reception | None:
    """The arrival of a car that is still waiting or being received."""
    statement = select(Reception).where(Reception.vehicle_id == vehicle_id, Reception.status.in_(OPEN))
    return db.scalars(statement.order_by(Reception.arrived_at.desc()).limit(1)).one_or_none()


def order_in_shop(db: Session, vehicle_id: UUID) -> RepairOrder | None:
    """The order of a car that is in the shop already."""
    statement = select(RepairOrder).where(RepairOrder.vehicle_id == vehicle_id, RepairOrder.status.in_(IN_SHOP))
    return db.scalars(statement.order_by(RepairOrder.opened_at.desc()).limit(1)).one_or_none()


def old_marks(db: Session, reception: Reception) -> list[DamageMark]:
    """The damage seen at the car's last visit: hollow pins, A B C."""
    last = (
        select(Reception.id)
        .where(Reception.vehicle_id == reception.vehicle_id, Reception.id != reception.id,
               Reception.arrived_at < reception.arrived_at, Reception.walked_around_at.is_not(None))
        .order_by(Reception.arrived_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    statement = select(DamageMark).where(DamageMark.reception_id == last).options(joinedload(DamageMark.photo))
    return list(db.scalars(statement.order_by(DamageMark.number)))


def last_odometer(db: Session, vehicle_id: UUID) -> tuple[int, datetime | None]:
    """What the odometer said last, and when; an order's own figure where no reading was kept."""
    row = db.execute(
        select(OdometerReading.km, OdometerReading.read_at)
        .where(OdometerReading.vehicle_id == vehicle_id)
        .order_by(OdometerReading.read_at.desc(), OdometerReading.id.desc())
        .limit(1)
    ).one_or_none()
    if row:
        return row.km, row.read_at
    return db.scalar(select(Vehicle.mileage_km).where(Vehicle.id == vehicle_id)) or 0, None


def with_everything(db: Session, reception_id: UUID) -> Reception | None:
    """A reception with its people, car, marks and order, in a fixed number of statements."""
    statement = (
        select(Reception)
        .where(Reception.id == reception_id)
        .options(
            joinedload(Reception.customer), joinedload(Reception.vehicle), joinedload(Reception.advisor),
            selectinload(Reception.damage_marks).joinedload(DamageMark.photo),
            joinedload(Reception.repair_order).selectinload(RepairOrder.lines),
        )
    )
    return db.scalars(statement).unique().one_or_none()


def visits_before(db: Session, vehicle_id: UUID) -> tuple[int, datetime | None]:
    """How often a car was here, and since when."""
    row = db.execute(
        select(func.count(RepairOrder.id), func.min(RepairOrder.opened_at))
        .where(RepairOrder.vehicle_id == vehicle_id, RepairOrder.signed_at.is_not(None))
    ).one()
    return row[0], row[1]
