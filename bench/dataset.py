"""A ten-year store: 100 000 orders and a million findings, written in bulk; only its shape matters, not its story."""

import itertools
import random
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, inspect, select

from app import content_store
from app.demo.files import GIVEN, SURNAMES, phone, plate, vin
from app.demo.people import make_people
from app.models.base import Base, new_id
from app.models.database import Database
from app.models.office.staff import Staff
from app.models.office.store import Store
from app.models.reception import search_key
from app.models.reception.customer import Customer
from app.models.reception.order_line import OrderLine
from app.models.reception.reception import Reception
from app.models.reception.repair_order import RepairOrder
from app.models.reception.vehicle import Vehicle, VehicleSeries
from app.models.workshop.inspection import Finding, Inspection, InspectionTemplate

CHUNK = 5_000
FINDINGS_AN_ORDER = 10


def build(database: Database, *, orders: int, now: datetime) -> dict[str, int]:
    """Fill an empty, migrated database; returns how many of each there are."""
    with database.writing() as db:
        store, _people = make_people(db, at=now)
        content_store.load(db, store, now)
    with database.writer.begin() as connection:
        counts = fill(connection, orders, now)
    with database.writing() as db:
        search_key.rebuild(db, db.scalars(select(Store.id).where(Store.code == "BJ")).one())
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE")
    return counts


def fill(connection: Connection, orders: int, now: datetime) -> dict[str, int]:
    """Customers, cars, orders with lines, and ten findings an order."""
    chance = random.Random(1)
    store_id = connection.scalar(select(Store.id).where(Store.code == "BJ"))
    advisor_id = connection.scalar(select(Staff.id).where(Staff.username == "zhoumin"))
    series = list(connection.scalars(select(VehicleSeries.id)))
    template_id = connection.scalar(select(InspectionTemplate.id))
    people = max(50, orders // 4)
    owners = list(rows_of(people, lambda n: customer(n, store_id, now, chance)))
    taken: set[str] = set()
    cars = [car(owner["id"], store_id, now, chance, series, taken) for owner in owners]
    pour(connection, Customer, owners)
    pour(connection, Vehicle, cars)
    for first in range(0, orders, CHUNK):
        part = [visit(n, orders, chance.choice(cars), store_id, advisor_id, now) for n in range(first, min(orders, first + CHUNK))]
        pour(connection, Reception, (one["reception"] for one in part))
        pour(connection, RepairOrder, (one["order"] for one in part))
        pour(connection, OrderLine, (line for one in part for line in lines(one["order"], chance)))
        checks = [check(one["order"], template_id) for one in part]
        pour(connection, Inspection, checks)
        pour(connection, Finding, (row for one, made in zip(part, checks, strict=True) for row in findings(one["order"], made, chance)))
    return {"customers": people, "vehicles": len(cars), "orders": orders, "findings": orders * FINDINGS_AN_ORDER}


def rows_of(count: int, make: Any) -> Iterator[dict[str, Any]]:
    """That many rows."""
    return (make(number) for number in range(count))


def pour(connection: Connection, model: type[Base], rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows in chunks, with the defaults their columns have."""
    defaults = {column.key: column.default.arg for column in inspect(model).columns
                if column.default is not None and not column.default.is_callable}
    callables = {column.key: column.default.arg for column in inspect(model).columns
                 if column.default is not None and column.default.is_callable}
    iterator = iter(rows)
    while part := list(itertools.islice(iterator, CHUNK)):
        full = [{**defaults, **{key: make(None) for key, make in callables.items()}, **row} for row in part]
        connection.execute(insert(model.__table__), full)  # type: ignore[arg-type]


def customer(number: int, store_id: Any, now: datetime, chance: random.Random) -> dict[str, Any]:
    """One of many."""
    name = chance.choice(SURNAMES) + chance.choice(GIVEN)
    return {"id": new_id(), "store_id": store_id, "name": name, "title": "先生", "folded_name": name, "initials": "",
            "phone": phone(number), "made_at": now}


def car(owner_id: Any, store_id: Any, now: datetime, chance: random.Random, series: list[str], taken: set[str]) -> dict[str, Any]:
    """The car of a customer."""
    return {"id": new_id(), "store_id": store_id, "owner_id": owner_id, "plate": plate(chance, is_electric=False, taken=taken),
            "vin": vin(chance, 2020), "series_id": chance.choice(series), "model_name": "朗逸 1.5L", "mileage_km": 50_000, "made_at": now}


def visit(number: int, orders: int, vehicle: dict[str, Any], store_id: Any, advisor_id: Any, now: datetime) -> dict[str, Any]:
    """One visit on its day in the ten years; the last thirty cars are still here."""
    at = now - timedelta(minutes=(orders - number) * (10 * 365 * 1440 // orders))
    is_here = number >= orders - 30
    reception = {"id": new_id(), "store_id": store_id, "customer_id": vehicle["owner_id"], "vehicle_id": vehicle["id"],
                 "advisor_id": advisor_id, "status": "signed", "arrived_at": at, "customer_words": "保养"}
    order = {"id": new_id(), "store_id": store_id, "number": f"BJ-{at:%y%m%d}-{number:06d}", "reception_id": reception["id"],
             "status": "in_progress" if is_here else "delivered", "customer_id": vehicle["owner_id"],
             "vehicle_id": vehicle["id"], "advisor_id": advisor_id, "opened_at": at, "promised_at": at + timedelta(hours=5),
             "signed_at": at, "delivered_at": None if is_here else at + timedelta(hours=5), "mileage_km": 50_000}
    return {"reception": reception, "order": order}


def lines(order: dict[str, Any], chance: random.Random) -> Iterator[dict[str, Any]]:
    """Two lines an order."""
    for position in (1, 2):
        yield {"id": new_id(), "store_id": order["store_id"], "repair_order_id": order["id"], "origin": "intake",
               "position": position, "operation_id": "minor_service", "title_zh": "常规保养", "total_fen": 40_000 + chance.randrange(9_000),
               "work_status": "done", "done_at": order["opened_at"]}


def check(order: dict[str, Any], template_id: Any) -> dict[str, Any]:
    """The inspection of an order."""
    return {"id": new_id(), "store_id": order["store_id"], "repair_order_id": order["id"], "template_id": template_id,
            "made_at": order["opened_at"], "finished_at": order["opened_at"]}


def findings(order: dict[str, Any], made: dict[str, Any], chance: random.Random) -> Iterator[dict[str, Any]]:
    """Ten findings, most of them good."""
    for number in range(FINDINGS_AN_ORDER):
        yield {"id": new_id(), "store_id": order["store_id"], "inspection_id": made["id"], "repair_order_id": order["id"],
               "vehicle_id": order["vehicle_id"], "point_id": f"point_{number}", "position": "",
               "grade": chance.choice(("good", "good", "good", "watch", "replace")), "value": 2.4, "taken_at": order["opened_at"]}


def built(settings: Any, *, orders: int) -> tuple[Database, dict[str, int], float]:
    """A fresh big store in the settings' folder, with its counts and the seconds it took."""
    from app import cli

    started = time.perf_counter()
    cli.migrate(settings)
    database = Database(settings.url)
    counts = build(database, orders=orders, now=datetime.now(UTC).replace(microsecond=0))
    return database, counts, time.perf_counter() - started
