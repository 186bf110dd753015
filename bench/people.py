"""Who uses the big store in the bench: an advisor, a technician's phone, customers with twelve lines to decide."""

import json
import re
import urllib.parse
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.history import Actor
from app.domain.office.staff import SESSION_LIFE
from app.domain.reception.reception import ReceptionStatus
from app.domain.reception.repair_order import OrderStatus
from app.domain.workshop.add_on import AddOnStatus
from app.models.approval import freeze
from app.models.approval.capability_link import CapabilityLink
from app.models.base import new_id
from app.models.database import Database
from app.models.office.login_session import LoginSession
from app.models.office.staff import Staff
from app.models.office.store import Store
from app.models.reception.order_line import OrderLine
from app.models.reception.reception import Reception
from app.models.reception.repair_order import RepairOrder
from app.models.reception.vehicle import Vehicle
from app.models.workshop import catalogue_queries, pricing_queries
from app.models.workshop.add_on import AddOn
from app.security import sha256
from bench.client import Answer, Request, Wire

OPERATIONS = ("front_brake_pads_replace", "brake_fluid_replace", "tyre_replace_axle", "cabin_filter_replace", "air_filter_replace",
              "wiper_front_replace", "spark_plugs_replace", "coolant_replace", "wheel_alignment", "battery_12v_replace",
              "rear_brake_pads_replace", "drive_belt_replace")
STROKES = json.dumps([{"points": [{"x": 40 + 9 * n, "y": 60 + (n * 37) % 90, "time": 20 * n, "pressure": 0.5} for n in range(40)]}
                      for _ in range(2)])
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def staff_cookie(database: Database, username: str) -> str:
    """A log-in of that person."""
    token, now = new_id().hex, datetime.now(UTC)
    with database.writing() as db:
        person = db.scalars(select(Staff).where(Staff.username == username)).one()
        db.add(LoginSession(staff_id=person.id, store_id=person.store_id, token_sha256=sha256(token), device_name="bench", density="desk",
                            address="", made_at=now, seen_at=now, expires_at=now + SESSION_LIFE))
    return f"mingdan={token}"


def estimates(database: Database, count: int) -> list[str]:
    """That many sent estimates of twelve lines, each with a link; returns the tokens."""
    tokens = []
    with database.writing() as db:
        store = db.scalars(select(Store).where(Store.code == "BJ")).one()
        advisor = db.scalars(select(Staff).where(Staff.username == "zhoumin")).one()
        cars = db.scalars(select(Vehicle).where(Vehicle.store_id == store.id).limit(count)).all()
        for number, car in enumerate(cars):
            tokens.append(one_estimate(db, store, advisor, car, number))
            if number % 20 == 19:
                db.flush()
    return tokens


def one_estimate(db: Session, store: Store, advisor: Staff, car: Vehicle, number: int) -> str:
    """An order with twelve reviewed add-ons, frozen and linked."""
    now, by = datetime.now(UTC), Actor(advisor.name, advisor.id)
    reception = Reception(store_id=store.id, customer_id=car.owner_id, vehicle_id=car.id, advisor_id=advisor.id, arrived_at=now,
                          status=ReceptionStatus.SIGNED, customer_words="保养")
    order = RepairOrder(store_id=store.id, number=f"BENCH-{number}", reception=reception, customer_id=car.owner_id, vehicle_id=car.id,
                        advisor_id=advisor.id, opened_at=now, signed_at=now, promised_at=now + timedelta(hours=8), status=OrderStatus.IN_PROGRESS)
    db.add_all([reception, order])
    db.flush()
    db.add(OrderLine(store_id=store.id, repair_order=order, operation_id="minor_service", title_zh="常规保养", total_fen=60_000))
    add_ons = []
    for position, operation_id in enumerate(OPERATIONS, 1):
        with db.no_autoflush:
            line = AddOn(store_id=store.id, repair_order=order, position=position, payer="customer", discount_fen=0, kind="incidental",
                         saw="左前刹车片还剩 1.8 毫米，厂家下限 2.0 毫米。", if_waits="用到下限后会磨到铁，伤刹车盘，刹车也会变弱。",
                         we_would_do="左右一起换刹车片，量刹车盘。", can_wait_text="不能等", urgency="recommended", related_answers=[])
            pricing_queries.price_line(db, line, catalogue_queries.operation(db, store.id, operation_id), car)
            line.status = AddOnStatus.REVIEWED
            db.add(line)
        add_ons.append(line)
    db.flush()
    estimate = freeze.open_round(db, order, at=now)
    freeze.freeze(db, estimate, add_ons, by=by, at=now, reason="")
    token = new_id().hex
    db.add(CapabilityLink(store_id=store.id, estimate=estimate, customer_id=car.owner_id, channel="copy", purpose="decide",
                          phone=car.owner.phone, token_sha256=sha256(token), issued_at=now, expires_at=now + timedelta(hours=70),
                          failed_checks=0))
    db.flush()
    return f"{token}:{car.owner.phone[-4:]}"


@dataclass
class Guest:
    """A customer's browser behind a link."""

    cookie: str
    csrf: str
    version_id: str

    @property
    def headers(self) -> dict[str, str]:
        """What it sends along."""
        return {"Cookie": self.cookie}

    def portal(self) -> Request:
        """The page with its twelve lines."""
        return Request("GET", "/a/s", self.headers)


def enter(wire: Wire, ticket: str) -> Guest:
    """Open a link and give the last four digits, as a person would."""
    token, last4 = ticket.split(":")
    opened = wire.ask(Request("POST", f"/a/{token}/open", FORM))
    cookie = opened.headers["set-cookie"].split(";")[0]
    page = wire.ask(Request("GET", "/a/s", {"Cookie": cookie}))
    csrf = field(page, "_csrf")
    wire.ask(Request("POST", "/a/s/last4", {**FORM, "Cookie": cookie}, form(_csrf=csrf, digits=last4)))
    page = wire.ask(Request("GET", "/a/s", {"Cookie": cookie}))
    return Guest(cookie, csrf, field(page, "version_id"))


def ready_to_sign(wire: Wire, ticket: str) -> Request:
    """Everything up to the signature; what is returned is the signature itself."""
    guest = enter(wire, ticket)
    choices = {f"line{n}": "yes" if n % 3 else "no" for n in range(1, 13)} | {f"aware{n}": "1" for n in range(1, 13)}
    answer = wire.ask(Request("POST", "/a/s/review", {**FORM, **guest.headers}, form(_csrf=guest.csrf, version_id=guest.version_id, **choices)))
    assert answer.status == 303, answer.body[:500]
    sheet = wire.ask(Request("GET", "/a/s/sign", guest.headers))
    hidden = {name: field(sheet, name) for name in ("version_id", "content_sha256", "choices_sha256", "idempotency_key")}
    return Request("POST", "/a/s/decide", {**FORM, **guest.headers},
                   form(_csrf=guest.csrf, strokes=STROKES, canvas="600x200", **hidden))


def form(**fields: str) -> bytes:
    """A posted form."""
    return urllib.parse.urlencode(fields).encode()


def field(answer: Answer, name: str) -> str:
    """The value of a hidden field of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.body.decode())
    if not found:
        raise RuntimeError(f"No field {name} in {answer.status}: {answer.body[:300]!r}")
    return found[1]


def phone(database: Database, username: str) -> tuple[UUID, UUID, str]:
    """An enrolled device of a technician: user, device and cookie."""
    from app.models.workshop.device import Device

    token, now = new_id().hex, datetime.now(UTC)
    with database.writing() as db:
        person = db.scalars(select(Staff).where(Staff.username == username)).one()
        device = Device(store_id=person.store_id, staff_id=person.id, credential_sha256=sha256(token), label="bench",
                        enrolled_at=now, expires_at=now + timedelta(days=90), last_seq=0)
        db.add(device)
        return person.id, device.id, f"bay={token}"


def assigned_order(database: Database, staff_id: UUID) -> Any:
    """An open order of the big store with this technician on it, and many sheets to fill."""
    from app.models.reception.repair_order import Assignment
    from app.models.workshop.inspection import Inspection, InspectionTemplate

    with database.writing() as db:
        here = RepairOrder.status == OrderStatus.IN_PROGRESS
        order = db.scalars(select(RepairOrder).where(here, RepairOrder.number.not_like("BENCH%")).limit(1)).one()
        template = db.scalars(select(InspectionTemplate).limit(1)).one()
        now = datetime.now(UTC)
        db.add(Assignment(store_id=order.store_id, repair_order_id=order.id, technician_id=staff_id, assigned_at=now))
        checks = [Inspection(store_id=order.store_id, repair_order_id=order.id, template_id=template.id, made_at=now) for _ in range(2000)]
        db.add_all(checks)
        return order.id, [check.id for check in checks], template.version
