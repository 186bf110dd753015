"""Loading what belongs to reception, with the check that it is of the person's own store."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.models.reception import dossier_queries, order_queries, reception_queries
from app.models.reception.customer import Customer
from app.models.reception.reception import Reception
from app.models.reception.repair_order import RepairOrder
from app.routes.dependencies import Person

GONE = "The address is wrong, or the thing was moved. Search for the plate or go back."


def reception_for(who: Person, db: Session, reception_id: UUID) -> Reception:
    """A reception of the person's store with all it needs to be shown."""
    reception = reception_queries.with_everything(db, reception_id)
    if reception is None or reception.store_id != who.store_id:
        raise NotFound(GONE)
    return reception


def order_of(reception: Reception) -> RepairOrder:
    """The order a reception has from the moment it was begun."""
    if reception.repair_order is None:
        raise NotFound(GONE)
    return reception.repair_order


def customer_for(who: Person, db: Session, customer_id: UUID) -> Customer:
    """A customer's file of the person's store."""
    customer = dossier_queries.file_of(db, customer_id)
    if customer is None or customer.store_id != who.store_id:
        raise NotFound(GONE)
    return customer


def whole_order_for(who: Person, db: Session, order_id: UUID) -> RepairOrder:
    """An order of the person's store with all its page shows."""
    order = order_queries.with_everything(db, order_id)
    if order is None or order.store_id != who.store_id:
        raise NotFound(GONE)
    return order


def local_day(who: Person, now: datetime) -> date:
    """Today in the store's zone."""
    return now.astimezone(ZoneInfo(who.time_zone)).date()
