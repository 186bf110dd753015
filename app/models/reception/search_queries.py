"""One box for plate, phone, name, initials, VIN and order number: a constant number of statements, however many files."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, func, or_, select, union_all
from sqlalchemy.orm import Session

from app.domain.reception.repair_order import OrderStatus
from app.domain.workshop.add_on import AddOnStatus
from app.models.office.staff import Staff
from app.models.reception.customer import Customer
from app.models.reception.folding import fold
from app.models.reception.order_line import OrderLine
from app.models.reception.repair_order import RepairOrder
from app.models.reception.search_key import SearchKey, keys_of_customer, keys_of_vehicle
from app.models.reception.vehicle import Vehicle
from app.models.workshop.add_on import AddOn

SHORTEST = 2
LAST = "\U0010ffff"
IN_SHOP_AT_MOST = 400
KEYS_AT_MOST = 120
IN_SHOP = (OrderStatus.OPEN, OrderStatus.IN_PROGRESS, OrderStatus.QUALITY_CHECK, OrderStatus.READY)
CAR = (
    Vehicle.id.label("vehicle_id"), Vehicle.plate, Vehicle.vin, Vehicle.model_name, Vehicle.mileage_km,
    Customer.id.label("customer_id"), Customer.name, Customer.title, Customer.phone, Customer.second_phone,
)
ORDER = (
    RepairOrder.id.label("order_id"), RepairOrder.number, RepairOrder.status, RepairOrder.promised_at,
    RepairOrder.opened_at, Staff.name.label("advisor_name"),
)


@dataclass(frozen=True)
class Found:
    """What the box found: cars in the shop, other customers and cars with what matters about them, orders."""

    query: str
    in_shop: list[Row[Any]] = field(default_factory=list)
    files: list[Row[Any]] = field(default_factory=list)
    orders: list[Row[Any]] = field(default_factory=list)
    last_visits: dict[UUID, datetime] = field(default_factory=dict)
    put_off: dict[UUID, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many rows are shown."""
        return len(self.in_shop) + len(self.files) + len(self.orders)


def search(db: Session, store_id: UUID, text: str, *, limit: int = 8) -> Found:
    """Cars in the shop first, then customers and cars, then orders by number."""
    query = fold(text)
    if len(query) < SHORTEST:
        return Found(query)
    in_shop = cars_in_shop(db, store_id, query)[:limit]
    here = {row.vehicle_id for row in in_shop}
    files = [row for row in files_by_key(db, store_id, query, limit + len(here)) if row.vehicle_id not in here][:limit]
    vehicle_ids = [row.vehicle_id for row in files if row.vehicle_id]
    return Found(query, in_shop, files, orders_by_number(db, store_id, text, limit=3), last_visits(db, vehicle_ids),
                 put_off_counts(db, vehicle_ids))


def cars_in_shop(db: Session, store_id: UUID, query: str) -> list[Row[Any]]:
    """Open orders whose car or customer the query means; a shop holds few enough cars to look at each."""
    rows: Iterable[Any] = db.execute(
        select(*CAR, *ORDER)
        .join(Vehicle, Vehicle.id == RepairOrder.vehicle_id)
        .join(Customer, Customer.id == RepairOrder.customer_id)
        .join(Staff, Staff.id == RepairOrder.advisor_id)
        .where(RepairOrder.id.in_(ids_in(store_id, IN_SHOP)))
        .limit(IN_SHOP_AT_MOST)  # sorted here: asked to sort, SQLite walks through ten years of orders instead
    )
    return sorted((row for row in rows if means(row, query)), key=lambda row: row.opened_at, reverse=True)


def ids_in(store_id: UUID, states: Iterable[OrderStatus]) -> Any:
    """Orders in these states; state by state, as for several at once SQLite reads ten years of orders to find forty."""
    each = (select(RepairOrder.id).where(RepairOrder.store_id == store_id, RepairOrder.status == state) for state in states)
    return union_all(*each)


def means(row: Row[Any], query: str) -> bool:
    """Whether a car or its customer has a key that starts so."""
    keys = keys_of_vehicle(row.plate, row.vin) | keys_of_customer(row.name, (row.phone, row.second_phone))
    return any(key.startswith(query) for key in keys)


def files_by_key(db: Session, store_id: UUID, query: str, limit: int) -> list[Row[Any]]:
    """Customers with each of their cars, found by the range of keys that start so, the closest key first."""
    keys = (
        select(SearchKey.target_id, func.length(SearchKey.key).label("length"))
        .where(SearchKey.store_id == store_id, SearchKey.key >= query, SearchKey.key < query + LAST)
        .order_by(SearchKey.key)
        .limit(KEYS_AT_MOST)
        .subquery()
    )
    best = select(keys.c.target_id, func.min(keys.c.length).label("length")).group_by(keys.c.target_id).subquery()
    cars = (
        select(*CAR, best.c.length)
        .select_from(best)
        .join(Vehicle, or_(Vehicle.id == best.c.target_id, Vehicle.owner_id == best.c.target_id))
        .join(Customer, Customer.id == Vehicle.owner_id)
    )
    walkers = (
        select(*CAR, best.c.length)
        .select_from(best)
        .join(Customer, Customer.id == best.c.target_id)
        .outerjoin(Vehicle, Vehicle.owner_id == Customer.id)
        .where(Vehicle.id.is_(None))
    )
    both = cars.union_all(walkers).subquery()
    rows = db.execute(select(both).order_by(both.c.length, both.c.plate, both.c.customer_id).limit(limit * 2)).all()
    once = {(row.vehicle_id, row.customer_id): row for row in rows}
    return list(once.values())[:limit]


def orders_by_number(db: Session, store_id: UUID, text: str, *, limit: int) -> list[Row[Any]]:
    """Orders whose number starts with the text: `BJ-261121`, from five characters on."""
    number = text.strip().upper()
    if len(number) < 5 or "-" not in number:
        return []
    statement = (
        select(*ORDER, Vehicle.plate, Customer.name, Customer.title)
        .join(Vehicle, Vehicle.id == RepairOrder.vehicle_id)
        .join(Customer, Customer.id == RepairOrder.customer_id)
        .join(Staff, Staff.id == RepairOrder.advisor_id)
        .where(and_(RepairOrder.store_id == store_id, RepairOrder.number >= number, RepairOrder.number < number + LAST))
    )
    return list(db.execute(statement.order_by(RepairOrder.number.desc()).limit(limit)))


def last_visits(db: Session, vehicle_ids: list[UUID]) -> dict[UUID, datetime]:
    """When each car was last here."""
    statement = (
        select(RepairOrder.vehicle_id, func.max(RepairOrder.opened_at))
        .where(RepairOrder.vehicle_id.in_(vehicle_ids), RepairOrder.status != OrderStatus.CANCELLED)
        .group_by(RepairOrder.vehicle_id)
    )
    return {row[0]: row[1] for row in db.execute(statement)}


def put_off_counts(db: Session, vehicle_ids: list[UUID]) -> dict[UUID, int]:
    """How many findings each car's customer put off or said no to and nobody took up since."""
    statement = (
        select(RepairOrder.vehicle_id, func.count(AddOn.id))
        .join(AddOn, AddOn.repair_order_id == RepairOrder.id)
        .where(RepairOrder.vehicle_id.in_(vehicle_ids), AddOn.status.in_((AddOnStatus.DEFERRED, AddOnStatus.DECLINED)),
               ~taken_up())
        .group_by(RepairOrder.vehicle_id)
    )
    return {row[0]: row[1] for row in db.execute(statement)}


def taken_up() -> Any:
    """Whether a later order holds this put-off line as agreed work."""
    later = OrderLine.__table__.alias("later")
    return (
        select(later.c.id)
        .where(later.c.carried_from_id == AddOn.id, later.c.removed_at.is_(None))
        .correlate(OrderLine.__table__)
        .exists()
    )
